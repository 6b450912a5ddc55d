//! Codes and languages as telephones speak them.

/// A code with a pause after each character, so that it is read out one by one and can be written down: `1, 2, 3`.
/// `language` is one of BCP 47, and decides which comma makes its voices pause.
pub fn spoken_code(code: &str, language: &str) -> String {
    let comma = match main(language).as_str() {
        "ja" | "zh" | "yue" | "cmn" => "、",
        "ar" | "fa" | "ur" => "، ",
        _ => ", ",
    };
    let characters = code.chars().filter(|it| it.is_alphanumeric()).map(String::from);
    characters.collect::<Vec<_>>().join(comma)
}

/// Languages that both providers speak; the first of each is what a language without a country means.
const SPOKEN: &[&str] = &[
    "ca-ES", "cmn-CN", "cmn-TW", "cs-CZ", "cy-GB", "da-DK", "de-DE", "el-GR", "en-US", "en-AU", "en-GB",
    "en-IN", "en-ZA", "es-ES", "es-MX", "es-US", "eu-ES", "fi-FI", "fil-PH", "fr-FR", "fr-CA", "he-IL",
    "hi-IN", "hu-HU", "id-ID", "is-IS", "it-IT", "ja-JP", "ko-KR", "nb-NO", "nl-NL", "pl-PL", "pt-PT",
    "pt-BR", "ro-RO", "ru-RU", "sk-SK", "sv-SE", "th-TH", "tr-TR", "uk-UA", "vi-VN", "yue-CN",
];

/// The voice for a language. `None`: there is none, and the provider's own has to do.
pub(super) fn voice(language: &str) -> Option<&'static str> {
    let language = language.replace('_', "-").to_ascii_lowercase();
    let known = match language.as_str() {
        "zh-tw" | "zh-hant" | "zh-hant-tw" => "cmn-tw",
        "zh-hk" | "zh-hant-hk" | "zh-mo" => "yue-cn",
        other => other,
    };
    let main = match main(known).as_str() {
        "zh" => "cmn".to_owned(),
        "no" | "nn" => "nb".to_owned(),
        "tl" => "fil".to_owned(),
        other => other.to_owned(),
    };
    let exact = SPOKEN.iter().find(|it| it.eq_ignore_ascii_case(known));
    let near = || SPOKEN.iter().find(|it| it.split('-').next() == Some(main.as_str()));
    exact.or_else(near).copied()
}

/// Whether it is Arabic, whose voices each provider names its own way.
pub(super) fn is_arabic(language: &str) -> bool {
    main(language) == "ar"
}

fn main(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_out_one_by_one() {
        assert_eq!(spoken_code("123 456", "fr"), "1, 2, 3, 4, 5, 6");
        assert_eq!(spoken_code("123", "ja-JP"), "1、2、3");
        assert_eq!(spoken_code("12", "ar"), "1، 2");
        assert_eq!(spoken_code("", "en"), "");
    }

    #[test]
    fn a_language_has_the_voice_of_its_country_or_the_nearest() {
        for (language, expected) in [
            ("en", Some("en-US")),
            ("en-GB", Some("en-GB")),
            ("en_nz", Some("en-US")),
            ("fr", Some("fr-FR")),
            ("FR-ca", Some("fr-CA")),
            ("pt-BR", Some("pt-BR")),
            ("zh", Some("cmn-CN")),
            ("zh-Hant-HK", Some("yue-CN")),
            ("no", Some("nb-NO")),
            ("tlh", None),
            ("", None),
        ] {
            assert_eq!(voice(language), expected, "{language}");
        }
    }
}

//! The built-in words by language, from `locales/consent/`.

use super::Asked;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Language tag and content of each file.
const FILES: [(&str, &str); 15] = [
    ("da", include_str!("../../../locales/consent/da.json")),
    ("de", include_str!("../../../locales/consent/de.json")),
    ("en", include_str!("../../../locales/consent/en.json")),
    ("es", include_str!("../../../locales/consent/es.json")),
    ("fr", include_str!("../../../locales/consent/fr.json")),
    ("hi", include_str!("../../../locales/consent/hi.json")),
    ("hu", include_str!("../../../locales/consent/hu.json")),
    ("it", include_str!("../../../locales/consent/it.json")),
    ("nl", include_str!("../../../locales/consent/nl.json")),
    ("pl", include_str!("../../../locales/consent/pl.json")),
    ("pt", include_str!("../../../locales/consent/pt.json")),
    ("ru", include_str!("../../../locales/consent/ru.json")),
    ("sv", include_str!("../../../locales/consent/sv.json")),
    ("tr", include_str!("../../../locales/consent/tr.json")),
    ("zh", include_str!("../../../locales/consent/zh.json")),
];
/// The language of those whose own is not there.
const FALLBACK: &str = "en";

/// The sentences of one language; which of them are said depends on what is asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    sign: String,
    approve: String,
    view: String,
    fill: String,
    signed_copy: String,
    finished_copy: String,
    evidence: String,
    instead_of_signing: String,
    instead_of_approving: String,
    instead_of_reading: String,
    instead_of_filling: String,
}

fn all() -> &'static BTreeMap<&'static str, Sentences> {
    static ALL: OnceLock<BTreeMap<&'static str, Sentences>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |(tag, text): &(&'static str, &str)| {
            (*tag, serde_json::from_str(text).expect("a test reads every file of this build"))
        };
        FILES.iter().map(read).collect()
    })
}

/// What somebody reads before they do what is asked, and in which language that is.
pub(super) fn paragraphs(language: &str, asked: Asked) -> (&'static str, [&'static str; 4]) {
    let found = all().get_key_value(language).or_else(|| all().get_key_value(FALLBACK));
    let (tag, said) = found.expect("English is there: a test asks for it");
    let (first, copy, instead) = match asked {
        Asked::Sign => (&said.sign, &said.signed_copy, &said.instead_of_signing),
        Asked::Approve => (&said.approve, &said.finished_copy, &said.instead_of_approving),
        Asked::View => (&said.view, &said.finished_copy, &said.instead_of_reading),
        Asked::Fill => (&said.fill, &said.finished_copy, &said.instead_of_filling),
    };
    (tag, [first, copy, &said.evidence, instead])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_signers_has_its_own_words_and_another_reads_english() {
        assert_eq!(FILES.map(|(tag, _)| tag), envelope::LANGUAGES);
        for asked in [Asked::Sign, Asked::Approve, Asked::View, Asked::Fill] {
            let english = paragraphs("en", asked).1;
            for tag in envelope::LANGUAGES {
                let (given, said) = paragraphs(tag, asked);
                assert_eq!(given, tag);
                for (mine, theirs) in said.iter().zip(english) {
                    assert!(!mine.trim().is_empty() && (tag == "en" || *mine != theirs), "{tag} {mine}");
                }
            }
        }
        assert_eq!(paragraphs("tlh", Asked::Sign).0, "en");
    }
}

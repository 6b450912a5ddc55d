//! The alphabet of short messages.

/// 3GPP TS 23.038 6.2.1 and 6.2.1.1, without letters and digits of ASCII.
const MARKS: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}\\[~]|€\u{c}";

/// Whether the alphabet has all characters of a text. A text with others is sent as UCS-2 and has 70 characters in place
/// of 160.
pub(super) fn carries(text: &str) -> bool {
    text.chars().all(|it| it.is_ascii_alphanumeric() || MARKS.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_of_the_alphabet_pass_and_others_do_not() {
        for (text, expected) in [
            ("Your code is 123456.", true),
            ("Voilà : 12 €", true),
            ("ça", false),
            ("être", false),
            ("code\u{a0}: 1", false),
            ("код", false),
            ("`", false),
            ("", true),
        ] {
            assert_eq!(carries(text), expected, "{text}");
        }
    }
}

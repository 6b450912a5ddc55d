//! What a telephone is told.

use std::fmt;

/// A telephone number as E.164 writes it: `+`, country code, number; at most 15 digits. Shows itself to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// From its text, without blanks or marks. Whether somebody has the number is the network's to say.
    ///
    /// # Errors
    /// [`NotANumber`] where it is not `+` and 7 to 15 digits, the first of them not 0 (ITU-T E.164 6.2).
    pub fn parse(text: &str) -> Result<Self, NotANumber> {
        let digits = text.strip_prefix('+').ok_or(NotANumber)?;
        let all_digits = digits.bytes().all(|it| it.is_ascii_digit());
        if all_digits && (7..=15).contains(&digits.len()) && !digits.starts_with('0') {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotANumber)
        }
    }

    /// With its `+`.
    pub(crate) fn international(&self) -> &str {
        &self.0
    }

    /// Without its `+`.
    pub(crate) fn digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Phone(…)")
    }
}

/// A text that is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a telephone number is written + and 7 to 15 digits, beginning with the country code")
    }
}

impl std::error::Error for NotANumber {}

/// How a telephone is told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A short message.
    Text,
    /// A call.
    Voice,
}

/// A short message. Its words hold a code, so it does not show them.
#[derive(Clone, PartialEq, Eq)]
pub struct TextMessage {
    /// Who gets it.
    pub to: Phone,
    /// What it says.
    pub text: String,
    /// Its language, as BCP 47 writes it: `en`, `pt-BR`.
    pub language: String,
    /// What we call it: the same each time it is tried, at most 40 characters. Providers that take it give it back in
    /// their receipts.
    pub key: String,
}

impl fmt::Debug for TextMessage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("TextMessage").field("key", &self.key).finish_non_exhaustive()
    }
}

/// A call. Its words hold a code, so it does not show them.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// Who is called.
    pub to: Phone,
    /// What is said, twice; [`spoken_code`](super::spoken_code) makes a code of it that can be written down.
    pub words: String,
    /// Their language, as BCP 47 writes it.
    pub language: String,
    /// What we call it, as in [`TextMessage`].
    pub key: String,
}

impl fmt::Debug for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Call").field("key", &self.key).finish_non_exhaustive()
    }
}

/// What a provider's way of logging in wants with each request: time and chance, which come from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Seconds since 1970.
    pub now_s: u64,
    /// Sixteen random bytes, never used before.
    pub random: [u8; 16],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seven_to_fifteen_digits_after_a_plus_are_a_number() {
        for (text, expected) in [
            ("+1234567", true),
            ("+123456", false),
            ("+123456789012345", true),
            ("+1234567890123456", false),
            ("+0123456789", false),
            ("33612345678", false),
            ("+336 12 34 56 78", false),
            ("+33612345678\n", false),
            ("++3361234567", false),
            ("+٣٣٦١٢٣٤٥٦٧٨", false),
            ("", false),
        ] {
            assert_eq!(Phone::parse(text).is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn neither_number_nor_words_show_themselves() {
        let to = Phone::parse("+33612345678").unwrap();
        let message =
            TextMessage { to: to.clone(), text: "123456".into(), language: "en".into(), key: "k".into() };
        let call = Call { to, words: "1, 2, 3".into(), language: "en".into(), key: "k".into() };
        let shown = format!("{message:?} {call:?} {:?}", message.to);
        assert_eq!(shown, "TextMessage { key: \"k\", .. } Call { key: \"k\", .. } Phone(…)");
    }
}

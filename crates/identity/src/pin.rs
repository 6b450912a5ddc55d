//! A PIN that the sender agreed with the recipient.

use std::fmt;

use zeroize::Zeroizing;

use crate::digit;

/// Shortest and longest PIN, in letters and digits.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=12;

/// A PIN of 4 to 12 Latin letters and digits. Upper and lower case differ. It is overwritten when it is dropped, and
/// `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

/// Why a text is no PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PinFinding {
    /// Fewer than 4 letters and digits.
    TooShort,
    /// More than 12 letters and digits.
    TooLong,
    /// Something other than letters from a to z and digits.
    NotLettersOrDigits,
}

impl Pin {
    /// Reads a PIN, set or typed: spaces and dashes are left out, digits of other scripts become ASCII.
    pub fn parse(text: &str) -> Result<Self, PinFinding> {
        let mut pin = Zeroizing::new(String::with_capacity(*LENGTHS.end()));
        for letter in text.chars().filter(|letter| !digit::is_separator(*letter)) {
            let letter = digit::ascii(letter).unwrap_or(letter);
            if !letter.is_ascii_alphanumeric() {
                return Err(PinFinding::NotLettersOrDigits);
            }
            if pin.len() == *LENGTHS.end() {
                return Err(PinFinding::TooLong);
            }
            pin.push(letter);
        }
        if pin.len() < *LENGTHS.start() {
            return Err(PinFinding::TooShort);
        }
        Ok(Self(pin))
    }

    /// What the HMAC is taken of.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PinFinding {
    /// The stable code of this finding.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort => "pin_too_short",
            Self::TooLong => "pin_too_long",
            Self::NotLettersOrDigits => "pin_not_letters_or_digits",
        }
    }
}

impl fmt::Display for PinFinding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::TooShort => "Give a PIN of at least 4 letters or digits.",
            Self::TooLong => "Give a PIN of at most 12 letters or digits.",
            Self::NotLettersOrDigits => "Write the PIN with letters from a to z and digits alone.",
        })
    }
}

impl std::error::Error for PinFinding {}

impl fmt::Debug for Pin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Pin(•••)")
    }
}

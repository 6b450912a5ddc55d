//! One-time codes: made, said aloud, and read as people type them.

use std::fmt;

use zeroize::Zeroizing;

use crate::digit;

/// How many digits a code has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeLength {
    /// For SMS and calls.
    Six,
    /// For mails, where a code is copied rather than remembered.
    Nine,
}

/// No code that we make is longer, so nothing longer is compared.
const LONGEST: usize = 9;

/// A one-time code. It is overwritten when it is dropped, and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Zeroizing<String>);

impl CodeLength {
    /// The number of digits.
    pub fn digits(self) -> usize {
        match self {
            Self::Six => 6,
            Self::Nine => LONGEST,
        }
    }
}

impl Code {
    /// A code from sixteen random bytes, leading zeros kept.
    ///
    /// The remainder of a number of 128 bits favours the lower codes by one part in 2^98 for nine digits, and less for six:
    /// nobody will ever measure it, so nothing is drawn again.
    pub fn digits(random: [u8; 16], length: CodeLength) -> Self {
        let number = u128::from_be_bytes(random);
        let digits = length.digits();
        Self(Zeroizing::new(match length {
            CodeLength::Six => format!("{:0digits$}", number % 1_000_000),
            CodeLength::Nine => format!("{:0digits$}", number % 1_000_000_000),
        }))
    }

    /// The digits: what is sent, and what the HMAC is taken of.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code in groups of three, as it stands in a mail or a message: `123 456`.
    pub fn grouped(&self) -> String {
        self.groups().map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// The code digit by digit for a voice: a comma after each digit, a full stop after each three, so that there is time
    /// to write. Comma and full stop are those of the language, because voices of others read foreign ones aloud or over
    /// them. `language` is a BCP 47 tag; the digits stay ASCII, which every voice reads in its language.
    pub fn spoken(&self, language: &str) -> String {
        let (comma, stop) = match language.split(['-', '_']).next().unwrap_or_default() {
            "ja" | "zh" => ("、", "。"),
            "ar" | "fa" => ("، ", ". "),
            "ur" => ("، ", "۔ "),
            "hi" | "bn" => (", ", "। "),
            _ => (", ", ". "),
        };
        let said = |group: Vec<char>| group.iter().map(char::to_string).collect::<Vec<_>>().join(comma);
        let groups: Vec<String> = self.groups().map(said).collect();
        format!("{}{}", groups.join(stop), stop.trim_end())
    }

    fn groups(&self) -> impl Iterator<Item = Vec<char>> {
        let digits: Vec<char> = self.0.chars().collect();
        digits.chunks(3).map(<[char]>::to_vec).collect::<Vec<_>>().into_iter()
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Code(•••)")
    }
}

/// What somebody typed or pasted, as the digits that are compared: spaces, dashes and dots are left out, digits of other
/// scripts become ASCII. `None` for what can be no code at all: nothing, something other than digits, or more than nine.
pub fn normalised(input: &str) -> Option<String> {
    let mut code = String::with_capacity(LONGEST);
    for letter in input.chars().filter(|letter| !digit::is_separator(*letter)) {
        if code.len() == LONGEST {
            return None;
        }
        code.push(digit::ascii(letter)?);
    }
    if code.is_empty() { None } else { Some(code) }
}

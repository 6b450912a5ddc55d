//! Telephone numbers in E.164, of a length that their country has.

use std::fmt;

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Descriptor};
use serde::{Deserialize, Serialize};

use crate::digit;

/// ITU-T E.164 6.2.1: fifteen digits at most, country code included.
const MOST_DIGITS: usize = 15;
/// Nothing longer is looked at: a number with all the separators a person puts in stays far below.
const MOST_LETTERS: usize = 64;

/// A telephone number in E.164: `+` and 4 to 15 digits, the first of them a country code that exists, the rest as many
/// as numbers of that country have. It is not known whether anybody answers it. Its `Debug` shows the mask alone.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Phone {
    number: String,
    /// Length of the country code in `number`, without the plus: 1 to 3.
    country: usize,
}

/// What kind of line a number is, by its country's numbering plan. People take numbers with them, so it is a reason to
/// warn and never one to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhoneKind {
    /// A mobile telephone: takes SMS and calls.
    Mobile,
    /// A line in a building: most take no SMS.
    Fixed,
    /// A line over the internet: some take no SMS from programs.
    Voip,
    /// A number that charges its callers. A call to it costs the sender dearly.
    Premium,
    /// Its country does not tell by the number (all of +1), or it is something else.
    Unknown,
}

/// Why a text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhoneFinding {
    /// There is nothing.
    Empty,
    /// The country code is missing: the number does not begin with `+`.
    NoPlus,
    /// There is something other than digits and what separates them. Usual cause: an extension, or two numbers.
    NotDigits,
    /// No country has this code.
    NoSuchCountry,
    /// Fewer digits than any number of that country has.
    TooShort,
    /// More digits than any number of that country has. Usual cause: the 0 of the national form was kept.
    TooLong,
    /// A number of digits between those that numbers of that country have.
    ImpossibleLength,
}

impl Phone {
    /// Reads a number as people write it: spaces, dashes, dots, slashes, parentheses and a `(0)` after the country code
    /// are forgiven, digits of other scripts are taken for what they mean.
    pub fn parse(text: &str) -> Result<Self, PhoneFinding> {
        let text = text.trim_matches(|letter: char| digit::is_separator(letter));
        if text.is_empty() {
            return Err(PhoneFinding::Empty);
        }
        let Some(rest) = text.strip_prefix(['+', '\u{FF0B}']) else { return Err(PhoneFinding::NoPlus) };
        if rest.chars().count() > MOST_LETTERS {
            return Err(PhoneFinding::TooLong);
        }
        let digits = digits(&rest.replace("(0)", ""))?;
        if digits.len() > MOST_DIGITS {
            return Err(PhoneFinding::TooLong);
        }
        let (country, regions) = country(&digits).ok_or(PhoneFinding::NoSuchCountry)?;
        possible(&regions, digits.len() - country)?;
        Ok(Self { number: format!("+{digits}"), country })
    }

    /// The number in E.164: what is dialled and stored.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// What kind of line it is, where the numbering plan tells.
    pub fn kind(&self) -> PhoneKind {
        let (code, national) = self.number.trim_start_matches('+').split_at(self.country);
        let regions = code.parse::<u16>().ok().and_then(|code| DATABASE.by_code(&code)).unwrap_or_default();
        let is = |of: fn(&Metadata) -> Option<&Descriptor>| {
            regions.iter().any(|region| of(region).is_some_and(|plan| plan.is_match(national)))
        };
        if is(|region| region.descriptors().premium_rate()) {
            return PhoneKind::Premium;
        }
        if is(|region| region.descriptors().voip()) {
            return PhoneKind::Voip;
        }
        match (is(|region| region.descriptors().mobile()), is(|region| region.descriptors().fixed_line())) {
            (true, false) => PhoneKind::Mobile,
            (false, true) => PhoneKind::Fixed,
            _ => PhoneKind::Unknown,
        }
    }

    /// The number as far as pages, events and logs may show it: `+33 •••• 23`. The dots are always four.
    pub fn masked(&self) -> String {
        let (code, national) = self.number.split_at(self.country + 1);
        let last = national.get(national.len().saturating_sub(2)..).unwrap_or_default();
        format!("{code} •••• {last}")
    }
}

/// The digits of a number without its plus, as ASCII.
fn digits(text: &str) -> Result<String, PhoneFinding> {
    let separates = |letter: char| digit::is_separator(letter) || matches!(letter, '(' | ')' | '/');
    text.chars()
        .filter(|letter| !separates(*letter))
        .map(|letter| digit::ascii(letter).ok_or(PhoneFinding::NotDigits))
        .collect()
}

/// Length of the country code that the digits begin with, and the regions that share it. No code is the beginning of
/// another, so the first that fits is the one.
fn country(digits: &str) -> Option<(usize, Vec<&'static Metadata>)> {
    // The crate's own parser is never called with what strangers wrote: it had two panics (RUSTSEC-2023-0082,
    // RUSTSEC-2024-0369), and of its knowledge only the tables are needed.
    (1..=3).find_map(|length| {
        let code: u16 = digits.get(..length)?.parse().ok()?;
        if digits.starts_with('0') {
            return None;
        }
        Some((length, DATABASE.by_code(&code)?))
    })
}

/// Whether numbers of these regions can have so many digits after the country code.
fn possible(regions: &[&Metadata], length: usize) -> Result<(), PhoneFinding> {
    let lengths = || regions.iter().flat_map(|region| lengths(region)).map(usize::from);
    match (lengths().min(), lengths().max()) {
        (Some(least), _) if length < least => Err(PhoneFinding::TooShort),
        (_, Some(most)) if length > most => Err(PhoneFinding::TooLong),
        _ if lengths().any(|possible| possible == length) => Ok(()),
        _ => Err(PhoneFinding::ImpossibleLength),
    }
}

/// All lengths that numbers of a region have. The tables give them by kind alone; kinds that cannot be dialled from
/// abroad (short codes, emergency numbers) do not count.
fn lengths(region: &Metadata) -> impl Iterator<Item = u16> {
    let kinds = region.descriptors();
    [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.premium_rate(),
        kinds.shared_cost(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.pager(),
        kinds.uan(),
        kinds.voicemail(),
    ]
    .into_iter()
    .flatten()
    .flat_map(|kind| kind.possible_length().iter().copied())
}

impl PhoneFinding {
    /// The stable code of this finding.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "phone_empty",
            Self::NoPlus => "phone_without_country",
            Self::NotDigits => "phone_not_digits",
            Self::NoSuchCountry => "phone_country_unknown",
            Self::TooShort => "phone_too_short",
            Self::TooLong => "phone_too_long",
            Self::ImpossibleLength => "phone_length_impossible",
        }
    }
}

impl fmt::Display for PhoneFinding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "Give a telephone number.",
            Self::NoPlus => "Write the number with + and the country code, as in +33 6 12 34 56 78.",
            Self::NotDigits => "Write one number, with digits alone after the +.",
            Self::NoSuchCountry => "No country has this code; check the digits after the +.",
            Self::TooShort => "The number is too short for its country; check that no digit is missing.",
            Self::TooLong => {
                "The number is too long for its country; leave out the 0 after the country code, or check the digits."
            }
            Self::ImpossibleLength => "Numbers of this country do not have so many digits; check them.",
        })
    }
}

impl std::error::Error for PhoneFinding {}

impl fmt::Debug for Phone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Phone({})", self.masked())
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.number
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneFinding;

    fn try_from(text: String) -> Result<Self, PhoneFinding> {
        Self::parse(&text)
    }
}

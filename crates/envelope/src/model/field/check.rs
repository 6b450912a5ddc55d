//! What the value of a field has to be.

use super::decimal::Decimal;
use crate::model::is_default;
use serde::{Deserialize, Serialize};

/// What the value of a field has to be, on top of what its kind asks for. Everything that is said has to be true.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Of which characters it is made, or what it names.
    #[serde(default, skip_serializing_if = "is_default")]
    pub form: Option<Form>,
    /// A regular expression that the whole value has to match; of the kind that is matched in linear time (no
    /// look-around, no back-references).
    #[serde(default, skip_serializing_if = "is_default")]
    pub pattern: Option<String>,
    /// A number is so large at least.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min: Option<Decimal>,
    /// A number is so large at most.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max: Option<Decimal>,
    /// A number has so many decimals at most.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decimals_max: Option<u8>,
    /// A text has so many characters at least.
    #[serde(default, skip_serializing_if = "is_default")]
    pub characters_min: Option<u16>,
    /// A date is this one or a later one (ISO 8601).
    #[serde(default, skip_serializing_if = "is_default")]
    pub earliest: Option<String>,
    /// A date is this one or an earlier one (ISO 8601).
    #[serde(default, skip_serializing_if = "is_default")]
    pub latest: Option<String>,
    /// What the person is told where it is not so, in place of our own sentence.
    #[serde(default, skip_serializing_if = "is_default")]
    pub message: String,
}

/// Of which characters a value is made, or what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Letters of any script, spaces, hyphens and apostrophes.
    Letters,
    /// Digits from 0 to 9.
    Digits,
    /// Letters and digits.
    LettersAndDigits,
    /// An address of e-mail.
    Email,
    /// A telephone number in the international form.
    Phone,
    /// An address of the web.
    Url,
    /// A postal code of the United States.
    UsZipCode,
}

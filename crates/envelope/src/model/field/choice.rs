//! What can be chosen in a drop-down.

use crate::model::is_default;
use serde::{Deserialize, Serialize};

/// What can be chosen: own options, or a built-in list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// Own options, in order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub options: Vec<Choice>,
    /// A built-in list, instead of own options.
    #[serde(default, skip_serializing_if = "is_default")]
    pub list: Option<ChoiceList>,
}

/// One option.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the person reads.
    pub label: String,
    /// What programs are told, where that is something else.
    #[serde(default, skip_serializing_if = "is_default")]
    pub value: Option<String>,
}

/// A built-in list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChoiceList {
    /// The countries of the world by their English names (ISO 3166-1).
    CountryNames,
    /// Their codes of two letters.
    CountryCodes2,
    /// Their codes of three letters.
    CountryCodes3,
    /// Their codes of three digits.
    CountryNumbers,
    /// The states of the United States and the District of Columbia by name.
    UsStateNames,
    /// Their codes of two letters.
    UsStateCodes,
}

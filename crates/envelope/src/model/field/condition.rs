//! When a field is there at all.

use super::FieldId;
use serde::{Deserialize, Serialize};

/// What another field's value has to be for this field to be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The other field.
    pub field: FieldId,
    /// What its value has to be.
    pub is: Test,
}

/// What a value has to be. A box that is ticked has the value `true`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// Anything but nothing; of a box, ticked.
    Filled,
    /// Nothing; of a box, not ticked.
    Empty,
    /// One of these.
    OneOf(Vec<String>),
    /// None of these.
    NoneOf(Vec<String>),
}

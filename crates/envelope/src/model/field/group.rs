//! Boxes and buttons that are counted together.

use crate::model::is_default;
use serde::{Deserialize, Serialize};

/// What holds for the boxes or buttons of one group. Radio buttons without such an entry are a group of which one can be
/// chosen, and has to be where one of them is required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldGroup {
    /// Its key, which its fields name.
    pub key: String,
    /// What is asked, for the person and for a screen reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub label: String,
    /// So many are ticked at least.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min: u16,
    /// So many are ticked at most.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max: Option<u16>,
}

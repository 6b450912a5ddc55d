//! What a caller wants done to a file on its way in.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What a caller wants done to a file on its way in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// Whether it becomes PDF/A.
    pub pdfa: Pdfa,
    /// What is put into a Word template; none where it is none.
    pub data: Option<Map<String, Value>>,
    /// The draft it is for, where it comes from who holds its editing address.
    pub draft: Option<String>,
}

/// Whether a file becomes PDF/A before anything is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Pdfa {
    /// It stays as it is.
    #[default]
    Off,
    /// Where that can be done; else it stays as it is.
    Preferred,
    /// It is refused where that cannot be done.
    Mandatory,
}

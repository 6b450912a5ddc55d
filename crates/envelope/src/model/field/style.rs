//! How the text of a field looks.

use crate::model::is_default;
use crate::model::points::Points;
use serde::{Deserialize, Serialize};

/// How the text of a field looks. What is not said is chosen so that the value fits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextStyle {
    /// The family of letters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub font: Font,
    /// Their size; as large as the box and 12 points allow where it is left out.
    #[serde(default, skip_serializing_if = "is_default", rename = "size_millipoints")]
    pub size: Option<Points>,
    /// Their colour as `#rrggbb`; black where it is left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub colour: Option<String>,
    /// Bold letters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bold: bool,
    /// Slanted letters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub italic: bool,
    /// A line under the letters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub underline: bool,
    /// To which side of the box the lines stand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub align: Align,
}

/// A family of letters; every one of them is embedded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Font {
    /// Without serifs.
    #[default]
    Sans,
    /// With serifs.
    Serif,
    /// All letters of one width.
    Mono,
}

/// To which side of the box the lines of a text stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// To its left side.
    #[default]
    Left,
    /// In its middle.
    Centre,
    /// To its right side.
    Right,
}

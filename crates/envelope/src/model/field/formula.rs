//! What a field is computed from.

use super::FieldId;
use serde::{Deserialize, Serialize};

/// What a field is computed from. An empty field, or one that is not there, adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// The sum of numbers.
    Sum(Vec<FieldId>),
    /// Words and values, one behind the other.
    Concatenation(Vec<Piece>),
}

/// A piece of a concatenation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// The value of a field.
    Field(FieldId),
    /// These words.
    Words(String),
}

impl Formula {
    /// The fields it is computed from.
    pub fn fields(&self) -> Vec<&FieldId> {
        match self {
            Self::Sum(fields) => fields.iter().collect(),
            Self::Concatenation(pieces) => pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Field(id) => Some(id),
                    Piece::Words(_) => None,
                })
                .collect(),
        }
    }
}

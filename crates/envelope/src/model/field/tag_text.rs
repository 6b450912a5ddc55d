//! What becomes of the text that a field was made from.

use crate::model::points::Rect;
use serde::{Deserialize, Serialize};

/// What becomes of a tag's or an anchor's text in the document that is sent. Where nothing is said, it stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagText {
    /// What.
    pub what: TagTextWish,
    /// Number of the page on which it stands, from 1.
    pub page: u32,
    /// Where: a box for each line that it runs over.
    pub places: Vec<Rect>,
}

/// What can become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TagTextWish {
    /// It is painted over in white: not seen, but found and read aloud all the same.
    Cover,
    /// It is taken out of the page's content; nothing else on the page moves.
    Remove,
}

impl TagTextWish {
    /// From the word of the API; `None` for no such word.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "cover" => Some(Self::Cover),
            "remove" => Some(Self::Remove),
            _ => None,
        }
    }
}

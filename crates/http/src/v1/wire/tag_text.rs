//! What becomes of a tag's text, on the wire.

use serde::{Deserialize, Serialize};
use service::envelope::{Rect, TagText, TagTextWish};
use utoipa::ToSchema;

/// What becomes of the text that a field was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireTagText {
    /// `cover`: it is painted over in white, and is found and read aloud all the same. `remove`: it is taken out of the
    /// page, on which nothing else moves.
    what: TagTextWish,
    /// Number of the page on which it stands, from 1.
    page: u32,
    /// Where: a box for each line that it runs over.
    places: Vec<WirePlace>,
}

/// A place on a page as it is shown; points from its top left corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WirePlace {
    /// From the left edge of the page.
    x: f64,
    /// From its top edge.
    y: f64,
    width: f64,
    height: f64,
}

impl WireTagText {
    /// None where one of the lengths is none.
    pub(super) fn into_draft(self) -> Option<TagText> {
        let places = self.places.into_iter().map(|it| Rect::new(it.x, it.y, it.width, it.height));
        Some(TagText { what: self.what, page: self.page, places: places.collect::<Option<_>>()? })
    }

    pub(super) fn from_draft(text: &TagText) -> Self {
        let places = text.places.iter().map(|it| WirePlace {
            x: it.x.get(),
            y: it.y.get(),
            width: it.width.get(),
            height: it.height.get(),
        });
        Self { what: text.what, page: text.page, places: places.collect() }
    }
}

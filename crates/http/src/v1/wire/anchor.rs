//! An anchor on the wire: a text, and the field that stands wherever the text stands.

use super::draft::place;
use super::field::WireField;
use crate::problem::Place;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use service::envelope::{PageList, TagTextWish};
use service::placing::Anchor;
use utoipa::ToSchema;

/// A text in a document, and what is to be filled there.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireAnchor {
    /// The text. It is found anywhere, seen or not, also inside a word, but not across the end of a line.
    text: String,
    /// Number of the document, from 1.
    #[serde(default = "one")]
    document: u16,
    /// On which pages: numbers and ranges such as `1,3-5`, from the end with a minus (`-1` is the last); every page where
    /// it is left out.
    #[serde(default)]
    pages: String,
    /// Only the nth occurrence on these pages, from 1; every one where it is left out.
    occurrence: Option<u32>,
    /// From the left side of the text to that of the field, in points.
    #[serde(default)]
    offset_x: f64,
    /// From the upper side of the text to that of the field, in points.
    #[serde(default)]
    offset_y: f64,
    /// Where the text is nowhere, there is no field, and nothing is wrong.
    #[serde(default)]
    skip_if_not_found: bool,
    /// What becomes of the text when the document is sent: `cover` paints it over in white, `remove` takes it out of the
    /// page; it stays where this is left out.
    tag_text: Option<TagTextWish>,
    /// The field as in `fields`, without `document`, `page`, `x` and `y`. The second one of an anchor, and each after it,
    /// has a number behind its id.
    #[serde(deserialize_with = "without_place")]
    #[schema(value_type = Object)]
    field: WireField,
}

fn one() -> u16 {
    1
}

/// Reads a field whose place the anchor gives.
fn without_place<'de, D: Deserializer<'de>>(deserializer: D) -> Result<WireField, D::Error> {
    let mut field = Map::deserialize(deserializer)?;
    for key in ["document", "page", "x", "y"] {
        if field.contains_key(key) {
            return Err(D::Error::custom(format!("`{key}` of an anchor's field is where the text stands")));
        }
    }
    field.insert("page".to_owned(), Value::from(1));
    field.insert("x".to_owned(), Value::from(0));
    field.insert("y".to_owned(), Value::from(0));
    serde_json::from_value(Value::Object(field)).map_err(D::Error::custom)
}

impl WireAnchor {
    /// As the use cases take it; `index` from 0 is that in the list.
    ///
    /// # Errors
    /// The place of what is no list of pages or no length.
    pub(crate) fn into_input(self, index: usize) -> Result<Anchor, Place> {
        let Some(pages) = PageList::parse(&self.pages) else {
            return Err(place(
                &format!("/anchors/{index}/pages"),
                "pages_malformed",
                "This is no list of pages; write it like 1,3-5 or leave it out for every page.",
            ));
        };
        let mut field = self.field.into_draft(index).map_err(|mut it| {
            it.pointer =
                it.pointer.replacen(&format!("/fields/{index}"), &format!("/anchors/{index}/field"), 1);
            it
        })?;
        // One that was left out is given where the field is placed.
        if field.id.0 == format!("field_{}", index + 1) {
            field.id.0.clear();
        }
        Ok(Anchor {
            text: self.text,
            document: self.document,
            pages,
            occurrence: self.occurrence,
            offset: (self.offset_x, self.offset_y),
            skip_if_not_found: self.skip_if_not_found,
            tag_text: self.tag_text,
            field,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<WireAnchor, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn an_anchor_gives_the_place_of_its_field() {
        let anchor =
            read(r#"{"text":"[[a]]","offset_y":-3.5,"field":{"type":"signature","label":"Sign"}}"#).unwrap();
        let anchor = anchor.into_input(4).unwrap();
        assert_eq!((anchor.document, anchor.offset, anchor.occurrence), (1, (0.0, -3.5), None));
        assert_eq!((anchor.field.label.as_str(), anchor.field.id.0.as_str()), ("Sign", ""));
        let twice = read(r#"{"text":"[[a]]","field":{"type":"signature","page":2}}"#).unwrap_err();
        assert!(twice.contains("`page`"), "{twice}");
        assert!(read(r#"{"text":"[[a]]","field":{"type":"signature","colour":2}}"#).is_err());
        assert!(read(r#"{"text":"[[a]]"}"#).is_err());
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        let at = |json: &str| read(json).unwrap().into_input(2).unwrap_err().pointer;
        assert_eq!(at(r#"{"text":"a","pages":"one","field":{"type":"text"}}"#), "/anchors/2/pages");
        assert_eq!(at(r#"{"text":"a","field":{"type":"text","width":1e99}}"#), "/anchors/2/field");
    }
}

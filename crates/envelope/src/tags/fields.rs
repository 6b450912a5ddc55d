//! From tags and their places to the fields of a draft.

use super::grammar::Grammar;
use super::people::{TaggedPeople, TaggedPerson};
use super::place::rect_at;
use super::scan::one_line;
use super::wish::{FieldWish, TagError, Wish};
use crate::commands::draft_findings::FIELDS_MAX;
use crate::model::draft::PageSize;
use crate::model::field::tag_text::{TagText, TagTextWish};
use crate::model::field::{FieldDraft, FieldId};
use crate::model::points::Rect;
use std::collections::BTreeSet;

/// A tag, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedTag {
    /// In which grammar.
    pub grammar: Grammar,
    /// Its text, with its brackets.
    pub text: String,
    /// The number of its page, from 1.
    pub page: u32,
    /// The size of its page.
    pub size: PageSize,
    /// Where it stands there.
    pub rect: Rect,
    /// The same, line by line; only what lies on the page.
    pub lines: Vec<Rect>,
    /// Whether a letter or a digit stands right before or after it.
    pub inside_word: bool,
    /// What it wishes for, or why it is none.
    pub wish: Result<Wish, TagError>,
}

/// The place of a field that is described elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlace {
    /// Under this key.
    pub key: String,
    /// The number of the page, from 1.
    pub page: u32,
    /// Where its tag stands.
    pub rect: Rect,
}

/// Something to say about one tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagNote {
    /// What.
    pub error: TagError,
    /// In which grammar it is written.
    pub grammar: Grammar,
    /// Its text on one line, with its brackets; cut off where it is long.
    pub text: String,
    /// The number of its page, from 1.
    pub page: u32,
    /// Where it stands there.
    pub rect: Rect,
}

/// What the tags of a document come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaggedFields {
    /// The fields, each with the number of its recipient; those of a draft, but for the number of the document.
    pub fields: Vec<FieldDraft>,
    /// Places of fields that are described elsewhere.
    pub places: Vec<KeyPlace>,
    /// Whom the tags name.
    pub people: Vec<TaggedPerson>,
    /// The tags that are none, and why.
    pub errors: Vec<TagNote>,
    /// The tags that may be meant otherwise.
    pub warnings: Vec<TagNote>,
}

/// Makes fields of tags. A tag that is wrong is left out and said; the others stand all the same.
/// `text` says what becomes of the tags' own text when the document is sent; where it says nothing, it stays.
pub fn fields_of(tags: &[PlacedTag], document: u16, text: Option<TagTextWish>) -> TaggedFields {
    let mut all = TaggedFields::default();
    let mut keys = BTreeSet::new();
    let mut ids = BTreeSet::new();
    let mut wishes: Vec<(&PlacedTag, &FieldWish)> = Vec::new();
    for tag in tags {
        if tag.inside_word {
            let sentence = "A letter or a digit touches this tag; put a space between if that is a mistake.";
            all.warnings.push(note(tag, TagError::new("tag_inside_word", sentence)));
        }
        match &tag.wish {
            Err(error) => all.errors.push(note(tag, error.clone())),
            Ok(Wish::Place { key }) if !keys.insert(key) => {
                all.errors.push(note(tag, repeated("key")));
            }
            Ok(Wish::Place { key }) => {
                all.places.push(KeyPlace { key: key.clone(), page: tag.page, rect: tag.rect });
            }
            Ok(Wish::Field(wish)) if !wish.field.id.0.is_empty() && !ids.insert(&wish.field.id) => {
                all.errors.push(note(tag, repeated("id")));
            }
            Ok(Wish::Field(_)) if wishes.len() >= FIELDS_MAX => {
                let sentence = format!("There are more than {FIELDS_MAX} tags; use fewer.");
                all.errors.push(note(tag, TagError::new("tags_too_many", sentence)));
                break;
            }
            Ok(Wish::Field(wish)) => wishes.push((tag, wish)),
        }
    }
    let (people, contradictions) = TaggedPeople::of(wishes.iter().map(|(_, wish)| *wish));
    for (index, error) in contradictions {
        all.errors.extend(wishes.get(index).map(|(tag, _)| note(tag, error)));
    }
    let mut free = (1..).map(|number| FieldId(format!("tag_{number}"))).filter(|id| !ids.contains(id));
    for (tag, wish) in wishes {
        let mut field = wish.field.clone();
        if field.id.0.is_empty() {
            field.id = free.next().unwrap_or_default();
        }
        field.document = document;
        field.page = tag.page;
        field.rect = rect_at(tag.grammar, wish, tag.rect, tag.size);
        field.recipient = people.number(&wish.recipient);
        field.origin = Some(shortened(&tag.text));
        field.tag_text = text.map(|what| TagText { what, page: tag.page, places: tag.lines.clone() });
        all.fields.push(field);
    }
    all.people = people.list().cloned().collect();
    all
}

fn repeated(what: &str) -> TagError {
    let sentence = format!("Another tag has this {what}; give each its own.");
    TagError::new("tag_repeated", sentence)
}

fn note(tag: &PlacedTag, error: TagError) -> TagNote {
    TagNote { error, grammar: tag.grammar, text: shortened(&tag.text), page: tag.page, rect: tag.rect }
}

fn shortened(text: &str) -> String {
    const CHARACTERS_MAX: usize = 200;
    one_line(text).chars().take(CHARACTERS_MAX).collect()
}

//! The tags of an upload, on the wire.

use super::field::WireField;
use serde::Serialize;
use service::envelope::Rect;
use service::envelope::tags::{KeyPlace, TagNote, TagRecipient, TaggedFields, TaggedPerson};
use utoipa::ToSchema;

/// What the tags of an upload come to.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct TagsAnswer {
    /// Fields, as a draft takes them.
    fields: Vec<WireField>,
    /// Places of fields that are described elsewhere.
    places: Vec<WireKeyPlace>,
    /// Whom the tags name, by the numbers that the fields use.
    recipients: Vec<WireTaggedPerson>,
    /// The tags that cannot be read, and why.
    errors: Vec<WireTagNote>,
    /// The tags that may be meant otherwise.
    warnings: Vec<WireTagNote>,
}

/// A place on a page as it is shown; points from its top left corner.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct TagPlace {
    /// Number of the page, from 1.
    page: u32,
    /// From the left edge of the page.
    x: f64,
    /// From its top edge.
    y: f64,
    /// Width of the tag's text.
    width: f64,
    /// Its height.
    height: f64,
}

/// The place of a field that is described elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct WireKeyPlace {
    /// Under this key.
    key: String,
    #[serde(flatten)]
    place: TagPlace,
}

/// Somebody whom tags name.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct WireTaggedPerson {
    /// Their number, from 1.
    number: u16,
    /// The word by which they are named: a role, a name or an address; null where there is none.
    word: Option<String>,
    /// Their full name, where a tag gives it; else null.
    name: Option<String>,
    /// Their address, where a tag gives it; else null.
    email: Option<String>,
    /// In which step they act; null where no tag says so.
    step: Option<u16>,
    /// Number of the recipient whose act they witness; null for those who are no witness.
    witness_of: Option<u16>,
    /// The telephone at which they are told by text message; null for none.
    sms: Option<String>,
}

/// Something to say about one tag.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct WireTagNote {
    /// Stable code.
    code: &'static str,
    /// What it is and what to write instead.
    detail: String,
    /// In which grammar it is written.
    grammar: &'static str,
    /// Its text; cut off where it is long.
    text: String,
    #[serde(flatten)]
    place: TagPlace,
}

impl TagPlace {
    fn of(page: u32, rect: Rect) -> Self {
        let Rect { x, y, width, height } = rect;
        Self { page, x: x.get(), y: y.get(), width: width.get(), height: height.get() }
    }
}

impl From<TaggedFields> for TagsAnswer {
    fn from(it: TaggedFields) -> Self {
        Self {
            fields: it.fields.iter().map(WireField::from_draft).collect(),
            places: it.places.into_iter().map(Into::into).collect(),
            recipients: it.people.into_iter().map(Into::into).collect(),
            errors: it.errors.into_iter().map(Into::into).collect(),
            warnings: it.warnings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<KeyPlace> for WireKeyPlace {
    fn from(KeyPlace { key, page, rect }: KeyPlace) -> Self {
        Self { key, place: TagPlace::of(page, rect) }
    }
}

impl From<TaggedPerson> for WireTaggedPerson {
    fn from(it: TaggedPerson) -> Self {
        let some = |text: String| Some(text).filter(|it| !it.is_empty());
        let (word, name, email) = match it.who {
            TagRecipient::Word(word) => (Some(word), None, None),
            TagRecipient::Person { name, email } => (None, some(name), some(email)),
            TagRecipient::Number(_) | TagRecipient::Nobody => (None, None, None),
        };
        let TaggedPerson { number, step, witness_of, sms, .. } = it;
        Self { number, word, name, email, step, witness_of, sms }
    }
}

impl From<TagNote> for WireTagNote {
    fn from(it: TagNote) -> Self {
        Self {
            code: it.error.code,
            detail: it.error.sentence,
            grammar: it.grammar.word(),
            text: it.text,
            place: TagPlace::of(it.page, it.rect),
        }
    }
}

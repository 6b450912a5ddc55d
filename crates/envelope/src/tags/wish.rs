//! What one tag wishes for, whichever grammar it is written in.

use crate::commands::draft_findings::is_id;
use crate::model::field::FieldDraft;
use crate::model::field::kind::{FieldKind, FilledBy};
use crate::model::points::Points;
use std::fmt;

/// What a tag stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A field.
    Field(Box<FieldWish>),
    /// The place of a field that is described elsewhere, under this key.
    Place {
        /// The key.
        key: String,
    },
}

/// A field as a tag describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWish {
    /// Everything that it says of the field. Its place, its size and the number of its recipient stand elsewhere; its id
    /// is empty where none was given.
    pub field: FieldDraft,
    /// Whose it is.
    pub recipient: TagRecipient,
    /// Width; that of its kind where nothing is said.
    pub width: Option<Points>,
    /// Height.
    pub height: Option<Points>,
    /// What the tag says of the person beside.
    pub person: PersonWish,
}

impl FieldWish {
    /// A field of this kind of which nothing more is said; required, unless nobody fills it by hand.
    pub(super) fn new(kind: FieldKind, recipient: TagRecipient) -> Self {
        let required = matches!(kind.filled_by(), FilledBy::Person | FilledBy::Act);
        let field = FieldDraft { kind, required, ..FieldDraft::default() };
        Self { field, recipient, width: None, height: None, person: PersonWish::default() }
    }

    /// Refuses what nobody could fill, whatever the grammar. What is wrong beyond that, the rules of drafts say.
    pub(super) fn checked(self) -> Result<Wish, TagError> {
        let FieldDraft { kind, choices, group, .. } = &self.field;
        let choice = !choices.options.is_empty() || choices.list.is_some();
        if *kind == FieldKind::Dropdown && !choice {
            return Err(TagError::new("tag_options_missing", "Say what can be chosen: options=\"one|two\"."));
        }
        if *kind != FieldKind::Dropdown && choice {
            let sentence =
                "Only a drop-down has options; give each button or box a tag of its own, in one group.";
            return Err(TagError::new("tag_options_unused", sentence));
        }
        if *kind == FieldKind::Radio && group.is_none() {
            let sentence = "Say to which group this button belongs: group=payment.";
            return Err(TagError::new("tag_group_missing", sentence));
        }
        Ok(Wish::Field(Box::new(self)))
    }
}

/// Whose field it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagRecipient {
    /// Nobody: the sender fills it, or the end of the envelope.
    Nobody,
    /// The recipient of this number, from 1.
    Number(u16),
    /// The one with this role, key, name or address, as the sender knows them.
    Word(String),
    /// A person with a name and an address, of whom one may be empty.
    Person {
        /// Their full name.
        name: String,
        /// Their address.
        email: String,
    },
}

/// What a tag says of the person whose field it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonWish {
    /// In which step they act, from 1.
    pub step: Option<u16>,
    /// Whose act they witness.
    pub witness_of: Option<Box<TagRecipient>>,
    /// The telephone at which they are told by text message; E.164.
    pub sms: String,
}

/// Why a tag is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagError {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what to write instead.
    pub sentence: String,
}

impl TagError {
    pub(super) fn new(code: &'static str, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into() }
    }
}

impl fmt::Display for TagError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)
    }
}

impl std::error::Error for TagError {}

/// A length in points as people write it; pages are no larger than this.
pub(super) fn length(text: &str, what: &str) -> Result<Points, TagError> {
    let points = text.parse::<f64>().ok().filter(|it| (1.0..=14_400.0).contains(it)).and_then(Points::new);
    points.ok_or_else(|| {
        let sentence = format!("{what} {} is no length; write points, such as 120.", shown(text));
        TagError::new("tag_length_malformed", sentence)
    })
}

/// A piece of a tag as an error shows it: short. It is on one line as every tag is when it is read.
pub(super) fn shown(text: &str) -> String {
    const CHARACTERS: usize = 40;
    let mut short: String = text.chars().take(CHARACTERS).collect();
    if text.chars().nth(CHARACTERS).is_some() {
        short.push_str("...");
    }
    format!("\"{short}\"")
}

/// The number of a recipient, or of a step: from 1.
pub(super) fn number(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number > 0)
}

/// An id or a key, as those of fields are written.
pub(super) fn key(text: &str) -> Result<String, TagError> {
    if is_id(text) {
        return Ok(text.to_owned());
    }
    let sentence =
        format!("{} is no key; write 1 to 64 letters, digits, hyphens or lines below.", shown(text));
    Err(TagError::new("tag_key_malformed", sentence))
}

//! Fields as tags: what an author writes into a document so that fields stand there, `{{signature:1}}` say. Each grammar
//! is a file that reads the text of one tag; where the tags of a text are, [`tags_in`] says. Where a text stands on a
//! page is none of this crate's business.
//!
//! To add one more grammar: a file with its `read`, a variant in [`Grammar`], its tests in `tests/rules/tags_*.rs`, and
//! its part of `docs/tags.md`.

mod attributes;
mod fields;
mod grammar;
mod kind;
mod own;
mod people;
mod place;
mod scan;
mod secured_signing;
mod signature_api;
mod wish;
mod xodo;

pub use fields::{KeyPlace, PlacedTag, TagNote, TaggedFields, fields_of};
pub use grammar::Grammar;
pub use people::{TaggedPeople, TaggedPerson};
pub use place::rect_at;
pub use scan::{TAG_BYTES_MAX, TagFound, tags_in};
pub use wish::{FieldWish, PersonWish, TagError, TagRecipient, Wish};

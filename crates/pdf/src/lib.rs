//! Reads a PDF lazily, measures its pages and appends one revision at a time. Pure.
//!
//! What it is: the object model of ISO 32000-2, a reader that fetches from a [`Source`] only what it is asked for, a
//! writer of incremental revisions that fits the file it continues, the standard security handler with the empty
//! user password, and an intake that says of a stranger's file whether it can be signed as it is.
//!
//! What it never does: know a clock, a random source or a socket; hold a whole file in memory; repair in silence
//! ([`Document::was_repaired`] tells); change a byte that was there before.
//!
//! Read first: [`Document`] (what a file says), [`Revision`] (what is added to it), [`intake::intake`] (whether it
//! may be). One more filter: a file in `filter/` and one line in its `stage` match. One more limit: a constant in
//! [`limits`] with the reason, and two tests, one on each of its sides.

mod crossref;
mod crypt;
mod document;
mod error;
mod fields;
mod filter;
mod form_places;
mod geometry;
mod new_file;
mod object;
mod pages;
mod repair;
mod revision;
mod signatures;
mod source;
mod syntax;
mod window;
mod work;
mod write;

pub mod inspect;
pub mod intake;
pub mod limits;
pub mod picture;
pub mod rewrite;

pub use crossref::{Section, SectionKind};
pub use document::Document;
pub use error::{Error, Limit};
pub use fields::{Field, FieldKind};
pub use form_places::{ButtonPlace, FormKind, FormPlace};
pub use geometry::{Page, Rect};
pub use object::{Dictionary, Name, Object, ObjectId, Stream};
pub use revision::{Gap, Revision, Tail};
pub use signatures::{Permission, SignatureEntry};
pub use source::{Joined, Prefix, Source};
pub use text::{Found, PageText};

pub mod appearance;
pub mod audit;
pub mod fonts;
pub mod form;
mod text;

pub use appearance::{Ink, InkRefusal};

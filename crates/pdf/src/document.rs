//! A file that is open.

use std::sync::Arc;

use crate::error::Error;
use crate::geometry::Page;
use crate::object::{Dictionary, Object, ObjectId, Stream};
use crate::source::Source;

/// An open PDF. Reads what it is asked for and forgets most of it again.
pub struct Document {
    source: Arc<dyn Source>,
    trailer: Dictionary,
}

/// How a cross-reference section is written (7.5.4, 7.5.8, 7.5.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum SectionKind {
    /// A table.
    Table,
    /// A cross-reference stream.
    Stream,
    /// A table whose trailer names a stream for readers of PDF 1.5 (`/XRefStm`).
    Hybrid,
}

/// One cross-reference section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Byte offset in the source of `xref`, or of the stream's object.
    pub start: u64,
    /// Its kind.
    pub kind: SectionKind,
    /// `/Prev`, as an offset in the source.
    pub previous: Option<u64>,
    /// `/XRefStm`, as an offset in the source.
    pub hidden: Option<u64>,
    /// Its trailer, or the stream's dictionary.
    pub trailer: Dictionary,
    /// Byte offset just past the revision to which the section belongs.
    pub revision_end: u64,
}

impl Document {
    /// Opens a file. Repairs it in memory where strict reading fails; [`Document::was_repaired`] then says so.
    ///
    /// # Errors
    /// `NotAPdf`, `NeedsPassword`, `UnsupportedEncryption`, `Damaged`, `TooComplex`, `Read`.
    pub fn open(source: Arc<dyn Source>) -> Result<Self, Error> {
        let _ = source;
        Err(Error::NotAPdf)
    }

    /// The object of this id: `Null` where there is none (7.3.10). Strings and streams come decrypted.
    ///
    /// # Errors
    /// `BadObject`, `BadStream`, `TooComplex`, `Read`.
    pub fn get(&self, id: ObjectId) -> Result<Object, Error> {
        let _ = id;
        Ok(Object::Null)
    }

    /// The object itself, or what it refers to.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn resolve(&self, object: &Object) -> Result<Object, Error> {
        match object {
            Object::Reference(id) => self.get(*id),
            other => Ok(other.clone()),
        }
    }

    /// The value of `key` in `dictionary`, resolved; `Null` where it is missing.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn lookup(&self, dictionary: &Dictionary, key: &str) -> Result<Object, Error> {
        dictionary.get(key).map_or(Ok(Object::Null), |object| self.resolve(object))
    }

    /// The trailer of the newest section.
    #[must_use]
    pub fn trailer(&self) -> &Dictionary {
        &self.trailer
    }

    /// The object id of the catalog.
    ///
    /// # Errors
    /// `Damaged` where the trailer names none.
    pub fn catalog_id(&self) -> Result<ObjectId, Error> {
        self.trailer
            .get("Root")
            .and_then(Object::as_reference)
            .ok_or(Error::Damaged { place: 0, expected: "a reference to the catalog" })
    }

    /// The catalog.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn catalog(&self) -> Result<Dictionary, Error> {
        Ok(Dictionary::new())
    }

    /// Number of pages.
    ///
    /// # Errors
    /// As [`Document::get`], and `TooComplex`.
    pub fn page_count(&self) -> Result<u32, Error> {
        Ok(0)
    }

    /// A page by its number, from 1.
    ///
    /// # Errors
    /// `NoSuchPage`, and as [`Document::get`].
    pub fn page(&self, number: u32) -> Result<Page, Error> {
        Err(Error::NoSuchPage(number))
    }

    /// Where the bytes come from.
    #[must_use]
    pub fn source(&self) -> &Arc<dyn Source> {
        &self.source
    }

    /// The cross-reference sections, newest first. Empty where the file had to be repaired.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &[]
    }

    /// Whether strict reading failed and objects were found by a search.
    #[must_use]
    pub fn was_repaired(&self) -> bool {
        false
    }

    /// Whether the file is encrypted (with the empty user password).
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        false
    }

    /// A stream's data, decoded through all its filters.
    ///
    /// # Errors
    /// `BadStream`, `TooComplex`.
    pub fn decode(&self, stream: &Stream) -> Result<Vec<u8>, Error> {
        Ok(stream.data.clone())
    }
}

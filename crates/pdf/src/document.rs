//! A file that is open.

mod fonts;
mod load;
mod object_stream;
mod open;

use std::sync::{Arc, Mutex, OnceLock};

use crate::crossref::{Entries, Section};
use crate::crypt::Handler;
use crate::error::{Error, Limit};
use crate::filter;
use crate::geometry::Page;
use crate::limits::{DECODED_BYTES_MAX, REFERENCES_MAX};
use crate::object::{Dictionary, Object, ObjectId, Stream};
use crate::pages::PageTree;
use crate::source::Source;
use crate::work::Work;

/// An open PDF. Reads what it is asked for and forgets most of it again.
///
/// It is meant to live for one operation: what it does for its file is counted (`limits::WORK_BASE`).
pub struct Document {
    source: Arc<dyn Source>,
    /// Added to an offset in the file to get one in the source.
    shift: u64,
    sections: Vec<Section>,
    entries: Entries,
    highest: u32,
    trailer: Dictionary,
    repaired: bool,
    crypt: Option<Handler>,
    cache: Mutex<object_stream::Cache>,
    tree: OnceLock<Result<PageTree, Error>>,
    fonts: Mutex<fonts::Kept>,
    work: Work,
}

impl Document {
    /// The object of this id: `Null` where there is none (7.3.10). Strings and streams come decrypted.
    ///
    /// # Errors
    /// `BadObject`, `BadStream`, `TooComplex`, `Read`; of a repaired file the last two alone.
    pub fn get(&self, id: ObjectId) -> Result<Object, Error> {
        self.forgive(self.load(id, 0), Object::Null)
    }

    /// In a file that had to be repaired, what cannot be read is `Null`: there is no intact copy of it to wait for.
    fn forgive<T>(&self, result: Result<T, Error>, nothing: T) -> Result<T, Error> {
        match result {
            Err(Error::BadObject { .. } | Error::BadStream(_) | Error::Damaged { .. }) if self.repaired => {
                Ok(nothing)
            }
            other => other,
        }
    }

    /// As [`Document::get`], but a stream comes as its dictionary alone: its data are not read.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn head(&self, id: ObjectId) -> Result<Object, Error> {
        self.forgive(self.load_head(id, 0), Object::Null)
    }

    /// As [`Document::head`], with offset and length of a stream's data.
    pub(crate) fn head_and_place(&self, id: ObjectId) -> Result<(Object, Option<(u64, u64)>), Error> {
        self.forgive(self.load_head_and_place(id, 0), (Object::Null, None))
    }

    /// The object itself, or what it refers to, also over several references.
    ///
    /// # Errors
    /// As [`Document::get`]; `TooComplex` where references go in a circle.
    pub fn resolve(&self, object: &Object) -> Result<Object, Error> {
        let Object::Reference(mut id) = *object else { return Ok(object.clone()) };
        for _ in 0..REFERENCES_MAX {
            match self.get(id)? {
                Object::Reference(next) => id = next,
                other => return Ok(other),
            }
        }
        Err(Error::TooComplex(Limit::References))
    }

    /// The value of `key` in `dictionary`, resolved; `Null` where it is missing.
    ///
    /// # Errors
    /// As [`Document::resolve`].
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
            .ok_or(Error::Damaged { place: self.source.length(), expected: "a reference to the catalog" })
    }

    /// The catalog.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn catalog(&self) -> Result<Dictionary, Error> {
        let id = self.catalog_id()?;
        match self.get(id)? {
            Object::Dictionary(dictionary) => Ok(dictionary),
            _ => Err(Error::BadObject { id, expected: "the catalog" }),
        }
    }

    /// Number of pages: the leaves of the page tree, whatever its `/Count` says.
    ///
    /// # Errors
    /// As [`Document::get`], and `TooComplex`.
    pub fn page_count(&self) -> Result<u32, Error> {
        Ok(u32::try_from(self.page_tree()?.len()).unwrap_or(u32::MAX))
    }

    /// A page by its number, from 1.
    ///
    /// # Errors
    /// `NoSuchPage`, and as [`Document::get`].
    pub fn page(&self, number: u32) -> Result<Page, Error> {
        self.page_tree()?.page(self, number)
    }

    pub(crate) fn page_tree(&self) -> Result<&PageTree, Error> {
        self.tree.get_or_init(|| PageTree::walk(self)).as_ref().map_err(Clone::clone)
    }

    /// Where the bytes come from.
    #[must_use]
    pub fn source(&self) -> &Arc<dyn Source> {
        &self.source
    }

    /// The cross-reference sections, newest first. Empty where the file had to be repaired.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Byte offsets just past each revision, oldest first: the document as of revision N is the first bytes up to the
    /// Nth of them (see [`crate::Prefix`]). Empty where the file had to be repaired.
    #[must_use]
    pub fn boundaries(&self) -> Vec<u64> {
        let mut ends: Vec<u64> = self.sections.iter().rev().map(|section| section.revision_end).collect();
        ends.dedup();
        ends
    }

    /// Whether strict reading failed and objects were found by a search.
    #[must_use]
    pub fn was_repaired(&self) -> bool {
        self.repaired
    }

    /// Whether the file is encrypted (with the empty user password).
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.crypt.is_some()
    }

    /// Whether the author's permissions of an encrypted file (`/P`) allow filling forms and signing; true for every
    /// other file. Nothing enforces them but the good manners of programs.
    #[must_use]
    pub fn permits_signing(&self) -> bool {
        self.crypt.as_ref().is_none_or(Handler::permits_signing)
    }

    /// Bytes before `%PDF` from which the offsets in the file count; 0 nearly always.
    #[must_use]
    pub fn offset_shift(&self) -> u64 {
        self.shift
    }

    /// The highest object number in use or known as free, cross-reference streams included.
    #[must_use]
    pub fn highest_number(&self) -> u32 {
        self.highest
    }

    /// A stream's data, decoded through all its filters, up to `limits::DECODED_BYTES_MAX`.
    ///
    /// # Errors
    /// `BadStream` (also for filters of images), `TooComplex`.
    pub fn decode(&self, stream: &Stream) -> Result<Vec<u8>, Error> {
        self.decode_up_to(&stream.dictionary, stream.data.clone(), DECODED_BYTES_MAX)
    }

    fn decode_up_to(&self, dictionary: &Dictionary, data: Vec<u8>, limit: usize) -> Result<Vec<u8>, Error> {
        filter::decode(dictionary, data, limit, &self.work, &|object| self.resolve(object))
    }

    pub(crate) fn work(&self) -> &Work {
        &self.work
    }

    pub(crate) fn entries(&self) -> &Entries {
        &self.entries
    }

    pub(crate) fn crypt(&self) -> Option<&Handler> {
        self.crypt.as_ref()
    }
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("length", &self.source.length())
            .field("sections", &self.sections.len())
            .field("repaired", &self.repaired)
            .finish_non_exhaustive()
    }
}

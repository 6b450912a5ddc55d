//! One incremental update (7.5.6).

use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object, ObjectId};

/// What is added to a document: objects that are new or stand in the place of their earlier version.
pub struct Revision<'d> {
    document: &'d Document,
}

/// The bytes to append, and where the signature goes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tail {
    /// The bytes, to be put after the base.
    pub bytes: Vec<u8>,
    /// Length of the base in bytes.
    pub base_length: u64,
    /// The place of /Contents where the revision holds a signature.
    pub gap: Option<Gap>,
}

/// The place of a signature's /Contents in the whole file (base and tail): byte offsets, angle brackets included.
/// The /ByteRange that is already written is `[0 start end total-end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Gap {
    /// Offset of `<`.
    pub start: u64,
    /// Offset just past `>`.
    pub end: u64,
}

impl<'d> Revision<'d> {
    /// A revision of this document.
    ///
    /// # Errors
    /// `Repaired` where the reader had to repair: such a file is rewritten first.
    pub fn new(document: &'d Document) -> Result<Self, Error> {
        Ok(Self { document })
    }

    /// The document that is continued.
    #[must_use]
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// A new object number.
    pub fn allocate(&mut self) -> ObjectId {
        ObjectId::new(0)
    }

    /// Puts an object. A later one of the same id replaces it.
    pub fn put(&mut self, id: ObjectId, object: impl Into<Object>) {
        let _ = (id, object.into());
    }

    /// Puts a signature dictionary; /Contents (a gap of `contents_bytes` bytes, twice as many hexadecimal digits) and
    /// /ByteRange are written by the revision.
    ///
    /// # Errors
    /// `SecondSignature`.
    pub fn put_signature(
        &mut self,
        id: ObjectId,
        dictionary: Dictionary,
        contents_bytes: usize,
    ) -> Result<(), Error> {
        let _ = (id, dictionary, contents_bytes);
        Ok(())
    }

    /// The object as it will be after this revision.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn get(&self, id: ObjectId) -> Result<Object, Error> {
        self.document.get(id)
    }

    /// The bytes to append.
    ///
    /// # Errors
    /// `Unwritable`.
    pub fn finish(self) -> Result<Tail, Error> {
        Err(Error::Unwritable("nothing"))
    }
}

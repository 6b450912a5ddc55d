//! One incremental update (7.5.6).

mod section;
mod signature;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::crossref::SectionKind;
use crate::document::Document;
use crate::error::Error;
use crate::limits::OBJECT_NUMBER_MAX;
use crate::object::{Dictionary, Object, ObjectId};
use crate::window::read;
use crate::write;

/// What is added to a document: objects that are new or stand in the place of their earlier version.
pub struct Revision<'d> {
    document: &'d Document,
    objects: BTreeMap<ObjectId, Object>,
    signature: Option<signature::Placed>,
    next: u32,
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
    /// `Repaired` where the reader had to repair: such a file is rewritten first, because an update that names no true
    /// previous section makes everything before it vanish.
    pub fn new(document: &'d Document) -> Result<Self, Error> {
        if document.was_repaired() || document.sections().is_empty() {
            return Err(Error::Repaired);
        }
        Ok(Self { document, objects: BTreeMap::new(), signature: None, next: next_number(document) })
    }

    /// The document that is continued.
    #[must_use]
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// A new object number, above every one in use.
    pub fn allocate(&mut self) -> ObjectId {
        let id = ObjectId::new(self.next);
        self.next = self.next.saturating_add(1);
        id
    }

    /// Puts an object. A later one of the same id replaces it.
    pub fn put(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.objects.insert(id, object.into());
    }

    /// Puts a signature dictionary. The revision writes /ByteRange and /Contents: a gap of `contents_bytes` bytes, that
    /// is, twice as many hexadecimal digits, all zero.
    ///
    /// # Errors
    /// `SecondSignature`.
    pub fn put_signature(
        &mut self,
        id: ObjectId,
        dictionary: Dictionary,
        contents_bytes: usize,
    ) -> Result<(), Error> {
        if self.signature.is_some() {
            return Err(Error::SecondSignature);
        }
        let mut dictionary = dictionary;
        dictionary.remove("ByteRange");
        dictionary.remove("Contents");
        self.objects.insert(id, Object::Dictionary(dictionary));
        self.signature = Some(signature::Placed { id, contents_bytes });
        Ok(())
    }

    /// The object as it will be after this revision.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn get(&self, id: ObjectId) -> Result<Object, Error> {
        self.objects.get(&id).map_or_else(|| self.document.get(id), |object| Ok(object.clone()))
    }

    /// Whether nothing was put.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// The bytes to append.
    ///
    /// # Errors
    /// `Unwritable`, and as [`Document::get`].
    pub fn finish(self) -> Result<Tail, Error> {
        let base_length = self.document.source().length();
        let mut out = Vec::new();
        // The base may end without an end of line; an object has to begin on a new one.
        if read(&**self.document.source(), base_length.saturating_sub(1), 1)?.last() != Some(&b'\n') {
            out.push(b'\n');
        }
        let mut placed = Vec::with_capacity(self.objects.len().saturating_add(1));
        let mut gap = None;
        let mut highest = self.next.saturating_sub(1);
        for (id, object) in self.objects {
            let offset = base_length.saturating_add(out.len() as u64);
            placed.push((id, section::offset_in_file(self.document, offset)?));
            highest = highest.max(id.number);
            let mut object = object;
            if let Some(crypt) = self.document.crypt() {
                crypt.encrypt(id, &mut object);
            }
            match &self.signature {
                Some(signature) if signature.id == id => gap = Some(signature.write(&object, &mut out)?),
                _ => write::indirect(id, &object, &mut out)?,
            }
        }
        let ending = section::Ending { document: self.document, base_length, placed, highest };
        let fingerprint = fingerprint(base_length, &out);
        match self.document.sections().first().map(|section| section.kind) {
            Some(SectionKind::Stream) => ending.write_stream(&fingerprint, &mut out)?,
            _ => ending.write_table(&fingerprint, &mut out)?,
        }
        let gap = match gap {
            Some(hole) => Some(hole.write_byte_range(base_length, &mut out)?),
            None => None,
        };
        Ok(Tail { bytes: out, base_length, gap })
    }
}

/// max(/Size, highest seen) + 1: a cross-reference stream that does not list itself has a number, too. A /Size beyond
/// the standard's limit is no guide.
fn next_number(document: &Document) -> u32 {
    let size = document
        .sections()
        .iter()
        .filter_map(|section| section.trailer.get("Size").and_then(Object::as_integer))
        .filter_map(|size| u32::try_from(size).ok())
        .filter(|size| *size <= OBJECT_NUMBER_MAX)
        .max()
        .unwrap_or(0);
    size.max(document.highest_number().saturating_add(1)).max(1)
}

/// 14.4: the second part of /ID changes with each revision. Here it comes from the new bytes, not from chance.
fn fingerprint(base_length: u64, body: &[u8]) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(base_length.to_be_bytes());
    hash.update(body);
    let digest = hash.finalize();
    std::array::from_fn(|place| digest.get(place).copied().unwrap_or(0))
}

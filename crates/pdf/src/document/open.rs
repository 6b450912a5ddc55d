//! From bytes to an open document: strictly, or by a search where that fails.

use std::sync::{Arc, Mutex, OnceLock};

use super::{Document, object_stream};
use crate::crossref::{Chain, Entries, header_offset, read_chain};
use crate::crypt::Handler;
use crate::error::Error;
use crate::object::{Dictionary, Object, ObjectId};
use crate::repair;
use crate::source::Source;
use crate::work::Work;

impl Document {
    /// Opens a file. Where strict reading fails, objects are searched for, and [`Document::was_repaired`] says so.
    ///
    /// # Errors
    /// `NotAPdf`, `NeedsPassword`, `UnsupportedEncryption`, `Damaged`, `TooComplex`, `Read`.
    pub fn open(source: Arc<dyn Source>) -> Result<Self, Error> {
        match Self::open_strictly(Arc::clone(&source)) {
            Err(Error::Damaged { .. } | Error::BadObject { .. } | Error::BadStream(_) | Error::NotAPdf) => {
                Self::open_repaired(source)
            }
            other => other,
        }
    }

    /// Opens a file by its cross-reference chain, or not at all.
    pub(crate) fn open_strictly(source: Arc<dyn Source>) -> Result<Self, Error> {
        let header = header_offset(&*source)?.ok_or(Error::NotAPdf)?;
        let work = Work::new(source.length());
        let Chain { sections, entries, shift, highest_stream } = read_chain(&*source, header, &work)?;
        let trailer = sections.first().map(|section| section.trailer.clone()).unwrap_or_default();
        let mut document = Self::bare(source, entries, trailer, work);
        document.highest = document.highest.max(highest_stream);
        document.sections = sections;
        document.shift = shift;
        document.crypt = document.open_crypt()?;
        document.check_catalog()?;
        Ok(document)
    }

    /// Opens a file by searching it for objects. Reads all of it once, in pieces.
    pub(crate) fn open_repaired(source: Arc<dyn Source>) -> Result<Self, Error> {
        let found = repair::search(&*source)?;
        let work = Work::new(source.length());
        let mut document = Self::bare(source, found.entries(), found.trailer().clone(), work);
        document.repaired = true;
        document.crypt = document.open_crypt()?;
        document.entries = found.with_object_streams(&document)?;
        document.highest = document.entries.highest();
        if document.check_catalog().is_err() {
            let catalog = found.find_catalog(&document).ok_or(Error::NotAPdf)?;
            document.trailer.set("Root", catalog);
            document.check_catalog()?;
        }
        Ok(document)
    }

    fn bare(source: Arc<dyn Source>, entries: Entries, trailer: Dictionary, work: Work) -> Self {
        Self {
            source,
            shift: 0,
            sections: Vec::new(),
            highest: entries.highest(),
            entries,
            trailer,
            repaired: false,
            crypt: None,
            cache: Mutex::new(object_stream::Cache::default()),
            tree: OnceLock::new(),
            fonts: Mutex::default(),
            work,
        }
    }

    fn check_catalog(&self) -> Result<(), Error> {
        let catalog = self.catalog()?;
        match self.lookup(&catalog, "Pages")? {
            Object::Dictionary(_) => Ok(()),
            _ => Err(Error::BadObject { id: self.catalog_id()?, expected: "a page tree" }),
        }
    }

    /// 7.6.2: the encryption dictionary and the first part of /ID. Nothing of both is encrypted.
    fn open_crypt(&self) -> Result<Option<Handler>, Error> {
        let Some(encrypt) = self.trailer.get("Encrypt").filter(|encrypt| !encrypt.is_null()) else {
            return Ok(None);
        };
        let own: Option<ObjectId> = encrypt.as_reference();
        let Object::Dictionary(dictionary) = self.resolve_through(encrypt, 0)? else {
            return Err(Error::Damaged { place: self.source.length(), expected: "an encryption dictionary" });
        };
        let ids = self.lookup(&self.trailer, "ID")?;
        let first =
            ids.as_array().and_then(<[Object]>::first).map_or(Ok(Object::Null), |id| self.resolve(id))?;
        Handler::open(&dictionary, first.as_string().unwrap_or_default(), own).map(Some)
    }

    /// Resolves what stands inside as well; the encryption dictionary is three levels deep.
    fn resolve_through(&self, object: &Object, depth: usize) -> Result<Object, Error> {
        const LEVELS: usize = 4;
        match self.resolve(object)? {
            Object::Dictionary(dictionary) if depth < LEVELS => {
                let mut resolved = Dictionary::new();
                for (key, value) in dictionary.iter() {
                    resolved.put(key.clone(), self.resolve_through(value, depth.saturating_add(1))?);
                }
                Ok(Object::Dictionary(resolved))
            }
            other => Ok(other),
        }
    }
}

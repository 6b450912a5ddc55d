//! What pages are called (12.4.2): each file keeps its own numbers, one after the other.

use std::collections::BTreeMap;

use super::tree::{entries, readable};
use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object};

/// What the pages of the whole are called.
#[derive(Default)]
pub(super) struct Labels {
    pages: usize,
    ranges: BTreeMap<usize, Dictionary>,
    is_asked: bool,
}

impl Labels {
    /// Takes the labels of the next file, of so many pages; one without labels counts its pages from 1.
    pub(super) fn take(&mut self, document: &Document, pages: usize) -> Result<(), Error> {
        let decimal = Dictionary::new().with("S", Object::name("D"));
        self.ranges.insert(self.pages, decimal);
        let root = document.catalog()?.get("PageLabels").cloned().unwrap_or(Object::Null);
        for (start, label) in entries(document, root, "Nums")? {
            let start = start.as_integer().and_then(|start| usize::try_from(start).ok());
            let Some(start) = start.filter(|start| *start < pages) else { continue };
            let Object::Dictionary(label) = readable(document.resolve(&label))? else { continue };
            let mut own = Dictionary::new();
            for key in ["S", "P", "St"] {
                let value = readable(document.lookup(&label, key))?;
                if matches!(value, Object::Name(_) | Object::String(_) | Object::Integer(_)) {
                    own.set(key, value);
                }
            }
            self.ranges.insert(self.pages.saturating_add(start), own);
            self.is_asked = true;
        }
        self.pages = self.pages.saturating_add(pages);
        Ok(())
    }

    /// The tree of the whole; none where no file has one.
    pub(super) fn tree(&self) -> Option<Dictionary> {
        let number = |start: &usize| Object::Integer(i64::try_from(*start).unwrap_or(i64::MAX));
        let ranges = self.ranges.iter();
        let list = ranges.flat_map(|(start, label)| [number(start), Object::Dictionary(label.clone())]);
        self.is_asked.then(|| Dictionary::new().with("Nums", list.collect::<Vec<_>>()))
    }
}

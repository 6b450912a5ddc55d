//! What the names in a content stream stand for (7.8.3). Looked up once, however often they are used: a stranger's
//! dictionary can be long, and its names used a million times.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::font::Font;
use super::forgive::{look, look_in};
use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Name, Object};

/// What a list holds by its names.
type Names = Rc<HashMap<Name, Object>>;

/// What looking at an entry of a list costs, in units of work.
const WORK_PER_ENTRY: u64 = 64;

/// The resources of a page or a form.
#[derive(Default)]
pub(super) struct Resources {
    dictionary: Dictionary,
    lists: RefCell<HashMap<&'static str, Names>>,
    fonts: RefCell<HashMap<Name, Option<Arc<Font>>>>,
    /// Objects that are known to be pictures, which say nothing.
    pictures: RefCell<HashSet<Name>>,
}

impl Resources {
    pub(super) fn new(dictionary: Dictionary) -> Rc<Self> {
        Rc::new(Self { dictionary, ..Self::default() })
    }

    /// The object of this name in a list such as `XObject`.
    pub(super) fn get(
        &self,
        document: &Document,
        list: &'static str,
        name: &Name,
    ) -> Result<Option<Object>, Error> {
        let known = self.lists.borrow().get(list).cloned();
        let names = match known {
            Some(names) => names,
            None => {
                let dictionary = look_in(document, &self.dictionary, list)?;
                document.work().copied((dictionary.len() as u64).saturating_mul(WORK_PER_ENTRY))?;
                let names = dictionary.iter().map(|(name, value)| (name.clone(), value.clone()));
                let names: Names = Rc::new(names.collect());
                self.lists.borrow_mut().insert(list, Rc::clone(&names));
                names
            }
        };
        Ok(names.get(name).cloned())
    }

    pub(super) fn font(&self, document: &Document, name: &Name) -> Result<Option<Arc<Font>>, Error> {
        if let Some(font) = self.fonts.borrow().get(name) {
            return Ok(font.clone());
        }
        let font = match self.get(document, "Font", name)? {
            Some(object) => document.font(&object)?,
            None => None,
        };
        self.fonts.borrow_mut().insert(name.clone(), font.clone());
        Ok(font)
    }

    pub(super) fn is_picture(&self, name: &Name) -> bool {
        self.pictures.borrow().contains(name)
    }

    pub(super) fn note_picture(&self, name: &Name) {
        self.pictures.borrow_mut().insert(name.clone());
    }

    /// What this stands for, as a dictionary.
    pub(super) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// By which a stretch of content with these properties is known in the structure of the document.
    pub(super) fn mcid(&self, document: &Document, name: &Name) -> Result<Option<i64>, Error> {
        let Some(object) = self.get(document, "Properties", name)? else { return Ok(None) };
        let object = super::forgive::forgive(document.resolve(&object), Object::Null)?;
        let Some(dictionary) = object.as_dictionary() else { return Ok(None) };
        Ok(look(document, dictionary, "MCID")?.as_integer())
    }

    /// What a list of properties says of its own text (14.9.4).
    pub(super) fn actual_text(&self, document: &Document, name: &Name) -> Result<Option<String>, Error> {
        let Some(object) = self.get(document, "Properties", name)? else { return Ok(None) };
        let object = super::forgive::forgive(document.resolve(&object), Object::Null)?;
        let Some(dictionary) = object.as_dictionary() else { return Ok(None) };
        Ok(look(document, dictionary, "ActualText")?.as_text())
    }
}

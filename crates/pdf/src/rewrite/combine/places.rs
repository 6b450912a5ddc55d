//! Places that have names (12.3.2.4). Two files may call different places the same: in the whole each link says where it
//! leads, and nothing has a name.

use std::collections::BTreeMap;

use super::tree::{entries, readable};
use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object};

/// A page, how it is shown, and four numbers.
const PLACE_VALUES_MAX: usize = 8;

/// The named places of a file.
#[derive(Default)]
pub(super) struct Places(BTreeMap<Vec<u8>, Object>);

impl Places {
    pub(super) fn of(document: &Document) -> Result<Self, Error> {
        let catalog = document.catalog()?;
        let mut places = Self::default();
        // As files of PDF 1.1 have them, and as all others do.
        if let Object::Dictionary(named) = readable(document.lookup(&catalog, "Dests"))? {
            for (name, place) in named.iter() {
                places.add(document, name.as_bytes(), place)?;
            }
        }
        if let Object::Dictionary(names) = readable(document.lookup(&catalog, "Names"))? {
            let root = names.get("Dests").cloned().unwrap_or(Object::Null);
            for (name, place) in entries(document, root, "Names")? {
                places.add(document, name.as_string().unwrap_or_default(), &place)?;
            }
        }
        Ok(places)
    }

    fn add(&mut self, document: &Document, name: &[u8], place: &Object) -> Result<(), Error> {
        let mut place = readable(document.resolve(place))?;
        if let Some(within) = place.as_dictionary() {
            place = readable(document.lookup(within, "D"))?;
        }
        let simple = |value: &Object| !matches!(value, Object::Array(_) | Object::Dictionary(_));
        let is_place = |values: &[Object]| values.len() <= PLACE_VALUES_MAX && values.iter().all(simple);
        if place.as_array().is_some_and(is_place) {
            self.0.entry(name.to_vec()).or_insert(place);
        }
        Ok(())
    }

    /// Puts the places themselves where their names stand: in entries of an outline, in links, and in actions.
    pub(super) fn put(&self, document: &Document, object: &mut Object) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        match object {
            Object::Array(items) => items.iter_mut().try_for_each(|item| self.put(document, item)),
            Object::Dictionary(dictionary) => {
                self.put_in(document, dictionary, "Dest")?;
                if dictionary.is("S", "GoTo") {
                    self.put_in(document, dictionary, "D")?;
                }
                dictionary.values_mut().try_for_each(|(_, value)| self.put(document, value))
            }
            _ => Ok(()),
        }
    }

    fn put_in(&self, document: &Document, dictionary: &mut Dictionary, key: &str) -> Result<(), Error> {
        let Some(value) = dictionary.get(key).cloned() else { return Ok(()) };
        let place = match readable(document.resolve(&value))? {
            Object::String(name) => self.0.get(&name),
            Object::Name(name) => self.0.get(name.as_bytes()),
            _ => None,
        };
        if let Some(place) = place {
            dictionary.set(key, place.clone());
        }
        Ok(())
    }
}

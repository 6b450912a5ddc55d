//! Which objects are written, under which numbers, and what is changed in them.

use std::collections::{BTreeSet, HashMap};

use crate::document::Document;
use crate::error::{Error, Limit};
use crate::limits::ENTRIES_MAX;
use crate::object::{Dictionary, Object, ObjectId};

/// An object, and offset and length of a stream's data.
pub(super) type Placed = (Object, Option<(u64, u64)>);

/// Old ids in the order in which they are written; the new number is the place, counted from 1.
pub(super) struct Plan {
    ids: Vec<ObjectId>,
    catalog: ObjectId,
    form: Option<ObjectId>,
    root: ObjectId,
    /// Which page an object is, from 0.
    pages: HashMap<ObjectId, usize>,
    kids: Vec<ObjectId>,
    /// Pages that stand twice in the tree get an object of their own: whose copy it is.
    copies: HashMap<ObjectId, ObjectId>,
    /// Resources that pages inherit become objects of their own: by their owner, and whose they are.
    resources: HashMap<ObjectId, ObjectId>,
    owners: HashMap<ObjectId, ObjectId>,
    /// So many numbers stand before the first one, where the file becomes a part of another one.
    before: Option<u32>,
}

impl Plan {
    pub(super) fn make(document: &Document) -> Result<Self, Error> {
        Self::numbered(document, None)
    }

    /// The same for a file that becomes a part of another one, whose numbers begin after so many: its pages, its form
    /// and its outline, and nothing else that its catalog names.
    pub(super) fn of_part(document: &Document, before: u32) -> Result<Self, Error> {
        Self::numbered(document, Some(before))
    }

    fn numbered(document: &Document, before: Option<u32>) -> Result<Self, Error> {
        let catalog = document.catalog_id()?;
        let dictionary = document.catalog()?;
        // Ids above every one of the file stand for what had none.
        let mut spare = document.highest_number();
        let mut fresh = || {
            spare = spare.saturating_add(1);
            ObjectId::new(spare)
        };
        let form = dictionary.get("AcroForm").and_then(Object::as_reference);
        let root = dictionary.get("Pages").and_then(Object::as_reference);
        let root = root.filter(|root| *root != catalog).unwrap_or_else(&mut fresh);
        let mut pages = HashMap::new();
        let mut copies = HashMap::new();
        let mut kids = Vec::new();
        for (place, id) in document.page_tree()?.ids().enumerate() {
            let id = if id.number == 0 {
                fresh()
            } else if pages.contains_key(&id) || id == root || id == catalog || Some(id) == form {
                let copy = fresh();
                copies.insert(copy, id);
                copy
            } else {
                id
            };
            pages.insert(id, place);
            kids.push(id);
        }
        let mut resources = HashMap::new();
        for owner in document.page_tree()?.resource_owners() {
            resources.entry(owner).or_insert_with(&mut fresh);
        }
        let owners = resources.iter().map(|(owner, shared)| (*shared, *owner)).collect();
        let mut plan =
            Self { ids: Vec::new(), catalog, form, root, pages, kids, copies, resources, owners, before };
        plan.ids = plan.reachable(document)?;
        Ok(plan)
    }

    /// Every object that can be reached from the trailer.
    fn reachable(&self, document: &Document) -> Result<Vec<ObjectId>, Error> {
        let mut seen = BTreeSet::new();
        let mut open = vec![self.catalog];
        for key in ["Info", "Encrypt"].iter().filter(|_| self.before.is_none()) {
            open.extend(document.trailer().get(key).and_then(Object::as_reference));
        }
        while let Some(id) = open.pop() {
            if seen.contains(&id) {
                continue;
            }
            let (object, _) = self.object(document, id)?;
            if object.is_null() {
                continue;
            }
            if seen.len() >= ENTRIES_MAX {
                return Err(Error::TooComplex(Limit::Entries));
            }
            seen.insert(id);
            references(&object, &mut |id| {
                if !seen.contains(&id) {
                    open.push(id);
                }
            });
        }
        Ok(seen.into_iter().collect())
    }

    /// The node above all pages.
    pub(super) fn root(&self) -> ObjectId {
        self.root
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.kids.len()
    }

    pub(super) fn catalog(&self) -> ObjectId {
        self.catalog
    }

    pub(super) fn first_page(&self) -> Option<ObjectId> {
        self.kids.first().copied()
    }

    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = ObjectId> {
        self.ids.iter().copied()
    }

    pub(super) fn new_id(&self, old: ObjectId) -> Option<ObjectId> {
        let place = self.ids.binary_search(&old).ok()?;
        let number = u32::try_from(place.saturating_add(1)).ok()?.checked_add(self.before.unwrap_or(0))?;
        Some(ObjectId::new(number))
    }

    /// An object as it will be written, still with old ids. Of a stream the dictionary, and the place of its data.
    pub(super) fn object(&self, document: &Document, id: ObjectId) -> Result<Placed, Error> {
        if id == self.root {
            let kids: Vec<Object> = self.kids.iter().copied().map(Object::Reference).collect();
            let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
            let node =
                Dictionary::new().with("Type", Object::name("Pages")).with("Count", count).with("Kids", kids);
            return Ok((Object::Dictionary(node), None));
        }
        if let Some(place) = self.pages.get(&id) {
            return Ok((self.page(document, id, *place)?, None));
        }
        if let Some(owner) = self.owners.get(&id) {
            let node = document.head(*owner)?;
            // No object is a reference alone: what the node refers to is said here once more.
            let resources = match node.as_dictionary().map(|node| document.lookup(node, "Resources")) {
                Some(Err(limit @ (Error::TooComplex(_) | Error::Read(_)))) => return Err(limit),
                Some(Ok(Object::Dictionary(resources))) => resources,
                _ => Dictionary::new(),
            };
            return Ok((Object::Dictionary(resources), None));
        }
        // What cannot be read is gone for every reader; the rest of the file is worth keeping.
        let (mut object, place) = match document.head_and_place(id) {
            Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => return Err(limit),
            other => other.unwrap_or((Object::Null, None)),
        };
        if let Object::Dictionary(dictionary) = &mut object {
            if id == self.catalog {
                dictionary.set("Pages", self.root);
                dictionary.remove("NeedsRendering");
                if self.before.is_some() {
                    *dictionary = part_of_catalog(dictionary);
                }
                if let Some(Object::Dictionary(form)) = dictionary.get_mut("AcroForm") {
                    form.remove("XFA");
                }
            } else if Some(id) == self.form {
                dictionary.remove("XFA");
            }
        }
        Ok((object, place))
    }

    fn page(&self, document: &Document, id: ObjectId, place: usize) -> Result<Object, Error> {
        let tree = document.page_tree()?;
        let mut dictionary = match tree.direct_page(place) {
            Some(dictionary) => dictionary.clone(),
            None => match document.head(self.copies.get(&id).copied().unwrap_or(id))? {
                Object::Dictionary(dictionary) => dictionary,
                _ => Dictionary::new(),
            },
        };
        tree.make_explicit(place, &mut dictionary, &self.resources);
        dictionary.set("Type", Object::name("Page"));
        dictionary.set("Parent", self.root);
        Ok(Object::Dictionary(dictionary))
    }

    /// Puts the new ids in the place of the old ones; a reference that leads nowhere becomes `null`.
    pub(super) fn renumber(&self, object: &mut Object) {
        match object {
            Object::Reference(id) => *object = self.new_id(*id).map_or(Object::Null, Object::Reference),
            Object::Array(items) => items.iter_mut().for_each(|item| self.renumber(item)),
            Object::Dictionary(dictionary) => {
                dictionary.values_mut().for_each(|(_, value)| self.renumber(value));
            }
            Object::Stream(stream) => {
                stream.dictionary.values_mut().for_each(|(_, value)| self.renumber(value));
            }
            _ => {}
        }
    }
}

/// What of a catalog goes into a file that holds several.
fn part_of_catalog(catalog: &Dictionary) -> Dictionary {
    let mut part = Dictionary::new();
    for key in ["Pages", "AcroForm", "Outlines", "OCProperties"] {
        if let Some(value) = catalog.get(key) {
            part.set(key, value.clone());
        }
    }
    part
}

/// Calls `found` with every reference in an object.
fn references(object: &Object, found: &mut dyn FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => found(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| references(value, found)),
        Object::Stream(stream) => stream.dictionary.iter().for_each(|(_, value)| references(value, found)),
        _ => {}
    }
}

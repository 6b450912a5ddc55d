//! The fields that a document has, by their full names.

use std::collections::{BTreeMap, BTreeSet};

use super::edit::{dictionary, lookup, resolve};
use crate::error::{Error, Limit};
use crate::limits::{FIELDS_MAX, TREE_DEPTH_MAX};
use crate::object::{Dictionary, Name, Object, ObjectId};
use crate::revision::Revision;

/// A field that holds a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    /// Its object.
    pub(super) id: ObjectId,
    /// /FT, own or inherited.
    pub(super) kind: Option<Name>,
    /// Its widgets; the field itself where the two are one dictionary.
    pub(super) widgets: Vec<ObjectId>,
}

/// All fields by their full names (ISO 32000-2 12.7.4.2: the parts joined by full stops).
#[derive(Debug, Default)]
pub(super) struct Fields {
    by_name: BTreeMap<String, Field>,
    seen: BTreeSet<ObjectId>,
}

/// What a field hands down to its children.
#[derive(Clone, Default)]
struct Inherited {
    name: String,
    kind: Option<Name>,
}

impl Fields {
    /// Reads the tree under /AcroForm /Fields. A field that is met twice counts once; a name that comes twice is the
    /// first one's.
    pub(super) fn read(revision: &Revision<'_>) -> Result<Fields, Error> {
        let catalog = dictionary(revision, revision.document().catalog_id()?)?;
        let mut fields = Fields::default();
        if let Object::Dictionary(form) = lookup(revision, &catalog, "AcroForm")?
            && let Object::Array(roots) = lookup(revision, &form, "Fields")?
        {
            fields.descend(revision, &roots, &Inherited::default(), 0)?;
        }
        Ok(fields)
    }

    /// The field of this full name.
    pub(super) fn get(&self, name: &str) -> Option<&Field> {
        self.by_name.get(name)
    }

    fn descend(
        &mut self,
        revision: &Revision<'_>,
        kids: &[Object],
        above: &Inherited,
        depth: usize,
    ) -> Result<(), Error> {
        if depth > TREE_DEPTH_MAX || self.seen.len() > FIELDS_MAX {
            return Err(Error::TooComplex(Limit::Fields));
        }
        for id in kids.iter().filter_map(Object::as_reference) {
            if self.seen.insert(id)
                && let Object::Dictionary(field) = revision.get(id)?
            {
                self.enter(revision, id, &field, above, depth)?;
            }
        }
        Ok(())
    }

    fn enter(
        &mut self,
        revision: &Revision<'_>,
        id: ObjectId,
        field: &Dictionary,
        above: &Inherited,
        depth: usize,
    ) -> Result<(), Error> {
        let here = Inherited {
            name: joined(&above.name, lookup(revision, field, "T")?.as_text()),
            kind: lookup(revision, field, "FT")?.as_name().cloned().or_else(|| above.kind.clone()),
        };
        let kids = match lookup(revision, field, "Kids")? {
            Object::Array(kids) => kids,
            _ => Vec::new(),
        };
        let (below, widgets) = split(revision, &kids)?;
        if !below.is_empty() {
            return self.descend(revision, &below, &here, depth + 1);
        }
        let widgets = if widgets.is_empty() { vec![id] } else { widgets };
        self.by_name.entry(here.name).or_insert(Field { id, kind: here.kind, widgets });
        Ok(())
    }
}

/// Kids with a name of their own are fields; those without are widgets of this one (12.7.4.2).
fn split(revision: &Revision<'_>, kids: &[Object]) -> Result<(Vec<Object>, Vec<ObjectId>), Error> {
    let (mut fields, mut widgets) = (Vec::new(), Vec::new());
    for kid in kids {
        let Some(id) = kid.as_reference() else { continue };
        match resolve(revision, kid)? {
            Object::Dictionary(dictionary) if dictionary.has("T") => fields.push(kid.clone()),
            Object::Dictionary(_) => widgets.push(id),
            _ => {}
        }
    }
    Ok((fields, widgets))
}

fn joined(above: &str, own: Option<String>) -> String {
    match own {
        None => above.to_owned(),
        Some(own) if above.is_empty() => own,
        Some(own) => format!("{above}.{own}"),
    }
}

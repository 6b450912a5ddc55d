//! The signature fields of a document (ISO 32000-2 12.7.5.5).

use std::collections::BTreeSet;

use pdf::{Dictionary, Document, Object, ObjectId};

use super::VerifyError;

/// A signed signature field.
pub(super) struct Found {
    /// Full name of the field.
    pub(super) field: String,
    /// The object in whose bytes the signature dictionary stands; `None` where that is the catalog or another direct
    /// place that cannot be told.
    pub(super) holder: Option<ObjectId>,
    pub(super) dictionary: Dictionary,
}

const MAX_DEPTH: usize = 32;
const MAX_FIELDS: usize = 50_000;

/// Every signature field with a value, in the order of the form.
///
/// A field that cannot be read is passed over only when it cannot hide a signature: the error is given otherwise.
pub(super) fn signatures(document: &Document) -> Result<Vec<Found>, VerifyError> {
    let catalog = document.catalog()?;
    let form = document.lookup(&catalog, "AcroForm")?;
    let Some(form) = form.as_dictionary() else { return Ok(Vec::new()) };
    let mut walk = Walk { document, found: Vec::new(), seen: BTreeSet::new(), count: 0 };
    if let Object::Array(fields) = document.lookup(form, "Fields")? {
        for field in &fields {
            walk.visit(field, "", false, None, 0)?;
        }
    }
    Ok(walk.found)
}

struct Walk<'a> {
    document: &'a Document,
    found: Vec<Found>,
    seen: BTreeSet<ObjectId>,
    count: usize,
}

impl Walk<'_> {
    fn visit(
        &mut self,
        field: &Object,
        parent: &str,
        is_signature: bool,
        value: Option<(&Object, Option<ObjectId>)>,
        depth: usize,
    ) -> Result<(), VerifyError> {
        self.count += 1;
        let id = field.as_reference();
        if depth > MAX_DEPTH || self.count > MAX_FIELDS || id.is_some_and(|id| !self.seen.insert(id)) {
            return Ok(());
        }
        let resolved = self.document.resolve(field)?;
        let Some(dictionary) = resolved.as_dictionary() else { return Ok(()) };
        let partial = self.document.lookup(dictionary, "T")?.as_text();
        let name = match (parent, partial) {
            (parent, None) => parent.to_owned(),
            ("", Some(partial)) => partial,
            (parent, Some(partial)) => format!("{parent}.{partial}"),
        };
        // /FT and /V are inherited (12.7.4.1).
        let is_signature = match self.document.lookup(dictionary, "FT")? {
            Object::Name(kind) => kind == "Sig",
            _ => is_signature,
        };
        let own = dictionary.get("V").map(|own| (own, id));
        let value = own.or(value);
        let kids = self.document.lookup(dictionary, "Kids")?;
        let mut has_fields_below = false;
        for kid in kids.as_array().unwrap_or_default() {
            let below = self.document.resolve(kid)?;
            // A kid without a name is a widget of this field.
            if below.as_dictionary().is_some_and(|below| below.has("T")) {
                has_fields_below = true;
                self.visit(kid, &name, is_signature, value, depth + 1)?;
            }
        }
        if let (true, false, Some((value, holder))) = (is_signature, has_fields_below, value) {
            let holder = value.as_reference().or(holder);
            if let Some(dictionary) = self.document.resolve(value)?.as_dictionary() {
                self.found.push(Found { field: name, holder, dictionary: dictionary.clone() });
            }
        }
        Ok(())
    }
}

//! Several files made one, in their order: pages with what they are called, forms and outlines. Links to named places lead
//! to the places themselves. What a file says in its catalog beside these (tags for screen readers, scripts,
//! attachments, output intents) stays behind.

mod labels;
mod places;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::output::Output;
use super::plan::Plan;
use super::put_object;
use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object, ObjectId};
use crate::write;
use labels::Labels;
use places::Places;

const CATALOG: u32 = 1;
const PAGES: u32 = 2;
const OUTLINES: u32 = 3;
const INFORMATION: u32 = 4;

/// One of the files.
pub struct Part<'d> {
    /// The file.
    pub document: &'d Document,
    /// What its entry in the outline says.
    pub title: &'d str,
}

/// Why files were not combined; `part` counts them from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotCombined {
    /// One of them cannot be read, or the result not be written.
    Document {
        /// Which.
        part: usize,
        /// Why.
        error: Error,
    },
    /// A signature would be lost.
    Signed {
        /// Of which.
        part: usize,
    },
    /// It is encrypted.
    Encrypted {
        /// Which.
        part: usize,
    },
    /// It has an XFA form, which speaks of its own pages.
    Xfa {
        /// Which.
        part: usize,
    },
    /// More than one has layers, which would be shown or hidden together.
    Layers {
        /// The second one of them.
        part: usize,
    },
}

/// Writes the files as one.
///
/// # Errors
/// Why they cannot be combined.
pub fn combine(title: &str, parts: &[Part<'_>], out: &mut dyn Write) -> Result<(), NotCombined> {
    let mut whole = Whole::default();
    // Each file has a number for its entry in the outline, used where it brings no outline along.
    let mut before = INFORMATION.saturating_add(count(parts.len()));
    let mut members = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let failed = |error| NotCombined::Document { part: index, error };
        whole.check(index, part.document)?;
        let plan = Plan::of_part(part.document, before).map_err(failed)?;
        before = before.saturating_add(count(plan.len()));
        members.push(Member::of(part, index, plan, &mut whole).map_err(failed)?);
    }
    let last = parts.len().saturating_sub(1);
    let failed = |error| NotCombined::Document { part: last, error };
    let mut out = Output::new(out);
    out.write(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n").map_err(failed)?;
    let mut offsets = BTreeMap::new();
    for (number, object) in whole.head(title, &members) {
        offsets.insert(number, out.written());
        put(number, &object, &mut out).map_err(failed)?;
    }
    for (index, (part, member)) in parts.iter().zip(&members).enumerate() {
        let failed = |error| NotCombined::Document { part: index, error };
        member.write(part.document, &members, index, &mut offsets, &mut out).map_err(failed)?;
    }
    finish(&offsets, &mut out).map_err(failed)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn put(number: u32, object: &Object, out: &mut Output<'_>) -> Result<(), Error> {
    let mut bytes = Vec::new();
    write::indirect(ObjectId::new(number), object, &mut bytes)?;
    out.write(&bytes)
}

/// A file on its way into the whole.
struct Member {
    plan: Plan,
    title: String,
    /// Its own number for the entry in the outline.
    spare: u32,
    /// What was the root of its own outline, and is its entry now.
    outline: Option<ObjectId>,
    places: Places,
    /// Fields that stand in no other one: what is changed in them.
    fields: BTreeMap<ObjectId, Dictionary>,
}

impl Member {
    fn of(part: &Part<'_>, index: usize, plan: Plan, whole: &mut Whole) -> Result<Self, Error> {
        let document = part.document;
        let catalog = document.catalog()?;
        let outline = catalog.get("Outlines").and_then(Object::as_reference);
        let outline = outline.filter(|id| plan.new_id(*id).is_some());
        let fields = whole.take_form(document, &plan)?;
        whole.labels.take(document, plan.pages())?;
        let places = Places::of(document)?;
        if let Some(layers) = catalog.get("OCProperties") {
            let mut layers = layers.clone();
            plan.renumber(&mut layers);
            whole.layers = Some(layers);
        }
        let spare = INFORMATION.saturating_add(1).saturating_add(count(index));
        Ok(Self { plan, title: part.title.to_owned(), spare, outline, places, fields })
    }

    /// The number of its entry in the outline.
    fn entry(&self) -> ObjectId {
        self.outline.and_then(|id| self.plan.new_id(id)).unwrap_or_else(|| ObjectId::new(self.spare))
    }

    /// Its entry; below it stands its own outline, closed.
    fn entry_of(&self, own: &Dictionary, members: &[Self], index: usize) -> Dictionary {
        let mut entry = Dictionary::new()
            .with("Title", Object::text(&self.title))
            .with("Parent", ObjectId::new(OUTLINES));
        let neighbour = |at: Option<usize>| at.and_then(|at| members.get(at)).map(Self::entry);
        if let Some(id) = neighbour(index.checked_sub(1)) {
            entry.set("Prev", id);
        }
        if let Some(id) = neighbour(index.checked_add(1)) {
            entry.set("Next", id);
        }
        if let Some(page) = self.plan.first_page().and_then(|id| self.plan.new_id(id)) {
            entry.set("Dest", vec![Object::Reference(page), Object::name("Fit")]);
        }
        if let (Some(first), Some(last)) = (own.get("First"), own.get("Last")) {
            entry.set("First", first.clone());
            entry.set("Last", last.clone());
            let count = own.get("Count").and_then(Object::as_integer).unwrap_or(1);
            entry.set("Count", -count.saturating_abs().max(1));
        }
        entry
    }

    fn write(
        &self,
        document: &Document,
        members: &[Self],
        index: usize,
        offsets: &mut BTreeMap<u32, u64>,
        out: &mut Output<'_>,
    ) -> Result<(), Error> {
        if self.outline.is_none() {
            offsets.insert(self.spare, out.written());
            put(self.spare, &self.entry_of(&Dictionary::new(), members, index).into(), out)?;
        }
        for old in self.plan.ids() {
            // The whole has a catalog of its own.
            if old == self.plan.catalog() {
                continue;
            }
            let Some(new) = self.plan.new_id(old) else { continue };
            let (mut object, place) = self.plan.object(document, old)?;
            self.places.put(document, &mut object)?;
            self.plan.renumber(&mut object);
            if let Object::Dictionary(dictionary) = &mut object {
                if old == self.plan.root() {
                    dictionary.set("Parent", ObjectId::new(PAGES));
                } else if Some(old) == self.outline {
                    *dictionary = self.entry_of(dictionary, members, index);
                }
                for (key, value) in self.fields.get(&old).iter().flat_map(|it| it.iter()) {
                    dictionary.put(key.clone(), value.clone());
                }
            }
            offsets.insert(new.number, out.written());
            put_object(document, new, object, place, out)?;
        }
        Ok(())
    }
}

/// What all files have in common.
#[derive(Default)]
struct Whole {
    fields: Vec<Object>,
    /// Names of fields that stand in no other one.
    names: BTreeSet<String>,
    form: Dictionary,
    resources: BTreeMap<&'static str, Dictionary>,
    order: Vec<Object>,
    layers: Option<Object>,
    labels: Labels,
}

/// What fields name in the resources of a form (12.7.3, table 224).
const RESOURCES: [&str; 6] = ["Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Encoding"];

impl Whole {
    fn check(&self, part: usize, document: &Document) -> Result<(), NotCombined> {
        let failed = |error| NotCombined::Document { part, error };
        if document.is_encrypted() {
            return Err(NotCombined::Encrypted { part });
        }
        let fields = document.fields().map_err(failed)?;
        if !document.signatures_among(&fields).map_err(failed)?.is_empty() {
            return Err(NotCombined::Signed { part });
        }
        if document.form().map_err(failed)?.is_some_and(|form| form.has("XFA")) {
            return Err(NotCombined::Xfa { part });
        }
        if self.layers.is_some() && document.catalog().map_err(failed)?.has("OCProperties") {
            return Err(NotCombined::Layers { part });
        }
        Ok(())
    }

    /// Takes the form of a file in; gives what is changed in its fields: a name that another file has, and what they had
    /// from their form.
    fn take_form(
        &mut self,
        document: &Document,
        plan: &Plan,
    ) -> Result<BTreeMap<ObjectId, Dictionary>, Error> {
        let Some(form) = document.form()? else { return Ok(BTreeMap::new()) };
        let mut changes = BTreeMap::new();
        let fields = document.fields()?;
        let own: BTreeSet<&str> = fields.iter().filter_map(|it| it.name.split('.').next()).collect();
        let mut names = BTreeSet::new();
        for field in document.lookup(&form, "Fields")?.as_array().unwrap_or_default() {
            let Some(id) = field.as_reference().filter(|id| plan.new_id(*id).is_some()) else { continue };
            let head = document.head(id)?;
            let Some(dictionary) = head.as_dictionary() else { continue };
            let mut change = Dictionary::new();
            if let Some(name) = document.lookup(dictionary, "T")?.as_text() {
                // Within one file the same name is the same field, and stays so.
                let free = self.free(&name, &own);
                if free != name {
                    change.set("T", Object::text(&free));
                }
                names.insert(free);
            }
            for key in ["DA", "Q"] {
                if let (false, Some(value)) = (dictionary.has(key), form.get(key)) {
                    change.set(key, document.resolve(value)?);
                }
            }
            changes.insert(id, change);
            let mut field = field.clone();
            plan.renumber(&mut field);
            self.fields.push(field);
        }
        self.names.append(&mut names);
        self.take_resources(document, plan, &form)?;
        if document.lookup(&form, "NeedAppearances")?.as_boolean() == Some(true) {
            self.form.set("NeedAppearances", true);
        }
        let flags = document.lookup(&form, "SigFlags")?.as_integer().unwrap_or(0);
        let known = self.form.get("SigFlags").and_then(Object::as_integer).unwrap_or(0);
        if flags | known != 0 {
            self.form.set("SigFlags", flags | known);
        }
        for key in ["DA", "Q"] {
            if let (false, Some(value)) = (self.form.has(key), form.get(key)) {
                self.form.set(key, document.resolve(value)?);
            }
        }
        for computed in document.lookup(&form, "CO")?.as_array().unwrap_or_default() {
            let mut computed = computed.clone();
            plan.renumber(&mut computed);
            self.order.push(computed);
        }
        Ok(changes)
    }

    /// The same name, or one that no file before has.
    fn free(&self, name: &str, own: &BTreeSet<&str>) -> String {
        let mut free = name.to_owned();
        let mut number = 1_u32;
        while self.names.contains(&free) || free != name && own.contains(free.as_str()) {
            number = number.saturating_add(1);
            free = format!("{name}_{number}");
        }
        free
    }

    /// What two forms call by the same name is that of the first.
    fn take_resources(&mut self, document: &Document, plan: &Plan, form: &Dictionary) -> Result<(), Error> {
        let Object::Dictionary(resources) = document.lookup(form, "DR")? else { return Ok(()) };
        for list in RESOURCES {
            let Object::Dictionary(entries) = document.lookup(&resources, list)? else { continue };
            let known = self.resources.entry(list).or_default();
            for (name, value) in entries.iter() {
                if !known.iter().any(|(there, _)| there == name) {
                    let mut value = value.clone();
                    plan.renumber(&mut value);
                    known.put(name.clone(), value);
                }
            }
        }
        Ok(())
    }

    /// Catalog, pages, outline and information.
    fn head(&mut self, title: &str, members: &[Member]) -> Vec<(u32, Object)> {
        let kids: Vec<Object> =
            members.iter().filter_map(|it| it.plan.new_id(it.plan.root())).map(Object::Reference).collect();
        let pages: usize = members.iter().map(|it| it.plan.pages()).sum();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let tree = Dictionary::new()
            .with("Type", Object::name("Pages"))
            .with("Count", number(pages))
            .with("Kids", kids);
        let mut outline =
            Dictionary::new().with("Type", Object::name("Outlines")).with("Count", number(members.len()));
        if let (Some(first), Some(last)) = (members.first(), members.last()) {
            outline.set("First", first.entry());
            outline.set("Last", last.entry());
        }
        let mut catalog = Dictionary::new()
            .with("Type", Object::name("Catalog"))
            .with("Pages", ObjectId::new(PAGES))
            .with("Outlines", ObjectId::new(OUTLINES));
        if !self.fields.is_empty() {
            let mut form = std::mem::take(&mut self.form).with("Fields", std::mem::take(&mut self.fields));
            let mut resources = Dictionary::new();
            for (list, entries) in std::mem::take(&mut self.resources) {
                resources.set(list, entries);
            }
            if !resources.is_empty() {
                form.set("DR", resources);
            }
            if !self.order.is_empty() {
                form.set("CO", std::mem::take(&mut self.order));
            }
            catalog.set("AcroForm", form);
        }
        if let Some(layers) = self.layers.take() {
            catalog.set("OCProperties", layers);
        }
        if let Some(labels) = self.labels.tree() {
            catalog.set("PageLabels", labels);
        }
        let information = Dictionary::new()
            .with("Title", Object::text(title))
            .with("Producer", Object::string("Countersign"));
        vec![
            (CATALOG, catalog.into()),
            (PAGES, tree.into()),
            (OUTLINES, outline.into()),
            (INFORMATION, information.into()),
        ]
    }
}

fn finish(offsets: &BTreeMap<u32, u64>, out: &mut Output<'_>) -> Result<(), Error> {
    let start = out.written();
    let size = offsets.keys().next_back().copied().unwrap_or(0).saturating_add(1);
    // Numbers that are not used are free, one after the other (7.5.4).
    let free: Vec<u32> = (1..size).filter(|number| !offsets.contains_key(number)).collect();
    let mut next_free = free.iter().copied();
    let mut bytes = format!("xref\n0 {size}\n{:010} 65535 f \n", next_free.next().unwrap_or(0)).into_bytes();
    for number in 1..size {
        let line = match offsets.get(&number) {
            Some(offset) => format!("{offset:010} 00000 n \n"),
            None => format!("{:010} 00001 f \n", next_free.next().unwrap_or(0)),
        };
        bytes.extend_from_slice(line.as_bytes());
    }
    let id = Object::string(out.fingerprint().to_vec());
    let trailer = Dictionary::new()
        .with("Size", i64::from(size))
        .with("Root", ObjectId::new(CATALOG))
        .with("Info", ObjectId::new(INFORMATION))
        .with("ID", vec![id.clone(), id]);
    bytes.extend_from_slice(b"trailer\n");
    write::dictionary(&trailer, &mut bytes)?;
    bytes.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out.write(&bytes)
}

impl std::fmt::Display for NotCombined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Document { part, error } => write!(f, "file {part}: {error}"),
            Self::Signed { part } => write!(f, "file {part} is signed"),
            Self::Encrypted { part } => write!(f, "file {part} is encrypted"),
            Self::Xfa { part } => write!(f, "file {part} has an XFA form"),
            Self::Layers { part } => write!(f, "file {part} is the second one with layers"),
        }
    }
}

impl std::error::Error for NotCombined {}

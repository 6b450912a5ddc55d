//! A whole new file with one classic cross-reference table (ISO 32000-2 7.5).

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::appearance::numbers;
use crate::fonts::NewObjects;
use crate::object::{Dictionary, Object, ObjectId};
use crate::write;

/// ISO 216 A4 in points.
pub(crate) const PAPER: [f64; 2] = [595.28, 841.89];

/// What a file says of itself.
pub(crate) struct About<'a> {
    /// Stands in the title bar of the reader.
    pub(crate) title: &'a str,
    /// Language of the text (RFC 5646); empty for none.
    pub(crate) language: &'a str,
    /// When it was made, as a PDF date; none for no date.
    pub(crate) created: Option<&'a str>,
}

/// Objects of the file, all of generation 0.
pub(crate) struct NewFile {
    last: u32,
    objects: BTreeMap<ObjectId, Object>,
}

impl NewObjects for NewFile {
    fn allocate(&mut self) -> ObjectId {
        self.last += 1;
        ObjectId::new(self.last)
    }

    fn put(&mut self, id: ObjectId, object: Object) {
        self.objects.insert(id, object);
    }
}

impl NewFile {
    pub(crate) fn new() -> Self {
        Self { last: 0, objects: BTreeMap::new() }
    }

    /// Puts an object under a number of its own.
    pub(crate) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.allocate();
        self.put(id, object.into());
        id
    }

    /// The bytes: page tree, catalog and document information around `pages`, which are A4 unless they say otherwise.
    pub(crate) fn finish(mut self, about: &About<'_>, pages: Vec<Dictionary>) -> Vec<u8> {
        let tree = self.allocate();
        let kids: Vec<Object> = pages
            .into_iter()
            .map(|page| self.add(page.with("Type", Object::name("Page")).with("Parent", tree)).into())
            .collect();
        let count = kids.len();
        let node = Dictionary::new()
            .with("Type", Object::name("Pages"))
            .with("MediaBox", numbers(&[0.0, 0.0, PAPER[0], PAPER[1]]))
            .with("Count", Object::Integer(i64::try_from(count).expect("pages are counted in memory")))
            .with("Kids", kids);
        self.put(tree, node.into());
        let mut catalog = Dictionary::new()
            .with("Type", Object::name("Catalog"))
            .with("Pages", tree)
            .with("ViewerPreferences", Dictionary::new().with("DisplayDocTitle", true));
        if !about.language.is_empty() {
            catalog.set("Lang", Object::text(about.language));
        }
        let catalog = self.add(catalog);
        let mut information = Dictionary::new()
            .with("Title", Object::text(about.title))
            .with("Producer", Object::string("Countersign"));
        if let Some(created) = about.created {
            information.set("CreationDate", Object::text(created));
        }
        let information = self.add(information);
        self.bytes(catalog, information)
    }

    fn bytes(self, catalog: ObjectId, information: ObjectId) -> Vec<u8> {
        // The comment of bytes above 127 tells transfer programs that this is no text (7.5.2).
        let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        // 7.5.4: entries of exactly 20 bytes; the numbers run from 0 without a gap, so there is one section.
        let mut table = String::from("0000000000 65535 f \n");
        for (id, object) in &self.objects {
            table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
            write::indirect(*id, object, &mut bytes).expect("all numbers of a report come from its layout");
        }
        let size = self.last + 1;
        let start = bytes.len();
        // 14.4: the same contents have the same identifier.
        let id = Object::string(Sha256::digest(&bytes).iter().copied().take(16).collect::<Vec<u8>>());
        let trailer = Dictionary::new()
            .with("Size", size)
            .with("Root", catalog)
            .with("Info", information)
            .with("ID", vec![id.clone(), id]);
        bytes.extend_from_slice(format!("xref\n0 {size}\n{table}trailer\n").as_bytes());
        write::dictionary(&trailer, &mut bytes).expect("the trailer holds no real numbers");
        bytes.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
        bytes
    }
}

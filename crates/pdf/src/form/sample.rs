//! For tests: small documents of one page or more, with either kind of cross-reference section.

use std::sync::Arc;

use crate::document::Document;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Tail;
use crate::write;

/// A document in the making.
pub(crate) struct Sample {
    objects: Vec<Object>,
}

/// The catalog, the page tree, the font and the content stream of every sample; pages follow.
const CATALOG: u32 = 1;
const TREE: u32 = 2;
const FONT: u32 = 3;
const CONTENT: u32 = 4;

impl Sample {
    /// Pages of these attributes (`/MediaBox`, `/Rotate`, ...), each with a line of text.
    pub(crate) fn new(pages: &[Dictionary]) -> Self {
        let content = b"q 0.5 0 0 0.5 0 0 cm BT /F1 24 Tf 144 1000 Td (An agreement) Tj ET".to_vec();
        let numbers: Vec<Object> = (1..=pages.len()).map(|page| Self::page(page).into()).collect();
        let mut objects: Vec<Object> = vec![
            Dictionary::new().with("Type", Object::name("Catalog")).with("Pages", ObjectId::new(TREE)).into(),
            Dictionary::new()
                .with("Type", Object::name("Pages"))
                .with("Count", Object::Integer(pages.len() as i64))
                .with("Kids", numbers)
                .into(),
            Dictionary::new()
                .with("Type", Object::name("Font"))
                .with("Subtype", Object::name("Type1"))
                .with("BaseFont", Object::name("Helvetica"))
                .into(),
            Object::Stream(crate::object::Stream { dictionary: Dictionary::new(), data: content }),
        ];
        let fonts = Dictionary::new().with("F1", ObjectId::new(FONT));
        objects.extend(pages.iter().map(|page| {
            page.clone()
                .with("Type", Object::name("Page"))
                .with("Parent", ObjectId::new(TREE))
                .with("Resources", Dictionary::new().with("Font", fonts.clone()))
                .with("Contents", ObjectId::new(CONTENT))
                .into()
        }));
        Self { objects }
    }

    /// The object of a page, from 1.
    pub(crate) fn page(page: usize) -> ObjectId {
        ObjectId::new(CONTENT + u32::try_from(page).unwrap())
    }

    /// A further object.
    pub(crate) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.objects.push(object.into());
        ObjectId::new(u32::try_from(self.objects.len()).unwrap())
    }

    /// The dictionary of an object, to be changed.
    pub(crate) fn change(&mut self, id: ObjectId) -> &mut Dictionary {
        match &mut self.objects[id.number as usize - 1] {
            Object::Dictionary(dictionary) => dictionary,
            other => panic!("{other:?} is no dictionary"),
        }
    }

    /// The catalog, to be changed.
    pub(crate) fn catalog(&mut self) -> &mut Dictionary {
        self.change(ObjectId::new(CATALOG))
    }

    /// The file with a cross-reference table.
    pub(crate) fn with_table(&self) -> Vec<u8> {
        let (mut bytes, offsets) = self.body();
        let start = bytes.len();
        let size = offsets.len() + 1;
        bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
        offsets.iter().for_each(|offset| bytes.extend(format!("{offset:010} 00000 n \n").bytes()));
        bytes.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
        bytes
    }

    /// The file with a cross-reference stream.
    pub(crate) fn with_stream(&self) -> Vec<u8> {
        let (mut bytes, mut offsets) = self.body();
        let start = bytes.len();
        offsets.push(start);
        let size = offsets.len() + 1;
        let mut entries = vec![0, 0, 0, 0, 0, 255];
        for offset in &offsets {
            entries.push(1);
            entries.extend(u32::try_from(*offset).unwrap().to_be_bytes());
            entries.push(0);
        }
        let head = format!(
            "{} 0 obj\n<</Type/XRef/Size {size}/Root 1 0 R/W[1 4 1]/Length {}>>\n",
            size - 1,
            entries.len()
        );
        bytes.extend(head.bytes());
        bytes.extend(b"stream\n");
        bytes.extend(entries);
        bytes.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
        bytes
    }

    fn body(&self) -> (Vec<u8>, Vec<usize>) {
        let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut offsets = Vec::new();
        for (number, object) in (1..).zip(&self.objects) {
            offsets.push(bytes.len());
            write::indirect(ObjectId::new(number), object, &mut bytes).unwrap();
        }
        (bytes, offsets)
    }
}

/// An A4 page.
pub(crate) fn a4() -> Dictionary {
    Dictionary::new().with("MediaBox", Object::numbers(&[0.0, 0.0, 595.0, 842.0]))
}

pub(crate) fn open(bytes: &[u8]) -> Document {
    Document::open(Arc::new(bytes.to_vec())).expect("the file opens")
}

/// The file with a revision appended.
pub(crate) fn appended(base: &[u8], tail: &Tail) -> Vec<u8> {
    assert_eq!(tail.base_length, base.len() as u64);
    [base, &tail.bytes].concat()
}

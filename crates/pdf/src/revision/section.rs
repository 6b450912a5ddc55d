//! The cross-reference section and trailer of a revision, of the same kind as the last one.

use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object, ObjectId, Stream};
use crate::write;

/// What the end of a revision is written from.
pub(super) struct Ending<'d> {
    pub(super) document: &'d Document,
    pub(super) base_length: u64,
    /// Objects with their offsets in the file, by number.
    pub(super) placed: Vec<(ObjectId, u64)>,
    pub(super) highest: u32,
}

/// An offset of the source as the file counts it: junk before `%PDF` is left out where the file leaves it out.
pub(super) fn offset_in_file(document: &Document, offset: u64) -> Result<u64, Error> {
    offset.checked_sub(document.offset_shift()).ok_or(Error::Unwritable("an offset before the header"))
}

impl Ending<'_> {
    /// 7.5.4: entries of exactly 20 bytes. A hybrid file is continued by a table as well; its trailer names no
    /// /XRefStm, because an inherited one would hide the new objects from readers of PDF 1.5.
    pub(super) fn write_table(&self, fingerprint: &[u8; 16], out: &mut Vec<u8>) -> Result<(), Error> {
        let start = offset_in_file(self.document, self.base_length.saturating_add(out.len() as u64))?;
        out.extend_from_slice(b"xref\n");
        for run in runs(&self.placed) {
            let first = run.first().map_or(0, |(id, _)| id.number);
            out.extend_from_slice(format!("{first} {}\n", run.len()).as_bytes());
            for (id, offset) in run {
                if *offset > 9_999_999_999 {
                    return Err(Error::Unwritable("a file of more than 10^10 bytes with a table"));
                }
                out.extend_from_slice(format!("{offset:010} {:05} n \n", id.generation).as_bytes());
            }
        }
        out.extend_from_slice(b"trailer\n");
        write::dictionary(&self.trailer(fingerprint, self.highest)?, out)?;
        out.push(b'\n');
        finish(start, out);
        Ok(())
    }

    /// 7.5.8: a stream that lists itself. It is not compressed: it is short, and so a person can read it.
    pub(super) fn write_stream(mut self, fingerprint: &[u8; 16], out: &mut Vec<u8>) -> Result<(), Error> {
        let start = offset_in_file(self.document, self.base_length.saturating_add(out.len() as u64))?;
        let own = ObjectId::new(self.highest.saturating_add(1));
        self.placed.push((own, start));
        let width = if start > u64::from(u32::MAX) { 8_usize } else { 4 };
        let mut data = Vec::with_capacity(self.placed.len().saturating_mul(width.saturating_add(3)));
        let mut index = Vec::new();
        for run in runs(&self.placed) {
            index.push(Object::from(run.first().map_or(0, |(id, _)| id.number)));
            index.push(Object::from(u32::try_from(run.len()).unwrap_or(u32::MAX)));
            for (id, offset) in run {
                data.push(1);
                let bytes = offset.to_be_bytes();
                data.extend_from_slice(bytes.get(8_usize.saturating_sub(width)..).unwrap_or_default());
                data.extend_from_slice(&id.generation.to_be_bytes());
            }
        }
        let mut dictionary = Dictionary::new().with("Type", Object::name("XRef"));
        for (key, value) in self.trailer(fingerprint, own.number)?.iter() {
            dictionary.put(key.clone(), value.clone());
        }
        let width = u32::try_from(width).unwrap_or(8);
        dictionary.set("Index", index);
        dictionary.set("W", vec![Object::from(1), Object::from(width), Object::from(2)]);
        write::indirect(own, &Object::Stream(Stream { dictionary, data }), out)?;
        finish(start, out);
        Ok(())
    }

    /// 7.5.5. What the last trailer says of the document is carried on; what it says of its own section is not.
    fn trailer(&self, fingerprint: &[u8; 16], highest: u32) -> Result<Dictionary, Error> {
        let old = self.document.trailer();
        let previous = self.document.sections().first().map_or(0, |section| section.start);
        let previous = offset_in_file(self.document, previous)?;
        let mut trailer = Dictionary::new()
            .with("Size", highest.saturating_add(1))
            .with("Prev", i64::try_from(previous).map_err(|_| Error::Unwritable("an offset of this size"))?);
        for key in ["Root", "Info", "Encrypt"] {
            match old.get(key) {
                // A direct /Info is against the standard; in an encrypted file nobody knows how to read it.
                Some(Object::Dictionary(_)) if key == "Info" => {}
                Some(value) => trailer.set(key, value.clone()),
                None => {}
            }
        }
        let first = match self.document.lookup(old, "ID")? {
            Object::Array(parts) => parts.first().map(|part| self.document.resolve(part)).transpose()?,
            _ => None,
        };
        let second = Object::string(fingerprint.to_vec());
        match first {
            Some(first @ Object::String(_)) => trailer.set("ID", vec![first, second]),
            // 7.6.4.3.2: the key of an encrypted file is made from the first part, so none may be added there.
            _ if self.document.is_encrypted() => {}
            _ => trailer.set("ID", vec![second.clone(), second]),
        }
        Ok(trailer)
    }
}

/// Runs of consecutive object numbers.
fn runs(placed: &[(ObjectId, u64)]) -> impl Iterator<Item = &[(ObjectId, u64)]> {
    placed.chunk_by(|(before, _), (after, _)| before.number.checked_add(1) == Some(after.number))
}

fn finish(start: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
}

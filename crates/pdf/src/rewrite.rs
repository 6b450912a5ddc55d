//! A damaged or XFA file written anew, once, on intake: one contiguous classic file.
//!
//! Objects that nothing refers to stay behind, numbers are given anew without holes, the page tree becomes flat, /XFA is
//! dropped. Streams are copied as they are stored, in pieces, so that their size does not matter.

mod combine;
mod output;
mod plan;

pub use combine::{NotCombined, Part, combine};

use std::io::Write;

use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object, ObjectId};
use crate::write;
use output::Output;
use plan::Plan;

/// Writes `document` anew. Where its cross-reference cannot be trusted, its objects are searched for first.
///
/// # Errors
/// As [`Document::get`]; `Read` with the kind of error of `out`. `TooComplex` can come of a file that the intake accepted,
/// because writing looks at everything: refuse it as `IntakeRefusal::TooComplex`.
pub fn rewrite(document: &Document, out: &mut dyn Write) -> Result<(), Error> {
    let found = crate::intake::trusted(document)?;
    let document = found.as_ref().unwrap_or(document);
    let plan = Plan::make(document)?;
    let mut out = Output::new(out);
    out.write(format!("%PDF-{}\n%\u{E2}\u{E3}\u{CF}\u{D3}\n", version(document)?).as_bytes())?;
    let mut offsets = Vec::with_capacity(plan.len());
    for old in plan.ids() {
        offsets.push(out.written());
        write_object(document, &plan, old, &mut out)?;
    }
    finish(document, &plan, &offsets, &mut out)
}

/// The version of the header, or one that all readers know.
fn version(document: &Document) -> Result<String, Error> {
    let head = crate::window::read(&**document.source(), 0, 1100)?;
    let known = head
        .windows(8)
        .find_map(|window| window.strip_prefix(b"%PDF-"))
        .and_then(|version| std::str::from_utf8(version).ok())
        .filter(|version| ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.0"].contains(version));
    Ok(known.unwrap_or("1.7").to_owned())
}

fn write_object(document: &Document, plan: &Plan, old: ObjectId, out: &mut Output<'_>) -> Result<(), Error> {
    let new = plan.new_id(old).expect("the plan numbers every object that it lists");
    if document.is_encrypted() {
        // Decrypted under the old number and encrypted under the new one, which is part of the key.
        let mut object = match document.get(old) {
            Ok(Object::Stream(stream)) => Object::Stream(stream),
            _ => plan.object(document, old)?.0,
        };
        plan.renumber(&mut object);
        if let Some(crypt) = document.crypt().filter(|crypt| !crypt.is_own(old)) {
            crypt.encrypt(new, &mut object);
        }
        let mut bytes = Vec::new();
        write::indirect(new, &object, &mut bytes)?;
        return out.write(&bytes);
    }
    let (mut object, place) = plan.object(document, old)?;
    plan.renumber(&mut object);
    put_object(document, new, object, place, out)
}

/// Writes an object under its number; of a stream, the data are copied as they are stored.
fn put_object(
    document: &Document,
    new: ObjectId,
    object: Object,
    place: Option<(u64, u64)>,
    out: &mut Output<'_>,
) -> Result<(), Error> {
    let mut bytes = Vec::new();
    match (object, place) {
        (Object::Dictionary(mut dictionary), Some((start, length))) => {
            dictionary.set("Length", i64::try_from(length).unwrap_or(i64::MAX));
            bytes.extend_from_slice(format!("{} 0 obj\n", new.number).as_bytes());
            write::dictionary(&dictionary, &mut bytes)?;
            bytes.extend_from_slice(b"\nstream\n");
            out.write(&bytes)?;
            out.copy(&**document.source(), start, length)?;
            out.write(b"\nendstream\nendobj\n")
        }
        (object, _) => {
            write::indirect(new, &object, &mut bytes)?;
            out.write(&bytes)
        }
    }
}

fn finish(document: &Document, plan: &Plan, offsets: &[u64], out: &mut Output<'_>) -> Result<(), Error> {
    let start = out.written();
    let count = offsets.len().saturating_add(1);
    let mut bytes = format!("xref\n0 {count}\n0000000000 65535 f \n").into_bytes();
    for offset in offsets {
        bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let mut trailer = Dictionary::new().with("Size", i64::try_from(count).unwrap_or(i64::MAX));
    for key in ["Root", "Info", "Encrypt"] {
        if let Some(value @ (Object::Reference(_) | Object::Dictionary(_))) = document.trailer().get(key) {
            let mut value = value.clone();
            plan.renumber(&mut value);
            if !value.is_null() {
                trailer.set(key, value);
            }
        }
    }
    let second = Object::string(out.fingerprint().to_vec());
    let first = match document.lookup(document.trailer(), "ID")? {
        Object::Array(parts) => parts.first().map(|part| document.resolve(part)).transpose()?,
        _ => None,
    };
    match first {
        Some(first @ Object::String(_)) => trailer.set("ID", vec![first, second]),
        // The key of an encrypted file is made from the first part (7.6.4.3.2): none stays none.
        _ if document.is_encrypted() => {}
        _ => trailer.set("ID", vec![second.clone(), second]),
    }
    bytes.extend_from_slice(b"trailer\n");
    write::dictionary(&trailer, &mut bytes)?;
    bytes.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out.write(&bytes)
}

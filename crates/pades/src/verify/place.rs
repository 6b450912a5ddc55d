//! Where a signature dictionary stands in the file, and what its range covers of it.
//!
//! The digests alone do not help against an attacker who moves an old signature's value into a new dictionary and lets
//! the range leave out more, or other bytes, than the value: so the dictionary around the gap has to be the one that
//! the document points to (ISO 32000-2 12.8.1; "signature wrapping").

use std::sync::Arc;

use pdf::{Document, Object, ObjectId, Prefix, Source};

use super::VerifyError;
use super::byte_range::ByteRange;
use super::fields::Found;
use super::report::Coverage;

/// How far around the gap the dictionary's own bytes are looked for.
const WINDOW: u64 = 64 << 10;

/// What the range covers, and the reason where that is not a whole revision.
pub(super) fn coverage(
    document: &Document,
    source: &dyn Source,
    found: &Found,
    range: ByteRange,
    contents: &[u8],
) -> Result<(Coverage, Option<String>), VerifyError> {
    if let Some(reason) = misplaced(document, source, found, range, contents)? {
        return Ok((Coverage::Wrong, Some(reason.into())));
    }
    let length = source.length();
    if range.first < beginning_of_revision(document, range.end) {
        let reason = "the byte range goes on into a later revision than the signature's own";
        return Ok((Coverage::Wrong, Some(reason.into())));
    }
    if range.end == length || only_blanks(source, range.end, length)? {
        return Ok((Coverage::WholeFile, None));
    }
    if changed_later(document, found, range)? {
        let reason = "the signature's dictionary was replaced after signing";
        return Ok((Coverage::Wrong, Some(reason.into())));
    }
    if ends_a_revision(document, source, range.end)? {
        return Ok((Coverage::WholeRevision, None));
    }
    Ok((Coverage::Partial, Some("the byte range does not end where a revision ends".into())))
}

/// Blanks that may follow the marker at the end of a revision; the shortest revision is far longer.
const BLANKS: u64 = 16;

/// Where the revision that ends at `end` begins: just past the last marker before it. A range may end with or without
/// the blanks after its own marker.
fn beginning_of_revision(document: &Document, end: u64) -> u64 {
    let markers = document.sections().iter().map(|section| section.marker_end);
    markers.filter(|marker| marker.saturating_add(BLANKS) < end).max().unwrap_or(0)
}

/// Whether the dictionary as the document has it now is another than as it was signed.
fn changed_later(document: &Document, found: &Found, range: ByteRange) -> Result<bool, VerifyError> {
    let Some(holder) = found.holder else { return Ok(false) };
    let as_signed = Prefix::new(Arc::clone(document.source()), range.end);
    // Bytes that were signed and cannot be opened by themselves say nothing about what came later.
    let Ok(as_signed) = Document::open(Arc::new(as_signed)) else { return Ok(false) };
    match as_signed.get(holder) {
        Ok(Object::Dictionary(before)) if before.has("ByteRange") => Ok(before != found.dictionary),
        // The field itself holds the dictionary.
        Ok(Object::Dictionary(field)) => {
            Ok(field.get("V").and_then(Object::as_dictionary) != Some(&found.dictionary))
        }
        _ => Ok(true),
    }
}

fn misplaced(
    document: &Document,
    source: &dyn Source,
    found: &Found,
    range: ByteRange,
    contents: &[u8],
) -> Result<Option<&'static str>, VerifyError> {
    let stated = document.lookup(&found.dictionary, "Contents").unwrap_or(Object::Null);
    if stated.as_string() != Some(contents) {
        return Ok(Some("the byte range leaves out something else than this signature's value"));
    }
    let from = range.first.saturating_sub(WINDOW);
    let head = read(source, from, range.first)?;
    let tail = read(source, range.second, range.end.min(range.second.saturating_add(WINDOW)))?;
    let Some(holder) = found.holder else {
        return Ok(Some("it cannot be told where the signature's dictionary stands"));
    };
    let Some(inside) = beginning_of_object(&head, holder) else {
        return Ok(Some("the signature's dictionary is not the one around its value"));
    };
    let behind = match find(&tail, b"endobj") {
        Some(end) => tail.get(..end).unwrap_or_default(),
        None => &tail,
    };
    let times = |key: &[u8]| count(inside, key) + count(behind, key);
    if times(b"/ByteRange") > 1 || times(b"/Contents") > 1 {
        return Ok(Some("the signature's dictionary names its byte range or its value twice"));
    }
    Ok(None)
}

fn read(source: &dyn Source, from: u64, to: u64) -> Result<Vec<u8>, VerifyError> {
    let mut bytes = vec![0; usize::try_from(to.saturating_sub(from)).unwrap_or_default()];
    source.read_at(from, &mut bytes).map_err(|error| VerifyError::Read(error.kind()))?;
    Ok(bytes)
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part).count()
}

/// What stands after the last `N G obj` of this id, if no other object ended in between.
fn beginning_of_object(head: &[u8], id: ObjectId) -> Option<&[u8]> {
    let keyword = b"obj";
    let mut to = head.len();
    loop {
        let place = head.get(..to)?.windows(keyword.len()).rposition(|window| window == keyword)?;
        let before = head.get(..place)?;
        if before.ends_with(b"end") {
            // Perhaps text in a string; an object that ended here for certain has its own beginning before it.
            to = place;
            continue;
        }
        if ends_with_id(before, id) {
            return head.get(place..);
        }
        to = place;
    }
}

/// Whether `N G` of this id stands at the end.
fn ends_with_id(before: &[u8], id: ObjectId) -> bool {
    let last = before.get(before.len().saturating_sub(32)..).unwrap_or_default();
    let text: String = last.iter().map(|byte| char::from(*byte)).collect();
    let mut words = text.split_ascii_whitespace().rev();
    let generation = words.next().and_then(|word| word.parse::<u16>().ok());
    let number = words.next().and_then(|word| {
        let digits = word.len() - word.bytes().rev().take_while(u8::is_ascii_digit).count();
        word.get(digits..)?.parse::<u32>().ok()
    });
    generation == Some(id.generation) && number == Some(id.number)
}

/// Whether only ends of line and blanks, at most a few, stand from `from` to the end.
fn only_blanks(source: &dyn Source, from: u64, length: u64) -> Result<bool, VerifyError> {
    if length - from > BLANKS {
        return Ok(false);
    }
    Ok(read(source, from, length)?.iter().all(u8::is_ascii_whitespace))
}

/// Whether a revision ends here, with or without the end of line after its marker.
fn ends_a_revision(document: &Document, source: &dyn Source, end: u64) -> Result<bool, VerifyError> {
    if document.sections().iter().any(|section| (section.marker_end..=section.revision_end).contains(&end)) {
        return Ok(true);
    }
    // Files that had to be repaired have no sections; and a section may be missing from the chain.
    let before = read(source, end.saturating_sub(8), end)?;
    Ok(before.trim_ascii_end().ends_with(b"%%EOF"))
}

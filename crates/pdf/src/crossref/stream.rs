//! A cross-reference stream (7.5.8).

use super::entries::{EntriesBuilder, Place};
use crate::error::Error;
use crate::filter;
use crate::limits::{DECODED_BYTES_MAX, OBJECT_BYTES_MAX};
use crate::object::{Dictionary, Object, ObjectId};
use crate::source::Source;
use crate::window::{parse, read};
use crate::work::Work;

/// A cross-reference stream that was read.
pub(super) struct Read {
    pub(super) id: ObjectId,
    pub(super) dictionary: Dictionary,
    /// Just past the data.
    pub(super) end: u64,
}

/// Reads the stream whose object stands at `offset`.
pub(super) fn read_stream(
    source: &dyn Source,
    offset: u64,
    entries: &mut EntriesBuilder,
    work: &Work,
) -> Result<Read, Error> {
    let damaged = |expected| Error::Damaged { place: offset, expected };
    let header = parse(source, offset, OBJECT_BYTES_MAX, work, |parser| parser.indirect())?;
    let (Object::Dictionary(dictionary), Some(data)) = (header.object, header.data) else {
        return Err(damaged("a cross-reference stream"));
    };
    if !dictionary.is("Type", "XRef") {
        return Err(damaged("/Type /XRef"));
    }
    // 7.5.8.2: nothing in this dictionary may be indirect, since nothing could be looked up yet.
    let length = dictionary
        .get("Length")
        .and_then(Object::as_integer)
        .and_then(|length| usize::try_from(length).ok())
        .ok_or_else(|| damaged("a direct /Length"))?;
    let start = offset.saturating_add(data as u64);
    let end = start.saturating_add(length as u64);
    if end > source.length() {
        return Err(damaged("a /Length within the file"));
    }
    work.copied(length as u64)?;
    let raw = read(source, start, length)?;
    let decoded = filter::decode(&dictionary, raw, DECODED_BYTES_MAX, work, &|object| Ok(object.clone()))?;
    add_entries(&dictionary, &decoded, entries, &damaged)?;
    Ok(Read { id: header.id, dictionary, end })
}

fn add_entries(
    dictionary: &Dictionary,
    decoded: &[u8],
    entries: &mut EntriesBuilder,
    damaged: &dyn Fn(&'static str) -> Error,
) -> Result<(), Error> {
    let widths: Vec<usize> = dictionary
        .get("W")
        .and_then(Object::as_array)
        .unwrap_or_default()
        .iter()
        .filter_map(|width| width.as_integer().and_then(|width| usize::try_from(width).ok()))
        .filter(|width| *width <= 8)
        .collect();
    let [kind_width, second_width, third_width] = widths[..] else {
        return Err(damaged("three widths in /W"));
    };
    let row = kind_width.saturating_add(second_width).saturating_add(third_width);
    if row == 0 {
        return Err(damaged("a width above zero in /W"));
    }
    let mut rows = decoded.chunks_exact(row);
    for (first, count) in subsections(dictionary) {
        for position in 0..count {
            // Fewer rows than promised: what is there counts, as in every reader.
            let Some(bytes) = rows.next() else { return Ok(()) };
            let (kind, rest) = bytes.split_at_checked(kind_width).unwrap_or_default();
            let (second, third) = rest.split_at_checked(second_width).unwrap_or_default();
            let number = u32::try_from(first.saturating_add(position)).unwrap_or(u32::MAX);
            let place = match if kind_width == 0 { 1 } else { big_endian(kind) } {
                1 => match u16::try_from(big_endian(third)) {
                    Ok(generation) => Place::InUse { offset: big_endian(second), generation },
                    Err(_) => Place::Free,
                },
                2 => match u32::try_from(big_endian(second)) {
                    Ok(stream) => Place::Compressed { stream },
                    Err(_) => Place::Free,
                },
                // 7.5.8.3: any other type is a reference to null.
                _ => Place::Free,
            };
            entries.push(number, place)?;
        }
    }
    Ok(())
}

fn subsections(dictionary: &Dictionary) -> Vec<(u64, u64)> {
    let unsigned = |object: &Object| object.as_integer().and_then(|value| u64::try_from(value).ok());
    match dictionary.get("Index").and_then(Object::as_array) {
        Some(index) => index
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[first, count]| (unsigned(first).unwrap_or(u64::MAX), unsigned(count).unwrap_or(0)))
            .collect(),
        None => vec![(0, dictionary.get("Size").and_then(unsigned).unwrap_or(0))],
    }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value: u64, byte| (value << 8) | u64::from(*byte))
}

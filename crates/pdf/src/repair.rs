//! Finding objects in a file whose cross-reference cannot be trusted: by a search for `n g obj`, in pieces.

use crate::crossref::{Entries, EntriesBuilder, Place};
use crate::document::Document;
use crate::error::{Error, Limit};
use crate::limits::ENTRIES_MAX;
use crate::object::{Dictionary, Object, ObjectId};
use crate::source::Source;
use crate::syntax::{Parser, is_delimiter, is_whitespace};
use crate::window::{parse, read};
use crate::work::Work;

/// What a search found.
pub(crate) struct Found {
    objects: Vec<FoundObject>,
    /// Numbers of object streams, in the order of the file.
    object_streams: Vec<(u64, u32)>,
    catalogs: Vec<ObjectId>,
    trailer: Dictionary,
}

struct FoundObject {
    offset: u64,
    id: ObjectId,
}

const CHUNK: usize = 256 * 1024;
/// A header that is cut by the end of a piece is found in the next: pieces overlap by this.
const OVERLAP: usize = 64;
/// Objects are looked into up to here, to know streams, catalogs and trailers.
const LOOK: usize = 64 * 1024;

/// Searches the whole source.
pub(crate) fn search(source: &dyn Source) -> Result<Found, Error> {
    let mut found = Found {
        objects: Vec::new(),
        object_streams: Vec::new(),
        catalogs: Vec::new(),
        trailer: Dictionary::new(),
    };
    // Looking into objects costs a multiple of the file at the most: rubbish can make every look a long one.
    let looks = Work::of(source.length().saturating_mul(16).saturating_add(1 << 24));
    let mut from = 0_u64;
    while from < source.length() {
        let bytes = read(source, from, CHUNK)?;
        let mut at = 0_usize;
        let mut jump = None;
        while let Some(mark) = next_mark(&bytes, at) {
            at = mark.end();
            let place = from.saturating_add(mark.start() as u64);
            match mark {
                Mark::Object { id, .. } => {
                    if found.objects.len() >= ENTRIES_MAX {
                        return Err(Error::TooComplex(Limit::Entries));
                    }
                    found.objects.push(FoundObject { offset: place, id });
                    let piece = bytes.get(mark.start()..).unwrap_or_default();
                    if let Some(end) = found.look(source, place, piece, &looks) {
                        // What follows in this piece is looked at without reading it again.
                        match end.checked_sub(from).and_then(|end| usize::try_from(end).ok()) {
                            Some(inside) if inside < bytes.len() => at = inside.max(at),
                            _ => {
                                jump = Some(end);
                                break;
                            }
                        }
                    }
                }
                Mark::Trailer { end, .. } => {
                    found.look_trailer(source, from.saturating_add(end as u64), &looks);
                }
            }
        }
        let step = CHUNK.saturating_sub(OVERLAP).max(at);
        from = jump.filter(|end| *end > from).unwrap_or_else(|| from.saturating_add(step as u64));
    }
    if found.objects.is_empty() {
        return Err(Error::NotAPdf);
    }
    Ok(found)
}

enum Mark {
    Object { start: usize, end: usize, id: ObjectId },
    Trailer { start: usize, end: usize },
}

impl Mark {
    fn start(&self) -> usize {
        match self {
            Self::Object { start, .. } | Self::Trailer { start, .. } => *start,
        }
    }
    fn end(&self) -> usize {
        match self {
            Self::Object { end, .. } | Self::Trailer { end, .. } => *end,
        }
    }
}

/// The next `n g obj` or `trailer` that begins at `from` or later.
fn next_mark(bytes: &[u8], from: usize) -> Option<Mark> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let place = at.saturating_add(rest.iter().position(|byte| matches!(byte, b'o' | b't'))?);
        let word = bytes.get(place..)?;
        at = place.saturating_add(1);
        if word.starts_with(b"trailer") {
            return Some(Mark::Trailer { start: place, end: place.saturating_add(7) });
        }
        let ends = word
            .get(3)
            .is_none_or(|byte| is_whitespace(*byte) || is_delimiter(*byte) || byte.is_ascii_digit());
        if word.starts_with(b"obj")
            && ends
            && let Some((start, id)) = header_before(bytes.get(from..place)?)
        {
            return Some(Mark::Object {
                start: from.saturating_add(start),
                end: place.saturating_add(3),
                id,
            });
        }
    }
}

/// The two numbers at the end of `bytes`, and where the first begins.
fn header_before(bytes: &[u8]) -> Option<(usize, ObjectId)> {
    let (rest, generation) = number_at_end(bytes)?;
    if rest.last().is_none_or(|byte| !is_whitespace(*byte)) {
        return None;
    }
    let (rest, number) = number_at_end(rest)?;
    let generation = u16::try_from(generation).ok()?;
    let number = u32::try_from(number).ok().filter(|number| *number > 0)?;
    Some((rest.len(), ObjectId { number, generation }))
}

fn number_at_end(bytes: &[u8]) -> Option<(&[u8], u64)> {
    const DIGITS: usize = 10;
    let end = bytes.iter().rposition(|byte| !is_whitespace(*byte))?.saturating_add(1);
    let trimmed = bytes.get(..end)?;
    let digits = trimmed.iter().rev().take_while(|byte| byte.is_ascii_digit()).take(DIGITS).count();
    let (rest, digits) = trimmed.split_at_checked(trimmed.len().checked_sub(digits)?)?;
    let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some((rest, number))
}

impl Found {
    /// Looks into an object. Where it is a stream that ends as it promises, the end of its data is returned, so that
    /// what is embedded in it is not taken for a part of the file.
    fn look(&mut self, source: &dyn Source, offset: u64, piece: &[u8], looks: &Work) -> Option<u64> {
        looks.look().ok()?;
        let mut parser = Parser::new(piece.get(..LOOK.min(piece.len())).unwrap_or_default(), offset);
        let header = parser.indirect();
        looks.parsed(parser.lexer.scanned() as u64).ok()?;
        let header = match parser.lexer.hit_end() {
            true => parse(source, offset, LOOK, looks, |parser| parser.indirect()).ok()?,
            false => header.ok()?,
        };
        let dictionary = header.object.as_dictionary()?;
        if dictionary.is("Type", "Catalog") {
            self.catalogs.push(header.id);
        }
        let data = header.data?;
        if dictionary.is("Type", "ObjStm") {
            self.object_streams.push((offset, header.id.number));
        } else if dictionary.is("Type", "XRef") {
            self.take_trailer(dictionary);
        }
        let length = dictionary.get("Length").and_then(Object::as_integer)?;
        let end = offset.checked_add(data as u64)?.checked_add(u64::try_from(length).ok()?)?;
        let inside = usize::try_from(end.checked_sub(offset)?)
            .ok()
            .and_then(|end| piece.get(end..end.checked_add(32)?));
        let after = match inside {
            Some(after) => after.to_vec(),
            None => read(source, end, 32).ok()?,
        };
        after.trim_ascii_start().starts_with(b"endstream").then_some(end)
    }

    fn look_trailer(&mut self, source: &dyn Source, offset: u64, looks: &Work) {
        if let Ok(Object::Dictionary(dictionary)) =
            parse(source, offset, LOOK, looks, |parser| parser.object())
        {
            self.take_trailer(&dictionary);
        }
    }

    /// The last trailer that names a catalog counts; what it does not say, an earlier one may.
    fn take_trailer(&mut self, dictionary: &Dictionary) {
        if dictionary.get("Root").is_none_or(|root| root.as_reference().is_none()) {
            return;
        }
        for key in ["Root", "Info", "Encrypt", "ID"] {
            if let Some(value) = dictionary.get(key) {
                self.trailer.set(key, value.clone());
            }
        }
    }

    pub(crate) fn trailer(&self) -> &Dictionary {
        &self.trailer
    }

    /// Entries of the objects that stand by themselves; of those of one number the last in the file.
    pub(crate) fn entries(&self) -> Entries {
        let mut builder = EntriesBuilder::default();
        for object in self.objects.iter().rev() {
            let place = Place::InUse { offset: object.offset, generation: object.id.generation };
            // `search` stopped at the limit, so that the builder cannot reach it.
            let _ = builder.push(object.id.number, place);
        }
        builder.finish()
    }

    /// The entries with those of objects in object streams; the later in the file counts.
    pub(crate) fn with_object_streams(&self, document: &Document) -> Result<Entries, Error> {
        let mut all: Vec<(u64, u32, Place)> = self
            .objects
            .iter()
            .map(|object| {
                let place = Place::InUse { offset: object.offset, generation: object.id.generation };
                (object.offset, object.id.number, place)
            })
            .collect();
        for (offset, number) in &self.object_streams {
            let is_latest = matches!(document.entries().find(*number), Place::InUse { offset: known, .. } if known == *offset);
            if !is_latest {
                continue;
            }
            match document.object_stream(*number, 0) {
                Ok(stream) => {
                    all.extend(
                        stream
                            .numbers()
                            .map(|inside| (*offset, inside, Place::Compressed { stream: *number })),
                    );
                }
                Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => return Err(limit),
                Err(_) => {}
            }
            if all.len() > ENTRIES_MAX {
                return Err(Error::TooComplex(Limit::Entries));
            }
        }
        all.sort_by_key(|(offset, ..)| std::cmp::Reverse(*offset));
        let mut builder = EntriesBuilder::default();
        for (_, number, place) in all {
            builder.push(number, place)?;
        }
        Ok(builder.finish())
    }

    /// A catalog, where no trailer names a good one: the last that was seen, or one in an object stream.
    pub(crate) fn find_catalog(&self, document: &Document) -> Option<ObjectId> {
        let is_catalog = |id: &ObjectId| match document.head(*id) {
            Ok(Object::Dictionary(dictionary)) => dictionary.is("Type", "Catalog") && dictionary.has("Pages"),
            _ => false,
        };
        self.catalogs.iter().rev().copied().find(is_catalog).or_else(|| {
            document
                .entries()
                .iter()
                .filter(|(_, place)| matches!(place, Place::Compressed { .. }))
                .map(|(number, _)| ObjectId::new(number))
                .find(is_catalog)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_however_they_are_spaced() {
        let bytes = b"x 12 0 obj<< 3\n0\nobj 4 0 endobj 5 0 object".to_vec();
        let found = search(&bytes).expect("there are objects");
        let ids: Vec<_> = found.objects.iter().map(|object| (object.offset, object.id.number)).collect();
        assert_eq!(ids, [(2, 12), (13, 3)]);
    }

    #[test]
    fn a_header_across_two_pieces_is_found_once() {
        for before in CHUNK - 12..CHUNK + 2 {
            let mut bytes = vec![b' '; before];
            bytes.extend_from_slice(b"7 0 obj null endobj");
            let found = search(&bytes).expect("there is one");
            assert_eq!(found.objects.len(), 1, "{before}");
        }
    }

    #[test]
    fn what_is_embedded_in_a_stream_is_not_taken_for_a_part_of_the_file() {
        let bytes = b"1 0 obj<</Length 16>>stream\n2 0 obj 3 endobj\nendstream endobj".to_vec();
        assert_eq!(search(&bytes).expect("there is one").objects.len(), 1);
    }
}

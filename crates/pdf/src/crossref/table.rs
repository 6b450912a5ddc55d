//! A cross-reference table (7.5.4).

use super::entries::{EntriesBuilder, Place};
use crate::error::Error;
use crate::limits::OBJECT_BYTES_MAX;
use crate::object::{Dictionary, Object};
use crate::source::Source;
use crate::window::{Cursor, parse};
use crate::work::Work;

const READ_AHEAD: usize = 64 * 1024;

/// Reads the table whose `xref` stands at `offset`. Returns its trailer and the offset just past it.
///
/// Entries are read as tokens, because the width of 20 bytes is kept by few of the files that other readers accept.
pub(super) fn read_table(
    source: &dyn Source,
    offset: u64,
    entries: &mut EntriesBuilder,
    work: &Work,
) -> Result<(Dictionary, u64), Error> {
    let mut cursor = Cursor::new(source, offset, READ_AHEAD);
    cursor.advance_past(b"xref")?;
    loop {
        cursor.skip_space()?;
        if cursor.ahead(7)?.starts_with(b"trailer") {
            cursor.advance(7);
            work.copied(cursor.offset().saturating_sub(offset))?;
            return read_trailer(source, cursor.offset(), work);
        }
        let first = cursor.expect_digits("the first number of a subsection")?;
        cursor.skip_space()?;
        let count = cursor.expect_digits("the length of a subsection")?;
        for position in 0..count {
            let place = match cursor.ahead(20)?.first_chunk().and_then(fixed_entry) {
                Some(place) => {
                    cursor.advance(20);
                    place
                }
                None => read_entry(&mut cursor)?,
            };
            let number = u32::try_from(first.saturating_add(position)).unwrap_or(u32::MAX);
            entries.push(number, place)?;
        }
    }
}

/// An entry as the standard wants it: 20 bytes, `nnnnnnnnnn ggggg n` and a two-byte end of line. Large files have
/// nearly a million of them, and this is several times quicker than reading tokens.
fn fixed_entry(bytes: &[u8; 20]) -> Option<Place> {
    let [offset @ .., b' ', g0, g1, g2, g3, g4, b' ', kind, end0, end1] = bytes else { return None };
    if !matches!((end0, end1), (b' ', b'\r' | b'\n') | (b'\r', b'\n')) {
        return None;
    }
    let decimal = |digits: &[u8]| {
        digits.iter().try_fold(0_u64, |value, digit| {
            digit
                .is_ascii_digit()
                .then(|| value.saturating_mul(10).saturating_add(u64::from(digit.wrapping_sub(b'0'))))
        })
    };
    let (offset, generation) = (decimal(offset)?, decimal(&[*g0, *g1, *g2, *g3, *g4])?);
    match (kind, u16::try_from(generation)) {
        (b'n', Ok(generation)) => Some(Place::InUse { offset, generation }),
        (b'n' | b'f', _) => Some(Place::Free),
        _ => None,
    }
}

fn read_entry(cursor: &mut Cursor<'_>) -> Result<Place, Error> {
    cursor.skip_space()?;
    let offset = cursor.expect_digits("an entry's offset")?;
    cursor.skip_space()?;
    let generation = cursor.expect_digits("an entry's generation")?;
    cursor.skip_space()?;
    let kind = cursor.peek()?;
    cursor.advance(1);
    match kind {
        Some(b'n') => match u16::try_from(generation) {
            Ok(generation) => Ok(Place::InUse { offset, generation }),
            Err(_) => Ok(Place::Free),
        },
        Some(b'f') => Ok(Place::Free),
        _ => Err(cursor.damaged("n or f")),
    }
}

fn read_trailer(source: &dyn Source, offset: u64, work: &Work) -> Result<(Dictionary, u64), Error> {
    let (object, length) = parse(source, offset, OBJECT_BYTES_MAX, work, |parser| {
        parser.object().map(|object| (object, parser.lexer.at()))
    })?;
    match object {
        Object::Dictionary(dictionary) => Ok((dictionary, offset.saturating_add(length as u64))),
        _ => Err(Error::Damaged { place: offset, expected: "a trailer dictionary" }),
    }
}

impl Cursor<'_> {
    fn damaged(&self, expected: &'static str) -> Error {
        Error::Damaged { place: self.offset(), expected }
    }

    fn expect_digits(&mut self, expected: &'static str) -> Result<u64, Error> {
        self.digits()?.ok_or_else(|| self.damaged(expected))
    }

    fn advance_past(&mut self, word: &'static [u8]) -> Result<(), Error> {
        self.skip_space()?;
        if !self.ahead(word.len())?.starts_with(word) {
            return Err(self.damaged("the word xref"));
        }
        self.advance(word.len());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_entry_of_the_standards_width_is_read_in_one_go() {
        let place = Place::InUse { offset: 1234, generation: 7 };
        assert_eq!(fixed_entry(b"0000001234 00007 n \n"), Some(place));
        assert_eq!(fixed_entry(b"0000001234 00007 n\r\n"), Some(place));
        assert_eq!(fixed_entry(b"0000001234 65535 f \r"), Some(Place::Free));
        assert_eq!(fixed_entry(b"0000001234 99999 n \n"), Some(Place::Free));
        for other in [b"0000001234 00007 n\n0", b"00000012x4 00007 n \n", b"0000001234 00007 x \n"] {
            assert_eq!(fixed_entry(other), None);
        }
    }

    #[test]
    fn entries_of_another_width_are_read_as_tokens() {
        let text = b"xref\n0 3\n0 65535 f\n17 0 n\n0000000099  00000  n\ntrailer <</Size 3>>".to_vec();
        let mut entries = EntriesBuilder::default();
        let (trailer, end) = read_table(&text, 0, &mut entries, &Work::new(0)).expect("is read");
        assert_eq!((trailer.get("Size"), end), (Some(&Object::Integer(3)), text.len() as u64));
        let entries = entries.finish();
        assert_eq!(entries.find(1), Place::InUse { offset: 17, generation: 0 });
        assert_eq!(entries.find(2), Place::InUse { offset: 99, generation: 0 });
    }
}

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
            let place = read_entry(&mut cursor)?;
            let number = u32::try_from(first.saturating_add(position)).unwrap_or(u32::MAX);
            entries.push(number, place)?;
        }
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

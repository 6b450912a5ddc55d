//! Whether a file is what its cross-reference says.

use crate::crossref::Place;
use crate::document::Document;
use crate::error::Error;
use crate::source::Source;
use crate::syntax::Parser;
use crate::window::{Cursor, read};

/// Objects that stand close to each other are checked with one reading.
const READ_AHEAD: usize = 1024;
/// `n g obj` with generous white space.
const HEADER_ROOM: usize = 64;

/// Whether every entry in use leads to `n g obj` of its number and generation, and every compressed object's stream is
/// in use. Only then may anything be appended: readers repair such files in their own ways, and disagree.
pub(super) fn entries_are_sound(document: &Document) -> Result<bool, Error> {
    let source = &**document.source();
    let mut cursor = Cursor::new(source, 0, READ_AHEAD);
    for (number, place) in document.entries().iter() {
        match place {
            Place::Free => {}
            Place::InUse { offset, generation } => {
                let Some(offset) = offset.checked_add(document.offset_shift()) else { return Ok(false) };
                if offset >= source.length() {
                    return Ok(false);
                }
                cursor.seek(offset);
                let found = Parser::new(cursor.ahead(HEADER_ROOM)?, offset).id();
                if !found.is_ok_and(|id| id.number == number && id.generation == generation) {
                    return Ok(false);
                }
            }
            Place::Compressed { stream } => {
                if !matches!(document.entries().find(stream), Place::InUse { .. }) {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}

/// Whether a damaged file may carry a signature: whether `/ByteRange` occurs at all. Its fields are not to be trusted.
pub(super) fn may_be_signed(source: &dyn Source) -> Result<bool, Error> {
    const CHUNK: usize = 256 * 1024;
    const WORD: &[u8] = b"/ByteRange";
    let mut from = 0_u64;
    while from < source.length() {
        let bytes = read(source, from, CHUNK)?;
        if bytes.windows(WORD.len()).any(|window| window == WORD) {
            return Ok(true);
        }
        from = from.saturating_add((CHUNK - WORD.len() + 1) as u64);
    }
    Ok(false)
}

//! The signature dictionary with its gap (12.8.1).

use super::Gap;
use crate::error::Error;
use crate::object::{Object, ObjectId};
use crate::write;

/// A signature that was put.
pub(super) struct Placed {
    pub(super) id: ObjectId,
    pub(super) contents_bytes: usize,
}

/// Where in the tail the gap and the room for /ByteRange are.
pub(super) struct Hole {
    range: usize,
    start: usize,
    end: usize,
}

/// `[0 ` and three numbers of up to 19 digits would need 64; files here stay below 10^13 bytes.
const RANGE_ROOM: usize = 48;

impl Placed {
    /// Writes the object, /ByteRange as blanks and /Contents as zeros. Always by itself, never in an object stream.
    pub(super) fn write(&self, object: &Object, out: &mut Vec<u8>) -> Result<Hole, Error> {
        let Object::Dictionary(dictionary) = object else {
            return Err(Error::Unwritable("a signature that is no dictionary"));
        };
        out.extend_from_slice(format!("{} {} obj\n", self.id.number, self.id.generation).as_bytes());
        write::dictionary(dictionary, out)?;
        // The two keys go before the closing brackets.
        out.truncate(out.len().saturating_sub(2));
        out.extend_from_slice(b"/ByteRange ");
        let range = out.len();
        out.resize(range.saturating_add(RANGE_ROOM), b' ');
        out.extend_from_slice(b"/Contents ");
        let start = out.len();
        out.push(b'<');
        out.resize(out.len().saturating_add(self.contents_bytes.saturating_mul(2)), b'0');
        out.push(b'>');
        let end = out.len();
        out.extend_from_slice(b">>\nendobj\n");
        Ok(Hole { range, start, end })
    }
}

impl Hole {
    /// Fills in `/ByteRange`, now that the whole length is known. ISO 32000-2 12.8.1: all but the hexadecimal string.
    pub(super) fn write_byte_range(&self, base_length: u64, out: &mut [u8]) -> Result<Gap, Error> {
        let start = base_length.saturating_add(self.start as u64);
        let end = base_length.saturating_add(self.end as u64);
        let total = base_length.saturating_add(out.len() as u64);
        let text = format!("[0 {start} {end} {}]", total.saturating_sub(end));
        out.get_mut(self.range..self.range.saturating_add(RANGE_ROOM))
            .and_then(|room| room.get_mut(..text.len()))
            .ok_or(Error::Unwritable("a byte range of this length"))?
            .copy_from_slice(text.as_bytes());
        Ok(Gap { start, end })
    }
}

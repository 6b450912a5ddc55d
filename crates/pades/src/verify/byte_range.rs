//! `/ByteRange` and what it leaves out (ISO 32000-2 12.8.1, ETSI EN 319 142-1 5.5).

use pdf::{Document, Object, Source};

use super::VerifyError;
use super::fields::Found;

/// A byte range that can be read: `[0, first)` and `[second, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ByteRange {
    /// Offset of the gap: of `<`.
    pub(super) first: u64,
    /// Offset just past the gap.
    pub(super) second: u64,
    /// Offset just past the last covered byte.
    pub(super) end: u64,
}

/// Longest gap that is read, in bytes: no honest signature needs 4 MiB.
const MAX_GAP: u64 = 8 << 20;

impl ByteRange {
    /// Reads the entry; the error is the sentence to tell.
    pub(super) fn read(document: &Document, found: &Found, length: u64) -> Result<Self, String> {
        let entry = document.lookup(&found.dictionary, "ByteRange").unwrap_or(Object::Null);
        let numbers = entry.as_array().ok_or("the signature has no byte range")?;
        let mut values = Vec::with_capacity(4);
        for number in numbers.iter().take(5) {
            let number = document.resolve(number).unwrap_or(Object::Null);
            let number = number.as_integer().and_then(|number| u64::try_from(number).ok());
            values.push(number.ok_or("the byte range holds something else than offsets and lengths")?);
        }
        let &[start, first, second, rest] = values.as_slice() else {
            return Err("the byte range does not consist of two parts".into());
        };
        if start != 0 {
            return Err("the byte range does not begin at the beginning of the file".into());
        }
        let end = second.checked_add(rest).filter(|end| *end <= length);
        let end = end.ok_or("the byte range goes beyond the end of the file")?;
        // At least `<` and `>` lie between the parts.
        if first.checked_add(2).is_none_or(|least| least > second) {
            return Err("the parts of the byte range overlap".into());
        }
        if second - first > MAX_GAP {
            return Err("the byte range leaves out more than a signature needs".into());
        }
        Ok(Self { first, second, end })
    }

    /// The bytes of the hexadecimal string in the gap; the error is the sentence to tell.
    pub(super) fn contents(&self, source: &dyn Source) -> Result<Result<Vec<u8>, String>, VerifyError> {
        let mut gap = vec![0; usize::try_from(self.second - self.first).unwrap_or_default()];
        source.read_at(self.first, &mut gap).map_err(|error| VerifyError::Read(error.kind()))?;
        Ok(decode_gap(&gap))
    }
}

/// Anything else than the string in the gap is room for an attacker, who may write what they like there.
fn decode_gap(gap: &[u8]) -> Result<Vec<u8>, String> {
    let [b'<', inside @ .., b'>'] = gap else {
        return Err("the byte range leaves out something else than a hexadecimal string".into());
    };
    let mut digits = Vec::with_capacity(inside.len());
    for byte in inside {
        match char::from(*byte).to_digit(16) {
            Some(digit) => digits.push(u8::try_from(digit).unwrap_or_default()),
            None if byte.is_ascii_whitespace() || *byte == 0 => {}
            None => return Err("the byte range leaves out something else than a hexadecimal string".into()),
        }
    }
    // 7.3.4.3: a missing last digit is 0.
    Ok(digits
        .chunks(2)
        .map(|pair| (pair.first().copied().unwrap_or(0) << 4) | pair.get(1).copied().unwrap_or(0))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_holds_one_hexadecimal_string_and_nothing_else() {
        assert_eq!(decode_gap(b"<0aFf 1>"), Ok(vec![0x0A, 0xFF, 0x10]));
        for gap in [&b"(abc)"[..], b"<0a>/X<00>", b" <0a>", b"<0a> ", b"<0g>", b"<"] {
            assert!(decode_gap(gap).is_err(), "{gap:?}");
        }
    }
}

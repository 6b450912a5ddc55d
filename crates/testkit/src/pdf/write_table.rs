//! Writes objects one after another with a classic cross-reference table (ISO 32000-1 7.5.4).

use super::assemble::{Body, Part};

/// A second line of high bytes tells transfer programs that the file is binary (ISO 32000-1 7.5.2).
pub(super) const HEADER: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";

/// Appends one indirect object and says where it begins.
pub(super) fn put(out: &mut Vec<u8>, number: usize, part: &Part) -> usize {
    let at = out.len();
    out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    match part {
        Part::Value(bytes) => out.extend_from_slice(bytes),
        Part::Stream(entries, data) => {
            out.extend_from_slice(format!("<< {entries} /Length {} >>\nstream\n", data.len()).as_bytes());
            out.extend_from_slice(data);
            out.extend_from_slice(b"\nendstream");
        }
    }
    out.extend_from_slice(b"\nendobj\n");
    at
}

/// Appends the table for objects 0 to `places.len()` and says where it begins. `None` is an object that the table
/// does not show: a free entry that is never used again.
pub(super) fn table(out: &mut Vec<u8>, places: &[Option<usize>]) -> usize {
    let at = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).as_bytes());
    for place in places {
        // Every entry is exactly 20 bytes long, line end included.
        match place {
            Some(offset) => out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes()),
            None => out.extend_from_slice(b"0000000000 65535 f \n"),
        }
    }
    at
}

pub(super) fn end(out: &mut Vec<u8>, start: usize) {
    out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
}

pub(super) fn write(body: &Body) -> Vec<u8> {
    let mut out = HEADER.to_vec();
    let places: Vec<Option<usize>> =
        body.parts.iter().enumerate().map(|(index, part)| Some(put(&mut out, index + 1, part))).collect();
    let start = table(&mut out, &places);
    out.extend_from_slice(format!("trailer\n<< /Size {} {} >>\n", places.len() + 1, body.trailer).as_bytes());
    end(&mut out, start);
    out
}

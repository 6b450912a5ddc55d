//! Writing DER, X.690 clause 10.

use const_oid::ObjectIdentifier;

use super::tag;

/// One element: tag, minimal length, the parts one after another.
#[must_use]
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = Vec::with_capacity(length + 6);
    out.push(tag);
    push_length(&mut out, length);
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// X.690 10.1: the shortest form of a definite length.
pub(super) fn push_length(out: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        out.push(u8::try_from(length).expect("under 128"));
        return;
    }
    let octets = length.to_be_bytes();
    let leading = octets.iter().take_while(|octet| **octet == 0).count();
    let significant = octets.get(leading..).unwrap_or_default();
    out.push(0x80 | u8::try_from(significant.len()).expect("a usize has at most 16 octets"));
    out.extend_from_slice(significant);
}

/// SET OF, its elements in ascending order of their encodings (X.690 11.6).
#[must_use]
pub fn set_of(tag: u8, mut elements: Vec<Vec<u8>>) -> Vec<u8> {
    elements.sort();
    let parts: Vec<&[u8]> = elements.iter().map(Vec::as_slice).collect();
    tlv(tag, &parts)
}

/// An OBJECT IDENTIFIER.
#[must_use]
pub fn object_identifier(oid: ObjectIdentifier) -> Vec<u8> {
    tlv(tag::OBJECT_IDENTIFIER, &[oid.as_bytes()])
}

/// An INTEGER of this value, at least 0, given in big-endian octets.
#[must_use]
pub fn unsigned(octets: &[u8]) -> Vec<u8> {
    let leading = octets.iter().take_while(|octet| **octet == 0).count();
    let significant = octets.get(leading..).unwrap_or_default();
    match significant.first() {
        None => tlv(tag::INTEGER, &[&[0]]),
        Some(first) if first & 0x80 != 0 => tlv(tag::INTEGER, &[&[0], significant]),
        Some(_) => tlv(tag::INTEGER, &[significant]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_take_the_shortest_form() {
        assert_eq!(tlv(4, &[&[7; 127]])[..2], [4, 127]);
        assert_eq!(tlv(4, &[&[7; 128]])[..3], [4, 0x81, 128]);
        assert_eq!(tlv(4, &[&[7; 256]])[..4], [4, 0x82, 1, 0]);
    }

    #[test]
    fn an_unsigned_number_never_reads_as_a_negative_one() {
        assert_eq!(unsigned(&[0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[0, 0]), [2, 1, 0]);
        assert_eq!(unsigned(&[0x7F]), [2, 1, 0x7F]);
    }

    #[test]
    fn a_set_is_sorted_by_its_encodings() {
        assert_eq!(set_of(0x31, vec![vec![4, 1, 2], vec![4, 1, 1]]), [0x31, 6, 4, 1, 1, 4, 1, 2]);
    }
}

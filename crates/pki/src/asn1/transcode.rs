//! BER to DER as far as strangers' signatures need it: indefinite lengths become definite ones and strings in pieces
//! become whole. Everything else is copied byte for byte, so that what was signed inside stays as it was signed.

use super::tag;
use super::write::push_length;

/// Why bytes are not converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unconvertible {
    /// Not BER. Usual cause: cut or altered bytes.
    Malformed,
    /// Nested deeper than 64 levels; no honest structure is.
    TooDeep,
    /// Longer than 16 MiB; no honest signature is.
    TooLong,
}

impl std::fmt::Display for Unconvertible {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Malformed => "the bytes are not BER",
            Self::TooDeep => "the structure is nested deeper than 64 levels",
            Self::TooLong => "the structure is longer than 16 MiB",
        })
    }
}

impl std::error::Error for Unconvertible {}

const MAX_DEPTH: usize = 64;
const MAX_LENGTH: usize = 16 << 20;

/// The first element of `bytes` with definite lengths throughout, and how many input bytes it took. What follows it
/// (the zero padding of a /Contents string) is left out.
///
/// # Errors
/// See [`Unconvertible`].
pub fn to_definite_lengths(bytes: &[u8]) -> Result<(Vec<u8>, usize), Unconvertible> {
    let mut out = Vec::new();
    let used = element(bytes, 0, &mut out)?;
    Ok((out, used))
}

struct Header {
    /// Octets of tag and length together.
    size: usize,
    tag_size: usize,
    length: Option<usize>,
}

fn header(bytes: &[u8]) -> Option<Header> {
    let first = *bytes.first()?;
    let mut tag_size = 1;
    if first & 0x1F == 0x1F {
        while bytes.get(tag_size)? & 0x80 != 0 {
            tag_size += 1;
        }
        tag_size += 1;
    }
    let length = *bytes.get(tag_size)?;
    if length == 0x80 {
        return Some(Header { size: tag_size + 1, tag_size, length: None });
    }
    if length & 0x80 == 0 {
        return Some(Header { size: tag_size + 1, tag_size, length: Some(usize::from(length)) });
    }
    let octets = usize::from(length & 0x7F);
    let digits = bytes.get(tag_size + 1..tag_size + 1 + octets)?;
    let leading = digits.iter().take_while(|octet| **octet == 0).count();
    if octets - leading > 4 {
        return None;
    }
    let length = digits.iter().fold(0_usize, |sum, octet| (sum << 8) | usize::from(*octet));
    Some(Header { size: tag_size + 1 + octets, tag_size, length: Some(length) })
}

fn element(bytes: &[u8], depth: usize, out: &mut Vec<u8>) -> Result<usize, Unconvertible> {
    if depth > MAX_DEPTH {
        return Err(Unconvertible::TooDeep);
    }
    let head = header(bytes).ok_or(Unconvertible::Malformed)?;
    let first = *bytes.first().ok_or(Unconvertible::Malformed)?;
    let constructed = first & 0x20 != 0;
    let body = bytes.get(head.size..).ok_or(Unconvertible::Malformed)?;
    let (children, used, indefinite) = match head.length {
        Some(length) => {
            if length > MAX_LENGTH {
                return Err(Unconvertible::TooLong);
            }
            let value = body.get(..length).ok_or(Unconvertible::Malformed)?;
            (value, head.size + length, false)
        }
        None if constructed => (body, 0, true),
        None => return Err(Unconvertible::Malformed),
    };
    if !constructed {
        return copy(bytes, used, out);
    }
    // X.690 8.7.3, 8.6.4: a constructed OCTET STRING or BIT STRING is its pieces one after another.
    let in_pieces = first == tag::OCTET_STRING | 0x20;
    let mut inner = Vec::new();
    let mut offset = 0;
    loop {
        let rest = children.get(offset..).unwrap_or_default();
        if indefinite {
            if rest.starts_with(&[0, 0]) {
                offset += 2;
                break;
            }
        } else if rest.is_empty() {
            break;
        }
        if in_pieces {
            let mut piece = Vec::new();
            offset += element(rest, depth + 1, &mut piece)?;
            let piece_head = header(&piece).ok_or(Unconvertible::Malformed)?;
            if piece.first() != Some(&tag::OCTET_STRING) {
                return Err(Unconvertible::Malformed);
            }
            inner.extend_from_slice(piece.get(piece_head.size..).unwrap_or_default());
        } else {
            offset += element(rest, depth + 1, &mut inner)?;
        }
        if inner.len() > MAX_LENGTH {
            return Err(Unconvertible::TooLong);
        }
    }
    if !indefinite && inner == children {
        return copy(bytes, used, out);
    }
    let used = if indefinite { head.size + offset } else { used };
    let tag_octets = bytes.get(..head.tag_size).ok_or(Unconvertible::Malformed)?;
    if in_pieces {
        out.push(tag::OCTET_STRING);
    } else {
        out.extend_from_slice(tag_octets);
    }
    push_length(out, inner.len());
    out.extend_from_slice(&inner);
    Ok(used)
}

fn copy(bytes: &[u8], used: usize, out: &mut Vec<u8>) -> Result<usize, Unconvertible> {
    out.extend_from_slice(bytes.get(..used).ok_or(Unconvertible::Malformed)?);
    Ok(used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_lengths_and_strings_in_pieces_become_der() {
        let ber = [0x30, 0x80, 0x24, 0x80, 0x04, 1, 7, 0x04, 1, 8, 0, 0, 0, 0, 0xFF];
        let der = vec![0x30, 4, 0x04, 2, 7, 8];
        assert_eq!(to_definite_lengths(&ber), Ok((der, 14)));
    }

    #[test]
    fn what_is_der_already_is_left_as_it_is() {
        let der = [0x30, 3, 0x02, 1, 5];
        assert_eq!(to_definite_lengths(&der), Ok((der.to_vec(), 5)));
    }

    #[test]
    fn a_definite_element_around_an_indefinite_one_gets_its_new_length() {
        let ber = [0x30, 6, 0x31, 0x80, 0x05, 0, 0, 0];
        assert_eq!(to_definite_lengths(&ber), Ok((vec![0x30, 4, 0x31, 2, 0x05, 0], 8)));
    }

    #[test]
    fn sixty_four_levels_are_read_and_one_more_is_refused() {
        let nested = |levels: usize| {
            let mut bytes = [0x30, 0x80].repeat(levels);
            bytes.extend([0x05, 0]);
            bytes.extend([0, 0].repeat(levels));
            bytes
        };
        assert!(to_definite_lengths(&nested(64)).is_ok());
        assert_eq!(to_definite_lengths(&nested(65)), Err(Unconvertible::TooDeep));
    }

    #[test]
    fn cut_bytes_are_refused() {
        for bytes in [&[][..], &[0x30], &[0x30, 0x80, 0x05, 0], &[0x30, 5, 1], &[0x04, 0x80, 0, 0]] {
            assert_eq!(to_definite_lengths(bytes), Err(Unconvertible::Malformed), "{bytes:?}");
        }
    }
}

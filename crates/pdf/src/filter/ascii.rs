//! ASCIIHexDecode (7.4.2) and ASCII85Decode (7.4.3).

use crate::error::{Error, Limit};

pub(super) fn hexadecimal(data: &[u8]) -> Vec<u8> {
    let mut digits = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
    let mut out = Vec::with_capacity(data.len() / 2);
    while let Some(high) = digits.next() {
        out.push((high << 4) | digits.next().unwrap_or(0));
    }
    out
}

pub(super) fn base85(data: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for byte in data {
        match byte {
            b'~' => break,
            // `z` is four zero bytes: four times its size, so the limit has to be looked at.
            b'z' if group.is_empty() => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group.push(byte.wrapping_sub(b'!'));
                if group.len() == 5 {
                    out.extend_from_slice(&word(&group));
                    group.clear();
                }
            }
            _ => {}
        }
        if out.len() > limit {
            return Err(Error::TooComplex(Limit::DecodedBytes));
        }
    }
    if group.len() > 1 {
        let kept = group.len().saturating_sub(1);
        group.resize(5, 84);
        out.extend(word(&group).into_iter().take(kept));
    }
    Ok(out)
}

fn word(group: &[u8]) -> [u8; 4] {
    group
        .iter()
        .fold(0_u32, |word, digit| word.wrapping_mul(85).wrapping_add(u32::from(*digit)))
        .to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_last_digit_counts_as_if_a_zero_followed() {
        assert_eq!(hexadecimal(b"48 65 6>FF"), b"He\x60");
    }

    #[test]
    fn the_limit_stops_base_85_and_its_twin_passes() {
        assert_eq!(base85(b"zz~>", 8), Ok(vec![0; 8]));
        assert_eq!(base85(b"zz~>", 7), Err(Error::TooComplex(Limit::DecodedBytes)));
    }

    #[test]
    fn a_short_last_group_gives_one_byte_less_than_it_has_digits() {
        assert_eq!(base85(b"87cURD]i,\"Ebo7~>", 100).map(|out| out.len()), Ok(11));
    }
}

//! RunLengthDecode (7.4.5).

use crate::error::{Error, Limit};

pub(super) fn decode(data: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let mut rest = data;
    while let Some((length, after)) = rest.split_first() {
        rest = match length {
            128 => return Ok(out),
            0..=127 => {
                let count = usize::from(*length).saturating_add(1).min(after.len());
                let (literal, after) = after.split_at(count);
                out.extend_from_slice(literal);
                after
            }
            129..=255 => {
                let Some((byte, after)) = after.split_first() else { return Ok(out) };
                let count = 257_usize.saturating_sub(usize::from(*length));
                out.resize(out.len().saturating_add(count), *byte);
                after
            }
        };
        if out.len() > limit {
            return Err(Error::TooComplex(Limit::DecodedBytes));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_runs_are_told_apart() {
        assert_eq!(decode(&[1, b'a', b'b', 254, b'c', 128, b'x'], 5), Ok(b"abccc".to_vec()));
        assert_eq!(decode(&[1, b'a', b'b', 254, b'c', 128], 4), Err(Error::TooComplex(Limit::DecodedBytes)));
    }

    #[test]
    fn data_that_stop_in_the_middle_give_what_they_hold() {
        assert_eq!(decode(&[5, b'a', b'b'], 10), Ok(b"ab".to_vec()));
        assert_eq!(decode(&[200], 10), Ok(Vec::new()));
    }
}

//! FlateDecode (7.4.4).

use flate2::{Decompress, FlushDecompress, Status};

use crate::error::{Error, Limit};

/// Inflates. What was decoded before an error in the data is kept, as every reader does; nothing at all is an error.
pub(super) fn decode(data: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    let mut inflate = Decompress::new(true);
    let mut out = Vec::new();
    let mut chunk = vec![0; 32 * 1024];
    loop {
        let consumed = usize::try_from(inflate.total_in()).unwrap_or(usize::MAX);
        let before = inflate.total_out();
        let rest = data.get(consumed..).unwrap_or_default();
        let status = inflate.decompress(rest, &mut chunk, FlushDecompress::None);
        let made = usize::try_from(inflate.total_out().saturating_sub(before)).unwrap_or(usize::MAX);
        out.extend_from_slice(chunk.get(..made).unwrap_or_default());
        if out.len() > limit {
            return Err(Error::TooComplex(Limit::DecodedBytes));
        }
        let stands = made == 0 && usize::try_from(inflate.total_in()).is_ok_and(|total| total == consumed);
        match status {
            Ok(Status::StreamEnd) => return Ok(out),
            Ok(_) if !stands => {}
            Ok(_) | Err(_) if !out.is_empty() || data.is_empty() => return Ok(out),
            Ok(_) | Err(_) => return Err(Error::BadStream("data that do not inflate")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit_and_its_twin_passes() {
        let data = deflated(&vec![0; 100_000]);
        assert_eq!(decode(&data, 100_000).map(|out| out.len()), Ok(100_000));
        assert_eq!(decode(&data, 99_999), Err(Error::TooComplex(Limit::DecodedBytes)));
    }

    #[test]
    fn truncated_data_give_what_they_hold_and_rubbish_is_an_error() {
        let text: Vec<u8> = (0..50_000_u32).flat_map(u32::to_le_bytes).collect();
        let data = deflated(&text);
        let half = decode(&data[..data.len() / 2], 1_000_000).expect("the first half");
        assert!(!half.is_empty() && text.starts_with(&half));
        assert!(matches!(decode(b"rubbish", 100), Err(Error::BadStream(_))));
    }
}

//! LZWDecode (7.4.4).

use weezl::{BitOrder, LzwStatus, decode::Decoder};

use crate::error::{Error, Limit};
use crate::object::{Dictionary, Object};

pub(super) fn decode(parameters: &Dictionary, data: &[u8], limit: usize) -> Result<Vec<u8>, Error> {
    // Table 8: /EarlyChange 1 is the default, and is what TIFF does.
    let early = parameters.get("EarlyChange").and_then(Object::as_integer).unwrap_or(1) != 0;
    let mut decoder =
        if early { Decoder::with_tiff_size_switch(BitOrder::Msb, 8) } else { Decoder::new(BitOrder::Msb, 8) };
    let mut out = Vec::new();
    let mut chunk = vec![0; 32 * 1024];
    let mut rest = data;
    loop {
        let result = decoder.decode_bytes(rest, &mut chunk);
        rest = rest.get(result.consumed_in..).unwrap_or_default();
        out.extend_from_slice(chunk.get(..result.consumed_out).unwrap_or_default());
        if out.len() > limit {
            return Err(Error::TooComplex(Limit::DecodedBytes));
        }
        let stands = result.consumed_in == 0 && result.consumed_out == 0;
        match result.status {
            Ok(LzwStatus::Ok) if !stands => {}
            Ok(_) => return Ok(out),
            Err(_) if !out.is_empty() => return Ok(out),
            Err(_) => return Err(Error::BadStream("data that are not LZW")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_example_is_decoded() {
        // 7.4.4.2, example 1.
        let data = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        let expected = vec![45, 45, 45, 45, 45, 65, 45, 45, 45, 66];
        assert_eq!(decode(&Dictionary::new(), &data, 10), Ok(expected));
    }

    #[test]
    fn the_limit_stops_it_and_its_twin_passes() {
        let data = weezl::encode::Encoder::with_tiff_size_switch(BitOrder::Msb, 8)
            .encode(&[7; 5000])
            .expect("memory takes it");
        assert_eq!(decode(&Dictionary::new(), &data, 5000).map(|out| out.len()), Ok(5000));
        assert_eq!(decode(&Dictionary::new(), &data, 4999), Err(Error::TooComplex(Limit::DecodedBytes)));
    }
}

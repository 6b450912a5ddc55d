//! Predictors of FlateDecode and LZWDecode (7.4.4.4).

use crate::error::Error;
use crate::object::{Dictionary, Object};

/// Undoes the predictor that the parameters name.
pub(super) fn undo(parameters: &Dictionary, data: Vec<u8>) -> Result<Vec<u8>, Error> {
    let number = |key: &str, otherwise: usize, most: usize| {
        parameters
            .get(key)
            .and_then(Object::as_integer)
            .map_or(Some(otherwise), |value| usize::try_from(value).ok())
            .filter(|value| (1..=most).contains(value))
            .ok_or(Error::BadStream("a predictor's parameter out of range"))
    };
    let predictor = number("Predictor", 1, 15)?;
    if predictor == 1 {
        return Ok(data);
    }
    let colors = number("Colors", 1, 32)?;
    let bits = number("BitsPerComponent", 8, 16)?;
    let columns = number("Columns", 1, 1 << 24)?;
    // At most 2^24 * 32 * 16 bits, so nothing here overflows 64 bits; 32-bit targets saturate.
    let row = columns.saturating_mul(colors).saturating_mul(bits).div_ceil(8);
    let pixel = colors.saturating_mul(bits).div_ceil(8);
    match predictor {
        2 => Ok(tiff(data, row, colors, bits)),
        _ => Ok(png(&data, row, pixel)),
    }
}

fn png(data: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let mut previous: Vec<u8> = Vec::new();
    for encoded in data.chunks(row.saturating_add(1)) {
        let Some((kind, bytes)) = encoded.split_first() else { continue };
        let mut current = bytes.to_vec();
        for place in 0..current.len() {
            let at = |line: &[u8], place: usize| line.get(place).copied().unwrap_or(0);
            let left = place.checked_sub(pixel).map_or(0, |place| at(&current, place));
            let up = at(&previous, place);
            let upper_left = place.checked_sub(pixel).map_or(0, |place| at(&previous, place));
            let predicted = match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, upper_left),
                _ => 0,
            };
            if let Some(byte) = current.get_mut(place) {
                *byte = byte.wrapping_add(predicted);
            }
        }
        out.extend_from_slice(&current);
        previous = current;
    }
    out
}

fn paeth(left: u8, up: u8, upper_left: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(upper_left));
    let estimate = a.wrapping_add(b).wrapping_sub(c);
    let distance = |value: i16| estimate.wrapping_sub(value).abs();
    if distance(a) <= distance(b) && distance(a) <= distance(c) {
        left
    } else if distance(b) <= distance(c) {
        up
    } else {
        upper_left
    }
}

fn tiff(mut data: Vec<u8>, row: usize, colors: usize, bits: usize) -> Vec<u8> {
    for line in data.chunks_mut(row.max(1)) {
        match bits {
            8 => {
                for place in colors..line.len() {
                    let left =
                        place.checked_sub(colors).and_then(|left| line.get(left)).copied().unwrap_or(0);
                    if let Some(byte) = line.get_mut(place) {
                        *byte = byte.wrapping_add(left);
                    }
                }
            }
            16 => {
                let mut left = vec![0_u16; colors];
                for (place, pair) in line.as_chunks_mut::<2>().0.iter_mut().enumerate() {
                    if let Some(left) = left.get_mut(place.checked_rem(colors).unwrap_or(0)) {
                        *left = left.wrapping_add(u16::from_be_bytes(*pair));
                        *pair = left.to_be_bytes();
                    }
                }
            }
            // Fewer bits occur in images only, and these are never decoded here.
            _ => {}
        }
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_png_row_names_its_own_predictor() {
        let parameters = Dictionary::new().with("Predictor", 12).with("Columns", 3);
        let data = vec![0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1];
        assert_eq!(undo(&parameters, data), Ok(vec![1, 2, 3, 1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5]));
    }

    #[test]
    fn tiff_adds_the_pixel_to_the_left() {
        let parameters = Dictionary::new().with("Predictor", 2).with("Columns", 2).with("Colors", 2);
        assert_eq!(undo(&parameters, vec![1, 2, 3, 4, 1, 1, 1, 1]), Ok(vec![1, 2, 4, 6, 1, 1, 2, 2]));
    }

    #[test]
    fn parameters_out_of_range_are_an_error() {
        for (key, value) in [("Columns", 0), ("Colors", 33), ("Predictor", -1)] {
            let parameters = Dictionary::new().with("Predictor", 12).with(key, value);
            assert!(undo(&parameters, vec![0; 4]).is_err(), "{key} {value}");
        }
    }
}

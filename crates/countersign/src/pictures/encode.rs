//! Pixels as a PNG that is small enough for a telephone.

use super::draw::Pixels;
use png::{BitDepth, ColorType, Compression, Encoder};

/// A picture that is larger than so many bytes is written again with fewer shades.
const LARGE: usize = 400_000;

/// The picture as a PNG: what is grey all over in grey, and what is full of colours (a scanned page) in fewer shades, which
/// is enough for a first sight and a third of the bytes.
pub(super) fn png(pixels: &Pixels) -> Option<Vec<u8>> {
    let grey = pixels.rgb.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    if grey {
        let shades: Vec<u8> = pixels.rgb.iter().step_by(3).copied().collect();
        let png = encode(pixels, ColorType::Grayscale, BitDepth::Eight, &shades)?;
        if png.len() <= LARGE {
            return Some(png);
        }
        let width = usize::try_from(pixels.width).ok()?;
        let packed: Vec<u8> =
            shades.chunks_exact(width).flat_map(|row| row.chunks(2).map(two_in_one)).collect();
        return encode(pixels, ColorType::Grayscale, BitDepth::Four, &packed);
    }
    let png = encode(pixels, ColorType::Rgb, BitDepth::Eight, &pixels.rgb)?;
    if png.len() <= LARGE {
        return Some(png);
    }
    let fewer: Vec<u8> = pixels.rgb.iter().map(|shade| sixteenth(*shade) * 17).collect();
    encode(pixels, ColorType::Rgb, BitDepth::Eight, &fewer)
}

/// The nearest of sixteen shades.
fn sixteenth(shade: u8) -> u8 {
    ((u16::from(shade) + 8) / 17) as u8
}

/// Two neighbours in one byte, the left one in its upper half; the last of an odd row alone.
fn two_in_one(shades: &[u8]) -> u8 {
    shades.first().map_or(0, |it| sixteenth(*it) << 4) | shades.get(1).map_or(0, |it| sixteenth(*it))
}

fn encode(pixels: &Pixels, color: ColorType, depth: BitDepth, data: &[u8]) -> Option<Vec<u8>> {
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, pixels.width, pixels.height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::Balanced);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(data).ok()?;
    writer.finish().ok()?;
    Some(png)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(png: &[u8]) -> (png::OutputInfo, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut buffer).unwrap();
        buffer.truncate(info.buffer_size());
        (info, buffer)
    }

    /// Noise that no compression takes the size from; the same each time.
    fn noise(width: u32, height: u32, grey: bool) -> Pixels {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let pixel = |_| if grey { [next(); 3] } else { [next(), next(), next()] };
        Pixels { width, height, rgb: (0..width * height).flat_map(pixel).collect() }
    }

    #[test]
    fn grey_and_coloured_pictures_come_back_as_they_were() {
        for grey in [true, false] {
            let pixels = noise(31, 17, grey);
            let (info, data) = decoded(&png(&pixels).unwrap());
            assert_eq!((info.width, info.height), (31, 17));
            let expected: Vec<u8> =
                if grey { pixels.rgb.iter().step_by(3).copied().collect() } else { pixels.rgb };
            assert_eq!(data, expected);
        }
    }

    #[test]
    fn a_large_picture_keeps_its_shades_nearly() {
        for grey in [true, false] {
            let pixels = noise(801, 999, grey);
            let png = png(&pixels).unwrap();
            assert!(png.len() < pixels.rgb.len() * 7 / 10 / if grey { 3 } else { 1 }, "{}", png.len());
            let (info, data) = decoded(&png);
            // Four bits a shade in grey, a byte otherwise.
            let shade = |index: usize| match info.bit_depth {
                BitDepth::Four => {
                    let (row, at) = (index / 801, index % 801);
                    let byte = data[row * info.line_size + at / 2];
                    (if at % 2 == 0 { byte >> 4 } else { byte & 15 }) * 17
                }
                _ => data[index],
            };
            let expected = |index: usize| pixels.rgb[if grey { index * 3 } else { index }];
            for index in [0, 1, 800, 801, 802, 400_000, 799_999] {
                assert!(shade(index).abs_diff(expected(index)) <= 8, "at {index}");
            }
        }
    }
}

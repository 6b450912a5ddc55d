//! PNG: decoded, since PDF has no transparency inside an image; the alpha channel becomes an /SMask.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations};

use super::super::deflate::deflated;
use super::super::ink::InkRefusal;
use super::super::shared::Picture;
use super::within_sides;
use crate::fonts::NewObjects;
use crate::object::{Dictionary, Object};

/// Room for the decoder's own buffers and the text chunks that a file may bring.
const DECODER_BYTES_MAX: usize = 80 * 1024 * 1024;
const BROKEN: InkRefusal = InkRefusal::ImageUnreadable("the PNG file is damaged");

/// The pixels of a PNG, eight bits a sample, row by row from the top.
pub(super) struct Pixels {
    width: u32,
    height: u32,
    grey: bool,
    colours: Vec<u8>,
    // None where every pixel is opaque.
    alpha: Option<Vec<u8>>,
}

pub(super) fn decode(bytes: &[u8]) -> Result<Pixels, InkRefusal> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: DECODER_BYTES_MAX });
    // Palettes and small depths to eight bits, a transparent colour to alpha, sixteen bits to eight.
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(|_| BROKEN)?;
    let (width, height) = (reader.info().width, reader.info().height);
    within_sides(width, height)?;
    let mut samples = vec![0; reader.output_buffer_size().ok_or(BROKEN)?];
    let frame = reader.next_frame(&mut samples).map_err(|_| BROKEN)?;
    samples.truncate(frame.buffer_size());
    let (colours, grey, alpha) = match frame.color_type {
        ColorType::Grayscale => (samples, true, None),
        ColorType::Rgb => (samples, false, None),
        ColorType::GrayscaleAlpha => split::<2>(&samples, true),
        ColorType::Rgba => split::<4>(&samples, false),
        ColorType::Indexed => return Err(BROKEN),
    };
    if alpha.as_ref().is_some_and(|alpha| alpha.iter().all(|&sample| sample == 0)) {
        return Err(InkRefusal::Empty);
    }
    Ok(Pixels { width, height, grey, colours, alpha })
}

/// Colour samples, `grey` again, and the alpha samples where any pixel is not opaque.
fn split<const SAMPLES: usize>(samples: &[u8], grey: bool) -> (Vec<u8>, bool, Option<Vec<u8>>) {
    let (pixels, _) = samples.as_chunks::<SAMPLES>();
    let mut colours = Vec::with_capacity(pixels.len() * (SAMPLES - 1));
    let mut alpha = Vec::with_capacity(pixels.len());
    for pixel in pixels {
        if let [colour @ .., transparency] = pixel.as_slice() {
            colours.extend_from_slice(colour);
            alpha.push(*transparency);
        }
    }
    let opaque = alpha.iter().all(|&sample| sample == 255);
    (colours, grey, (!opaque).then_some(alpha))
}

impl Pixels {
    /// Writes the image and its mask.
    pub(super) fn write(self, objects: &mut dyn NewObjects) -> Picture {
        let id = objects.allocate();
        let mut image = self.dictionary(if self.grey { "DeviceGray" } else { "DeviceRGB" });
        if let Some(alpha) = &self.alpha {
            let mask = objects.allocate();
            objects.put(mask, Object::Stream(deflated(self.dictionary("DeviceGray"), alpha)));
            image.set("SMask", mask);
        }
        objects.put(id, Object::Stream(deflated(image, &self.colours)));
        Picture {
            id,
            width: f64::from(self.width),
            height: f64::from(self.height),
            turn: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        }
    }

    fn dictionary(&self, colours: &str) -> Dictionary {
        Dictionary::new()
            .with("Type", Object::name("XObject"))
            .with("Subtype", Object::name("Image"))
            .with("Width", self.width)
            .with("Height", self.height)
            .with("ColorSpace", Object::name(colours))
            .with("BitsPerComponent", 8)
    }
}

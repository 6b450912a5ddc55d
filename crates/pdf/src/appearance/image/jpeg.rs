//! JPEG: passed through as /DCTDecode (ISO 32000-2 7.4.8). Only its header is read, to refuse what readers do not
//! show and to leave out what a signature should not carry (where and with which telephone it was photographed).

use super::super::ink::InkRefusal;
use super::super::shared::Picture;
use super::{exif, within_sides};
use crate::fonts::NewObjects;
use crate::object::{Dictionary, Object, Stream};

const BROKEN: InkRefusal = InkRefusal::ImageUnreadable("the JPEG file is damaged");

/// What the segments before the pixels say (ITU-T T.81 Annex B).
#[derive(Debug, PartialEq)]
pub(super) struct Header {
    width: u32,
    height: u32,
    components: u8,
    // Adobe's APP14 segment: CMYK samples are stored inverted.
    adobe: bool,
    // EXIF orientation, 1 to 8.
    orientation: u8,
}

/// One marker segment: the marker's second byte, the whole segment, its payload.
struct Segment<'a> {
    marker: u8,
    whole: &'a [u8],
    payload: &'a [u8],
}

impl Header {
    pub(super) fn read(bytes: &[u8]) -> Result<Header, InkRefusal> {
        let mut header = Header { width: 0, height: 0, components: 0, adobe: false, orientation: 1 };
        let (segments, scans) = split(bytes).ok_or(BROKEN)?;
        for segment in segments {
            match segment.marker {
                // Baseline, extended and progressive Huffman coding: what PDF readers decode.
                0xC0..=0xC2 => header.read_frame(segment.payload)?,
                0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                    return Err(InkRefusal::ImageUnreadable("it is a rare kind of JPEG"));
                }
                0xE1 => header.orientation = exif::orientation(segment.payload).unwrap_or(header.orientation),
                0xEE => header.adobe |= segment.payload.starts_with(b"Adobe"),
                _ => {}
            }
        }
        // Without the end marker the file was cut off on its way.
        if header.components == 0 || !scans.windows(2).any(|pair| pair == [0xFF, 0xD9]) {
            return Err(BROKEN);
        }
        Ok(header)
    }

    /// T.81 B.2.2: precision, height, width, number of components.
    fn read_frame(&mut self, payload: &[u8]) -> Result<(), InkRefusal> {
        let &[precision, h1, h0, w1, w0, components, ..] = payload else { return Err(BROKEN) };
        self.height = u32::from(u16::from_be_bytes([h1, h0]));
        self.width = u32::from(u16::from_be_bytes([w1, w0]));
        self.components = components;
        if precision != 8 || !matches!(components, 1 | 3 | 4) {
            return Err(InkRefusal::ImageUnreadable("it is a rare kind of JPEG"));
        }
        within_sides(self.width, self.height)
    }

    /// Writes the image without its metadata.
    pub(super) fn write(&self, bytes: &[u8], objects: &mut dyn NewObjects) -> Picture {
        let id = objects.allocate();
        let colours = match self.components {
            1 => "DeviceGray",
            3 => "DeviceRGB",
            _ => "DeviceCMYK",
        };
        let mut dictionary = Dictionary::new()
            .with("Type", Object::name("XObject"))
            .with("Subtype", Object::name("Image"))
            .with("Width", self.width)
            .with("Height", self.height)
            .with("ColorSpace", Object::name(colours))
            .with("BitsPerComponent", 8)
            .with("Filter", Object::name("DCTDecode"));
        if self.components == 4 && self.adobe {
            let inverted = [1, 0, 1, 0, 1, 0, 1, 0].map(Object::from);
            dictionary.set("Decode", inverted.to_vec());
        }
        objects.put(id, Object::Stream(Stream { dictionary, data: bare(bytes) }));
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let (turn, lying) = exif::turn(self.orientation);
        Picture {
            id,
            width: if lying { height } else { width },
            height: if lying { width } else { height },
            turn,
        }
    }
}

/// The file without comments, profiles, thumbnails and EXIF data; the pixels as they were.
fn bare(bytes: &[u8]) -> Vec<u8> {
    let Some((segments, scans)) = split(bytes) else { return bytes.to_vec() };
    let mut kept = vec![0xFF, 0xD8];
    for segment in segments {
        // APP0 (JFIF) and APP14 (Adobe) tell how colours are coded; APP1 to 13, APP15 and COM are talk.
        if !matches!(segment.marker, 0xE1..=0xED | 0xEF | 0xFE) {
            kept.extend_from_slice(segment.whole);
        }
    }
    let end = scans.windows(2).rposition(|pair| pair == [0xFF, 0xD9]).map_or(scans.len(), |place| place + 2);
    kept.extend(scans.iter().take(end));
    kept
}

/// The segments before the first scan, and everything from the first scan on.
fn split(bytes: &[u8]) -> Option<(Vec<Segment<'_>>, &[u8])> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    let mut segments = Vec::new();
    loop {
        // T.81 B.1.1.2: any number of fill bytes may stand before a marker.
        while let [0xFF, 0xFF, ..] = rest {
            rest = &rest[1..];
        }
        let &[0xFF, marker, high, low, ..] = rest else { return None };
        if marker == 0xDA {
            return Some((segments, rest));
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let whole = rest.get(..2 + length)?;
        segments.push(Segment { marker, whole, payload: whole.get(4..)? });
        rest = rest.get(2 + length..)?;
    }
}

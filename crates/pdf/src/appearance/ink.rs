//! What a person gives as a signature or as initials, and what is refused.

use super::{image, strokes};
use crate::fonts::{Face, drawn_form};

/// Characters of a typed signature; more does not fit on any page in a readable size.
pub const TYPED_CHARACTERS_MAX: usize = 100;
/// Strokes of a drawn signature; honest ones have under 50.
pub const STROKES_MAX: usize = 500;
/// Points of a drawn signature in all strokes together; a minute of drawing at 300 points a second.
pub const POINTS_MAX: usize = 20_000;
/// Bytes of an image as it was uploaded.
pub const IMAGE_BYTES_MAX: usize = 5 * 1024 * 1024;
/// Width and height of an image in pixels: 4096 is a page at 350 dpi.
pub const IMAGE_SIDE_MAX: u32 = 4096;

/// What a person gives as a signature or as initials.
#[derive(Debug, Clone, PartialEq)]
pub enum Ink {
    /// A name, to be set in a handwriting face.
    Typed {
        /// The name, at most 100 characters.
        text: String,
    },
    /// Strokes of a pen, finger or mouse.
    Drawn {
        /// Width of the drawing surface, in the unit of the points.
        width: f64,
        /// Height of the drawing surface.
        height: f64,
        /// Strokes in their order; points (x to the right, y down). At most 500 strokes, 20,000 points.
        strokes: Vec<Vec<(f64, f64)>>,
    },
    /// A picture of a signature: PNG or JPEG, at most 5 MB and 4096 x 4096 pixels.
    Image {
        /// The file's bytes.
        bytes: Vec<u8>,
    },
}

/// Why ink is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InkRefusal {
    /// The faces lack these characters. Offer drawing or an image.
    TextNotDrawable {
        /// The characters without a glyph, each once, in the order of the text.
        missing: Vec<char>,
    },
    /// The picture is not a PNG or JPEG that every reader shows. Offer another picture, or drawing.
    ImageUnreadable(&'static str),
    /// Nothing would be seen: no letter, no stroke, a wholly transparent picture.
    Empty,
    /// A limit is passed.
    TooLarge(&'static str),
}

impl Ink {
    /// Whether this can be drawn: within the limits, readable, visible.
    ///
    /// # Errors
    /// The refusal, with what to do instead in its sentence.
    pub fn check(&self) -> Result<(), InkRefusal> {
        match self {
            Self::Typed { text } => check_typed(text),
            Self::Drawn { width, height, strokes } => check_drawn(*width, *height, strokes),
            Self::Image { bytes } => image::check(bytes),
        }
    }
}

fn check_typed(text: &str) -> Result<(), InkRefusal> {
    if text.chars().count() > TYPED_CHARACTERS_MAX {
        return Err(InkRefusal::TooLarge("a typed signature has at most 100 characters"));
    }
    let drawn = drawn_form(text);
    if drawn.trim().is_empty() {
        return Err(InkRefusal::Empty);
    }
    match Face::for_signature(text) {
        Some(_) => Ok(()),
        None => Err(InkRefusal::TextNotDrawable { missing: Face::Text.missing(text) }),
    }
}

fn check_drawn(width: f64, height: f64, drawn: &[Vec<(f64, f64)>]) -> Result<(), InkRefusal> {
    if drawn.len() > STROKES_MAX {
        return Err(InkRefusal::TooLarge("a drawn signature has at most 500 strokes"));
    }
    if drawn.iter().map(Vec::len).sum::<usize>() > POINTS_MAX {
        return Err(InkRefusal::TooLarge("a drawn signature has at most 20,000 points"));
    }
    // A surface of a million units is none that a browser has; not-a-number fails the comparison too.
    let sound = |value: f64| value.abs() <= 1_000_000.0;
    if !(sound(width) && sound(height) && drawn.iter().flatten().all(|&(x, y)| sound(x) && sound(y))) {
        return Err(InkRefusal::TooLarge("the points of a drawn signature lie within a million units"));
    }
    // One point, or the same point many times, is a slip of the finger.
    match strokes::bounds(drawn) {
        Some([left, top, right, bottom]) if right > left || bottom > top => Ok(()),
        _ => Err(InkRefusal::Empty),
    }
}

impl InkRefusal {
    /// The stable code of the refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TextNotDrawable { .. } => "text_not_drawable",
            Self::ImageUnreadable(_) => "image_unreadable",
            Self::Empty => "ink_empty",
            Self::TooLarge(_) => "ink_too_large",
        }
    }
}

impl std::fmt::Display for InkRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TextNotDrawable { missing } => {
                let missing: String = missing.iter().collect();
                write!(
                    f,
                    "No typeface here can draw \u{201C}{missing}\u{201D}: draw the signature or upload a picture of it."
                )
            }
            Self::ImageUnreadable(why) => {
                write!(f, "The picture cannot be used ({why}): choose a PNG or JPEG file.")
            }
            Self::Empty => f.write_str("Nothing would be seen: type, draw or upload a signature."),
            Self::TooLarge(limit) => write!(f, "This is more than fits: {limit}."),
        }
    }
}

impl std::error::Error for InkRefusal {}

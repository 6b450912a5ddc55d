//! A picture that somebody gave: an image, a stamp.

use super::canvas::Canvas;
use super::frame::Area;
use super::{InkRefusal, image};

/// Between the sides of the box and the picture.
const MARGIN: f64 = 1.0;

/// Draws a PNG or JPEG as large as `area` allows, keeping its proportions, in the middle.
///
/// # Errors
/// What [`super::Ink::check`] refuses of a picture.
pub fn picture(canvas: &mut Canvas<'_>, area: Area, bytes: &[u8]) -> Result<(), InkRefusal> {
    image::image(canvas, area.inset(MARGIN), 0.5, bytes)
}

//! Ink and caption in one box.

use super::canvas::Canvas;
use super::frame::Area;
use super::{Ink, InkRefusal, caption, image, strokes, typed};

/// Between the sides of the box and what stands in it.
const MARGIN: f64 = 1.5;

/// Draws a signature: the ink (if any) above the caption lines (if any).
///
/// # Errors
/// What [`Ink::check`] refuses.
pub fn signature(
    canvas: &mut Canvas<'_>,
    area: Area,
    ink: Option<&Ink>,
    lines: &[String],
) -> Result<(), InkRefusal> {
    let above = caption::caption(canvas, area.inset(MARGIN), lines);
    let Some(ink) = ink else { return Ok(()) };
    match ink {
        Ink::Typed { text } => {
            ink.check()?;
            typed::typed(canvas, above, text);
        }
        Ink::Drawn { strokes, .. } => {
            ink.check()?;
            strokes::strokes(canvas, above, strokes);
        }
        // A picture is checked while it is read; reading it twice would cost twice.
        Ink::Image { bytes } => image::image(canvas, above, 0.0, bytes)?,
    }
    Ok(())
}

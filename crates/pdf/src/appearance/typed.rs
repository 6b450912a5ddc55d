//! A typed signature, in the handwriting face.

use super::canvas::{Canvas, INK};
use super::frame::Area;
use crate::fonts::Face;

/// The smallest size at which handwriting is still read; a longer name is clipped by the box.
const SIZE_MIN: f64 = 4.0;

/// Draws `text` as large as `area` allows, at the left, its ink in the middle of the height. Nothing is drawn where
/// no face covers the text; [`super::Ink::check`] has refused it before.
pub(super) fn typed(canvas: &mut Canvas<'_>, area: Area, text: &str) {
    let text = text.trim();
    let Some(face) = Face::for_signature(text) else { return };
    let Some(unit) = face.extent(text, 1.0) else { return };
    // A name without tall letters ("rose") must not be blown up beyond what its neighbours would be.
    let tallest = area.height / (face.cap_height() + 0.35 * face.descent());
    let size = area.scale_for(unit.right - unit.left, unit.top - unit.bottom).min(tallest).max(SIZE_MIN);
    let baseline = area.y + (area.height - (unit.top - unit.bottom) * size) / 2.0 - unit.bottom * size;
    canvas.op(&[], "q");
    canvas.clip(area);
    canvas.fill_colour(INK);
    canvas.text(face, size, area.x - unit.left * size, baseline, text);
    canvas.op(&[], "Q");
}

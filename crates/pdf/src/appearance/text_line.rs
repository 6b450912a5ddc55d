//! The value of a text field.

use super::canvas::{BLACK, Canvas};
use super::frame::Area;
use crate::fonts::{Face, wrap};

/// Largest size of a value, in points: that of the text around it in most contracts.
const SIZE_MAX: f64 = 12.0;
/// Smallest size that a person can read on paper; a longer value is clipped.
const SIZE_MIN: f64 = 4.0;
/// Between the sides of the box and the text.
const MARGIN: f64 = 2.0;
/// From baseline to baseline, in ems.
const LEADING: f64 = 1.2;

/// Draws `value` so that it fits: as large as the box and 12 points allow, down to 4 points, on one line or, in a
/// box that is high enough, on several; what still does not fit is clipped. The text face has to cover it.
pub fn text_line(canvas: &mut Canvas<'_>, area: Area, value: &str) {
    // ISO 32000-2 12.7.4.3: the variable part of a text field stands between /Tx BMC and EMC.
    canvas.op(&[], "/Tx BMC");
    let inner = area.inset(MARGIN);
    let (size, lines) = fit(value, inner);
    if lines.iter().any(|line| !line.is_empty()) {
        canvas.op(&[], "q");
        canvas.clip(area);
        canvas.fill_colour(BLACK);
        let baseline = first_baseline(inner, size, lines.len());
        for (index, line) in lines.iter().enumerate() {
            canvas.text(Face::Text, size, inner.x, baseline - index as f64 * size * LEADING, line);
        }
        canvas.op(&[], "Q");
    }
    canvas.op(&[], "EMC");
}

/// The largest size at which the value fits, and its lines at that size.
fn fit(value: &str, inner: Area) -> (f64, Vec<String>) {
    let largest = (inner.height / LEADING).clamp(SIZE_MIN, SIZE_MAX);
    let one_line = (inner.width / Face::Text.width(value, 1.0).max(f64::MIN_POSITIVE)).min(largest);
    let broken = value.contains('\n');
    let mut size = largest;
    while size > SIZE_MIN && (broken || one_line < size) {
        let lines = wrap(Face::Text, value, size, inner.width);
        if lines.len() as f64 * size * LEADING <= inner.height {
            return (size, lines);
        }
        size -= 0.5;
    }
    (one_line.max(SIZE_MIN), vec![value.to_owned()])
}

/// Centres the lines, measured from the top of the capitals of the first to the baseline of the last.
fn first_baseline(inner: Area, size: f64, lines: usize) -> f64 {
    let capitals = Face::Text.cap_height() * size;
    let block = capitals + lines.saturating_sub(1) as f64 * size * LEADING;
    inner.y + (inner.height + block) / 2.0 - capitals
}

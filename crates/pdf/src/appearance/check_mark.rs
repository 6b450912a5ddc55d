//! The two states of a check box.

use super::canvas::{Canvas, GREY, INK};
use super::frame::Area;

/// An empty box: the square in the middle of `area`, outlined.
pub fn check_box_off(canvas: &mut Canvas<'_>, area: Area) {
    let (x, y, side) = square(area);
    canvas.op(&[], "q");
    canvas.stroke_colour(GREY);
    canvas.op(&[0.75], "w");
    canvas.op(&[x, y, side, side], "re S");
    canvas.op(&[], "Q");
}

/// The same box with a check mark, drawn as a path: no font is needed, no reader can set another sign instead.
pub fn check_box_on(canvas: &mut Canvas<'_>, area: Area) {
    check_box_off(canvas, area);
    let (x, y, side) = square(area);
    let at = |across: f64, up: f64| [x + across * side, y + up * side];
    canvas.op(&[], "q");
    canvas.stroke_colour(INK);
    canvas.op(&[(side * 0.11).max(0.75)], "w");
    canvas.op(&[], "1 J 1 j");
    canvas.op(&at(0.2, 0.52), "m");
    canvas.op(&at(0.42, 0.27), "l");
    canvas.op(&at(0.8, 0.76), "l S");
    canvas.op(&[], "Q");
}

fn square(area: Area) -> (f64, f64, f64) {
    let inner = area.inset(0.5);
    let side = inner.width.min(inner.height);
    (inner.x + (inner.width - side) / 2.0, inner.y + (inner.height - side) / 2.0, side)
}

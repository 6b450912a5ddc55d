//! The two states of a radio button.

use super::canvas::{Canvas, GREY, INK};
use super::frame::Area;

/// How far the control points of a quarter of a circle lie from its ends, in radii.
const QUARTER: f64 = 0.5523;

/// An empty button: the circle in the middle of `area`, outlined.
pub fn radio_off(canvas: &mut Canvas<'_>, area: Area) {
    let (x, y, radius) = middle(area);
    canvas.op(&[], "q");
    canvas.stroke_colour(GREY);
    canvas.op(&[0.75], "w");
    circle(canvas, x, y, radius);
    canvas.op(&[], "S");
    canvas.op(&[], "Q");
}

/// The same button with a dot: a path, as the check mark is.
pub fn radio_on(canvas: &mut Canvas<'_>, area: Area) {
    radio_off(canvas, area);
    let (x, y, radius) = middle(area);
    canvas.op(&[], "q");
    canvas.fill_colour(INK);
    circle(canvas, x, y, radius * 0.55);
    canvas.op(&[], "f");
    canvas.op(&[], "Q");
}

fn middle(area: Area) -> (f64, f64, f64) {
    let inner = area.inset(0.5);
    let radius = inner.width.min(inner.height) / 2.0;
    (inner.x + inner.width / 2.0, inner.y + inner.height / 2.0, radius)
}

fn circle(canvas: &mut Canvas<'_>, x: f64, y: f64, radius: f64) {
    let at = |across: f64, up: f64| [x + across * radius, y + up * radius];
    canvas.op(&at(1.0, 0.0), "m");
    // Each quarter begins where the one before ended, in the direction in which that one went.
    for (from, to) in [
        ((1.0, 0.0), (0.0, 1.0)),
        ((0.0, 1.0), (-1.0, 0.0)),
        ((-1.0, 0.0), (0.0, -1.0)),
        ((0.0, -1.0), (1.0, 0.0)),
    ] {
        let first = at(from.0 + to.0 * QUARTER, from.1 + to.1 * QUARTER);
        let second = at(to.0 + from.0 * QUARTER, to.1 + from.1 * QUARTER);
        canvas.op(&[first, second, at(to.0, to.1)].concat(), "c");
    }
    canvas.op(&[], "h");
}

//! A drawn signature: the pen's strokes as smooth vector paths.

use super::canvas::{Canvas, INK};
use super::frame::Area;

/// The smallest box around all points: left, top, right, bottom (y goes down, as on the drawing surface).
pub(super) fn bounds(strokes: &[Vec<(f64, f64)>]) -> Option<[f64; 4]> {
    strokes.iter().flatten().fold(None, |bounds, &(x, y)| {
        let [left, top, right, bottom] = bounds.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    })
}

/// Draws the strokes as large as `area` allows, keeping their proportions: at the left, in the middle of the height.
/// What was left blank around them on the drawing surface does not count.
pub(super) fn strokes(canvas: &mut Canvas<'_>, area: Area, strokes: &[Vec<(f64, f64)>]) {
    let Some([left, top, right, bottom]) = bounds(strokes) else { return };
    let pen = (area.height * 0.035).clamp(0.6, 1.8);
    let inner = area.inset(pen);
    let scale = inner.scale_for(right - left, bottom - top);
    let lift = inner.y + (inner.height - (bottom - top) * scale) / 2.0;
    let place = |&(x, y): &(f64, f64)| (inner.x + (x - left) * scale, lift + (bottom - y) * scale);
    canvas.op(&[], "q");
    canvas.stroke_colour(INK);
    canvas.op(&[pen], "w");
    canvas.op(&[], "1 J 1 j");
    for stroke in strokes {
        let points: Vec<(f64, f64)> = stroke.iter().map(place).collect();
        path(canvas, &points);
    }
    canvas.op(&[], "Q");
}

/// One stroke. Between the middles of neighbouring segments runs a quadratic curve whose control point is the point
/// that they share: smooth, and never outside the points, so nothing overshoots the box.
fn path(canvas: &mut Canvas<'_>, points: &[(f64, f64)]) {
    let [first, rest @ ..] = points else { return };
    canvas.op(&[first.0, first.1], "m");
    let Some(last) = rest.last() else {
        // ISO 32000-2 8.5.3.2: a line of no length with round caps paints a dot.
        canvas.op(&[first.0, first.1], "l S");
        return;
    };
    let mut from = *first;
    for pair in rest.windows(2) {
        let [control, next] = [pair[0], pair[1]];
        let to = ((control.0 + next.0) / 2.0, (control.1 + next.1) / 2.0);
        curve(canvas, from, control, to);
        from = to;
    }
    canvas.op(&[last.0, last.1], "l S");
}

/// A quadratic curve as the cubic one that PDF has.
fn curve(canvas: &mut Canvas<'_>, from: (f64, f64), control: (f64, f64), to: (f64, f64)) {
    let toward = |end: f64, control: f64| end + (control - end) * 2.0 / 3.0;
    canvas.op(
        &[
            toward(from.0, control.0),
            toward(from.1, control.1),
            toward(to.0, control.0),
            toward(to.1, control.1),
            to.0,
            to.1,
        ],
        "c",
    );
}

//! The value of a text field: on a line, on several, or with a box for each character.

use super::canvas::{Canvas, GREY};
use super::frame::Area;
use super::text_style::TextStyle;
use crate::fonts::{Measured, letters_of};

/// Largest size of a value whose style names none, in points: that of the text around it in most contracts.
const SIZE_MAX: f64 = 12.0;
/// Smallest size that a person can read on paper; a longer value is clipped.
const SIZE_MIN: f64 = 4.0;
/// Between the sides of the box and the text.
const MARGIN: f64 = 2.0;
/// From baseline to baseline, in ems.
const LEADING: f64 = 1.2;
/// Width of the lines between the boxes of a boxed text.
const RULE: f64 = 0.5;

/// Draws `value` so that it fits: as large as its style (or the box and 12 points) allow, down to 4 points, on one
/// line or, in a box that is high enough, on several in the middle of the height; what still does not fit is clipped.
/// The style's face has to cover it.
pub fn text_line(canvas: &mut Canvas<'_>, area: Area, value: &str, style: &TextStyle) {
    variable_text(canvas, |canvas| {
        let inner = area.inset(MARGIN);
        let (size, lines) = fit(value, inner, style);
        let first = middle_baseline(inner, size, lines.len(), style);
        put_lines(canvas, area, inner, size, first, &lines, style);
    });
}

/// Draws a text of several lines from the top of its box down, as large as [`text_line`] would.
pub fn text_block(canvas: &mut Canvas<'_>, area: Area, value: &str, style: &TextStyle) {
    variable_text(canvas, |canvas| {
        let inner = area.inset(MARGIN);
        let (size, lines) = fit_block(value, inner, style);
        let ascent = style.letters().face.ascent().min(1.0) * size;
        put_lines(canvas, area, inner, size, inner.y + inner.height - ascent, &lines, style);
    });
}

/// Draws `count` boxes of one width, and each character in the middle of its own; what has no box is left out.
pub fn text_boxes(canvas: &mut Canvas<'_>, area: Area, value: &str, count: u16, style: &TextStyle) {
    let count = count.max(1);
    let cell = area.width / f64::from(count);
    canvas.op(&[], "q");
    canvas.stroke_colour(GREY);
    canvas.op(&[RULE], "w");
    let frame = area.inset(RULE / 2.0);
    canvas.op(&[frame.x, frame.y, frame.width, frame.height], "re");
    for place in 1..count {
        let x = area.x + f64::from(place) * cell;
        canvas.op(&[x, frame.y], "m");
        canvas.op(&[x, frame.y + frame.height], "l");
    }
    canvas.op(&[], "S");
    canvas.op(&[], "Q");
    variable_text(canvas, |canvas| {
        let face = style.letters().face;
        let letters = letters_of(value, usize::from(count));
        let inner = area.inset(RULE);
        let widest = letters.iter().map(|it| face.width(it, 1.0)).fold(0.5, f64::max);
        let size = largest(inner, style).min(inner.width / f64::from(count) * 0.9 / widest).max(SIZE_MIN);
        let baseline = middle_baseline(inner, size, 1, style);
        if letters.iter().all(|it| it.trim().is_empty()) {
            return;
        }
        canvas.op(&[], "q");
        canvas.clip(area);
        canvas.fill_colour(style.colour);
        for (place, letter) in (0_u16..).zip(&letters) {
            let x = area.x + (f64::from(place) + 0.5) * cell - face.width(letter, size) / 2.0;
            put_line(canvas, size, x, baseline, letter, style);
        }
        canvas.op(&[], "Q");
    });
}

/// ISO 32000-2 12.7.4.3: the variable part of a text field stands between /Tx BMC and EMC.
fn variable_text(canvas: &mut Canvas<'_>, draw: impl FnOnce(&mut Canvas<'_>)) {
    canvas.op(&[], "/Tx BMC");
    draw(canvas);
    canvas.op(&[], "EMC");
}

fn put_lines(
    canvas: &mut Canvas<'_>,
    area: Area,
    inner: Area,
    size: f64,
    first: f64,
    lines: &[String],
    style: &TextStyle,
) {
    if lines.iter().all(String::is_empty) {
        return;
    }
    canvas.op(&[], "q");
    canvas.clip(area);
    canvas.fill_colour(style.colour);
    for (index, line) in lines.iter().enumerate() {
        let baseline = first - index as f64 * size * LEADING;
        // What stands wholly below the box is clipped anyway, and a page of it would only make the file larger.
        if baseline + size < area.y {
            break;
        }
        let x = style.start(inner.x, inner.width, style.letters().face.width(line, size));
        put_line(canvas, size, x, baseline, line, style);
    }
    canvas.op(&[], "Q");
}

fn put_line(canvas: &mut Canvas<'_>, size: f64, x: f64, baseline: f64, line: &str, style: &TextStyle) {
    let letters = style.letters();
    canvas.letters(letters, size, (x, baseline), line, style.colour);
    if style.underline && !line.is_empty() {
        let width = letters.face.width(line, size);
        canvas.op(&[x, baseline - 0.15 * size, width, 0.06 * size], "re f");
    }
}

fn largest(inner: Area, style: &TextStyle) -> f64 {
    (inner.height / LEADING)
        .min(style.size.unwrap_or(SIZE_MAX))
        .max(SIZE_MIN.min(style.size.unwrap_or(SIZE_MIN)))
}

/// The largest size at which the value fits, and its lines at that size.
fn fit(value: &str, inner: Area, style: &TextStyle) -> (f64, Vec<String>) {
    let face = style.letters().face;
    let largest = largest(inner, style);
    let one_line = (inner.width / face.width(value, 1.0).max(f64::MIN_POSITIVE)).min(largest);
    let broken = value.contains('\n');
    let words = Measured::new(face, value);
    let mut size = largest;
    while size > SIZE_MIN && (broken || one_line < size) {
        let lines = words.lines(size, inner.width);
        if lines.len() as f64 * size * LEADING <= inner.height {
            return (size, lines);
        }
        size -= 0.5;
    }
    (one_line.max(SIZE_MIN.min(largest)), vec![value.to_owned()])
}

/// The largest size at which all lines have room, and the lines; at the smallest one they run out of the box.
fn fit_block(value: &str, inner: Area, style: &TextStyle) -> (f64, Vec<String>) {
    let face = style.letters().face;
    let words = Measured::new(face, value);
    let mut size = largest(inner, style);
    loop {
        let lines = words.lines(size, inner.width);
        if size <= SIZE_MIN || lines.len() as f64 * size * LEADING <= inner.height {
            return (size, lines);
        }
        size = (size - 0.5).max(SIZE_MIN);
    }
}

/// Centres the lines, measured from the top of the capitals of the first to the baseline of the last.
fn middle_baseline(inner: Area, size: f64, lines: usize, style: &TextStyle) -> f64 {
    let capitals = style.letters().face.cap_height() * size;
    let block = capitals + lines.saturating_sub(1) as f64 * size * LEADING;
    inner.y + (inner.height + block) / 2.0 - capitals
}

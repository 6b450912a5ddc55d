//! From strings to glyphs on the page (9.4.4).

use std::ops::Range;
use std::sync::Arc;

use super::font::Font;
use super::glyph::Glyph;
use super::matrix::Matrix;
use crate::error::Error;

/// The part of the graphics state that text depends on.
#[derive(Clone)]
pub(super) struct State {
    /// From user space to the page as shown.
    pub(super) matrix: Matrix,
    pub(super) font: Option<Arc<Font>>,
    pub(super) size: f64,
    pub(super) letter_space: f64,
    pub(super) word_space: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
}

impl State {
    pub(super) fn new(matrix: Matrix) -> Self {
        Self {
            matrix,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// What of a string a glyph came from.
pub(super) struct Code {
    /// The bytes.
    pub(super) bytes: Range<usize>,
    /// The number in a TJ array that moves as far as the glyph does.
    pub(super) back: f64,
}

/// Where the text stands.
pub(super) struct Line {
    /// Where the next glyph goes.
    text: Matrix,
    /// Where this line began.
    start: Matrix,
}

impl Default for Line {
    fn default() -> Self {
        Self { text: Matrix::IDENTITY, start: Matrix::IDENTITY }
    }
}

impl Line {
    pub(super) fn set(&mut self, matrix: Matrix) {
        (self.text, self.start) = (matrix, matrix);
    }

    pub(super) fn next(&mut self, x: f64, y: f64) {
        self.set(Matrix::translation(x, y).then(self.start));
    }

    /// Goes back by thousandths of an em.
    pub(super) fn kern(&mut self, state: &State, back: f64) {
        let move_by = -back / 1000.0 * state.size;
        let vertical = state.font.as_ref().is_some_and(|font| font.is_vertical());
        self.advance(if vertical { (0.0, move_by) } else { (move_by * state.stretch, 0.0) });
    }

    fn advance(&mut self, (x, y): (f64, f64)) {
        self.text = Matrix::translation(x, y).then(self.text);
    }

    /// Shows a string, glyph by glyph.
    pub(super) fn show(
        &mut self,
        state: &State,
        bytes: &[u8],
        mut put: impl FnMut(Glyph, Code) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(font) = state.font.as_deref() else { return Ok(()) };
        let (size, stretch) = (state.size, state.stretch);
        let vertical = font.is_vertical();
        let mut rest = bytes;
        while let Some(shown) = font.next(rest) {
            let start = bytes.len().saturating_sub(rest.len());
            rest = rest.get(shown.length.max(1)..).unwrap_or_default();
            let space = state.letter_space + if shown.is_space { state.word_space } else { 0.0 };
            let whole = Matrix::translation(0.0, state.rise).then(self.text).then(state.matrix);
            let move_by = if vertical {
                (0.0, shown.advance * size + space)
            } else {
                ((shown.advance * size + space) * stretch, 0.0)
            };
            let (x, y) = (shown.shift.0 * size * stretch, shown.shift.1 * size);
            let shown_text = shown.text.is_some();
            let text = shown.text.unwrap_or(std::borrow::Cow::Borrowed("\u{fffd}"));
            let arrow = |x: f64, y: f64| whole.arrow(x, y);
            let glyph = if vertical {
                // The box stands across the line: half an em to either side of its middle.
                let half = 0.5 * size * stretch;
                Glyph {
                    text: text.into(),
                    origin: whole.point(0.0, 0.0),
                    advance: arrow(0.0, shown.advance * size),
                    up: arrow(half, 0.0),
                    down: arrow(-half, 0.0),
                    along: unit(arrow(0.0, -size)),
                    em: length(arrow(0.0, size)) * font.em,
                }
            } else {
                let along = unit(arrow(size * stretch, 0.0));
                // Letters that lean stand in a box that does not: it ends where the advance ends.
                let upright = |height: f64| across(along, arrow(0.0, height * size));
                Glyph {
                    text: text.into(),
                    origin: whole.point(x, y),
                    advance: arrow(shown.advance * size * stretch, 0.0),
                    up: upright(font.ascent),
                    down: upright(font.descent),
                    along,
                    em: length(upright(1.0)) * font.em,
                }
            };
            self.advance(move_by);
            // What has neither text nor width is a stray control character.
            if shown_text || shown.advance != 0.0 {
                // 9.4.4: what a number in a TJ array has to be for the place of the next glyph to stay the same.
                let back = -(shown.advance + space / size) * 1000.0;
                put(glyph, Code { bytes: start..bytes.len().saturating_sub(rest.len()), back })?;
            }
        }
        Ok(())
    }
}

fn length([x, y]: [f64; 2]) -> f64 {
    x.hypot(y)
}

/// The part of an arrow that is at right angles to a direction.
fn across([x, y]: [f64; 2], arrow: [f64; 2]) -> [f64; 2] {
    let height = arrow[1] * x - arrow[0] * y;
    [-y * height, x * height]
}

/// The direction; to the right where there is none.
fn unit(arrow: [f64; 2]) -> [f64; 2] {
    let length = length(arrow);
    if length > 0.0 && length.is_finite() { arrow.map(|part| part / length) } else { [1.0, 0.0] }
}

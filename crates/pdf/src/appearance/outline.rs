//! Text as outlines, for places where a font resource would have to be merged into a page's own resources.

use ttf_parser::{GlyphId, OutlineBuilder};

use super::number::number;
use crate::fonts::{Face, Line};

/// The outlines of one line of text as path operators at `size` points, its baseline from `x`, `y` to the right.
/// The caller paints the path.
pub fn outlined_text(face: Face, text: &str, size: f64, x: f64, y: f64) -> String {
    let mut pen = Pen { content: String::new(), scale: 0.0, x, y, at: (0.0, 0.0) };
    let mut start = x;
    for run in Line::new(face, text).runs() {
        let outlines = run.face.outlines();
        pen.scale = size / f64::from(outlines.units_per_em());
        for glyph in &run.glyphs {
            (pen.x, pen.y) = (start + glyph.x * size / 1000.0, y + glyph.y * size / 1000.0);
            // A space has no outline; nothing is drawn for it.
            let _ = outlines.outline_glyph(GlyphId(glyph.id), &mut pen);
            start += glyph.advance * size / 1000.0;
        }
    }
    pen.content
}

struct Pen {
    content: String,
    scale: f64,
    x: f64,
    y: f64,
    // Where the pen stands, in points.
    at: (f64, f64),
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f64, f64) {
        (self.x + f64::from(x) * self.scale, self.y + f64::from(y) * self.scale)
    }

    fn op(&mut self, points: &[(f64, f64)], operator: &str) {
        for (x, y) in points {
            self.content.push_str(&format!("{} {} ", number(*x), number(*y)));
        }
        self.content.push_str(operator);
        self.content.push('\n');
        self.at = points.last().copied().unwrap_or(self.at);
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.op(&[to], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.op(&[to], "l");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, control, to) = (self.at, self.place(x1, y1), self.place(x, y));
        let toward = |end: (f64, f64)| {
            (end.0 + (control.0 - end.0) * 2.0 / 3.0, end.1 + (control.1 - end.1) * 2.0 / 3.0)
        };
        self.op(&[toward(from), toward(to), to], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let points = [self.place(x1, y1), self.place(x2, y2), self.place(x, y)];
        self.op(&points, "c");
    }

    fn close(&mut self) {
        self.op(&[], "h");
    }
}

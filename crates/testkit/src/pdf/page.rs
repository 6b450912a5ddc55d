//! One page: its boxes, its rotation and its lines of text.

use std::fmt::Write as _;

/// A line of text in Helvetica at a place in user space: points, origin at the bottom left of the unrotated page.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Distance from the left edge, in points.
    pub x: f64,
    /// Distance of the baseline from the bottom edge, in points.
    pub y: f64,
    /// Font size in points.
    pub size: f64,
    /// Whether the line is set in Helvetica-Bold.
    pub bold: bool,
    /// The text. Characters outside Latin-1 are written as `?`, because Helvetica has no others.
    pub text: String,
}

/// A page of a generated document. Sizes in points (1/72 inch).
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) crop: Option<[f64; 4]>,
    pub(super) rotate: i32,
    pub(super) user_unit: Option<f64>,
    pub(super) lines: Vec<Line>,
}

impl Page {
    /// An empty page of `width` x `height` points, not rotated, not cropped.
    #[must_use]
    pub fn new(width: f64, height: f64) -> Page {
        Page { width, height, crop: None, rotate: 0, user_unit: None, lines: Vec::new() }
    }

    /// An empty A4 page (595 x 842 points).
    #[must_use]
    pub fn a4() -> Page {
        Page::new(595.0, 842.0)
    }

    /// An empty US Letter page (612 x 792 points).
    #[must_use]
    pub fn letter() -> Page {
        Page::new(612.0, 792.0)
    }

    /// Shows only the rectangle from (`left`, `bottom`) to (`right`, `top`) of the page (/`CropBox`, user space).
    #[must_use]
    pub fn cropped(mut self, left: f64, bottom: f64, right: f64, top: f64) -> Page {
        self.crop = Some([left, bottom, right, top]);
        self
    }

    /// Turns the page clockwise by `degrees` when it is shown (/Rotate; a multiple of 90, negative ones allowed).
    #[must_use]
    pub fn rotated(mut self, degrees: i32) -> Page {
        self.rotate = degrees;
        self
    }

    /// Makes one unit of user space `unit`/72 inch (/`UserUnit`, ISO 32000-1 table 30).
    #[must_use]
    pub fn user_unit(mut self, unit: f64) -> Page {
        self.user_unit = Some(unit);
        self
    }

    /// Adds a line of Helvetica, 11 points, its baseline at (`x`, `y`) in user space.
    #[must_use]
    pub fn line(self, x: f64, y: f64, text: &str) -> Page {
        self.with(Line { x, y, size: 11.0, bold: false, text: text.to_owned() })
    }

    /// Adds a line with its own size and weight.
    #[must_use]
    pub fn with(mut self, line: Line) -> Page {
        self.lines.push(line);
        self
    }

    /// The page's content stream: one text object for each line.
    pub(super) fn content(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for line in &self.lines {
            let font = if line.bold { "F2" } else { "F1" };
            out.extend_from_slice(
                format!("BT /{font} {} Tf {} {} Td (", line.size, line.x, line.y).as_bytes(),
            );
            out.extend(literal(&line.text));
            out.extend_from_slice(b") Tj ET\n");
        }
        out
    }

    /// The page dictionary's own entries (boxes and rotation), without /Type, /Parent, /Contents and /Resources.
    pub(super) fn boxes(&self) -> String {
        let mut out = format!("/MediaBox [0 0 {} {}]", self.width, self.height);
        if let Some([left, bottom, right, top]) = self.crop {
            // A String never refuses to be written to.
            let _ = write!(out, " /CropBox [{left} {bottom} {right} {top}]");
        }
        if self.rotate != 0 {
            let _ = write!(out, " /Rotate {}", self.rotate);
        }
        if let Some(unit) = self.user_unit {
            let _ = write!(out, " /UserUnit {unit}");
        }
        out
    }
}

/// The inside of a literal string (ISO 32000-1 7.3.4.2) in `WinAnsiEncoding`, which agrees with Latin-1 where we use it.
pub(super) fn literal(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for character in text.chars() {
        let byte = u8::try_from(u32::from(character)).unwrap_or(b'?');
        if matches!(byte, b'(' | b')' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out
}

//! The box that an appearance fills, and parts of it.

use crate::geometry::{Page, Rect};

/// A box on a page as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Width in points, as shown.
    pub width: f64,
    /// Height in points, as shown.
    pub height: f64,
    /// The /Matrix of the form: turns what was drawn upright against the page's /Rotate (ISO 32000-2 12.5.5).
    pub matrix: [f64; 6],
}

/// A part of a box: points, origin in the lower left corner of the box, y goes up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left side.
    pub x: f64,
    /// Lower side.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Frame {
    /// The box of `rect` on `page`.
    pub fn on(page: &Page, rect: Rect) -> Self {
        Self::turned(rect.width, rect.height, page.rotate)
    }

    /// A box of this size, as shown, on a page that is turned clockwise by 0, 90, 180 or 270 degrees.
    pub fn turned(width: f64, height: f64, rotate: u16) -> Self {
        // No translation: 12.5.5 moves the result into /Rect.
        let matrix = match rotate {
            90 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            180 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            270 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        };
        Self { width, height, matrix }
    }

    /// A box on a page that is not rotated.
    pub fn upright(width: f64, height: f64) -> Self {
        Self::turned(width, height, 0)
    }

    /// The whole box.
    pub fn area(&self) -> Area {
        Area { x: 0.0, y: 0.0, width: self.width, height: self.height }
    }
}

impl Area {
    /// The area without a margin on every side. A margin takes at most a quarter of each measure, so that something
    /// is left of the smallest box.
    pub fn inset(self, margin: f64) -> Self {
        let (across, up) = (margin.min(self.width / 4.0), margin.min(self.height / 4.0));
        Self {
            x: self.x + across,
            y: self.y + up,
            width: self.width - 2.0 * across,
            height: self.height - 2.0 * up,
        }
    }

    /// The largest scale at which something of `width` x `height` fits; 0 where the area is empty.
    pub(super) fn scale_for(self, width: f64, height: f64) -> f64 {
        let across = if width > 0.0 { self.width / width } else { f64::INFINITY };
        let up = if height > 0.0 { self.height / height } else { f64::INFINITY };
        let scale = across.min(up);
        if scale.is_finite() { scale.max(0.0) } else { 0.0 }
    }
}

//! A glyph where it is shown.

/// A glyph on the page as shown: points, origin top left, y downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// What it says; several letters for a ligature. U+FFFD where the font does not tell.
    pub(super) text: Box<str>,
    /// Where its box begins, on the baseline.
    pub(super) origin: [f64; 2],
    /// Along the baseline to where its box ends.
    pub(super) advance: [f64; 2],
    /// From the baseline to the upper side of its box.
    pub(super) up: [f64; 2],
    /// From the baseline to the lower side.
    pub(super) down: [f64; 2],
    /// The direction of the line, of length 1.
    pub(super) along: [f64; 2],
    /// One em, in points, measured along the line.
    pub(super) em: f64,
}

impl Glyph {
    /// The corners of that part of its box which lies between two parts of its advance (0 to 1).
    pub(super) fn corners(&self, from: f64, to: f64) -> [[f64; 2]; 4] {
        let at = |part: f64, side: [f64; 2]| {
            [
                self.origin[0] + self.advance[0] * part + side[0],
                self.origin[1] + self.advance[1] * part + side[1],
            ]
        };
        [at(from, self.up), at(from, self.down), at(to, self.up), at(to, self.down)]
    }

    /// Where it begins, measured along the line.
    pub(super) fn start(&self) -> f64 {
        self.along[0] * self.origin[0] + self.along[1] * self.origin[1]
    }

    /// Where it ends, measured along the line.
    pub(super) fn end(&self) -> f64 {
        self.start() + self.along[0] * self.advance[0] + self.along[1] * self.advance[1]
    }

    /// The distance of the baseline, measured downwards from the line through the origin of the page.
    pub(super) fn baseline(&self) -> f64 {
        self.along[0] * self.origin[1] - self.along[1] * self.origin[0]
    }

    pub(super) fn is_finite(&self) -> bool {
        [self.origin, self.advance, self.up, self.down].as_flattened().iter().all(|number| number.abs() < 1e9)
    }
}

//! Lengths and places on a page.

use serde::{Deserialize, Serialize};

/// A length in thousandths of a point (1/72 inch). Whole numbers, so that an event reads the same in every
/// language and two places can be compared exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub i64);

/// No page of a PDF is wider or higher than this (ISO 32000-2, Annex C: 14 400 units, UserUnit up to 75 000
/// is not met in practice); it keeps sums far from overflow.
const FARTHEST: f64 = 10_000_000.0;

impl Points {
    /// From points; `None` for what is not a number or no length a page can have.
    pub fn new(points: f64) -> Option<Self> {
        if !points.is_finite() || points.abs() > FARTHEST {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "within ±10^10 after the check above")]
        Some(Self((points * 1000.0).round() as i64))
    }

    /// In points.
    pub fn get(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "within ±10^10, far below 2^53")]
        let thousandths = self.0 as f64;
        thousandths / 1000.0
    }
}

/// A place on a page: origin top left of the page as it is shown (rotation and CropBox taken into account).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rect {
    /// From the left edge.
    #[serde(rename = "x_millipoints")]
    pub x: Points,
    /// From the top edge.
    #[serde(rename = "y_millipoints")]
    pub y: Points,
    /// Width; zero together with the height for an invisible signature.
    #[serde(rename = "width_millipoints")]
    pub width: Points,
    /// Height.
    #[serde(rename = "height_millipoints")]
    pub height: Points,
}

impl Rect {
    /// From four lengths in points; `None` when one of them is no length.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Option<Self> {
        Some(Self {
            x: Points::new(x)?,
            y: Points::new(y)?,
            width: Points::new(width)?,
            height: Points::new(height)?,
        })
    }

    /// A place of no size: a signature there is not shown.
    pub fn is_invisible(&self) -> bool {
        self.width == Points(0) && self.height == Points(0)
    }

    /// The part of it that lies on a page of this size; `None` where nothing of it does.
    pub fn within(&self, width: Points, height: Points) -> Option<Self> {
        let part = |start: Points, extent: Points, whole: Points| {
            let end = start.0.saturating_add(extent.0).min(whole.0);
            let start = start.0.max(0);
            (end > start).then(|| (Points(start), Points(end.saturating_sub(start))))
        };
        let (x, width) = part(self.x, self.width, width)?;
        let (y, height) = part(self.y, self.height, height)?;
        Some(Self { x, y, width, height })
    }

    /// Whether it lies on a page of this size, edges included.
    pub fn lies_on(&self, width: Points, height: Points) -> bool {
        let fits = |start: Points, extent: Points, whole: Points| {
            start >= Points(0) && extent >= Points(0) && start.0.saturating_add(extent.0) <= whole.0
        };
        fits(self.x, self.width, width) && fits(self.y, self.height, height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_kept_to_the_thousandth_and_what_is_no_length_is_none() {
        assert_eq!(Points::new(72.0005), Some(Points(72_001)));
        assert_eq!(Points(72_001).get(), 72.001);
        assert_eq!(Points::new(10_000_000.0), Some(Points(10_000_000_000)));
        assert_eq!(Points::new(10_000_001.0), None);
        assert_eq!(Points::new(-10_000_001.0), None);
        assert_eq!(Points::new(f64::NAN), None);
        assert_eq!(Points::new(f64::INFINITY), None);
    }

    #[test]
    fn a_place_may_touch_the_edges_of_its_page_and_not_cross_them() {
        let (width, height) = (Points(100_000), Points(50_000));
        let lies = |x, y, w, h| Rect::new(x, y, w, h).unwrap().lies_on(width, height);
        assert!(lies(0.0, 0.0, 100.0, 50.0));
        assert!(!lies(0.001, 0.0, 100.0, 50.0));
        assert!(!lies(0.0, 0.001, 100.0, 50.0));
        assert!(!lies(-0.001, 0.0, 10.0, 10.0));
        assert!(!lies(0.0, -0.001, 10.0, 10.0));
        assert!(!lies(10.0, 10.0, -1.0, 10.0));
        assert!(!lies(10.0, 10.0, 10.0, -1.0));
    }

    #[test]
    fn the_part_of_a_place_that_lies_on_the_page_is_kept() {
        let (width, height) = (Points(100_000), Points(50_000));
        let within = |x, y, w, h| Rect::new(x, y, w, h).unwrap().within(width, height);
        assert_eq!(within(1.0, 2.0, 3.0, 4.0), Rect::new(1.0, 2.0, 3.0, 4.0));
        assert_eq!(within(-1.0, -2.0, 3.0, 4.0), Rect::new(0.0, 0.0, 2.0, 2.0));
        assert_eq!(within(99.0, 49.0, 3.0, 4.0), Rect::new(99.0, 49.0, 1.0, 1.0));
        assert_eq!(within(0.0, 0.0, 100.0, 50.0), Rect::new(0.0, 0.0, 100.0, 50.0));
        for outside in [(100.0, 0.0), (0.0, 50.0), (-3.0, 0.0), (0.0, -4.0)] {
            assert_eq!(within(outside.0, outside.1, 3.0, 4.0), None, "{outside:?}");
        }
    }

    #[test]
    fn only_a_place_without_width_and_height_is_invisible() {
        assert!(Rect::new(5.0, 5.0, 0.0, 0.0).unwrap().is_invisible());
        assert!(!Rect::new(5.0, 5.0, 1.0, 0.0).unwrap().is_invisible());
        assert!(!Rect::new(5.0, 5.0, 0.0, 1.0).unwrap().is_invisible());
    }
}

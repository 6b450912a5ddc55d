//! Transformations of the plane (8.3.4).

use crate::geometry::Page;

/// `[a b c d e f]`: x' = a x + c y + e, y' = b x + d y + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) const fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// From default user space to the page as shown: points, origin top left, y downwards.
    pub(super) fn shown(page: &Page) -> Self {
        let [left, bottom, right, top] = page.crop_box;
        let unit = page.user_unit;
        let [a, b, c, d, e, f] = match page.rotate {
            90 => [0.0, 1.0, 1.0, 0.0, -bottom, -left],
            180 => [-1.0, 0.0, 0.0, 1.0, right, -bottom],
            270 => [0.0, -1.0, -1.0, 0.0, top, right],
            _ => [1.0, 0.0, 0.0, -1.0, -left, top],
        };
        Self([a * unit, b * unit, c * unit, d * unit, e * unit, f * unit])
    }

    /// First `self`, then `after`.
    pub(super) fn then(self, after: Self) -> Self {
        let ([a, b, c, d, e, f], [k, l, m, n, o, p]) = (self.0, after.0);
        Self([
            a * k + b * m,
            a * l + b * n,
            c * k + d * m,
            c * l + d * n,
            e * k + f * m + o,
            e * l + f * n + p,
        ])
    }

    pub(super) fn point(self, x: f64, y: f64) -> [f64; 2] {
        let [a, b, c, d, e, f] = self.0;
        [a * x + c * y + e, b * x + d * y + f]
    }

    /// Where an arrow leads, wherever it starts.
    pub(super) fn arrow(self, x: f64, y: f64) -> [f64; 2] {
        let [a, b, c, d, _, _] = self.0;
        [a * x + c * y, b * x + d * y]
    }

    pub(super) fn is_finite(self) -> bool {
        self.0.iter().all(|number| number.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dictionary, ObjectId, Rect};

    #[test]
    fn a_point_of_user_space_is_where_the_page_says_it_is_shown() {
        for rotate in [0, 90, 180, 270] {
            let page = Page {
                number: 1,
                id: ObjectId::new(1),
                dictionary: Dictionary::new(),
                resources: Dictionary::new(),
                width: 0.0,
                height: 0.0,
                rotate,
                crop_box: [10.0, 20.0, 210.0, 120.0],
                user_unit: 2.0,
            };
            let Rect { x, y, .. } = page.from_user_space([33.0, 44.0, 33.0, 44.0]);
            assert_eq!(Matrix::shown(&page).point(33.0, 44.0), [x, y], "{rotate}");
        }
    }
}

//! A page as it is shown: CropBox, /Rotate and UserUnit taken into account.

use crate::object::{Dictionary, ObjectId};

/// A rectangle on a page as it is shown: points (1/72 in), origin in the TOP LEFT corner, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Rect {
    /// Distance of the left side from the left side of the page.
    pub x: f64,
    /// Distance of the upper side from the upper side of the page.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Its object.
    pub id: ObjectId,
    /// Its own dictionary, as written (inherited attributes are not in it).
    pub dictionary: Dictionary,
    /// Its resources, resolved, own or inherited; empty where there are none.
    pub resources: Dictionary,
    /// Width in points as it is shown, that is, after rotation and with UserUnit.
    pub width: f64,
    /// Height in points as it is shown.
    pub height: f64,
    /// Clockwise rotation when shown: 0, 90, 180 or 270.
    pub rotate: u16,
    /// The CropBox in default user space: left, bottom, right, top.
    pub crop_box: [f64; 4],
    /// Points per unit of user space (14.11.1), 1 nearly always.
    pub user_unit: f64,
}

impl Page {
    /// From the page as shown to default user space: left, bottom, right, top, as an annotation's /Rect wants it.
    #[must_use]
    pub fn to_user_space(&self, rect: Rect) -> [f64; 4] {
        let unit = self.user_unit;
        let (x0, y0) = (rect.x / unit, rect.y / unit);
        let (x1, y1) = ((rect.x + rect.width) / unit, (rect.y + rect.height) / unit);
        let [left, bottom, right, top] = self.crop_box;
        // Rotation is clockwise: at 90 the left side of the box becomes the upper side of the page shown.
        match self.rotate {
            90 => [left + y0, bottom + x0, left + y1, bottom + x1],
            180 => [right - x1, bottom + y0, right - x0, bottom + y1],
            270 => [right - y1, top - x1, right - y0, top - x0],
            _ => [left + x0, top - y1, left + x1, top - y0],
        }
    }

    /// From default user space (any two opposite corners) to the page as shown.
    #[must_use]
    pub fn from_user_space(&self, corners: [f64; 4]) -> Rect {
        let [a, b, c, d] = corners;
        let (x0, x1, y0, y1) = (a.min(c), a.max(c), b.min(d), b.max(d));
        let [left, bottom, right, top] = self.crop_box;
        let (x, y, width, height) = match self.rotate {
            90 => (y0 - bottom, x0 - left, y1 - y0, x1 - x0),
            180 => (right - x1, y0 - bottom, x1 - x0, y1 - y0),
            270 => (top - y1, right - x1, y1 - y0, x1 - x0),
            _ => (x0 - left, top - y1, x1 - x0, y1 - y0),
        };
        let unit = self.user_unit;
        Rect { x: x * unit, y: y * unit, width: width * unit, height: height * unit }
    }

    /// The /Matrix of an appearance whose /BBox is `[0 0 width height]` of the box as shown, so that it stands
    /// upright on the rotated page. 12.5.5 moves and scales the result into /Rect, so it carries no translation.
    #[must_use]
    pub fn upright_matrix(&self) -> [f64; 6] {
        match self.rotate {
            90 => [0.0, 1.0, -1.0, 0.0, 0.0, 0.0],
            180 => [-1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
            270 => [0.0, -1.0, 1.0, 0.0, 0.0, 0.0],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rotate: u16, user_unit: f64) -> Page {
        let (width, height) = if rotate.is_multiple_of(180) { (200.0, 100.0) } else { (100.0, 200.0) };
        Page {
            number: 1,
            id: ObjectId::new(1),
            dictionary: Dictionary::new(),
            resources: Dictionary::new(),
            width: width * user_unit,
            height: height * user_unit,
            rotate,
            crop_box: [10.0, 20.0, 210.0, 120.0],
            user_unit,
        }
    }

    #[test]
    fn the_upper_left_corner_as_shown_is_another_corner_of_the_box_at_each_rotation() {
        let corner = Rect { x: 0.0, y: 0.0, width: 30.0, height: 5.0 };
        assert_eq!(page(0, 1.0).to_user_space(corner), [10.0, 115.0, 40.0, 120.0]);
        assert_eq!(page(90, 1.0).to_user_space(corner), [10.0, 20.0, 15.0, 50.0]);
        assert_eq!(page(180, 1.0).to_user_space(corner), [180.0, 20.0, 210.0, 25.0]);
        assert_eq!(page(270, 1.0).to_user_space(corner), [205.0, 90.0, 210.0, 120.0]);
    }

    #[test]
    fn user_space_and_back_is_where_one_was() {
        let rect = Rect { x: 7.0, y: 11.0, width: 13.0, height: 17.0 };
        for rotate in [0, 90, 180, 270] {
            for unit in [1.0, 2.0] {
                let page = page(rotate, unit);
                assert_eq!(page.from_user_space(page.to_user_space(rect)), rect);
            }
        }
    }
}

//! The box of a widget that is already there.

use super::edit::{dictionary, lookup};
use crate::appearance::Frame;
use crate::error::Error;
use crate::limits::TREE_DEPTH_MAX;
use crate::object::{Dictionary, Object};
use crate::revision::Revision;

/// The box of a widget as shown, from its /Rect and the /Rotate and /UserUnit of its page (/P); none where it is
/// invisible, that is, has no width or height. `otherwise` is the page's rotation where the widget names no page.
pub(super) fn frame_of(
    revision: &Revision<'_>,
    widget: &Dictionary,
    otherwise: u16,
) -> Result<Option<Frame>, Error> {
    let Object::Array(rect) = lookup(revision, widget, "Rect")? else { return Ok(None) };
    let corners: Vec<f64> = rect.iter().filter_map(Object::as_number).collect();
    let &[left, bottom, right, top] = corners.as_slice() else { return Ok(None) };
    let (rotate, unit) = match widget.get("P").and_then(Object::as_reference) {
        Some(page) => turn(revision, &dictionary(revision, page)?)?,
        None => (otherwise, 1.0),
    };
    let (across, up) = ((right - left).abs() * unit, (top - bottom).abs() * unit);
    let (width, height) = if rotate % 180 == 0 { (across, up) } else { (up, across) };
    Ok((width > 0.0 && height > 0.0).then(|| Frame::turned(width, height, rotate)))
}

/// /Rotate, own or inherited (ISO 32000-2 7.7.3.4), and /UserUnit.
fn turn(revision: &Revision<'_>, page: &Dictionary) -> Result<(u16, f64), Error> {
    let unit = lookup(revision, page, "UserUnit")?.as_number().filter(|unit| *unit > 0.0).unwrap_or(1.0);
    let mut node = page.clone();
    for _ in 0..TREE_DEPTH_MAX {
        if let Some(rotate) = lookup(revision, &node, "Rotate")?.as_integer() {
            return Ok((u16::try_from(rotate.rem_euclid(360)).unwrap_or(0), unit));
        }
        match lookup(revision, &node, "Parent")? {
            Object::Dictionary(parent) => node = parent,
            _ => break,
        }
    }
    Ok((0, unit))
}

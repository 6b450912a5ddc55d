//! The lines under a signature: who, when.

use super::canvas::{Canvas, GREY};
use super::frame::Area;
use crate::fonts::Face;

/// From baseline to baseline, in ems.
const LEADING: f64 = 1.25;
/// Between the rule and the capitals of the first line, in ems.
const UNDER_RULE: f64 = 0.3;
/// The part of the box that captions may take.
const SHARE: f64 = 0.45;

/// Draws those of `lines` that have room and can be drawn, under a thin rule, and gives the area that is left above
/// them. A caption only repeats what the signature itself says, so a line is left out rather than refused: where the
/// faces lack a letter, and, from the last one on, where the box is too low for 4 points.
pub(super) fn caption(canvas: &mut Canvas<'_>, area: Area, lines: &[String]) -> Area {
    let mut lines: Vec<&String> =
        lines.iter().filter(|line| !line.trim().is_empty() && Face::Text.covers(line)).collect();
    let room = area.height * SHARE;
    lines.truncate(((room / 4.0 - UNDER_RULE) / LEADING) as usize);
    if lines.is_empty() {
        return area;
    }
    let widest = lines.iter().map(|line| Face::Text.width(line, 1.0)).fold(0.0, f64::max);
    let ems = lines.len() as f64 * LEADING + UNDER_RULE;
    let size = (room / ems).min(area.width / widest).clamp(4.0, 7.0);
    let height = ems * size;

    canvas.op(&[], "q");
    canvas.clip(area);
    canvas.stroke_colour(GREY);
    canvas.fill_colour(GREY);
    canvas.op(&[0.4], "w");
    canvas.op(&[area.x, area.y + height], "m");
    canvas.op(&[area.x + area.width, area.y + height], "l S");
    for (index, line) in lines.iter().enumerate() {
        let baseline = area.y + height - (UNDER_RULE + 0.72 + index as f64 * LEADING) * size;
        canvas.text(Face::Text, size, area.x, baseline, line);
    }
    canvas.op(&[], "Q");
    Area { y: area.y + height + 1.0, height: area.height - height - 1.0, ..area }
}

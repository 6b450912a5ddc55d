//! Rows on pages, and pages on paper.

use super::Report;
use super::rows::{COLUMN, Row};
use crate::appearance::{Canvas, Shared, deflated};
use crate::fonts::{Face, spelled_out, wrap};
use crate::new_file::{NewFile, PAPER};
use crate::object::{Dictionary, Object};

const LEFT: f64 = (PAPER[0] - COLUMN) / 2.0;
const TOP: f64 = PAPER[1] - 56.0;
const BOTTOM: f64 = 68.0;
const ROOM: f64 = TOP - BOTTOM;
const FOOT: f64 = 40.0;
const FOOT_SIZE: f64 = 8.0;
const GREY: [f64; 3] = [0.38, 0.38, 0.38];
const LIGHT: [f64; 3] = [0.82, 0.82, 0.82];

/// Breaks the column into pages. Rows that belong together go over together, unless they fill more than a page.
pub(super) fn break_pages(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut pages = vec![Vec::new()];
    let mut room = ROOM;
    for group in groups(rows) {
        let height: f64 = group.iter().map(|row| row.height).sum();
        if height > room && height <= ROOM {
            turn_page(&mut pages, &mut room);
        }
        for row in group {
            if row.height > room {
                turn_page(&mut pages, &mut room);
            }
            room -= row.height;
            if let Some(page) = pages.last_mut() {
                page.push(row);
            }
        }
    }
    pages
}

fn turn_page(pages: &mut Vec<Vec<Row>>, room: &mut f64) {
    if pages.last().is_some_and(|page| !page.is_empty()) {
        pages.push(Vec::new());
        *room = ROOM;
    }
}

fn groups(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    let mut open = false;
    for row in rows {
        let stays_open = row.with_next;
        match groups.last_mut() {
            Some(group) if open => group.push(row),
            _ => groups.push(vec![row]),
        }
        open = stays_open;
    }
    groups
}

/// The page objects' dictionaries, without /Parent.
pub(super) fn draw(
    file: &mut NewFile,
    shared: &mut Shared,
    report: &Report,
    pages: &[Vec<Row>],
) -> Vec<Dictionary> {
    let mut drawn = Vec::with_capacity(pages.len());
    for (index, rows) in pages.iter().enumerate() {
        let mut canvas = Canvas::new(file, shared);
        draw_rows(&mut canvas, rows);
        draw_foot(&mut canvas, report, index + 1, pages.len());
        let (content, resources) = canvas.into_parts();
        let stream = file.add(Object::Stream(deflated(Dictionary::new(), content.as_bytes())));
        drawn.push(Dictionary::new().with("Resources", resources).with("Contents", stream));
    }
    drawn
}

fn draw_rows(canvas: &mut Canvas<'_>, rows: &[Row]) {
    let mut top = TOP;
    for row in rows {
        if row.ruled {
            rule(canvas, top + 1.5);
        }
        for run in &row.runs {
            canvas.fill_colour(if run.style.grey { GREY } else { [0.0; 3] });
            let baseline = top - run.style.size * 1.1;
            canvas.text(run.style.face, run.style.size, LEFT + run.x, baseline, &run.text);
        }
        top -= row.height;
    }
}

fn draw_foot(canvas: &mut Canvas<'_>, report: &Report, page: usize, pages: usize) {
    rule(canvas, FOOT + FOOT_SIZE * 1.8);
    canvas.fill_colour(GREY);
    let label = report.page_label.replace("{pages}", &pages.to_string()).replace("{page}", &page.to_string());
    let label = spelled_out(Face::Text, &label);
    // A footer that is too long for its line must not run into the page number.
    let footer = wrap(Face::Text, &spelled_out(Face::Text, &report.footer), FOOT_SIZE, COLUMN * 0.75);
    let right = LEFT + COLUMN - Face::Text.width(&label, FOOT_SIZE);
    canvas.text(Face::Text, FOOT_SIZE, LEFT, FOOT, footer.first().map_or("", String::as_str));
    canvas.text(Face::Text, FOOT_SIZE, right, FOOT, &label);
}

fn rule(canvas: &mut Canvas<'_>, y: f64) {
    canvas.stroke_colour(LIGHT);
    canvas.op(&[0.5], "w");
    canvas.op(&[LEFT, y], "m");
    canvas.op(&[LEFT + COLUMN, y], "l S");
}

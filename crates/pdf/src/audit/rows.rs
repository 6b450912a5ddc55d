//! The report as a column of rows, each one line high.

use super::{Entry, Part, Report};
use crate::fonts::{Face, spelled_out, wrap};

/// Width of the column in points.
pub(super) const COLUMN: f64 = 483.0;
/// Where values and texts start, to the right of their names and times.
const INDENT: f64 = 128.0;
const LEADING: f64 = 1.4;

const BODY: Style = Style { face: Face::Text, size: 9.5, grey: false };
const NAME: Style = Style { face: Face::Text, size: 9.5, grey: true };
const SMALL: Style = Style { face: Face::Text, size: 8.0, grey: true };
const HEADING: Style = Style { face: Face::Bold, size: 12.5, grey: false };
const TITLE: Style = Style { face: Face::Bold, size: 20.0, grey: false };
const SUBTITLE: Style = Style { face: Face::Text, size: 11.0, grey: true };

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) face: Face,
    pub(super) size: f64,
    pub(super) grey: bool,
}

/// A piece of text in a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    /// From the left side of the column.
    pub(super) x: f64,
    pub(super) style: Style,
    pub(super) text: String,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    pub(super) height: f64,
    pub(super) runs: Vec<Run>,
    /// A thin rule across the column at its upper side.
    pub(super) ruled: bool,
    /// No page break between this row and the next.
    pub(super) with_next: bool,
}

pub(super) fn rows(report: &Report) -> Vec<Row> {
    let mut rows = Vec::new();
    paragraph(&mut rows, &report.title, TITLE);
    if !report.subtitle.is_empty() {
        paragraph(&mut rows, &report.subtitle, SUBTITLE);
    }
    gap(&mut rows, 8.0);
    for part in &report.parts {
        match part {
            Part::Heading(text) => heading(&mut rows, text),
            Part::Paragraph(text) => {
                paragraph(&mut rows, text, BODY);
                gap(&mut rows, 5.0);
            }
            Part::Table(pairs) => {
                pairs.iter().for_each(|(name, value)| beside(&mut rows, name, NAME, value, BODY));
                gap(&mut rows, 5.0);
            }
            Part::Events(entries) => entries.iter().for_each(|entry| event(&mut rows, entry)),
        }
    }
    rows
}

fn heading(rows: &mut Vec<Row>, text: &str) {
    gap(rows, 12.0);
    let first = rows.len();
    paragraph(rows, text, HEADING);
    rows.push(Row { height: 3.0, ..Row::default() });
    rows.iter_mut().skip(first).for_each(|row| row.with_next = true);
}

fn paragraph(rows: &mut Vec<Row>, text: &str, style: Style) {
    for text in lines(text, style, COLUMN) {
        rows.push(Row {
            height: style.size * LEADING,
            runs: vec![Run { x: 0.0, style, text }],
            ..Row::default()
        });
    }
}

/// Name on the left, value on the right, each as many lines as it needs.
fn beside(rows: &mut Vec<Row>, left: &str, left_style: Style, right: &str, right_style: Style) {
    let mut names = lines(left, left_style, INDENT - 10.0).into_iter();
    let mut values = lines(right, right_style, COLUMN - INDENT).into_iter();
    let mut ruled = true;
    loop {
        let runs: Vec<Run> = [
            names.next().map(|text| Run { x: 0.0, style: left_style, text }),
            values.next().map(|text| Run { x: INDENT, style: right_style, text }),
        ]
        .into_iter()
        .flatten()
        .collect();
        if runs.is_empty() {
            return;
        }
        rows.push(Row { height: right_style.size * LEADING + 1.5, runs, ruled, with_next: false });
        ruled = false;
    }
}

fn event(rows: &mut Vec<Row>, entry: &Entry) {
    let first = rows.len();
    beside(rows, &entry.time, NAME, &entry.text, BODY);
    for detail in &entry.details {
        for text in lines(detail, SMALL, COLUMN - INDENT) {
            rows.push(Row {
                height: SMALL.size * LEADING,
                runs: vec![Run { x: INDENT, style: SMALL, text }],
                ..Row::default()
            });
        }
    }
    // The first lines of an event stay together; a long one may break after them.
    rows.iter_mut().skip(first).take(2).for_each(|row| row.with_next = true);
    if let Some(last) = rows.last_mut() {
        last.with_next = false;
        last.height += 3.0;
    }
}

fn gap(rows: &mut Vec<Row>, height: f64) {
    rows.push(Row { height, ..Row::default() });
}

fn lines(text: &str, style: Style, width: f64) -> Vec<String> {
    let spelled: Vec<String> = text.split('\n').map(|line| spelled_out(style.face, line)).collect();
    wrap(style.face, &spelled.join("\n"), style.size, width)
}

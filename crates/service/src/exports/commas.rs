//! A table of values as CSV (RFC 4180), with nothing in it that a program of tables would compute.

use super::columns::Cell;
use super::spool::Spool;
use super::writable;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};

pub(super) fn write(spool: Spool) -> io::Result<File> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    // A byte order mark: without it Excel takes UTF-8 for something else.
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(spool.headings().iter().map(|it| defused(&writable(it))))?;
    for row in spool.rows() {
        csv.write_record(row?.iter().map(text))?;
    }
    let out = csv.into_inner().map_err(|error| io::Error::other(error.error().to_string()))?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Day(text) => defused(&writable(text)),
        Cell::Number(number) => number.clone(),
        Cell::Ticked(ticked) => ticked.to_string(),
    }
}

/// A text that no program of tables takes for a formula: an apostrophe stands before what would begin one (OWASP, "CSV
/// injection"), at the start and wherever a program that separates by semicolons or tabs would see the start of a cell.
fn defused(text: &str) -> String {
    let mut defused = String::with_capacity(text.len() + 1);
    let mut before = None;
    for it in text.chars() {
        let starts_cell = matches!(before, None | Some(';' | '\t' | '\r' | '\n'));
        let starts_formula = matches!(it, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
        // A tab or a return at the very start is skipped by some, and the formula behind it is computed.
        if starts_cell && (starts_formula || before.is_none() && matches!(it, '\t' | '\r' | '\n')) {
            defused.push('\'');
        }
        defused.push(it);
        before = Some(it);
    }
    defused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_begin_a_formula_stands_behind_an_apostrophe_and_all_else_stays_as_it_is() {
        for (typed, written) in [
            ("=1+1", "'=1+1"),
            ("+33 6", "'+33 6"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1+1", "'\t'=1+1"),
            ("\r=1+1", "'\r'=1+1"),
            ("\n=1+1", "'\n'=1+1"),
            ("＝1+1", "'＝1+1"),
            ("a;=1+1", "a;'=1+1"),
            ("a\n=1+1", "a\n'=1+1"),
            ("ada@example.org", "ada@example.org"),
            ("a - b = c", "a - b = c"),
            ("a\tb", "a\tb"),
            ("", ""),
        ] {
            assert_eq!(defused(typed), written, "{typed:?}");
        }
    }

    #[test]
    fn a_number_of_a_number_field_stays_a_number() {
        assert_eq!(text(&Cell::Number("-5".into())), "-5");
        assert_eq!(text(&Cell::Text("-5".into())), "'-5");
        assert_eq!(text(&Cell::Ticked(true)), "true");
        assert_eq!(text(&Cell::Text("a\u{0}b".into())), "ab");
    }
}

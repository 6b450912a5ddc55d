//! A CSV or XLSX file becomes rows of texts, within limits: it comes from outside.

use crate::error::{Class, Error};
use calamine::{DataRef, Reader, Xlsx};
use std::io::{Cursor, Read};

/// A list has so many rows at most, its heading apart.
pub(super) const ROWS_MAX: usize = 20_000;
/// A row has so many cells at most.
const COLUMNS_MAX: usize = 300;
/// A cell has so many bytes at most.
const CELL_BYTES_MAX: usize = 40_000;
/// A sheet unpacks to so many bytes at most: a few of them can stand for a great many.
const UNPACKED_BYTES_MAX: u64 = 96 << 20;
/// All cells together have so many bytes at most.
const TABLE_BYTES_MAX: usize = 64 << 20;

/// A row, with the number that the file gives it: the heading is 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) number: i64,
    pub(super) cells: Vec<String>,
}

/// The lines of a file that are not empty, the heading first.
pub(super) fn read(file: &[u8]) -> Result<Vec<Line>, Error> {
    let lines = if file.starts_with(b"PK\x03\x04") { sheet(file)? } else { commas(file)? };
    let mut lines: Vec<Line> =
        lines.into_iter().filter(|it| it.cells.iter().any(|cell| !cell.is_empty())).collect();
    if lines.first().is_none_or(|it| it.number != 1) || lines.len() < 2 {
        return Err(refused(
            "list_empty",
            "The list holds no rows; its first line names the columns, and each further one is one to send.",
        ));
    }
    if lines.len() > ROWS_MAX + 1 {
        return Err(too_long());
    }
    let width = lines.iter().map(|it| it.cells.len()).max().unwrap_or_default();
    if width > COLUMNS_MAX {
        return Err(too_wide());
    }
    for line in &mut lines {
        line.cells.resize(width, String::new());
    }
    Ok(lines)
}

fn refused(code: &'static str, sentence: impl Into<String>) -> Error {
    Error::Wrong { class: Class::Unprocessable, code, sentence: sentence.into() }
}

fn too_much(code: &'static str, sentence: impl Into<String>) -> Error {
    Error::Wrong { class: Class::TooLarge, code, sentence: sentence.into() }
}

fn too_long() -> Error {
    too_much("list_too_long", format!("The list has more than {ROWS_MAX} rows; split it."))
}

fn too_wide() -> Error {
    refused("list_too_wide", format!("The list has more than {COLUMNS_MAX} columns; take some out."))
}

fn too_large() -> Error {
    too_much("list_too_large", "The list holds more text than a list can; split it.")
}

fn unreadable() -> Error {
    refused(
        "list_unreadable",
        "The list cannot be read; save it as CSV in UTF-8, or as XLSX, and send it again.",
    )
}

/// What has been gathered, within the limits.
#[derive(Default)]
struct Gathered {
    lines: Vec<Line>,
    bytes: usize,
}

impl Gathered {
    fn put(&mut self, number: i64, column: usize, text: &str) -> Result<(), Error> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if column >= COLUMNS_MAX {
            return Err(too_wide());
        }
        self.bytes += text.len() + 24;
        if text.len() > CELL_BYTES_MAX || self.bytes > TABLE_BYTES_MAX {
            return Err(too_large());
        }
        if self.lines.last().is_none_or(|it| it.number != number) {
            if self.lines.len() > ROWS_MAX {
                return Err(too_long());
            }
            self.lines.push(Line { number, cells: Vec::new() });
        }
        if let Some(line) = self.lines.last_mut() {
            if line.cells.len() <= column {
                line.cells.resize(column + 1, String::new());
            }
            if let Some(cell) = line.cells.get_mut(column) {
                text.clone_into(cell);
            }
        }
        Ok(())
    }
}

fn commas(file: &[u8]) -> Result<Vec<Line>, Error> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let text = std::str::from_utf8(file).map_err(|_| unreadable())?;
    if text.contains('\0') {
        return Err(unreadable());
    }
    // What separates the columns differs with the country of the program that wrote the file.
    let heading = text.lines().next().unwrap_or_default();
    let most = |it: &u8| heading.bytes().filter(|byte| byte == it).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(most).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut gathered = Gathered::default();
    let mut number = 0;
    for record in reader.records() {
        let record = record.map_err(|_| unreadable())?;
        // As a sheet counts them: a cell of several lines is one row there. Empty lines the reader leaves out.
        number += 1;
        for (column, cell) in record.iter().enumerate() {
            gathered.put(number, column, cell)?;
        }
    }
    Ok(gathered.lines)
}

fn sheet(file: &[u8]) -> Result<Vec<Line>, Error> {
    unpacks_within_limits(file)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).map_err(|_| unreadable())?;
    let name = book.sheet_names().first().cloned().ok_or_else(unreadable)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| unreadable())?;
    let mut gathered = Gathered::default();
    while let Some(cell) = cells.next_cell().map_err(|_| unreadable())? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        gathered.put(i64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX), &text)?;
    }
    // A sheet may name its rows in any order.
    gathered.lines.sort_by_key(|it| it.number);
    Ok(gathered.lines)
}

/// Unpacks everything once into nothing: what the file says of its sizes need not be true.
fn unpacks_within_limits(file: &[u8]) -> Result<(), Error> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).map_err(|_| unreadable())?;
    let mut left = UNPACKED_BYTES_MAX;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| unreadable())?;
        let read = std::io::copy(&mut entry.take(left), &mut std::io::sink()).map_err(|_| unreadable())?;
        left = left.saturating_sub(read);
        if left == 0 {
            return Err(too_large());
        }
    }
    Ok(())
}

fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(file: &[u8]) -> String {
        read(file).expect_err("it is refused").code().to_owned()
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart_and_a_cell_may_hold_lines() {
        for file in ["a,b\n1,\"x,\ny\"\n", "a;b\n1;\"x,\ny\"\n", "\u{feff}a\tb\r\n1\t\"x,\ny\"\r\n"] {
            let lines = read(file.as_bytes()).expect("it is read");
            assert_eq!(lines[1].cells, ["1", "x,\ny"], "{file}");
            assert_eq!((lines[0].number, lines[1].number), (1, 2));
        }
    }

    #[test]
    fn a_sheet_is_read_as_it_is_seen() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Name").expect("it is written");
        sheet.write(0, 1, "Rent").expect("it is written");
        sheet.write(2, 0, "Ada").expect("it is written");
        sheet.write(2, 1, 1250.5).expect("it is written");
        sheet.write(2, 2, true).expect("it is written");
        let file = book.save_to_buffer().expect("it is saved");
        let lines = read(&file).expect("it is read");
        assert_eq!(lines[1], Line { number: 3, cells: vec!["Ada".into(), "1250.5".into(), "true".into()] });
    }

    #[test]
    fn what_is_no_list_or_too_much_of_one_is_refused() {
        assert_eq!(code(b""), "list_empty");
        assert_eq!(code(b"a,b\n"), "list_empty");
        assert_eq!(code(b"a\n\xff\n"), "list_unreadable");
        assert_eq!(code(b"PK\x03\x04 and nothing more"), "list_unreadable");
        let rows = |many: usize| format!("a\n{}", "1\n".repeat(many));
        assert_eq!(read(rows(ROWS_MAX).as_bytes()).expect("it is read").len(), ROWS_MAX + 1);
        assert_eq!(code(rows(ROWS_MAX + 1).as_bytes()), "list_too_long");
        let wide = |many: usize| format!("{}\n{}\n", vec!["a"; many].join(","), vec!["1"; many].join(","));
        assert!(read(wide(COLUMNS_MAX).as_bytes()).is_ok());
        assert_eq!(code(wide(COLUMNS_MAX + 1).as_bytes()), "list_too_wide");
    }

    #[test]
    fn a_cell_far_away_costs_nothing() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Name").expect("it is written");
        sheet.write(1_048_575, 1, "Ada").expect("it is written");
        let file = book.save_to_buffer().expect("it is saved");
        assert_eq!(read(&file).expect("it is read")[1].number, 1_048_576);
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 16_383, "Name").expect("it is written");
        assert_eq!(code(&book.save_to_buffer().expect("it is saved")), "list_too_wide");
    }
}

//! A table of values as a sheet of Excel: texts as texts, whatever they begin with; numbers and days as such.

use super::columns::Cell;
use super::spool::Spool;
use super::writable;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fs::File;
use std::io::{self, BufWriter};

/// A cell holds so many characters, counted as UTF-16 does.
const CELL_CHARACTERS_MAX: usize = 32_767;
/// A number of so many digits is the same as a number of Excel; a longer one goes out as text.
const DIGITS_MAX: usize = 15;

pub(super) fn write(spool: Spool) -> io::Result<File> {
    let mut book = Workbook::new();
    // Row by row through a file of its own: what is in memory is one row.
    let page = book.add_worksheet_with_constant_memory().map_err(fault)?;
    fill(page, spool)?;
    let mut out = BufWriter::new(tempfile::tempfile()?);
    book.save_to_writer(&mut out).map_err(fault)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
}

fn fault(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

fn fill(page: &mut Worksheet, spool: Spool) -> io::Result<()> {
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    page.set_freeze_panes(1, 0).map_err(fault)?;
    for (column, heading) in (0..).zip(spool.headings()) {
        page.set_column_width(column, 20).map_err(fault)?;
        page.write_string_with_format(0, column, cut(heading), &bold).map_err(fault)?;
    }
    for (row, cells) in (1..).zip(spool.rows()) {
        for (column, cell) in (0..).zip(cells?) {
            put(page, (row, column), &cell, &day).map_err(fault)?;
        }
    }
    Ok(())
}

fn put(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    day_format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Ticked(ticked) => page.write_boolean(row, column, *ticked)?,
        Cell::Text(text) => page.write_string(row, column, cut(text))?,
        Cell::Number(text) => match number(text) {
            Some(number) => page.write_number(row, column, number)?,
            None => page.write_string(row, column, text)?,
        },
        Cell::Day(text) => match day(text) {
            Some(day) => page.write_datetime_with_format(row, column, &day, day_format)?,
            None => page.write_string(row, column, cut(text))?,
        },
    };
    Ok(())
}

fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.parse().ok().filter(|_| digits <= DIGITS_MAX)
}

/// Excel counts days from 1900.
fn day(text: &str) -> Option<ExcelDateTime> {
    let day: jiff::civil::Date = text.parse().ok().filter(|it: &jiff::civil::Date| it.year() >= 1900)?;
    let (year, month, day) = (day.year(), day.month(), day.day());
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        .ok()
}

/// What a cell can hold of a text; the last character says that there was more.
fn cut(text: &str) -> String {
    let mut text = writable(text);
    let mut length = 0;
    let too_far = text.char_indices().find(|(_, it)| {
        length += it.len_utf16();
        length >= CELL_CHARACTERS_MAX
    });
    if let Some((at, last)) = too_far
        && at + last.len_utf8() < text.len()
    {
        text.truncate(at);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_cell_cannot_hold_is_cut_and_says_so() {
        let fits = "x".repeat(CELL_CHARACTERS_MAX);
        assert_eq!(cut(&fits), fits);
        let cut_off = cut(&format!("{fits}y"));
        assert_eq!(cut_off.encode_utf16().count(), CELL_CHARACTERS_MAX);
        assert!(cut_off.ends_with("x…"));
        let wide = "😀".repeat(CELL_CHARACTERS_MAX);
        assert!(cut(&wide).encode_utf16().count() <= CELL_CHARACTERS_MAX);
        assert_eq!(cut("a\u{1}b"), "ab");
    }

    #[test]
    fn only_what_excel_keeps_exactly_is_a_number_or_a_day() {
        assert_eq!(number("-1250.50"), Some(-1250.5));
        assert_eq!(number("123456789012345"), Some(123_456_789_012_345.0));
        assert_eq!(number("1234567890123456"), None);
        assert!(day("2026-12-31").is_some());
        assert!(day("1899-12-31").is_none());
        assert!(day("soon").is_none());
    }
}

//! Envelopes laid aside until all columns of their table are known.

use super::columns::{self, ALWAYS, Cell};
use super::values::EnvelopeValues;
use super::{BYTES_MAX, refused, too_large};
use crate::error::Error;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write};

/// A table has so many columns at most. One envelope has two thousand fields at most, and Excel 16,384 columns.
pub(super) const COLUMNS_MAX: usize = 4000;

/// A writer that takes so many bytes and no more.
pub(super) struct Bounded<W> {
    inner: W,
    left: u64,
}

impl Bounded<BufWriter<File>> {
    /// A temporary file that nobody else can open.
    pub(super) fn file() -> io::Result<Self> {
        Ok(Self { inner: BufWriter::new(tempfile::tempfile()?), left: BYTES_MAX })
    }

    pub(super) fn into_file(self) -> io::Result<File> {
        self.inner.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = bytes.len() as u64;
        if length > self.left {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.left -= length;
        self.inner.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Envelopes, a line each, and the columns that they need together.
#[derive(Debug)]
pub(super) struct Spool {
    file: File,
    headings: Vec<String>,
}

impl Spool {
    pub(super) fn fill(envelopes: impl Iterator<Item = EnvelopeValues>) -> Result<Self, Error> {
        let mut file = Bounded::file().map_err(refused)?;
        let mut headings: Vec<String> = ALWAYS.iter().map(|it| (*it).to_owned()).collect();
        let mut known: HashSet<String> = headings.iter().cloned().collect();
        for envelope in envelopes {
            for (name, _) in columns::of_fields(&envelope) {
                if known.insert(name.clone()) {
                    headings.push(name);
                }
            }
            if headings.len() > COLUMNS_MAX {
                return Err(too_large("have more different fields than a table has room for"));
            }
            let line = serde_json::to_vec(&envelope).map_err(Error::fault)?;
            file.write_all(&line).and_then(|()| file.write_all(b"\n")).map_err(refused)?;
        }
        let mut file = file.into_file().map_err(refused)?;
        file.rewind().map_err(refused)?;
        Ok(Self { file, headings })
    }

    pub(super) fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Each envelope as a row that has a cell for every heading.
    pub(super) fn rows(self) -> impl Iterator<Item = io::Result<Vec<Cell>>> {
        let places: HashMap<String, usize> = self.headings.into_iter().zip(0..).collect();
        BufReader::new(self.file).lines().map(move |line| {
            let envelope: EnvelopeValues = serde_json::from_str(&line?)?;
            let mut row = vec![Cell::Empty; places.len()];
            for (place, cell) in row.iter_mut().zip(columns::always(&envelope)) {
                *place = cell;
            }
            for (name, field) in columns::of_fields(&envelope) {
                if let Some(place) = places.get(&name).and_then(|at| row.get_mut(*at)) {
                    *place = columns::cell(field);
                }
            }
            Ok(row)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_so_many_bytes_and_not_one_more() {
        let mut file = Bounded { inner: Vec::new(), left: 4 };
        file.write_all(b"abc").expect("there is room");
        file.write_all(b"d").expect("there is room");
        let refused = file.write_all(b"e").expect_err("it is full");
        assert_eq!(refused.kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(file.inner, b"abcd");
    }
}

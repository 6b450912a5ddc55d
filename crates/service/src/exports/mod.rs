//! What was filled, as files for other programs: CSV, XLSX, JSON, XML.
//!
//! Envelopes are read one after another and written down as they come, into a temporary file that nobody else can
//! open; a table, whose columns are known only at its end, goes through a second one. So ten thousand of them weigh as
//! much as one, and who asks gets a whole file or a sentence, never a piece. [`docs/exports.md`] says what is in it.
//!
//! To add a format: a variant of [`Format`], and a file beside `commas.rs` with its one function.
//!
//! [`docs/exports.md`]: https://github.com/countersign/countersign/blob/main/docs/exports.md

mod collect;
mod columns;
mod commas;
mod json;
mod sheet;
mod spool;
#[cfg(test)]
mod tests;
mod values;
mod xml;

pub use values::{EnvelopeValues, Exported, FieldValue, RecipientValues, Value};

use crate::error::{Class, Error};
use serde::Deserialize;
use std::fs::File;
use std::io;

/// So many envelopes go into one file at most.
pub const ENVELOPES_MAX: usize = 10_000;
/// All values of a file together have so many bytes at most.
const BYTES_MAX: u64 = 512 << 20;

/// How the values are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Each envelope with its recipients and their fields.
    #[default]
    Json,
    /// The same as XML.
    Xml,
    /// A row for each envelope.
    Csv,
    /// The same as a sheet of Excel.
    Xlsx,
}

impl Format {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A file that was made.
#[derive(Debug)]
pub struct Export {
    /// It, at its beginning; it has no name in the file system and goes with this value.
    pub file: File,
    /// Its length in bytes.
    pub length: u64,
    /// What it is.
    pub format: Format,
    /// What it should be called.
    pub file_name: String,
}

/// Writes envelopes as they come; the file is at its beginning then.
fn write(format: Format, envelopes: impl Iterator<Item = EnvelopeValues>) -> Result<File, Error> {
    let written = match format {
        Format::Json => json::write(envelopes),
        Format::Xml => xml::write(envelopes),
        Format::Csv => commas::write(spool::Spool::fill(envelopes)?),
        Format::Xlsx => sheet::write(spool::Spool::fill(envelopes)?),
    };
    let mut file = written.map_err(refused)?;
    io::Seek::rewind(&mut file).map_err(refused)?;
    Ok(file)
}

/// What a disk says, and what [`spool::Bounded`] says of too much.
fn refused(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::FileTooLarge => too_large("hold more text than one file can"),
        _ => Error::Fault(error.into()),
    }
}

fn too_large(what: &str) -> Error {
    Error::Wrong {
        class: Class::Unprocessable,
        code: "export_too_large",
        sentence: format!("These envelopes {what}; choose fewer, by template, status, date or words."),
    }
}

/// Whether XML 1.0 has a way to write a character (production 2, `Char`). A sheet is XML too.
fn is_writable(it: char) -> bool {
    matches!(it, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A text without the characters that cannot be written ([`is_writable`]).
fn writable(text: &str) -> String {
    text.chars().filter(|it| is_writable(*it)).collect()
}

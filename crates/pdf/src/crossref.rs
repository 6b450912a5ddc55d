//! Where objects are (7.5.4, 7.5.8): the chain of cross-reference sections, read strictly.

mod chain;
mod entries;
mod stream;
mod table;

pub(crate) use chain::{Chain, header_offset, read_chain};
pub(crate) use entries::{Entries, EntriesBuilder, Place};

use crate::object::Dictionary;

/// How a cross-reference section is written (7.5.4, 7.5.8, 7.5.8.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// A table.
    Table,
    /// A cross-reference stream.
    Stream,
    /// A table whose trailer names a stream for readers of PDF 1.5 (`/XRefStm`).
    Hybrid,
}

/// One cross-reference section. All offsets are bytes from the start of the source, the header offset added.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Where `xref`, or the stream's object, begins.
    pub start: u64,
    /// Just past its trailer, or past its stream's data.
    pub end: u64,
    /// Its kind.
    pub kind: SectionKind,
    /// `/Prev`.
    pub previous: Option<u64>,
    /// `/XRefStm`.
    pub hidden: Option<u64>,
    /// Its trailer, or the stream's dictionary.
    pub trailer: Dictionary,
    /// Just past the `%%EOF` of the revision to which the section belongs. The two sections of a linearized file
    /// belong to one revision and say the same.
    pub marker_end: u64,
    /// As `marker_end`, with the end of line that follows.
    pub revision_end: u64,
}

//! What does not fit.

use serde::Serialize;
use std::fmt;

/// The first thing in the evidence that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misfit {
    /// Number of the entry that does not fit; `None` where it is no single entry but the file or a PDF as such.
    pub seq: Option<u64>,
    /// What is wrong, as a stable code.
    pub what: What,
    /// The same for a person, one sentence.
    pub sentence: String,
}

impl Misfit {
    pub(crate) fn new(seq: Option<u64>, what: What, sentence: impl Into<String>) -> Self {
        Self { seq, what, sentence: sentence.into() }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.seq {
            Some(seq) => write!(out, "entry {seq}: {}", self.sentence),
            None => out.write_str(&self.sentence),
        }
    }
}

impl std::error::Error for Misfit {}

/// The kinds of misfit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum What {
    /// The file is not canonical JSON of the known format. Usual cause: it was opened and saved by an editor.
    File,
    /// An entry does not have the members that an entry has.
    Entry,
    /// An entry does not have the next number: one was taken out, put in or moved.
    Sequence,
    /// An entry is of another envelope.
    Envelope,
    /// An entry does not name the hash of the entry before it.
    Prev,
    /// The hash beside an entry is not the entry's.
    Hash,
    /// A disclosed value does not open its commitment.
    Commitment,
    /// An entry does not say which revision it means.
    Revisions,
    /// An event head is not the hash of an earlier entry, is missing in the PDF, or stands there unannounced.
    EventHead,
    /// The head is not the hash of the last entry: the end of the chain is missing.
    Head,
    /// A PDF is none of the revisions that the entries name.
    Pdf,
    /// A PDF is an earlier revision of a document whose envelope has ended.
    Superseded,
    /// A PDF could not be read to its end.
    Unreadable,
}

impl What {
    /// The code, as the checker in `docs/` prints it too.
    pub fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Entry => "entry",
            Self::Sequence => "sequence",
            Self::Envelope => "envelope",
            Self::Prev => "prev",
            Self::Hash => "hash",
            Self::Commitment => "commitment",
            Self::Revisions => "revisions",
            Self::EventHead => "event_head",
            Self::Head => "head",
            Self::Pdf => "pdf",
            Self::Superseded => "superseded",
            Self::Unreadable => "unreadable",
        }
    }
}

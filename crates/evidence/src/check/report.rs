//! What a check says when everything fits.

use serde::Serialize;

/// Everything fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// The envelope's id.
    pub envelope: String,
    /// Number of entries.
    pub entries: usize,
    /// Hash of the last entry, hexadecimal.
    pub head: String,
    /// Number of personal values that stand in the chain and are not in this file: erased or not for this reader.
    pub undisclosed: usize,
    /// The PDFs, in the order given.
    pub pdfs: Vec<FittingPdf>,
}

/// A PDF that the evidence names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FittingPdf {
    /// The name it was given by.
    pub name: String,
    /// Number of the document in the envelope, from 1.
    pub document: u64,
    /// Number of the entry that names this revision.
    pub seq: u64,
    /// SHA-256 of the file, hexadecimal.
    pub digest: String,
    /// The event heads in it, oldest first: each is the hash of an entry, under a signature.
    pub event_heads: Vec<String>,
}

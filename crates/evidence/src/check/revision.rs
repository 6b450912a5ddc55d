//! The revisions of the documents that entries name.

use serde_json::Value;
use std::collections::BTreeSet;

/// A revision as an entry names it in the list `revisions` of its body.
pub(super) struct Named {
    /// Number of the entry.
    pub seq: u64,
    /// Number of the document, from 1.
    pub document: u64,
    /// SHA-256 of the whole file, hexadecimal.
    pub digest: String,
    /// Length of the whole file in bytes.
    pub length: u64,
    /// SHA-256 of the file that it was made on by adding bytes; `None` for a file of its own.
    pub base: Option<String>,
    /// Length of that file; 0 where there is none.
    pub base_length: u64,
    /// The event head that was written into the added bytes.
    pub event_head: Option<String>,
}

/// The revisions in an entry's body; `None` where the list cannot be read without doubt.
pub(super) fn named_in(seq: u64, body: &Value) -> Option<Vec<Named>> {
    match body.get("revisions") {
        None => Some(Vec::new()),
        Some(list) => list.as_array()?.iter().map(|item| named(seq, item)).collect(),
    }
}

fn named(seq: u64, item: &Value) -> Option<Named> {
    let item = item.as_object()?;
    let hash = |key: &str| match item.get(key) {
        None => Some(None),
        Some(value) => value.as_str().map(|it| Some(it.to_owned())),
    };
    let length = item.get("length")?.as_u64()?;
    let added = match item.get("tail_length") {
        None => length,
        Some(added) => added.as_u64()?,
    };
    Some(Named {
        seq,
        document: item.get("document")?.as_u64()?,
        digest: hash("digest")??,
        length,
        base: hash("base")?,
        base_length: length.checked_sub(added)?,
        event_head: hash("event_head")?,
    })
}

/// The lengths at which a reader of a PDF has to know the digest of what it read so far.
pub(super) fn points(revisions: &[Named]) -> BTreeSet<u64> {
    revisions.iter().flat_map(|it| [it.length, it.base_length]).collect()
}

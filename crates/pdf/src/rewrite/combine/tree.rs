//! Name trees and number trees (7.9.6, 7.9.7), read to a list. What of one cannot be read is not there.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::error::{Error, Limit};
use crate::object::Object;

/// Entries of one tree; a book with an index has some ten thousand.
const TREE_ENTRIES_MAX: usize = 200_000;

/// Each key with its value, as it stands; `list` is what their lists are called, `Names` or `Nums`.
pub(super) fn entries(document: &Document, root: Object, list: &str) -> Result<Vec<(Object, Object)>, Error> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if node.as_reference().is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let Object::Dictionary(node) = readable(document.resolve(&node))? else { continue };
        for pair in readable(document.lookup(&node, list))?.as_array().unwrap_or_default().chunks_exact(2) {
            if let [key, value] = pair {
                found.push((readable(document.resolve(key))?, value.clone()));
            }
        }
        open.extend(readable(document.lookup(&node, "Kids"))?.as_array().unwrap_or_default().iter().cloned());
        if found.len().saturating_add(open.len()) > TREE_ENTRIES_MAX {
            return Err(Error::TooComplex(Limit::Entries));
        }
    }
    Ok(found)
}

/// What there is to read, or nothing; a limit is a limit.
pub(super) fn readable(read: Result<Object, Error>) -> Result<Object, Error> {
    match read {
        Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => Err(limit),
        other => Ok(other.unwrap_or(Object::Null)),
    }
}

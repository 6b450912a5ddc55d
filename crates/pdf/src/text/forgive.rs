//! What is missing or damaged is read as nothing: the rest of the page has its text all the same.

use crate::document::Document;
use crate::error::{Error, Limit};
use crate::object::{Dictionary, Object};

/// The value, or `nothing` where a part of the file is damaged. Limits and failures of the storage stay errors.
pub(super) fn forgive<T>(result: Result<T, Error>, nothing: T) -> Result<T, Error> {
    match result {
        Err(error @ (Error::Read(_) | Error::TooComplex(Limit::Work))) => Err(error),
        other => Ok(other.unwrap_or(nothing)),
    }
}

/// The value of a key, resolved; `Null` where it is missing or damaged.
pub(super) fn look(document: &Document, dictionary: &Dictionary, key: &str) -> Result<Object, Error> {
    forgive(document.lookup(dictionary, key), Object::Null)
}

/// The value of a key, where it is a dictionary; an empty one otherwise.
pub(super) fn look_in(document: &Document, dictionary: &Dictionary, key: &str) -> Result<Dictionary, Error> {
    Ok(match look(document, dictionary, key)? {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => stream.dictionary,
        _ => Dictionary::new(),
    })
}

/// The decoded data of a stream; empty where they do not decode.
pub(super) fn data(document: &Document, object: &Object) -> Result<Vec<u8>, Error> {
    match object {
        Object::Stream(stream) => forgive(document.decode(stream), Vec::new()),
        _ => Ok(Vec::new()),
    }
}

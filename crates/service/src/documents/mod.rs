//! The bytes of documents: where they are, and how fields of an envelope become fields of a PDF.

pub(crate) mod attached;
pub mod download;
pub(crate) mod drawable;
pub(crate) mod drawn;
pub mod find_text;
mod form_fields;
pub(crate) mod ink;
pub(crate) mod picture;
pub(crate) mod plan;
pub(crate) mod source;
pub mod zipped;

//! What tests stand on: generated PDFs of every layout, so that no test file has to be fetched or trusted.
//!
//! Never part of the product: other crates name it under `[dev-dependencies]` alone, and `tests/arrows.rs` holds that.
//! Everything here is deterministic: the same calls give the same bytes on every machine and every day.
//!
//! Read first: [`pdf::Pdf`] (a document made of pages), [`pdf::Page`] (size, crop, rotation, lines of text) and
//! [`pdf::CrossReference`] (how the file names its objects). One more fixture is one more method of `Pdf` in a file
//! of its own under `pdf/`, with a test that lets `qpdf --check` read the result.

pub mod pdf;

pub use pdf::{CrossReference, Page, Pdf};

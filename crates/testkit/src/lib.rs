//! What tests stand on: generated PDFs of every layout, so that no test file has to be fetched or trusted, and the real
//! binary as a running server, with those who use it from outside, and a judge of what it signs.
//!
//! Never part of the product: other crates name it under `[dev-dependencies]` alone, and `tests/arrows.rs` holds that.
//! PDFs are deterministic: the same calls give the same bytes on every machine and every day.
//!
//! Read first: [`pdf::Pdf`] (a document made of pages), [`pdf::Page`] (size, crop, rotation, lines of text) and
//! [`pdf::CrossReference`] (how the file names its objects). One more fixture is one more method of `Pdf` in a file
//! of its own under `pdf/`, with a test that lets `qpdf --check` read the result. [`server::Setup`] starts a server.
//! [`pyhanko::judge`] asks another implementation what it makes of signatures.

pub mod pdf;
pub mod pyhanko;
pub mod server;

pub use pdf::{CrossReference, Page, Pdf};

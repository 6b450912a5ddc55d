//! Small PDFs, written by string building: independent of our own reader and writer, which they are there to test.

mod assemble;
mod contract;
mod damage;
mod document;
mod page;
mod write_streams;
mod write_table;

pub use damage::{truncated, with_junk_before_the_header, with_startxref_off_by};
pub use document::{CrossReference, Form, Pdf};
pub use page::{Line, Page};

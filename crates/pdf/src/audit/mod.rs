//! A report as a new PDF: title, headings, paragraphs, tables, a list of events. A4, set in the embedded faces.
//!
//! Used for the audit trail. The same [`Report`] gives the same bytes. What the faces cannot draw is written as its
//! code (`[U+5F20]`), since a record has to name everything. The file has one classic cross-reference table, so that
//! a revision (the seal) can be appended to it. To add a kind of part: a variant of [`Part`] and its rows in
//! `rows.rs`.

mod pages;
mod rows;

#[cfg(test)]
mod tests;

use crate::appearance::Shared;
use crate::fonts::Face;
use crate::new_file::{About, NewFile};

/// What the report says. Plain text everywhere; a line end in it is a line end on paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Stands large on the first page and in the title bar of the reader.
    pub title: String,
    /// Under the title; may be empty.
    pub subtitle: String,
    /// Language of the text, as in `en` or `fr-CA` (RFC 5646).
    pub language: String,
    /// Stands at the foot of every page on the left; may be empty.
    pub footer: String,
    /// Stands at the foot of every page on the right; `{page}` and `{pages}` are replaced.
    pub page_label: String,
    /// When the report was made, as a PDF date (`D:20261122093000Z`, ISO 32000-2 7.9.4); none for no date.
    pub created: Option<String>,
    /// The contents, from top to bottom.
    pub parts: Vec<Part>,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A heading; stays on the page of what follows.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Names and values, side by side.
    Table(Vec<(String, String)>),
    /// What happened, one after the other.
    Events(Vec<Entry>),
}

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// When, as the reader should see it.
    pub time: String,
    /// What, in a sentence.
    pub text: String,
    /// Smaller lines below: address, device, digests.
    pub details: Vec<String>,
}

/// Whether a report can say `text` without a code in the place of a letter, in its paragraphs and in its headings.
pub fn writes(text: &str) -> bool {
    Face::Text.covers(text) && Face::Bold.covers(text)
}

/// The report as a whole PDF file.
pub fn report(report: &Report) -> Vec<u8> {
    let mut file = NewFile::new();
    let mut shared = Shared::new();
    let pages = pages::break_pages(rows::rows(report));
    let contents = pages::draw(&mut file, &mut shared, report, &pages);
    shared.finish(&mut file);
    let about =
        About { title: &report.title, language: &report.language, created: report.created.as_deref() };
    file.finish(&about, contents)
}

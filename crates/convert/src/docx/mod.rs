//! Templates made with Word: `{{key}}`, `{{a.b}}`, `{{if a}}…{{else}}…{{endif}}`, `{{for item in list}}…{{endfor}}`.
//!
//! A tag may be split over runs, as Word likes to do. A condition or a loop that stands alone in its paragraph takes the
//! paragraph with it; one that begins and ends in different cells of a row repeats the row. What has a colon
//! (`{{signature:1}}`) is a tag for a field and stays, and so does everything in square brackets.

mod expand;
mod parts;
mod scan;
mod tag;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};
use std::fmt;

/// Why a template cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TemplateError {
    /// The file is no Word document that can be read, or too large inside.
    Unreadable,
    /// A tag has a form that means nothing.
    Malformed {
        /// The tag.
        tag: String,
    },
    /// A condition or a loop is not ended, or something is ended that was not begun.
    Unbalanced {
        /// The tag.
        tag: String,
    },
    /// The data hold nothing under this name.
    Missing {
        /// The name.
        name: String,
    },
    /// What stands there cannot be written, or repeated.
    WrongKind {
        /// The name.
        name: String,
        /// What was needed.
        needed: &'static str,
    },
    /// The result would be too large.
    TooLarge,
}

impl TemplateError {
    /// Its code in the API.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "template_unreadable",
            Self::Malformed { .. } => "template_tag_malformed",
            Self::Unbalanced { .. } => "template_tag_unbalanced",
            Self::Missing { .. } => "template_data_missing",
            Self::WrongKind { .. } => "template_data_wrong_kind",
            Self::TooLarge => "template_too_large",
        }
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => {
                out.write_str("The template is no Word document that can be read; save it anew as .docx.")
            }
            Self::Malformed { tag } => write!(
                out,
                "The template has {tag}, which means nothing; write {{{{key}}}}, {{{{if key}}}}, {{{{for item in list}}}} \
                 or their ends."
            ),
            Self::Unbalanced { tag } => {
                write!(out, "In the template {tag} has no counterpart in the same place; end what is begun.")
            }
            Self::Missing { name } => write!(out, "The data hold nothing called {name}; give it a value."),
            Self::WrongKind { name, needed } => {
                write!(out, "{name} in the data has to be {needed}; correct it.")
            }
            Self::TooLarge => {
                out.write_str("The filled template would be too large; shorten the lists in the data.")
            }
        }
    }
}

impl std::error::Error for TemplateError {}

/// Fills a template.
///
/// # Errors
/// [`TemplateError`]; the first that is met.
pub fn fill(template: &[u8], data: &Map<String, Value>) -> Result<Vec<u8>, TemplateError> {
    parts::each(template, &|xml| {
        let tokens = scan::tokens(xml)?;
        expand::expand(&tokens, data)
    })
}

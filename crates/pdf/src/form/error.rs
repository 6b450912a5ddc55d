//! Why a form could not be prepared or filled.

use crate::appearance::InkRefusal;

/// Why [`super::prepare`] or [`super::act`] made no revision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The document could not be read or continued.
    Document(crate::Error),
    /// No field has this name. The document was not prepared with it, or another document is meant.
    NoSuchField(String),
    /// A field of this name is there already: signed, or of another kind. Choose another name.
    FieldTaken(String),
    /// The field is not of the kind that the value needs.
    WrongKind(String),
    /// A new field's name is empty or holds a full stop, which separates the parts of a name (ISO 32000-2 12.7.4.2).
    BadName(String),
    /// A field's box has no width or height, or is not a number.
    BadPlace(String),
    /// The ink or the text cannot be drawn.
    Ink(InkRefusal),
    /// Text was to be taken out of a page where none stands.
    NoTextThere {
        /// The page, from 1.
        page: u32,
    },
    /// Text was to be taken out of a part of a page that is shown in other places too, or of an annotation. Cover it.
    TextShared {
        /// The page, from 1.
        page: u32,
    },
    /// A certification level other than 1, 2 or 3 (ISO 32000-2 table 257).
    BadCertification(u8),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Document(error) => error.fmt(f),
            Self::NoSuchField(name) => write!(f, "there is no field {name}"),
            Self::FieldTaken(name) => write!(f, "the field {name} exists already"),
            Self::WrongKind(name) => write!(f, "the field {name} is of another kind"),
            Self::BadName(name) => write!(f, "{name:?} cannot be the name of a field"),
            Self::BadPlace(name) => write!(f, "the field {name} has no proper place"),
            Self::Ink(refusal) => refusal.fmt(f),
            Self::NoTextThere { page } => write!(f, "there is no text in that place on page {page}"),
            Self::TextShared { page } => {
                write!(f, "the text on page {page} stands in a part that is shown elsewhere too")
            }
            Self::BadCertification(level) => write!(f, "there is no certification level {level}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<crate::Error> for Error {
    fn from(error: crate::Error) -> Self {
        Self::Document(error)
    }
}

impl From<InkRefusal> for Error {
    fn from(refusal: InkRefusal) -> Self {
        Self::Ink(refusal)
    }
}

//! What can go wrong while a PDF is read or continued.

use crate::object::ObjectId;

/// Why a file could not be read or continued.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The storage below failed. Trying again may help.
    Read(std::io::ErrorKind),
    /// No `%PDF-` in the first 1024 bytes and nothing that looks like objects. Upload a PDF.
    NotAPdf,
    /// The file opens only with a password that we do not have. Remove the password and upload again.
    NeedsPassword,
    /// An encryption other than the standard security handler of ISO 32000-2 7.6.4, revisions 2 to 6.
    UnsupportedEncryption,
    /// The bytes at this place do not follow ISO 32000-2.
    Damaged {
        /// Byte offset from the start of the source, as near as is known.
        place: u64,
        /// What was expected there.
        expected: &'static str,
    },
    /// This object is not where, or not what, the cross-reference table promises.
    BadObject {
        /// The object that was asked for.
        id: ObjectId,
        /// What was expected of it.
        expected: &'static str,
    },
    /// A filter of a stream is unknown or its data do not decode.
    BadStream(&'static str),
    /// A limit of [`crate::limits`] was passed.
    TooComplex(Limit),
    /// The page number is 0 or above the page count.
    NoSuchPage(u32),
    /// The reader had to repair the file, so nothing may be appended to it: rewrite it first.
    Repaired,
    /// A second signature was put into one revision.
    SecondSignature,
    /// A number in what was to be written is not finite, or a result would not fit its place.
    Unwritable(&'static str),
}

/// The limit that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// Arrays and dictionaries within each other.
    Nesting,
    /// Bytes of one object, its stream data not counted.
    ObjectBytes,
    /// Values in one object.
    Values,
    /// Bytes of a stream after decoding.
    DecodedBytes,
    /// Filters on one stream.
    Filters,
    /// Entries in all cross-reference sections together.
    Entries,
    /// Cross-reference sections.
    Sections,
    /// Pages.
    Pages,
    /// Form fields.
    Fields,
    /// Work on one open document: bytes parsed, decoded and searched.
    Work,
    /// References that lead to references.
    References,
    /// Operators of one page.
    Operators,
    /// Glyphs on one page.
    Glyphs,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read(kind) => write!(f, "reading failed: {kind}"),
            Self::NotAPdf => f.write_str("this is not a PDF"),
            Self::NeedsPassword => f.write_str("the PDF opens only with a password"),
            Self::UnsupportedEncryption => f.write_str("the PDF uses an encryption that is not supported"),
            Self::Damaged { place, expected } => write!(f, "damaged at byte {place}: expected {expected}"),
            Self::BadObject { id, expected } => {
                write!(f, "object {} {} is damaged: expected {expected}", id.number, id.generation)
            }
            Self::BadStream(what) => write!(f, "a stream cannot be decoded: {what}"),
            Self::TooComplex(limit) => write!(f, "the PDF passes the limit {limit:?}"),
            Self::NoSuchPage(page) => write!(f, "there is no page {page}"),
            Self::Repaired => {
                f.write_str("the PDF is damaged and has to be rewritten before a revision is added")
            }
            Self::SecondSignature => f.write_str("one revision holds one signature"),
            Self::Unwritable(what) => write!(f, "cannot be written: {what}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Read(error.kind())
    }
}

//! Why a stage did not lead to the next.

use pki::SignError;

/// Why a stage did not lead to the next. Nothing is lost: the stage before can be tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The revision has no gap for a signature, or one that does not lie within it.
    NoGap,
    /// The base is not the one that the revision continues.
    OtherBase {
        /// Length in bytes that the revision continues.
        expected: u64,
        /// Length of what was given.
        found: u64,
    },
    /// The base has the expected length but other bytes than before.
    BaseChanged,
    /// A stored stage was taken up: the base has to be read again by [`super::Digested::take_up`].
    BaseNotRead,
    /// The base cannot be read. Trying again may help.
    Read(std::io::ErrorKind),
    /// The output cannot be written.
    Write(std::io::ErrorKind),
    /// The key did not sign.
    Sign(SignError),
    /// The value is not one of the certificate's key over this document. Usual cause: key and certificate do not belong
    /// together, or the value belongs to another document.
    WrongValue,
    /// The signature is longer than the gap. Remedy: prepare with [`crate::contents_estimate`].
    ContentsTooSmall {
        /// Bytes needed.
        needed: usize,
        /// Bytes reserved.
        reserved: usize,
    },
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoGap => formatter.write_str("the revision has no place for a signature"),
            Self::OtherBase { expected, found } => {
                write!(formatter, "the revision continues a file of {expected} bytes, not one of {found}")
            }
            Self::BaseChanged => formatter.write_str("the file is not the one whose hash was taken"),
            Self::BaseNotRead => {
                formatter.write_str("the file has to be read again before the signature is placed")
            }
            Self::Read(kind) => write!(formatter, "the file cannot be read: {kind}"),
            Self::Write(kind) => write!(formatter, "the output cannot be written: {kind}"),
            Self::Sign(reason) => reason.fmt(formatter),
            Self::WrongValue => {
                formatter.write_str("the signature does not fit the certificate and the document")
            }
            Self::ContentsTooSmall { needed, reserved } => {
                write!(formatter, "the signature takes {needed} bytes where {reserved} were reserved")
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<SignError> for Error {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

//! Which files can be attached.

use crate::model::digest::Digest;
use crate::model::field::FieldId;
use crate::model::is_default;
use crate::model::personal::Personal;
use serde::{Deserialize, Serialize};

/// Which files can be attached. Each has to be what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FileWishes {
    /// Of these types; of any that we know where none is named.
    #[serde(default, skip_serializing_if = "is_default")]
    pub types: Vec<FileType>,
    /// Of so many bytes at most.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bytes_max: Option<u64>,
}

/// A file that a recipient added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedFile {
    /// Its name on their device.
    pub name: Personal,
    /// What it is, told by its content.
    pub kind: FileType,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256.
    pub digest: Personal<Digest>,
}

/// A file of a recipient with the seal on it: its bytes, and a tail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedFile {
    /// The field to which it was added.
    pub field: FieldId,
    /// Number of the recipient who added it.
    pub recipient: u16,
    /// SHA-256 of the whole file.
    pub digest: Personal<Digest>,
    /// Length of the whole file in bytes.
    pub length: u64,
    /// SHA-256 of the bytes added to what the recipient gave, under which they are stored.
    pub tail: Personal<Digest>,
    /// Number of bytes added.
    pub tail_length: u64,
}

/// A type of file that can be told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileType {
    /// A PDF.
    Pdf,
    /// A JPEG.
    Jpeg,
    /// A PNG.
    Png,
}

impl FileType {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }
}

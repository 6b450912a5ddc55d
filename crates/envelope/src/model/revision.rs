//! Revisions of a document, by digest.

use super::digest::Digest;
use serde::{Deserialize, Serialize};

/// A stored revision of a document: the bytes of the one before it and a tail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// What it was made by.
    pub kind: RevisionKind,
    /// SHA-256 of the whole file.
    pub digest: Digest,
    /// Length of the whole file in bytes.
    pub length: u64,
}

/// What a revision was made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "made_by", rename_all = "snake_case")]
pub enum RevisionKind {
    /// The file as uploaded.
    Upload,
    /// The one rewrite on intake of a file that was damaged and unsigned.
    Rewrite,
    /// The blank fields, at send.
    Prepare,
    /// A recipient's act.
    Act {
        /// Number of the recipient, from 1.
        recipient: u16,
    },
    /// The values of a recipient who signs nothing.
    Fill {
        /// Number of the recipient, from 1.
        recipient: u16,
    },
    /// The tenant's seal.
    Seal,
}

/// A revision that has just been stored: the result of preparing, signing or sealing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRevision {
    /// Number of the document, from 1.
    pub document: u16,
    /// Digest of the revision that it was made on; the same as `digest` where nothing was added.
    pub base: Digest,
    /// SHA-256 of the whole file.
    pub digest: Digest,
    /// Length of the whole file in bytes.
    pub length: u64,
    /// SHA-256 of the bytes added to the base, under which they are stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tail: Option<Digest>,
    /// Number of bytes added to the base.
    pub tail_length: u64,
    /// Head of the event chain that the signature dictionary names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_head: Option<Digest>,
}

/// The certificate that was issued for one act or used for the seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFacts {
    /// Serial number, hexadecimal.
    pub serial: String,
    /// SHA-256 of the certificate.
    pub digest: Digest,
}

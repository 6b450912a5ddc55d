//! The third stage: the signed revision.

/// A revision with its signature.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Signed {
    /// The bytes to append to the base.
    pub tail_bytes: Vec<u8>,
    /// SHA-256 of the whole file as of this revision: base and tail.
    pub revision_digest: [u8; 32],
    /// Its length in bytes.
    pub revision_length: u64,
}

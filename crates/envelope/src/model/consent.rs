//! What a recipient read before they agreed to sign electronically.

use super::digest::Digest;
use serde::{Deserialize, Serialize};

/// The words of a consent. They stand in the event itself: what somebody agreed to has to be readable when the words
/// in force have long been others, and an envelope's evidence is whole without the settings of its tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentText {
    /// Language of the words.
    pub language: String,
    /// The paragraphs, as they were shown.
    pub paragraphs: Vec<String>,
    /// SHA-256 of the paragraphs in UTF-8, an empty line (two line feeds) between one and the next.
    pub digest: Digest,
}

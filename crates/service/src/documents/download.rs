//! A document on its way out.

use crate::error::Error;
use crate::server::Service;
use envelope::{Digest, Envelope, Progress};
use store::LocalBlob;

/// A file, in pieces that are read one after another.
pub struct Download {
    /// What it should be called.
    pub file_name: String,
    /// SHA-256 of the whole file, hexadecimal.
    pub digest: String,
    /// Its pieces, in order.
    pub pieces: Vec<LocalBlob>,
}

impl Download {
    /// Its length in bytes.
    pub fn length(&self) -> u64 {
        self.pieces.iter().map(LocalBlob::length).sum()
    }
}

/// Which revision of a document is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The newest.
    Head,
    /// The upload, byte for byte.
    Upload,
    /// What was sent: the upload, or its rewrite on intake.
    Sent,
    /// With blank fields, as the first recipient saw it.
    Prepared,
}

impl Which {
    /// From the word of the API.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "head" => Self::Head,
            "upload" => Self::Upload,
            "sent" => Self::Sent,
            "prepared" => Self::Prepared,
            _ => return None,
        })
    }
}

/// The digest of the meant revision of a document.
pub(crate) fn digest(state: &Envelope, document: u16, which: Which) -> Option<Digest> {
    let index = usize::from(document).checked_sub(1)?;
    let facts = &state.draft.documents.get(index)?.facts;
    let history = state.status.progress().and_then(|progress: &Progress| progress.documents.get(index));
    Some(match (which, history) {
        (Which::Upload, _) => facts.digest,
        (Which::Head, Some(history)) => history.last()?.digest,
        (Which::Prepared, Some(history)) => {
            history
                .iter()
                .rev()
                .find(|it| it.kind == envelope::RevisionKind::Prepare)
                .or_else(|| history.first())?
                .digest
        }
        _ => facts.sent.digest,
    })
}

impl Service {
    /// A revision, ready to be read.
    pub(crate) async fn download(
        &self,
        tenant: &str,
        digest: Digest,
        title: &str,
    ) -> Result<Download, Error> {
        let pieces = self.pieces(tenant, digest).await?;
        Ok(Download { file_name: file_name(title), digest: digest.to_string(), pieces })
    }
}

/// A title as the name of a file: no path, no control characters, one ending.
pub(crate) fn file_name(title: &str) -> String {
    file_name_of(title, "pdf")
}

/// The same for a file of another kind; `ending` is without its dot.
pub(crate) fn file_name_of(title: &str, ending: &str) -> String {
    let clean: String = title
        .chars()
        .map(|it| if it.is_control() || "/\\:*?\"<>|".contains(it) { ' ' } else { it })
        .take(120)
        .collect();
    let clean = clean.trim_matches(|it: char| it == '.' || it.is_whitespace());
    let stem = clean.strip_suffix(".pdf").or_else(|| clean.strip_suffix(".PDF")).unwrap_or(clean);
    format!("{}.{ending}", if stem.is_empty() { "document" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_title_becomes_a_file_name_that_every_system_takes() {
        assert_eq!(file_name("Contract"), "Contract.pdf");
        assert_eq!(file_name("Contract.pdf"), "Contract.pdf");
        assert_eq!(file_name("../../etc/passwd"), "etc passwd.pdf");
        assert_eq!(file_name("\u{7}\r\n"), "document.pdf");
        assert_eq!(file_name(&"x".repeat(500)).len(), 124);
    }
}

//! The files that recipients added.

use crate::documents::download::Download;
use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use envelope::{Envelope, FieldId, FileType, Refusal, Shelf};

/// A file that lies in an envelope: its name, what it is, the digest of the whole, and the blobs that it consists of.
pub(crate) struct Kept {
    pub(crate) name: String,
    pub(crate) kind: FileType,
    pub(crate) digest: String,
    pub(crate) pieces: Vec<String>,
}

/// The file in a field, sealed where it carries the seal, or as it came. Nothing where none is there, or it was erased.
pub(crate) fn kept(state: &Envelope, field: &FieldId, which: FileRevision) -> Option<Kept> {
    let progress = state.status.progress()?;
    let file = progress.files.get(field)?;
    let came = file.digest.known()?.to_string();
    let sealed = progress.sealed_files.get(field).filter(|_| which == FileRevision::Head);
    let sealed = sealed.and_then(|it| Some((it.digest.known()?.to_string(), it.tail.known()?.to_string())));
    let (digest, pieces) = match sealed {
        Some((digest, tail)) => (digest, vec![came, tail]),
        None => (came.clone(), vec![came]),
    };
    Some(Kept { name: file.name.text().to_owned(), kind: file.kind, digest, pieces })
}

/// Which bytes of a file are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRevision {
    /// As it stands: with the seal, once it is there.
    Head,
    /// As its recipient gave it.
    Upload,
}

impl FileRevision {
    /// From the word of the API.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "head" => Some(Self::Head),
            "upload" => Some(Self::Upload),
            _ => None,
        }
    }
}

impl Service {
    /// The file that a recipient added to a field, for the sender.
    pub async fn attached_file(
        &self,
        scope: &Scope,
        field: &FieldId,
        which: FileRevision,
    ) -> Result<(Download, FileType), Error> {
        let state = self.load(scope).await?.envelope;
        if state.shelf == Shelf::Deleted {
            return Err(Refusal::EnvelopeDeleted.into());
        }
        self.attached(&scope.tenant, &state, field, which).await
    }

    pub(crate) async fn attached(
        &self,
        tenant: &str,
        state: &Envelope,
        field: &FieldId,
        which: FileRevision,
    ) -> Result<(Download, FileType), Error> {
        let Some(Kept { name: file_name, kind, digest, pieces: asked }) = kept(state, field, which) else {
            return Err(Error::NotFound { what: "file" });
        };
        let mut pieces = Vec::with_capacity(asked.len());
        for piece in asked {
            if !self.store().blobs().exists(tenant, &piece).await? {
                return Err(Error::NotFound { what: "file" });
            }
            pieces.push(self.store().blobs().open_local(tenant, &piece).await?);
        }
        Ok((Download { file_name, digest, pieces }, kind))
    }
}

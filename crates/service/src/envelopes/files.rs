//! What comes out of an envelope: its documents.

use crate::documents::download::{self, Download, Which};
use crate::error::Error;
use crate::execute::Scope;
use crate::server::{Mode, Service};
use envelope::{Refusal, Shelf};

impl Service {
    /// A revision of a document.
    pub async fn document(&self, scope: &Scope, number: u16, which: Which) -> Result<Download, Error> {
        let state = self.load(scope).await?.envelope;
        if state.shelf == Shelf::Deleted {
            return Err(Refusal::EnvelopeDeleted.into());
        }
        let digest = download::digest(&state, number, which).ok_or(Error::NotFound { what: "document" })?;
        let title = usize::from(number)
            .checked_sub(1)
            .and_then(|index| state.draft.documents.get(index))
            .map_or("", |document| document.title.as_str());
        self.download(&scope.tenant, digest, title).await
    }

    /// The upload itself, for the editor.
    pub async fn upload_content(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        id: &str,
    ) -> Result<Download, Error> {
        let upload = self.find_upload(tenant, mode, id).await?.ok_or(Error::NotFound { what: "upload" })?;
        self.download(tenant, upload.facts.sent.digest, &upload.file_name).await
    }
}

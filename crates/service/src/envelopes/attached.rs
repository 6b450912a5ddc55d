//! The files that recipients added.

use crate::documents::download::Download;
use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use envelope::{Envelope, FieldId, FileType, Refusal, Shelf};

impl Service {
    /// The file that a recipient added to a field, for the sender.
    pub async fn attached_file(&self, scope: &Scope, field: &FieldId) -> Result<(Download, FileType), Error> {
        let state = self.load(scope).await?.envelope;
        if state.shelf == Shelf::Deleted {
            return Err(Refusal::EnvelopeDeleted.into());
        }
        self.attached(&scope.tenant, &state, field).await
    }

    pub(crate) async fn attached(
        &self,
        tenant: &str,
        state: &Envelope,
        field: &FieldId,
    ) -> Result<(Download, FileType), Error> {
        let gone = Error::NotFound { what: "file" };
        let file = state.status.progress().and_then(|it| it.files.get(field));
        let Some((file, digest)) = file.and_then(|it| Some((it, it.digest.known()?.to_string()))) else {
            return Err(gone);
        };
        let blobs = self.store().blobs();
        if !blobs.exists(tenant, &digest).await? {
            return Err(gone);
        }
        let piece = blobs.open_local(tenant, &digest).await?;
        let file_name = file.name.text().to_owned();
        Ok((Download { file_name, digest, pieces: vec![piece] }, file.kind))
    }
}

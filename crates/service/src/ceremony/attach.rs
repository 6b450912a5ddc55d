//! The recipient adds a file to a field, looks at it, and takes it away again.

use super::view::CeremonyState;
use super::visit::Visit;
use crate::documents::attached;
use crate::documents::download::Download;
use crate::envelopes::FileRevision;
use crate::error::Error;
use crate::server::Service;
use envelope::commands::attach_file::AttachFile;
use envelope::commands::remove_file::RemoveFile;
use envelope::{AttachedFile, Command, FieldId, FileType, Refusal, Shelf, decide};
use std::sync::Arc;

impl Service {
    /// Adds a file in place of the one that was there. Its bytes are durable before the envelope names them.
    pub async fn attach_file(
        &self,
        visit: &Visit,
        field: FieldId,
        name: String,
        bytes: Vec<u8>,
    ) -> Result<AttachedFile, Error> {
        // Nothing of a stranger's is opened or kept before it is known that they may add something.
        self.may_attach(visit, &field).await?;
        let bytes: Arc<[u8]> = bytes.into();
        let (told, read) = (name, Arc::clone(&bytes));
        let file = tokio::task::spawn_blocking(move || attached::told(&told, read))
            .await
            .map_err(Error::fault)??;
        let command =
            Command::AttachFile(AttachFile { recipient: visit.recipient, field, file: file.clone() });
        let state = self.load(&visit.scope).await?.envelope;
        let _ = decide(Some(&state), &command, &self.context_of(visit))?;
        self.store().blobs().put_bytes(&visit.scope.tenant, bytes.to_vec()).await?;
        self.execute_as(visit, &[command], None).await?;
        Ok(file)
    }

    /// Takes it away again.
    pub async fn remove_file(&self, visit: &Visit, field: FieldId) -> Result<(), Error> {
        let command = Command::RemoveFile(RemoveFile { recipient: visit.recipient, field });
        self.execute_as(visit, &[command], None).await
    }

    /// A file: for who added it as long as they can change it, and for everybody who gets the finished documents
    /// and sees the one that it was asked for in. Of a confidential one the others know nothing.
    pub async fn ceremony_file(&self, visit: &Visit, field: &FieldId) -> Result<(Download, FileType), Error> {
        let view = self.ceremony(visit).await?;
        let state = &view.envelope;
        if state.shelf == Shelf::Deleted {
            return Err(Refusal::EnvelopeDeleted.into());
        }
        let own = state.fields_of(visit.recipient).any(|it| it.id == *field);
        let open = state.may_see_field(visit.recipient, field);
        match view.state {
            CeremonyState::Ready if own => {}
            CeremonyState::Download if own || open => {}
            CeremonyState::Ready | CeremonyState::Download => return Err(Error::NotFound { what: "file" }),
            CeremonyState::Consent => return Err(Refusal::ConsentMissing.into()),
            CeremonyState::Challenge => return Err(super::view::unproved(&view)),
            _ => return Err(Error::LinkEnded),
        }
        self.attached(&visit.scope.tenant, state, field, FileRevision::Head).await
    }

    /// Whether it is their turn and they have agreed, before their bytes are looked at. What is to be taken away where
    /// nothing is asks for the same and does nothing.
    async fn may_attach(&self, visit: &Visit, field: &FieldId) -> Result<(), Error> {
        let command = Command::RemoveFile(RemoveFile { recipient: visit.recipient, field: field.clone() });
        let state = self.load(&visit.scope).await?.envelope;
        let _ = decide(Some(&state), &command, &self.context_of(visit))?;
        if visit.is_over() {
            return Err(Error::LinkEnded);
        }
        Ok(())
    }
}

//! What the holder of such an address does.

use super::{Holder, Whence};
use crate::effects::LinkPurpose;
use crate::envelopes::{DraftInput, EnvelopeView};
use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use crate::uploads::Upload;
use envelope::{Refusal, edit_link::EditStanding};
use store::edit_links;

impl Service {
    /// Changes the draft.
    ///
    /// # Errors
    /// Also where the change goes beyond what their address is for.
    pub async fn revise_held_draft(
        &self,
        holder: &Holder,
        version: Option<u64>,
        input: DraftInput,
    ) -> Result<EnvelopeView, Error> {
        self.revise(holder.scope(), holder.actor(), version, input, true).await
    }

    /// Whether an upload belongs to the draft: it is one of its documents, or came in by such an address.
    ///
    /// # Errors
    /// [`Error::NotFound`] for every other one of the tenant.
    pub async fn held_upload(&self, holder: &Holder, upload: &str) -> Result<(), Error> {
        let scope = holder.scope();
        let unknown = Error::NotFound { what: "upload" };
        let known = self.find_upload(&scope.tenant, scope.mode, upload).await?.ok_or(unknown.clone())?;
        let draft = self.load(scope).await?.envelope.draft;
        if belongs(&known, scope, &draft) { Ok(()) } else { Err(unknown) }
    }

    /// Leads the holder of an address on to sign what they have sent; gives the address of their page.
    ///
    /// # Errors
    /// Where they are not the next to sign.
    pub async fn sign_as_holder(&self, token: &str, whence: Whence) -> Result<String, Error> {
        let found = self.find_edit_link(token, &whence.address).await?;
        let Some(recipient) = self.signs_next(&found) else {
            let standing = found.link.standing(&found.envelope, self.now());
            return Err(match standing {
                EditStanding::Ended => Refusal::EditLinkEnded,
                EditStanding::Open => Refusal::NotSent,
                _ => Refusal::RecipientOutOfTurn,
            }
            .into());
        };
        let holder = found.held_by(whence);
        self.signing_link_for(holder.scope(), holder.actor(), recipient, LinkPurpose::Initiator).await
    }

    /// Where the browser of a sender who signed what they sent by such an address goes.
    pub(crate) async fn initiator_returns_to(&self, scope: &Scope) -> Result<Option<String>, Error> {
        let (tenant, envelope) = (scope.tenant.as_str(), scope.envelope.as_str());
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { edit_links::newest_of(tx, tenant, envelope).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(row.and_then(|it| it.return_url))
    }
}

pub(crate) fn belongs(upload: &Upload, scope: &Scope, draft: &envelope::Draft) -> bool {
    upload.draft.as_deref() == Some(scope.envelope.as_str())
        || draft.documents.iter().any(|it| it.upload == upload.id)
}

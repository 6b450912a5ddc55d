//! A fresh link for a recipient, for those who take the person there themselves.

use crate::effects::LinkPurpose;
use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use envelope::{Actor, Part, Refusal};

impl Service {
    /// Makes a signing link for a recipient whose turn it is. A user gets one for themselves alone; a
    /// program of the tenant answers for whom it hands it to.
    pub async fn signing_link(&self, scope: &Scope, actor: &Actor, recipient: u16) -> Result<String, Error> {
        let state = self.load(scope).await?.envelope;
        let place = usize::from(recipient).checked_sub(1);
        let person = place
            .and_then(|index| state.draft.recipients.get(index))
            .ok_or(Error::NotFound { what: "recipient" })?;
        if let Actor::User { user, .. } = actor {
            let own = self.user(&scope.tenant, user).await?;
            if !own.email.eq_ignore_ascii_case(person.email.text()) {
                return Err(Error::Wrong {
                    code: "link_of_another_person",
                    sentence: "You can open your own link only; the others get theirs by mail.".to_owned(),
                });
            }
        }
        let progress = state.status.progress().ok_or(Refusal::NotSent)?;
        match progress.part(recipient) {
            Some(Part::Invited | Part::Opened | Part::Consented) => {}
            Some(Part::Waiting) => return Err(Refusal::RecipientOutOfTurn.into()),
            Some(Part::Copy) => return Err(Refusal::RecipientHasNoAct.into()),
            _ => return Err(Refusal::AlreadyActed.into()),
        }
        let token = self
            .store()
            .write(move |tx| {
                Box::pin(async move { self.new_link(tx, scope, recipient, LinkPurpose::Handed).await })
            })
            .await?;
        Ok(self.signing_url(&token))
    }

    /// The address of a link.
    pub(crate) fn signing_url(&self, token: &str) -> String {
        format!("{}/s/{token}", self.settings().public_url)
    }
}

//! Settle, after sending, how a recipient proves who they are.

use super::draft::RecipientInput;
use super::view::EnvelopeView;
use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use envelope::commands::set_authentication::SetAuthentication;
use envelope::{Actor, Arrival, Command};

impl Service {
    /// Sets a recipient's methods, and how they arrive where that is said. A secret that is not given again stays.
    pub async fn set_authentication(
        &self,
        scope: &Scope,
        actor: &Actor,
        recipient: u16,
        input: RecipientInput,
        arrival: Option<Arrival>,
    ) -> Result<EnvelopeView, Error> {
        let state = self.load(scope).await?.envelope;
        let index = usize::from(recipient).checked_sub(1);
        let place = index.and_then(|index| state.draft.recipients.get(index));
        let place = place.ok_or(Error::NotFound { what: "recipient" })?;
        let mut changed = place.clone();
        changed.authentication = input.draft.authentication;
        let mut inputs: Vec<RecipientInput> = state
            .draft
            .recipients
            .iter()
            .map(|it| RecipientInput { draft: it.clone(), ..RecipientInput::default() })
            .collect();
        if let Some(asked) = index.and_then(|index| inputs.get_mut(index)) {
            *asked = RecipientInput { draft: changed, answer: input.answer, pin: input.pin };
        }
        let kept = self.keep_secrets(&scope.tenant, inputs, Some(&state.draft)).await?;
        let kept = index.and_then(|index| kept.into_iter().nth(index));
        let authentication = kept.map(|it| it.authentication).unwrap_or_default();
        self.ask(
            scope,
            actor,
            Command::SetAuthentication(SetAuthentication { recipient, authentication, arrival }),
        )
        .await
    }
}

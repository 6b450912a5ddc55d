//! One envelope, as it is shown.

use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use crate::webhooks::Subscribed;
use envelope::Envelope;
use store::jobs;
use store::template_uses::{self, UseRow};

/// An envelope's state, and what holds it up.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvelopeView {
    /// Its id.
    pub id: String,
    /// Its state.
    pub envelope: Envelope,
    /// Why it waits, where something failed and is being tried again.
    pub problem: Option<String>,
    /// Subscriptions that were made with it, for the answer that makes it alone: their secrets are shown once.
    pub webhooks: Vec<Subscribed>,
    /// The template it came from, where it did.
    pub origin: Option<UseRow>,
}

impl EnvelopeView {
    /// One that was just made: nothing can hold it up yet.
    pub(crate) fn of_new(scope: &Scope, envelope: Envelope, webhooks: &[Subscribed]) -> Self {
        Self {
            id: scope.envelope.clone(),
            envelope,
            problem: None,
            webhooks: webhooks.to_vec(),
            origin: None,
        }
    }

    /// How far a recipient has come, in the word of the API.
    pub fn part_word(&self, recipient: u16) -> &'static str {
        crate::project::part_word(&self.envelope, recipient)
    }
}

impl Service {
    /// Reads one envelope.
    pub async fn envelope(&self, scope: &Scope) -> Result<EnvelopeView, Error> {
        let loaded = self.load(scope).await?;
        self.view(scope, loaded.envelope).await
    }

    pub(crate) async fn view(&self, scope: &Scope, envelope: Envelope) -> Result<EnvelopeView, Error> {
        let tenant = scope.tenant.as_str();
        let (stuck, origin) = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let stuck = jobs::stuck(tx, tenant).await?;
                    Ok((stuck, template_uses::find(tx, tenant, &scope.envelope).await?))
                })
            })
            .await
            .map_err(Error::Fault)?;
        let ours = stuck.into_iter().find(|job| {
            serde_json::from_str::<crate::effects::Work>(&job.payload)
                .is_ok_and(|work| work.envelope() == Some(scope.envelope.as_str()))
        });
        Ok(EnvelopeView {
            id: scope.envelope.clone(),
            envelope,
            problem: ours.and_then(|job| job.last_error),
            webhooks: Vec::new(),
            origin,
        })
    }
}

//! The trail of an envelope.

use super::story;
use crate::error::Error;
use crate::execute::Scope;
use crate::record;
use crate::server::Service;
use envelope::{Actor, Envelope};

/// One event, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct EventView {
    /// Its number, from 1.
    pub seq: i64,
    /// When, microseconds since 1970.
    pub at: i64,
    /// What, in the word of the API.
    pub kind: String,
    /// Who.
    pub actor: Actor,
    /// What, in a sentence.
    pub summary: String,
    /// Its hash in the chain.
    pub hash: String,
}

impl Service {
    /// All events of an envelope, oldest first, told in a language.
    pub async fn events(&self, scope: &Scope, language: &str) -> Result<Vec<EventView>, Error> {
        // Sees to it that the caller may see the envelope at all.
        let state = self.load(scope).await?.envelope;
        self.trail(scope, &state, language).await
    }

    pub(crate) async fn trail(
        &self,
        scope: &Scope,
        state: &Envelope,
        language: &str,
    ) -> Result<Vec<EventView>, Error> {
        let entries = self
            .store()
            .read(move |tx| {
                Box::pin(async move { record::entries(tx, &scope.tenant, &scope.envelope).await })
            })
            .await?;
        entries
            .iter()
            .map(|entry| {
                let recorded = entry.recorded()?;
                Ok(EventView {
                    seq: entry.row.seq,
                    at: entry.row.at_micros,
                    kind: entry.row.kind.clone(),
                    actor: entry.actor()?,
                    summary: story::sentence(&recorded.event, state, language),
                    hash: entry.row.hash.clone(),
                })
            })
            .collect()
    }
}

//! The trail of an envelope.

use super::story;
use crate::error::Error;
use crate::execute::Scope;
use crate::record::{self, Entry};
use crate::server::Service;
use crate::work::known_language;
use envelope::{Actor, Envelope, Event};

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
    /// The event itself.
    pub(crate) event: Event,
}

impl Service {
    /// All events of an envelope, oldest first, told in a language.
    ///
    /// # Errors
    /// `language_unknown`.
    pub async fn events(&self, scope: &Scope, language: &str) -> Result<Vec<EventView>, Error> {
        let language = known_language(language)?.language;
        // Sees to it that the caller may see the envelope at all.
        let state = self.load(scope).await?.envelope;
        let entries = self
            .store()
            .read(move |tx| {
                Box::pin(async move { record::entries(tx, &scope.tenant, &scope.envelope).await })
            })
            .await?;
        views(&entries, &state, language)
    }
}

/// Entries as they are shown; people are named as they were when it happened: another person may have taken a place
/// since. `state` tells the first one.
pub(crate) fn views(entries: &[Entry], state: &Envelope, language: &str) -> Result<Vec<EventView>, Error> {
    let mut then: Option<Envelope> = None;
    let mut views = Vec::with_capacity(entries.len());
    for entry in entries {
        let recorded = entry.recorded()?;
        let summary = story::sentence(&recorded.event, then.as_ref().unwrap_or(state), language);
        match &mut then {
            Some(then) => then.apply(&recorded),
            None => then = Envelope::begin(&recorded),
        }
        views.push(EventView {
            seq: entry.row.seq,
            at: entry.row.at_micros,
            kind: entry.row.kind.clone(),
            actor: entry.actor()?,
            summary,
            hash: entry.row.hash.clone(),
            event: recorded.event,
        });
    }
    Ok(views)
}

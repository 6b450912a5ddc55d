//! An event on the wire.

use super::time;
use serde::Serialize;
use service::envelopes::EventView;
use utoipa::ToSchema;

/// The trail of an envelope.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct EventList {
    pub(crate) items: Vec<EventAnswer>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct EventAnswer {
    /// From 1.
    seq: i64,
    at: String,
    #[serde(rename = "type")]
    kind: String,
    /// Who acted, from where, and how we know.
    #[schema(value_type = Object)]
    actor: serde_json::Value,
    /// What happened, in a sentence.
    summary: String,
    /// SHA-256 of the event in the chain.
    hash: String,
}

impl From<&EventView> for EventAnswer {
    fn from(event: &EventView) -> Self {
        Self {
            seq: event.seq,
            at: time(event.at),
            kind: event.kind.clone(),
            actor: actor(&event.actor),
            summary: event.summary.clone(),
            hash: event.hash.clone(),
        }
    }
}

fn actor(actor: &service::envelope::Actor) -> serde_json::Value {
    use serde_json::json;
    use service::envelope::Actor;
    match actor {
        Actor::User { user, address, user_agent } => {
            json!({"kind": "user", "user": user, "address": address.text(), "user_agent": user_agent.text()})
        }
        Actor::ApiKey { key, address } => json!({"kind": "api_key", "key": key, "address": address.text()}),
        Actor::Recipient { recipient, address, user_agent, methods } => json!({
            "kind": "recipient", "recipient": recipient, "address": address.text(),
            "user_agent": user_agent.text(), "methods": methods,
        }),
        Actor::EditLink { link, handed_out_by, address, user_agent } => json!({
            "kind": "edit_link", "link": link, "handed_out_by": handed_out_by, "address": address.text(),
            "user_agent": user_agent.text(),
        }),
        Actor::System => json!({"kind": "system"}),
    }
}

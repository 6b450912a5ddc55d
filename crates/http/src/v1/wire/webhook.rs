//! Subscriptions and their log on the wire.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::webhooks::{
    Attempt, Delivery, DeliveryPage, NewWebhook, Subscribed, Webhook, WebhookChange, WebhookPage,
};
use utoipa::ToSchema;

/// What somebody wants to be told, and where.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookRequest {
    /// Where it goes: an https address on the public internet.
    url: String,
    /// Names of events, such as `envelope.completed`; all of them where it is left out.
    #[serde(default)]
    events: Vec<String>,
    /// `test`, `live` or `both`. That of the key, or of the envelope, where it is left out; `both` at the desk.
    mode: Option<String>,
    /// Id of the only envelope that it is about; all of them where it is left out.
    envelope: Option<String>,
}

impl From<WebhookRequest> for NewWebhook {
    fn from(request: WebhookRequest) -> Self {
        let WebhookRequest { url, events, mode, envelope } = request;
        Self { url, events, mode, envelope: envelope.filter(|it| !it.is_empty()) }
    }
}

/// Who is told of what happens in one envelope.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireWebhook {
    /// Where it goes: an https address on the public internet.
    url: String,
    /// Names of events, such as `envelope.completed`; all of them where it is left out.
    #[serde(default)]
    events: Vec<String>,
}

impl From<WireWebhook> for NewWebhook {
    fn from(it: WireWebhook) -> Self {
        Self { url: it.url, events: it.events, ..Self::default() }
    }
}

/// What is to be different in a subscription.
#[derive(Clone, Debug, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookPatch {
    /// Where it goes.
    url: Option<String>,
    /// Names of events; all of them where the list is empty.
    events: Option<Vec<String>>,
    /// `test`, `live` or `both`.
    mode: Option<String>,
    /// Whether it is switched on.
    enabled: Option<bool>,
}

impl From<WebhookPatch> for WebhookChange {
    fn from(patch: WebhookPatch) -> Self {
        let WebhookPatch { url, events, mode, enabled } = patch;
        Self { url, events, mode, enabled }
    }
}

/// A subscription.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct WebhookAnswer {
    id: String,
    url: String,
    /// Names of events; all of them where it is empty.
    events: Vec<String>,
    /// `test`, `live` or `both`.
    mode: &'static str,
    /// The only envelope that it is about.
    envelope: Option<String>,
    enabled: bool,
    /// Why it was switched off by itself: `webhook_gone`, because the receiver answered 410.
    disabled_reason: Option<String>,
    created_at: String,
    /// Until when the secret before this one signs too.
    previous_secret_until: Option<String>,
}

impl From<Webhook> for WebhookAnswer {
    fn from(it: Webhook) -> Self {
        Self {
            id: it.id,
            url: it.url,
            events: it.events,
            mode: it.about.word(),
            envelope: it.envelope,
            enabled: it.enabled,
            disabled_reason: it.disabled_reason,
            created_at: it.created_at.to_string(),
            previous_secret_until: it.previous_secret_until.map(|at| at.to_string()),
        }
    }
}

/// A subscription with a secret that was just made.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct NewWebhookAnswer {
    #[serde(flatten)]
    webhook: WebhookAnswer,
    /// What bodies are signed with: `whsec_` and Base64. It is not shown again.
    secret: String,
}

impl NewWebhookAnswer {
    pub(crate) fn new(webhook: Webhook, secret: String) -> Self {
        Self { webhook: webhook.into(), secret }
    }
}

impl From<Subscribed> for NewWebhookAnswer {
    fn from(it: Subscribed) -> Self {
        Self::new(it.webhook, it.secret)
    }
}

/// A page of subscriptions.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct WebhookList {
    items: Vec<WebhookAnswer>,
    /// Give it as `cursor` for the next page.
    next_cursor: Option<String>,
}

impl From<WebhookPage> for WebhookList {
    fn from(page: WebhookPage) -> Self {
        Self { items: page.items.into_iter().map(Into::into).collect(), next_cursor: page.next_cursor }
    }
}

/// One event on its way to one subscription.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct DeliveryAnswer {
    id: String,
    /// The header `webhook-id`: the same for the same event, whenever it is sent.
    webhook_id: String,
    event: String,
    envelope: String,
    /// Number of the envelope's event.
    sequence: i64,
    /// `pending`, `delivered` or `failed`.
    state: &'static str,
    attempts: i64,
    created_at: String,
    last_attempt_at: Option<String>,
    next_attempt_at: Option<String>,
    /// HTTP status of the last answer.
    status: Option<i64>,
    /// What went wrong at last, a stable code.
    fault: Option<String>,
    /// The beginning of the last answer, at most 1 KiB.
    answer: String,
    /// Milliseconds that the last attempt took.
    took_ms: Option<i64>,
    /// The delivery that was sent again by hand, where this is a repetition.
    replay_of: Option<String>,
    /// What is sent.
    #[schema(value_type = Object)]
    body: Value,
    /// Every attempt, in order.
    log: Vec<AttemptAnswer>,
}

/// One attempt, and what was answered.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct AttemptAnswer {
    at: String,
    /// HTTP status of the answer.
    status: Option<i64>,
    /// What went wrong, a stable code.
    fault: Option<String>,
    /// The beginning of the answer, at most 1 KiB.
    answer: String,
    /// Milliseconds that it took.
    took_ms: Option<i64>,
}

impl From<Attempt> for AttemptAnswer {
    fn from(it: Attempt) -> Self {
        let Attempt { at, status, fault, answer, took_ms } = it;
        Self { at: at.to_string(), status, fault, answer, took_ms }
    }
}

impl From<Delivery> for DeliveryAnswer {
    fn from(it: Delivery) -> Self {
        Self {
            id: it.id,
            webhook_id: it.message,
            event: it.event,
            envelope: it.envelope,
            sequence: it.sequence,
            state: it.state.word(),
            attempts: it.attempts,
            created_at: it.created_at.to_string(),
            last_attempt_at: it.last_at.map(|at| at.to_string()),
            next_attempt_at: it.next_at.map(|at| at.to_string()),
            status: it.status,
            fault: it.fault,
            answer: it.answer,
            took_ms: it.took_ms,
            replay_of: it.replay_of,
            body: serde_json::from_str(&it.body).unwrap_or_default(),
            log: it.log.into_iter().map(Into::into).collect(),
        }
    }
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct DeliveryList {
    items: Vec<DeliveryAnswer>,
    /// Give it as `cursor` for the next page.
    next_cursor: Option<String>,
}

impl From<DeliveryPage> for DeliveryList {
    fn from(page: DeliveryPage) -> Self {
        Self { items: page.items.into_iter().map(Into::into).collect(), next_cursor: page.next_cursor }
    }
}

//! Webhooks: what customers' programs are told.
//!
//! A subscription says where and about what ([`Webhook`]). Each event of an envelope becomes, in the transaction that
//! appends it, one delivery for each subscription that wants it (`queue.rs`); a worker makes the attempts
//! (`work/webhook.rs`). What an event is called outside stands in `told.rs` alone, what is sent in `body.rs`.

mod body;
mod change;
mod delete;
mod get;
mod list;
mod log;
pub(crate) mod queue;
mod receivers;
mod replay;
mod retry_after;
mod rotate;
pub(crate) mod secret;
mod subscribe;
mod told;
mod url;
mod wishes;

pub use change::WebhookChange;
pub use list::WebhookPage;
pub use log::{Attempt, Delivery, DeliveryPage, DeliveryState};
pub(crate) use receivers::Receivers;
pub(crate) use retry_after::retry_after;
pub use subscribe::{NewWebhook, Subscribed};
pub use told::NAMES;
pub use wishes::About;

use crate::error::Error;
use crate::server::Mode;
use crate::world::from_micros;
use jiff::Timestamp;
use store::webhooks::WebhookRow;

/// Who asks about webhooks: those of a key's own mode are there for it, and no others. A key of test envelopes that
/// could change where both kinds are told would see live ones.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The tenant.
    pub tenant: String,
    /// The key's mode; none at the desk, which sees all.
    pub mode: Option<Mode>,
}

/// A subscription.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Where it goes.
    pub url: String,
    /// Names of the events; all of them where it is empty.
    pub events: Vec<String>,
    /// Which envelopes it is about.
    pub about: About,
    /// The only envelope that it is about.
    pub envelope: Option<String>,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Why it was switched off by itself, a stable word.
    pub disabled_reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when the secret before this one signs too.
    pub previous_secret_until: Option<Timestamp>,
}

impl Webhook {
    fn of(row: &WebhookRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.webhook.clone(),
            url: row.url.clone(),
            events: wishes::read(&row.events)?,
            about: About::of_word(&row.mode).ok_or_else(|| Error::fault("a webhook of no kind"))?,
            envelope: Some(row.envelope.clone()).filter(|it| !it.is_empty()),
            enabled: row.disabled_at.is_none(),
            disabled_reason: row.disabled_reason.clone(),
            created_at: from_micros(row.created_at),
            previous_secret_until: row.previous.as_ref().map(|(_, until)| from_micros(*until)),
        })
    }
}

impl Holder {
    /// Whether a subscription is there for this caller.
    fn sees(&self, row: &WebhookRow) -> bool {
        self.mode.is_none_or(|mode| row.mode == About::of(mode).word())
    }
}

fn unknown() -> Error {
    Error::NotFound { what: "webhook" }
}

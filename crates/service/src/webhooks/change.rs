//! Change a subscription.

use super::{Holder, Webhook, get, subscribe, wishes};
use crate::error::Error;
use crate::server::{Mode, Service};
use crate::world::to_micros;
use store::webhooks;

/// What is to be different; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookChange {
    /// Where it goes.
    pub url: Option<String>,
    /// Names of events.
    pub events: Option<Vec<String>>,
    /// `test`, `live` or `both`.
    pub mode: Option<String>,
    /// Whether it is switched on.
    pub enabled: Option<bool>,
}

impl Service {
    /// Changes a subscription. What is on its way goes to the new address from its next attempt on; what is on its
    /// way to one that is switched off fails, and can be sent again by hand.
    pub async fn change_webhook(
        &self,
        holder: &Holder,
        id: &str,
        change: WebhookChange,
    ) -> Result<Webhook, Error> {
        let before = self.webhook_row(holder, id).await?;
        let mut found = Vec::new();
        // One about a single envelope stays of that envelope's mode.
        let mode = match before.mode.as_str() {
            _ if before.envelope.is_empty() => holder.mode,
            "test" => Some(Mode::Test),
            _ => Some(Mode::Live),
        };
        let about = change.mode.as_deref().map(|word| wishes::about(mode, Some(word), &mut found));
        let events = change.events.map(|names| wishes::events(&names, &mut found)).transpose()?;
        if let Some(url) = &change.url {
            self.check_webhook_url(url, &mut found).await;
        }
        subscribe::refuse(found)?;
        let (url, events, now) = (change.url.as_ref(), events.as_ref(), to_micros(self.now()));
        let row = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut row = get::lock(tx, holder, id).await?;
                    row.url = url.unwrap_or(&row.url).clone();
                    row.events = events.unwrap_or(&row.events).clone();
                    row.mode = about.map_or(row.mode, |it| it.word().to_owned());
                    row.disabled_at = match change.enabled {
                        Some(true) => None,
                        Some(false) => row.disabled_at.or(Some(now)),
                        None => row.disabled_at,
                    };
                    if row.disabled_at.is_none() {
                        row.disabled_reason = None;
                    }
                    webhooks::update(tx, &row).await?;
                    Ok::<_, Error>(row)
                })
            })
            .await?;
        Webhook::of(&row)
    }
}

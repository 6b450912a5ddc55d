//! The subscriptions of an account.

use super::{About, Holder, Webhook};
use crate::envelopes::cursor;
use crate::error::Error;
use crate::server::Service;
use store::webhooks::{self, Filter};

/// A page has so many lines at most.
pub(super) const LIMIT_MAX: u32 = 100;

/// A page of subscriptions.
#[derive(Clone, Debug, PartialEq)]
pub struct WebhookPage {
    /// Its lines, newest first.
    pub items: Vec<Webhook>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

impl Service {
    /// Lists subscriptions, newest first.
    pub async fn webhooks(
        &self,
        holder: &Holder,
        limit: Option<u32>,
        cursor: Option<&str>,
    ) -> Result<WebhookPage, Error> {
        let limit = limit.unwrap_or(25).clamp(1, LIMIT_MAX);
        let filter = &Filter {
            mode: holder.mode.map(|mode| About::of(mode).word().to_owned()),
            before: cursor.map(cursor::read).transpose()?,
            limit: i64::from(limit) + 1,
        };
        let tenant = holder.tenant.as_str();
        let mut rows = self
            .store()
            .read(move |tx| Box::pin(async move { webhooks::list(tx, tenant, filter).await }))
            .await
            .map_err(Error::Fault)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next_cursor = rows.last().filter(|_| more).map(|row| cursor::write(row.created_at, &row.webhook));
        Ok(WebhookPage { items: rows.iter().map(Webhook::of).collect::<Result<_, _>>()?, next_cursor })
    }
}

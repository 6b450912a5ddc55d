//! One subscription.

use super::{Holder, Webhook, unknown};
use crate::error::Error;
use crate::server::Service;
use store::Tx;
use store::webhooks::{self, WebhookRow};

impl Service {
    /// Reads a subscription.
    pub async fn webhook(&self, holder: &Holder, id: &str) -> Result<Webhook, Error> {
        let row = self.webhook_row(holder, id).await?;
        Webhook::of(&row)
    }

    pub(super) async fn webhook_row(&self, holder: &Holder, id: &str) -> Result<WebhookRow, Error> {
        let tenant = holder.tenant.as_str();
        let row =
            self.store().read(move |tx| Box::pin(async move { webhooks::find(tx, tenant, id).await })).await;
        row.map_err(Error::Fault)?.filter(|row| holder.sees(row)).ok_or_else(unknown)
    }
}

/// The row of a subscription that is to be changed, as far as the caller sees it.
pub(super) async fn lock(tx: &mut Tx<'_>, holder: &Holder, id: &str) -> Result<WebhookRow, Error> {
    let row = webhooks::lock(tx, &holder.tenant, id).await?;
    row.filter(|row| holder.sees(row)).ok_or_else(unknown)
}

//! End a subscription.

use super::{Holder, get};
use crate::error::Error;
use crate::server::Service;
use store::{webhook_attempts, webhook_deliveries, webhooks};

impl Service {
    /// Deletes a subscription and its log. What is on its way is dropped; an attempt under way is the last one.
    pub async fn delete_webhook(&self, holder: &Holder, id: &str) -> Result<(), Error> {
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    get::lock(tx, holder, id).await?;
                    webhook_attempts::remove_of(tx, &holder.tenant, id).await?;
                    webhook_deliveries::remove_of(tx, &holder.tenant, id).await?;
                    webhooks::remove(tx, &holder.tenant, id).await?;
                    Ok::<_, Error>(())
                })
            })
            .await
    }
}

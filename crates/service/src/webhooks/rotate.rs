//! Give a subscription a new secret.

use super::{Holder, Webhook, get};
use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use jiff::SignedDuration;
use store::webhooks;

/// The secret before signs so long, where nothing is said.
const DAY: u32 = 24;
/// And so long at most, in hours.
const LONGEST: u32 = 24 * 30;

impl Service {
    /// Makes a new secret, which is shown this once. The one before it signs too for some hours, so that the receiver
    /// can change at leisure; for none where it is known to others.
    pub async fn rotate_webhook_secret(
        &self,
        holder: &Holder,
        id: &str,
        hours: Option<u32>,
    ) -> Result<(Webhook, String), Error> {
        let hours = i64::from(hours.unwrap_or(DAY).min(LONGEST));
        let (secret, sealed) = self.new_webhook_secret(&holder.tenant, id).await?;
        let until = self.now().checked_add(SignedDuration::from_hours(hours)).ok();
        let until = until.map(to_micros).filter(|_| hours > 0);
        let sealed = &sealed;
        let row = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut row = get::lock(tx, holder, id).await?;
                    let before = std::mem::replace(&mut row.secret, sealed.clone());
                    row.previous = until.map(|until| (before, until));
                    webhooks::update(tx, &row).await?;
                    Ok::<_, Error>(row)
                })
            })
            .await?;
        Ok((Webhook::of(&row)?, secret.to_text()))
    }
}

//! What lists hold of a person, and its erasure.

use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use jiff::SignedDuration;
use store::{bulk_rows, bulk_sends};

/// So many rows are read at a time.
const PAGE: i64 = 500;
/// A list that nobody starts is kept for so long.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

impl Service {
    /// Takes out the rows that wait and name whoever has this address; says how many.
    pub(crate) async fn erase_in_lists(
        &self,
        tenant: &str,
        email: &str,
        dry_run: bool,
    ) -> Result<u64, Error> {
        let key = self.data_key(tenant).await?;
        let (mut after, mut erased) = ((String::new(), 0), 0);
        loop {
            let from = (after.0.as_str(), after.1);
            let page = self
                .store()
                .read(move |tx| Box::pin(async move { bulk_rows::waiting(tx, tenant, from, PAGE).await }))
                .await
                .map_err(Error::Fault)?;
            let Some(last) = page.last() else { return Ok(erased) };
            after = (last.bulk.clone(), last.number);
            for row in &page {
                let Some(sealed) = &row.given else { continue };
                if !self.open_row(&key, &row.bulk, row.number, sealed)?.names(email) {
                    continue;
                }
                erased += 1;
                if dry_run {
                    continue;
                }
                self.store()
                    .write(move |tx| {
                        Box::pin(async move {
                            bulk_rows::done(
                                tx,
                                tenant,
                                &row.bulk,
                                row.number,
                                "cancelled",
                                Some("The person was erased."),
                            )
                            .await
                        })
                    })
                    .await
                    .map_err(Error::Fault)?;
            }
        }
    }

    /// Forgets what stands in lists that nobody started for a long time.
    pub(crate) async fn forget_unbegun_lists(&self, tenant: &str) {
        let now = to_micros(self.now());
        let before = to_micros(self.now().checked_sub(KEPT).unwrap_or(jiff::Timestamp::MIN));
        let done = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    for bulk in bulk_sends::unbegun(tx, tenant, before).await? {
                        bulk_rows::cancel(tx, tenant, &bulk).await?;
                        bulk_sends::set_status(tx, tenant, &bulk, super::CANCELLED, now).await?;
                    }
                    Ok::<_, store::Fault>(())
                })
            })
            .await;
        if let Err(fault) = done {
            tracing::warn!(%tenant, %fault, "old lists could not be forgotten");
        }
    }
}

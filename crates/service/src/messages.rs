//! Messages that did not leave: those of test envelopes, and everything with `--dev`.

use crate::error::Error;
use crate::server::Service;
use store::messages::{self, MessageRow};
use store::tenants;

/// So many are shown at most.
const SHOWN_MAX: i64 = 200;

impl Service {
    /// Messages of test envelopes of a tenant, newest first.
    pub async fn test_messages(&self, tenant: &str, to: Option<&str>) -> Result<Vec<MessageRow>, Error> {
        self.store()
            .read(move |tx| {
                Box::pin(async move { messages::list(tx, tenant, to, Some(true), SHOWN_MAX).await })
            })
            .await
            .map_err(Error::Fault)
    }

    /// Everything that would have been sent, of all tenants, newest first. Only served with `--dev`.
    pub async fn outbox(&self, to: Option<&str>) -> Result<Vec<MessageRow>, Error> {
        let mut all = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let mut all = Vec::new();
                    for tenant in tenants::list(tx).await? {
                        all.extend(messages::list(tx, &tenant.tenant, to, None, SHOWN_MAX).await?);
                    }
                    Ok::<_, store::Fault>(all)
                })
            })
            .await
            .map_err(Error::Fault)?;
        all.sort_by_key(|message| std::cmp::Reverse(message.at));
        Ok(all)
    }
}

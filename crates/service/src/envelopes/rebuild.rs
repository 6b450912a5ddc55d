//! Make the projections again from the events.

use crate::error::Error;
use crate::execute::Scope;
use crate::project;
use crate::record;
use crate::server::Service;
use envelope::Shelf;
use store::{envelopes, tenants};

impl Service {
    /// Makes all projections again from the events; gives the number of envelopes.
    pub async fn rebuild(&self) -> Result<usize, Error> {
        let all = self
            .store()
            .read(|tx| Box::pin(async move { tenants::list(tx).await }))
            .await
            .map_err(Error::Fault)?;
        let mut count = 0;
        for tenant in &all {
            count += self.rebuild_tenant(&tenant.tenant).await?;
        }
        Ok(count)
    }

    async fn rebuild_tenant(&self, tenant: &str) -> Result<usize, Error> {
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let ids = envelopes::all_ids(tx, tenant).await?;
                    envelopes::delete_all(tx, tenant).await?;
                    for id in &ids {
                        rebuild_envelope(tx, tenant, id).await?;
                    }
                    Ok(ids.len())
                })
            })
            .await
    }
}

async fn rebuild_envelope(tx: &mut store::Tx<'_>, tenant: &str, id: &str) -> Result<(), Error> {
    let loaded = record::load(tx, tenant, id)
        .await?
        .ok_or_else(|| Error::fault("an envelope without events is listed"))?;
    // Where the documents were deleted there is nothing left that their revisions could be made of.
    if loaded.envelope.shelf != Shelf::Deleted {
        for entry in &record::entries(tx, tenant, id).await? {
            project::revisions(tx, tenant, &[entry.recorded()?.event]).await?;
        }
    }
    let scope = Scope { tenant: tenant.to_owned(), envelope: id.to_owned(), mode: None };
    project::envelope(tx, &scope, &loaded.envelope, loaded.seq, loaded.head).await
}

//! Take somebody out of the address book.

use super::{Reader, unknown};
use crate::error::Error;
use crate::server::Service;
use store::contacts;

impl Service {
    /// Deletes a contact. Envelopes that took something from it keep that.
    pub async fn delete_contact(&self, reader: &Reader, id: &str) -> Result<(), Error> {
        let tenant = reader.tenant.as_str();
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let row = contacts::lock(tx, tenant, id).await?;
                    row.filter(|row| reader.sees(row)).ok_or_else(unknown)?;
                    contacts::remove(tx, tenant, id).await?;
                    Ok::<_, Error>(())
                })
            })
            .await
    }
}

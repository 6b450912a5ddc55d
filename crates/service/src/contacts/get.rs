//! One contact.

use super::{KnownContact, Reader, unknown};
use crate::error::Error;
use crate::server::Service;
use store::contacts;

impl Service {
    /// Reads a contact.
    pub async fn contact(&self, reader: &Reader, id: &str) -> Result<KnownContact, Error> {
        let tenant = reader.tenant.as_str();
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { contacts::find(tx, tenant, id).await }))
            .await
            .map_err(Error::Fault)?;
        row.filter(|row| reader.sees(row)).map(|row| KnownContact::of(&row)).ok_or_else(unknown)
    }
}

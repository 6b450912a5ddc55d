//! Secrets that are used again, kept encrypted in the database.

use crate::error::Error;
use crate::server::Service;
use crate::vault::{self, Key};
use futures::future::BoxFuture;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use store::secrets;
use zeroize::Zeroizing;

/// The tenant of the server's own secrets.
pub(crate) const SYSTEM: &str = "system";
const DATA_KEY: &str = "data-key";

/// Data keys that have been unwrapped, by tenant.
#[derive(Default)]
pub(crate) struct DataKeys(Mutex<HashMap<String, Arc<Key>>>);

impl DataKeys {
    pub(crate) fn get(&self, tenant: &str) -> Option<Arc<Key>> {
        self.0.lock().ok()?.get(tenant).cloned()
    }

    fn put(&self, tenant: &str, key: Arc<Key>) {
        if let Ok(mut keys) = self.0.lock() {
            keys.insert(tenant.to_owned(), key);
        }
    }
}

impl Service {
    /// The data key of a tenant; made at first use, by whichever process comes first.
    pub(crate) async fn data_key(&self, tenant: &str) -> Result<Arc<Key>, Error> {
        if let Some(key) = self.inner.data_keys.get(tenant) {
            return Ok(key);
        }
        let found = self
            .store()
            .read(move |tx| Box::pin(async move { secrets::get(tx, tenant, DATA_KEY).await }))
            .await
            .map_err(Error::Fault)?;
        let wrapped = match found {
            Some(wrapped) => wrapped,
            None => {
                let (_, wrapped) = self.inner.vault.new_data_key(tenant, self.random());
                self.keep(tenant, DATA_KEY, wrapped).await?
            }
        };
        let key = self.inner.vault.data_key(tenant, &wrapped).ok_or_else(|| {
            Error::fault("the master key is not the one this database was made with; restore the right one")
        })?;
        let key = Arc::new(key);
        self.inner.data_keys.put(tenant, key.clone());
        Ok(key)
    }

    /// A secret of a tenant, or the one that `make` gives, kept for good: the same in every process.
    pub(crate) fn secret_or<'a>(
        &'a self,
        tenant: &'a str,
        name: &'a str,
        make: impl FnOnce() -> Result<Zeroizing<Vec<u8>>, Error> + Send + 'a,
    ) -> BoxFuture<'a, Result<Zeroizing<Vec<u8>>, Error>> {
        Box::pin(async move {
            let found = self
                .store()
                .read(move |tx| Box::pin(async move { secrets::get(tx, tenant, name).await }))
                .await?;
            let key = self.data_key(tenant).await?;
            let sealed = match found {
                Some(sealed) => sealed,
                None => self.keep(tenant, name, vault::seal(&key, name, &make()?, self.random())).await?,
            };
            vault::open(&key, name, &sealed)
                .ok_or_else(|| Error::fault(format!("the secret {name} cannot be opened")))
        })
    }

    /// Keeps a sealed secret unless there is one of that name, and gives the one that stands.
    async fn keep(&self, tenant: &str, name: &str, sealed: Vec<u8>) -> Result<Vec<u8>, Error> {
        let sealed = &sealed;
        self.store()
            .write(move |tx| {
                Box::pin(async move { secrets::insert_if_absent(tx, tenant, name, sealed).await })
            })
            .await
            .map_err(Error::Fault)
    }
}

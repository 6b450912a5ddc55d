//! Requests of programs that are made twice and done once.

use super::ApiKey;
use crate::error::Error;
use crate::server::Service;
use crate::vault::{self, Key};
use crate::world::to_micros;
use base64::Engine as _;
use store::idempotency::{self, Begin};

/// An answer is kept for a day, in microseconds.
const KEPT: i64 = 86_400_000_000;
const SEALED_AS: &str = "idempotency";

fn opened(data_key: &Key, body: &str) -> Option<String> {
    let sealed = base64::engine::general_purpose::STANDARD.decode(body).ok()?;
    String::from_utf8(vault::open(data_key, SEALED_AS, &sealed)?.to_vec()).ok()
}

/// What a key was found to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Begun {
    /// New: do the work, then finish.
    New,
    /// Answered before.
    Answered {
        /// HTTP status.
        status: u16,
        /// Body.
        body: String,
    },
    /// Being worked on.
    Unfinished,
    /// Used for another request.
    Other,
}

impl Service {
    /// Takes a key for a request.
    pub async fn begin_idempotent(&self, caller: &ApiKey, key: &str, digest: &str) -> Result<Begun, Error> {
        let now = to_micros(self.now());
        let data_key = self.data_key(&caller.tenant).await?;
        let begin = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    idempotency::forget(tx, &caller.tenant, now.saturating_sub(KEPT)).await?;
                    idempotency::begin(tx, &caller.tenant, &caller.id, key, digest, now).await
                })
            })
            .await
            .map_err(Error::Fault)?;
        Ok(match begin {
            Begin::New => Begun::New,
            Begin::Answered { status, body } => {
                let body =
                    opened(&data_key, &body).ok_or_else(|| Error::fault("a kept answer cannot be opened"))?;
                Begun::Answered { status: u16::try_from(status).unwrap_or(200), body }
            }
            Begin::Unfinished => Begun::Unfinished,
            Begin::Other => Begun::Other,
        })
    }

    /// Keeps the answer.
    pub async fn finish_idempotent(
        &self,
        caller: &ApiKey,
        key: &str,
        status: u16,
        body: &str,
    ) -> Result<(), Error> {
        // An answer can hold a link, which must not lie in the database in clear.
        let data_key = self.data_key(&caller.tenant).await?;
        let sealed = vault::seal(&data_key, SEALED_AS, body.as_bytes(), self.random());
        let body = base64::engine::general_purpose::STANDARD.encode(sealed);
        let body = body.as_str();
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let status = i64::from(status);
                    idempotency::finish(tx, &caller.tenant, &caller.id, key, status, body).await
                })
            })
            .await
            .map_err(Error::Fault)
    }

    /// Gives a key back whose work failed.
    pub async fn release_idempotent(&self, caller: &ApiKey, key: &str) -> Result<(), Error> {
        self.store()
            .write(move |tx| {
                Box::pin(async move { idempotency::release(tx, &caller.tenant, &caller.id, key).await })
            })
            .await
            .map_err(Error::Fault)
    }
}

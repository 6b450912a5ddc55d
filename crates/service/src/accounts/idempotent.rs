//! Requests of programs that are made twice and done once.

use super::ApiKey;
use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use store::idempotency::{self, Begin};

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
        let begin = self
            .store()
            .write(move |tx| {
                Box::pin(
                    async move { idempotency::begin(tx, &caller.tenant, &caller.id, key, digest, now).await },
                )
            })
            .await
            .map_err(Error::Fault)?;
        Ok(match begin {
            Begin::New => Begun::New,
            Begin::Answered { status, body } => {
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

//! Requests of programs that are made twice and done once.

use super::ApiKey;
use crate::error::{Class, Error};
use crate::server::Service;
use crate::vault::{self, Key};
use crate::world::{Random, to_micros};
use base64::Engine as _;
use std::fmt;
use std::sync::Arc;
use store::Tx;
use store::idempotency::{self, Begin, Hold};

/// An answer is kept for a day, in microseconds.
const KEPT: i64 = 86_400_000_000;
const SEALED_AS: &str = "idempotency";

fn opened(data_key: &Key, body: &str) -> Option<String> {
    let sealed = base64::engine::general_purpose::STANDARD.decode(body).ok()?;
    String::from_utf8(vault::open(data_key, SEALED_AS, &sealed)?.to_vec()).ok()
}

/// What a key was found to be.
#[derive(Clone, Debug)]
pub enum Begun {
    /// New, and taken: do the work, then finish.
    New(Taken),
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

/// A key that was taken for a request.
#[derive(Clone)]
pub struct Taken {
    caller: ApiKey,
    key: String,
    at: i64,
    data_key: Arc<Key>,
}

impl fmt::Debug for Taken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Taken").field("caller", &self.caller.id).finish_non_exhaustive()
    }
}

impl Taken {
    fn hold(&self) -> Hold<'_> {
        Hold { tenant: &self.caller.tenant, caller: &self.caller.id, key: &self.key, taken_at: self.at }
    }

    /// An answer as it may lie in the database: it can hold a link.
    fn sealed(&self, body: &str, random: &dyn Random) -> String {
        let sealed = vault::seal(&self.data_key, SEALED_AS, body.as_bytes(), random);
        base64::engine::general_purpose::STANDARD.encode(sealed)
    }
}

/// How a request that took a key is answered. It is kept in the transaction that does the work: a process that dies
/// leaves both or neither, so that the same request later neither repeats the work nor loses it.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    /// The key.
    pub taken: Taken,
    /// HTTP status.
    pub status: u16,
    /// The body, of what was done.
    pub body: fn(&T) -> Result<String, Error>,
}

impl<T> Reply<T> {
    /// Keeps the answer.
    ///
    /// # Errors
    /// Where another request has overtaken this one, whose work is not to stand then.
    pub(crate) async fn keep(&self, tx: &mut Tx<'_>, done: &T, random: &dyn Random) -> Result<(), Error> {
        let body = self.taken.sealed(&(self.body)(done)?, random);
        if idempotency::finish(tx, self.taken.hold(), i64::from(self.status), &body).await? {
            return Ok(());
        }
        Err(Error::Wrong {
            class: Class::Conflict,
            code: "idempotency_key_in_use",
            sentence: "The same request was made again meanwhile; ask once more for its answer.".to_owned(),
        })
    }
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
            Begin::New => {
                Begun::New(Taken { caller: caller.clone(), key: key.to_owned(), at: now, data_key })
            }
            Begin::Answered { status, body } => {
                let body =
                    opened(&data_key, &body).ok_or_else(|| Error::fault("a kept answer cannot be opened"))?;
                Begun::Answered { status: u16::try_from(status).unwrap_or(200), body }
            }
            Begin::Unfinished => Begun::Unfinished,
            Begin::Other => Begun::Other,
        })
    }

    /// Keeps the answer of work that did not keep it itself; what is kept already stands.
    pub async fn finish_idempotent(&self, taken: &Taken, status: u16, body: &str) -> Result<(), Error> {
        let (status, body) = (i64::from(status), taken.sealed(body, self.random()));
        let body = body.as_str();
        self.store()
            .write(move |tx| {
                Box::pin(async move { idempotency::finish(tx, taken.hold(), status, body).await.map(drop) })
            })
            .await
            .map_err(Error::Fault)
    }

    /// Gives a key back whose work failed.
    pub async fn release_idempotent(&self, taken: &Taken) -> Result<(), Error> {
        self.store()
            .write(move |tx| Box::pin(async move { idempotency::release(tx, taken.hold()).await }))
            .await
            .map_err(Error::Fault)
    }
}

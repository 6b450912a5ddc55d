//! Answers to requests that carried an `Idempotency-Key`: the second request gets the first one's answer.

use crate::{Fault, Tx, Value};

/// What a key was found to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Begin {
    /// It is new and now taken: do the work, then [`finish`].
    New,
    /// The same request was answered; this was the answer.
    Answered {
        /// HTTP status.
        status: i64,
        /// Body.
        body: String,
    },
    /// The same request is being worked on.
    Unfinished,
    /// The key was used for another request.
    Other,
}

const TAKE: &str = "INSERT INTO idempotency (tenant, caller, request_key, request_digest, status, body, created_at) \
    VALUES ($1, $2, $3, $4, NULL, NULL, $5) ON CONFLICT (tenant, caller, request_key) \
    DO UPDATE SET created_at = $5 WHERE idempotency.status IS NULL \
    AND idempotency.request_digest = $4 AND idempotency.created_at < $6";
const FIND: &str = "SELECT request_digest, status, body FROM idempotency \
    WHERE tenant = $1 AND caller = $2 AND request_key = $3";
const FINISH: &str = "UPDATE idempotency SET status = $5, body = $6 \
    WHERE tenant = $1 AND caller = $2 AND request_key = $3 AND created_at = $4 AND status IS NULL";
const RELEASE: &str = "DELETE FROM idempotency \
    WHERE tenant = $1 AND caller = $2 AND request_key = $3 AND created_at = $4 AND status IS NULL";
const FORGET: &str = "DELETE FROM idempotency WHERE tenant = $1 AND created_at < $2";

/// A request that has no answer after this time, in microseconds, died with its process; the next one takes over.
const GIVEN_UP: i64 = 120_000_000;

/// Whose key, and when it was taken: a request that was overtaken by the next one does not hold it any more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hold<'a> {
    /// The account.
    pub tenant: &'a str,
    /// Id of the caller's API key.
    pub caller: &'a str,
    /// What the caller wrote in the header.
    pub key: &'a str,
    /// The `now` of [`begin`].
    pub taken_at: i64,
}

impl Hold<'_> {
    fn values(&self) -> Vec<Value> {
        vec![self.tenant.into(), self.caller.into(), self.key.into(), self.taken_at.into()]
    }
}

/// Takes the key for this request, or says what it was taken for. `request_digest` is the SHA-256 of method,
/// path and body; `now` in microseconds.
pub async fn begin(
    tx: &mut Tx<'_>,
    tenant: &str,
    caller: &str,
    key: &str,
    request_digest: &str,
    now: i64,
) -> Result<Begin, Fault> {
    let given_up = now.saturating_sub(GIVEN_UP);
    let values =
        [tenant.into(), caller.into(), key.into(), request_digest.into(), now.into(), given_up.into()];
    if tx.execute(TAKE, &values).await? == 1 {
        return Ok(Begin::New);
    }
    let Some(mut row) = tx.query_first(FIND, &[tenant.into(), caller.into(), key.into()]).await? else {
        return Err(tx.conflict("an idempotency key was released between two statements"));
    };
    if row.text()? != request_digest {
        return Ok(Begin::Other);
    }
    Ok(match (row.int_or_null()?, row.text_or_null()?) {
        (Some(status), Some(body)) => Begin::Answered { status, body },
        _ => Begin::Unfinished,
    })
}

/// Writes the answer down; `false` where it was written before, or the key went to another request meanwhile. In the
/// transaction that does the work, `false` has to undo the work.
pub async fn finish(tx: &mut Tx<'_>, hold: Hold<'_>, status: i64, body: &str) -> Result<bool, Fault> {
    let mut values = hold.values();
    values.extend([status.into(), body.into()]);
    Ok(tx.execute(FINISH, &values).await? == 1)
}

/// Gives a key back whose work failed, so that the same request can be made again. A key that was answered stays.
pub async fn release(tx: &mut Tx<'_>, hold: Hold<'_>) -> Result<(), Fault> {
    tx.execute(RELEASE, &hold.values()).await.map(drop)
}

/// Removes keys that were taken before `before` (microseconds) and says how many.
pub async fn forget(tx: &mut Tx<'_>, tenant: &str, before: i64) -> Result<u64, Fault> {
    tx.execute(FORGET, &[tenant.into(), before.into()]).await
}

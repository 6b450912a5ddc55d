//! One-time sign-in links and sessions of the desk.

use crate::{Fault, Row, Tx};

/// A session or a one-time link. The token is never stored, only its HMAC.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRow {
    /// The account.
    pub tenant: String,
    /// HMAC of the token, lower-case hex.
    pub digest: String,
    /// `sign_in` or `session`; a word of `service`.
    pub kind: String,
    /// Whose.
    pub user: String,
    /// Until when it holds, microseconds.
    pub expires_at: i64,
    /// When a one-time link was used, microseconds.
    pub used_at: Option<i64>,
}

const INSERT: &str = "INSERT INTO sessions (tenant, digest, kind, user_id, expires_at, used_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
const FIND: &str = "SELECT tenant, digest, kind, user_id, expires_at, used_at FROM sessions \
    WHERE tenant = $1 AND digest = $2 AND kind = $3 AND expires_at > $4 AND used_at IS NULL";
const CONSUME: &str = "UPDATE sessions SET used_at = $4 \
    WHERE tenant = $1 AND digest = $2 AND kind = $3 AND expires_at > $4 AND used_at IS NULL RETURNING user_id";
const EXTEND: &str =
    "UPDATE sessions SET expires_at = $3 WHERE tenant = $1 AND digest = $2 AND used_at IS NULL";
const END: &str = "DELETE FROM sessions WHERE tenant = $1 AND digest = $2";
const END_OF_USER: &str = "DELETE FROM sessions WHERE tenant = $1 AND user_id = $2";
const FORGET: &str = "DELETE FROM sessions WHERE tenant = $1 AND expires_at < $2";

/// Adds a session or link.
pub async fn insert(tx: &mut Tx<'_>, row: &SessionRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.digest).into(),
        (&row.kind).into(),
        (&row.user).into(),
        row.expires_at.into(),
        row.used_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// The session, if it holds at `now` (microseconds) and was not used up.
pub async fn find(
    tx: &mut Tx<'_>,
    tenant: &str,
    digest: &str,
    kind: &str,
    now: i64,
) -> Result<Option<SessionRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), digest.into(), kind.into(), now.into()])
        .await?
        .map(record)
        .transpose()
}

/// Uses a one-time link up and returns whose it is; `None` for all but the first caller, and after its end.
pub async fn consume(
    tx: &mut Tx<'_>,
    tenant: &str,
    digest: &str,
    kind: &str,
    now: i64,
) -> Result<Option<String>, Fault> {
    let row = tx.query_first(CONSUME, &[tenant.into(), digest.into(), kind.into(), now.into()]).await?;
    row.map(|mut row| row.text()).transpose()
}

/// Moves the end of a session.
pub async fn extend(tx: &mut Tx<'_>, tenant: &str, digest: &str, expires_at: i64) -> Result<(), Fault> {
    tx.execute(EXTEND, &[tenant.into(), digest.into(), expires_at.into()]).await.map(drop)
}

/// Ends one session.
pub async fn end(tx: &mut Tx<'_>, tenant: &str, digest: &str) -> Result<(), Fault> {
    tx.execute(END, &[tenant.into(), digest.into()]).await.map(drop)
}

/// Ends all sessions and links of a person.
pub async fn end_of_user(tx: &mut Tx<'_>, tenant: &str, user: &str) -> Result<(), Fault> {
    tx.execute(END_OF_USER, &[tenant.into(), user.into()]).await.map(drop)
}

/// Removes what ended before `before` (microseconds) and says how many that were.
pub async fn forget(tx: &mut Tx<'_>, tenant: &str, before: i64) -> Result<u64, Fault> {
    tx.execute(FORGET, &[tenant.into(), before.into()]).await
}

fn record(mut row: Row) -> Result<SessionRow, Fault> {
    Ok(SessionRow {
        tenant: row.text()?,
        digest: row.text()?,
        kind: row.text()?,
        user: row.text()?,
        expires_at: row.int()?,
        used_at: row.int_or_null()?,
    })
}

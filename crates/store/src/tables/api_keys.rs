//! Keys of the API. The key itself is never stored, only its HMAC under a key outside the database.

use crate::{Fault, Row, Tx};

/// A key of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiKeyRow {
    /// The account.
    pub tenant: String,
    /// The key's id, which may be shown.
    pub key_id: String,
    /// HMAC of the key, lower-case hex.
    pub digest: String,
    /// Which wire format it speaks (`native`, …).
    pub dialect: String,
    /// Whether it makes live envelopes; else test ones.
    pub live: bool,
    /// What its owner calls it.
    pub label: String,
    /// When it was made, microseconds.
    pub created_at: i64,
    /// When it was revoked, microseconds.
    pub revoked_at: Option<i64>,
    /// Web origins that may frame the signers' page of what it makes: a JSON list.
    pub frame_origins: String,
}

const INSERT: &str = "INSERT INTO api_keys (tenant, key_id, digest, dialect, live, label, created_at, revoked_at, \
    frame_origins) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const FIND: &str = "SELECT tenant, key_id, digest, dialect, live, label, created_at, revoked_at, frame_origins \
    FROM api_keys WHERE tenant = $1 AND digest = $2";
const LIST: &str = "SELECT tenant, key_id, digest, dialect, live, label, created_at, revoked_at, frame_origins \
    FROM api_keys WHERE tenant = $1 ORDER BY created_at, key_id";
const REVOKE: &str =
    "UPDATE api_keys SET revoked_at = $3 WHERE tenant = $1 AND key_id = $2 AND revoked_at IS NULL";

/// Adds a key.
pub async fn insert(tx: &mut Tx<'_>, row: &ApiKeyRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.key_id).into(),
        (&row.digest).into(),
        (&row.dialect).into(),
        row.live.into(),
        (&row.label).into(),
        row.created_at.into(),
        row.revoked_at.into(),
        (&row.frame_origins).into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// The key with this HMAC, also when it is revoked: look at `revoked_at`.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, digest: &str) -> Result<Option<ApiKeyRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), digest.into()]).await?.map(record).transpose()
}

/// All keys of an account, oldest first.
pub async fn list(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<ApiKeyRow>, Fault> {
    tx.query(LIST, &[tenant.into()]).await?.into_iter().map(record).collect()
}

/// Revokes a key. `false` when there is none or it was revoked before.
pub async fn revoke(tx: &mut Tx<'_>, tenant: &str, key_id: &str, now: i64) -> Result<bool, Fault> {
    Ok(tx.execute(REVOKE, &[tenant.into(), key_id.into(), now.into()]).await? == 1)
}

fn record(mut row: Row) -> Result<ApiKeyRow, Fault> {
    Ok(ApiKeyRow {
        tenant: row.text()?,
        key_id: row.text()?,
        digest: row.text()?,
        dialect: row.text()?,
        live: row.flag()?,
        label: row.text()?,
        created_at: row.int()?,
        revoked_at: row.int_or_null()?,
        frame_origins: row.text()?,
    })
}

//! Recipients' links. The token is never stored, only its HMAC.

use crate::{Fault, Row, Tx};

/// A link of a recipient.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkRow {
    /// The account.
    pub tenant: String,
    /// HMAC of the token, lower-case hex.
    pub digest: String,
    /// The envelope it leads to.
    pub envelope: String,
    /// The recipient's number in it, from 1.
    pub recipient: i64,
    /// What it is for: a word of `service` (`sign`, `download`).
    pub purpose: String,
    /// Until when it holds, microseconds.
    pub expires_at: Option<i64>,
    /// When it was ended, microseconds.
    pub ended_at: Option<i64>,
}

const INSERT: &str = "INSERT INTO links (tenant, digest, envelope, recipient, purpose, expires_at, ended_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, digest) DO NOTHING";
const FIND: &str = "SELECT tenant, digest, envelope, recipient, purpose, expires_at, ended_at \
    FROM links WHERE tenant = $1 AND digest = $2";
const END_FOR_RECIPIENT: &str = "UPDATE links SET ended_at = $5 \
    WHERE tenant = $1 AND envelope = $2 AND recipient = $3 AND purpose = $4 AND ended_at IS NULL";
const END_ALL: &str = "UPDATE links SET ended_at = $4 \
    WHERE tenant = $1 AND envelope = $2 AND purpose = $3 AND ended_at IS NULL";
const COUNT_OF: &str = "SELECT COUNT(*) FROM links WHERE tenant = $1 AND envelope = $2 AND recipient = $3";
const REMOVE_OF: &str = "DELETE FROM links WHERE tenant = $1 AND envelope = $2 AND recipient = $3";

/// Adds a link; the same one twice is harmless.
pub async fn insert(tx: &mut Tx<'_>, row: &LinkRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.digest).into(),
        (&row.envelope).into(),
        row.recipient.into(),
        (&row.purpose).into(),
        row.expires_at.into(),
        row.ended_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// The link with this HMAC, also when it has ended or run out: an ended link has an answer of its own.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, digest: &str) -> Result<Option<LinkRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), digest.into()]).await?.map(record).transpose()
}

/// Ends the links of one recipient for one purpose and says how many.
pub async fn end_for_recipient(
    tx: &mut Tx<'_>,
    tenant: &str,
    envelope: &str,
    recipient: i64,
    purpose: &str,
    now: i64,
) -> Result<u64, Fault> {
    let values = [tenant.into(), envelope.into(), recipient.into(), purpose.into(), now.into()];
    tx.execute(END_FOR_RECIPIENT, &values).await
}

/// Ends the links of all recipients of an envelope for one purpose and says how many.
pub async fn end_all(
    tx: &mut Tx<'_>,
    tenant: &str,
    envelope: &str,
    purpose: &str,
    now: i64,
) -> Result<u64, Fault> {
    tx.execute(END_ALL, &[tenant.into(), envelope.into(), purpose.into(), now.into()]).await
}

/// How many links a recipient of an envelope has, whether or not they still hold.
pub async fn count_of(tx: &mut Tx<'_>, tenant: &str, envelope: &str, recipient: i64) -> Result<u64, Fault> {
    let values = [tenant.into(), envelope.into(), recipient.into()];
    let row = tx.query_first(COUNT_OF, &values).await?;
    Ok(row.map(|mut row| row.int()).transpose()?.map_or(0, i64::unsigned_abs))
}

/// Removes all links of a recipient of an envelope and says how many.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, envelope: &str, recipient: i64) -> Result<u64, Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), envelope.into(), recipient.into()]).await
}

fn record(mut row: Row) -> Result<LinkRow, Fault> {
    Ok(LinkRow {
        tenant: row.text()?,
        digest: row.text()?,
        envelope: row.text()?,
        recipient: row.int()?,
        purpose: row.text()?,
        expires_at: row.int_or_null()?,
        ended_at: row.int_or_null()?,
    })
}

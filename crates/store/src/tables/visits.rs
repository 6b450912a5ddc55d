//! Visits in which somebody proves who they are. The token is never stored, only its HMAC.

use crate::{Fault, Tx};

/// A visit of a recipient.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitRow {
    /// The account.
    pub tenant: String,
    /// HMAC of the token, lower-case hex.
    pub digest: String,
    /// The envelope.
    pub envelope: String,
    /// The recipient's number in it, from 1.
    pub recipient: i64,
    /// Number of the visit, from 1, as the events count them.
    pub visit: i64,
    /// Until when it holds, microseconds.
    pub expires_at: i64,
}

const INSERT: &str = "INSERT INTO visits (tenant, digest, envelope, recipient, visit, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, digest) DO NOTHING";
const FIND: &str = "SELECT visit FROM visits WHERE tenant = $1 AND digest = $2 AND envelope = $3 \
    AND recipient = $4 AND expires_at > $5";
const FORGET: &str = "DELETE FROM visits WHERE tenant = $1 AND expires_at <= $2";
const REMOVE_OF: &str = "DELETE FROM visits WHERE tenant = $1 AND envelope = $2 AND recipient = $3";

/// Adds a visit; the same one twice is harmless.
pub async fn insert(tx: &mut Tx<'_>, row: &VisitRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.digest).into(),
        (&row.envelope).into(),
        row.recipient.into(),
        row.visit.into(),
        row.expires_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Number of the visit with this HMAC, if it is one of this recipient and still holds at `now` (microseconds).
pub async fn find(
    tx: &mut Tx<'_>,
    tenant: &str,
    digest: &str,
    envelope: &str,
    recipient: i64,
    now: i64,
) -> Result<Option<i64>, Fault> {
    let values = [tenant.into(), digest.into(), envelope.into(), recipient.into(), now.into()];
    tx.query_first(FIND, &values).await?.map(|mut row| row.int()).transpose()
}

/// Removes visits that ended before `now` (microseconds) and says how many.
pub async fn forget(tx: &mut Tx<'_>, tenant: &str, now: i64) -> Result<u64, Fault> {
    tx.execute(FORGET, &[tenant.into(), now.into()]).await
}

/// Removes all visits of a recipient of an envelope and says how many.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, envelope: &str, recipient: i64) -> Result<u64, Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), envelope.into(), recipient.into()]).await
}

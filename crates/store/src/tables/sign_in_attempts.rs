//! Sign-ins at an identity provider that have begun. The state is never stored, only its HMAC.

use crate::{Fault, Tx};

/// A sign-in that has begun.
#[derive(Debug, Clone, PartialEq)]
pub struct SignInAttemptRow {
    /// The account.
    pub tenant: String,
    /// HMAC of the state, lower-case hex.
    pub digest: String,
    /// The envelope.
    pub envelope: String,
    /// The recipient's number in it, from 1.
    pub recipient: i64,
    /// Number of the visit in which it has begun, from 1.
    pub visit: i64,
    /// What is needed when they come back, sealed.
    pub sealed: Vec<u8>,
    /// Until when they may, microseconds.
    pub expires_at: i64,
}

const INSERT: &str = "INSERT INTO sign_in_attempts (tenant, digest, envelope, recipient, visit, sealed, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const TAKE: &str = "DELETE FROM sign_in_attempts WHERE tenant = $1 AND digest = $2 AND envelope = $3 AND recipient = $4 \
    AND visit = $5 AND expires_at > $6 RETURNING sealed";
const FORGET: &str = "DELETE FROM sign_in_attempts WHERE tenant = $1 AND expires_at <= $2";

/// Adds one.
pub async fn insert(tx: &mut Tx<'_>, row: &SignInAttemptRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.digest).into(),
        (&row.envelope).into(),
        row.recipient.into(),
        row.visit.into(),
        row.sealed.as_slice().into(),
        row.expires_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Takes out the one with this HMAC, if it belongs to this visit of this recipient and they may still come back at `now`
/// (microseconds). It is good once.
pub async fn take(
    tx: &mut Tx<'_>,
    tenant: &str,
    digest: &str,
    envelope: &str,
    (recipient, visit): (i64, i64),
    now: i64,
) -> Result<Option<Vec<u8>>, Fault> {
    let values = [tenant.into(), digest.into(), envelope.into(), recipient.into(), visit.into(), now.into()];
    tx.query_first(TAKE, &values).await?.map(|mut row| row.bytes()).transpose()
}

/// Removes those from which nobody came back before `now` (microseconds) and says how many.
pub async fn forget(tx: &mut Tx<'_>, tenant: &str, now: i64) -> Result<u64, Fault> {
    tx.execute(FORGET, &[tenant.into(), now.into()]).await
}

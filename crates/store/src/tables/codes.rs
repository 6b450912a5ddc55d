//! Codes that are out. The code is never stored, only its HMAC.

use crate::{Fault, Tx};

const PUT: &str = "INSERT INTO codes (tenant, envelope, recipient, visit, digest) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (tenant, envelope, recipient) DO UPDATE SET visit = $4, digest = $5";
const GET: &str = "SELECT visit, digest FROM codes WHERE tenant = $1 AND envelope = $2 AND recipient = $3";
const REMOVE: &str = "DELETE FROM codes WHERE tenant = $1 AND envelope = $2 AND recipient = $3";

/// Puts a new code in the place of the one before it. `digest` is its HMAC, lower-case hex.
pub async fn put(
    tx: &mut Tx<'_>,
    tenant: &str,
    envelope: &str,
    recipient: i64,
    visit: i64,
    digest: &str,
) -> Result<(), Fault> {
    let values = [tenant.into(), envelope.into(), recipient.into(), visit.into(), digest.into()];
    tx.execute(PUT, &values).await.map(drop)
}

/// Visit and HMAC of the code that is out for a recipient.
pub async fn get(
    tx: &mut Tx<'_>,
    tenant: &str,
    envelope: &str,
    recipient: i64,
) -> Result<Option<(i64, String)>, Fault> {
    let values = [tenant.into(), envelope.into(), recipient.into()];
    let Some(mut row) = tx.query_first(GET, &values).await? else { return Ok(None) };
    Ok(Some((row.int()?, row.text()?)))
}

/// Removes the code that is out: it was used, or is not good any more.
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, envelope: &str, recipient: i64) -> Result<(), Fault> {
    tx.execute(REMOVE, &[tenant.into(), envelope.into(), recipient.into()]).await.map(drop)
}

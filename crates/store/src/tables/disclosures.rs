//! Values and salts behind the commitments in events. They can be erased; the chain still verifies.

use crate::{Fault, Tx};

const PUT: &str = "INSERT INTO disclosures (tenant, envelope, seq, body) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (tenant, envelope, seq) DO UPDATE SET body = excluded.body";
const LOAD: &str = "SELECT seq, body FROM disclosures WHERE tenant = $1 AND envelope = $2 ORDER BY seq";
const ERASE: &str = "DELETE FROM disclosures WHERE tenant = $1 AND envelope = $2";

/// Writes the disclosures of one event (JSON of `evidence`), in place of what stood there.
pub async fn put(
    tx: &mut Tx<'_>,
    tenant: &str,
    envelope: &str,
    seq: i64,
    disclosures: &str,
) -> Result<(), Fault> {
    tx.execute(PUT, &[tenant.into(), envelope.into(), seq.into(), disclosures.into()]).await.map(drop)
}

/// The disclosures of an envelope: (number of the event, JSON).
pub async fn load(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<Vec<(i64, String)>, Fault> {
    let rows = tx.query(LOAD, &[tenant.into(), envelope.into()]).await?;
    rows.into_iter().map(|mut row| Ok((row.int()?, row.text()?))).collect()
}

/// Erases all disclosures of an envelope and says of how many events.
pub async fn erase(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<u64, Fault> {
    tx.execute(ERASE, &[tenant.into(), envelope.into()]).await
}

//! Numbers that only grow.

use crate::{Fault, Tx};

const INCREMENT: &str = "INSERT INTO counters (tenant, name, value) VALUES ($1, $2, 1) \
    ON CONFLICT (tenant, name) DO UPDATE SET value = counters.value + 1 RETURNING value";

const GET: &str = "SELECT value FROM counters WHERE tenant = $1 AND name = $2";

/// The value of a counter; 0 where nothing was counted.
pub async fn get(tx: &mut Tx<'_>, tenant: &str, name: &str) -> Result<i64, Fault> {
    tx.query_first(GET, &[tenant.into(), name.into()]).await?.map_or(Ok(0), |mut row| row.int())
}

/// Adds one and returns the new value; the first is 1. A transaction that is undone gives its number back.
pub async fn increment(tx: &mut Tx<'_>, tenant: &str, name: &str) -> Result<i64, Fault> {
    match tx.query_first(INCREMENT, &[tenant.into(), name.into()]).await? {
        Some(mut row) => row.int(),
        None => Err(Fault::corrupt("a counter was not returned")),
    }
}

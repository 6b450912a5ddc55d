//! Sealed values: data keys, the CA's key, seal keys. What seals them is not in this database.

use crate::{Fault, Tx};

const INSERT: &str = "INSERT INTO secrets (tenant, name, sealed) VALUES ($1, $2, $3) \
    ON CONFLICT (tenant, name) DO NOTHING";
const GET: &str = "SELECT sealed FROM secrets WHERE tenant = $1 AND name = $2";
const REPLACE: &str = "UPDATE secrets SET sealed = $3 WHERE tenant = $1 AND name = $2";
const DESTROY: &str = "DELETE FROM secrets WHERE tenant = $1 AND name = $2";

/// Writes the secret if there is none of this name, and returns the one that stands. Two processes that make
/// the same key at their first start go on with one.
pub async fn insert_if_absent(
    tx: &mut Tx<'_>,
    tenant: &str,
    name: &str,
    sealed: &[u8],
) -> Result<Vec<u8>, Fault> {
    tx.execute(INSERT, &[tenant.into(), name.into(), sealed.into()]).await?;
    match get(tx, tenant, name).await? {
        Some(standing) => Ok(standing),
        None => Err(tx.conflict("a secret was destroyed between two statements")),
    }
}

/// The secret of this name.
pub async fn get(tx: &mut Tx<'_>, tenant: &str, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    tx.query_first(GET, &[tenant.into(), name.into()]).await?.map(|mut row| row.bytes()).transpose()
}

/// Seals a secret anew (when the master key changes). `false` when there is none.
pub async fn replace(tx: &mut Tx<'_>, tenant: &str, name: &str, sealed: &[u8]) -> Result<bool, Fault> {
    Ok(tx.execute(REPLACE, &[tenant.into(), name.into(), sealed.into()]).await? == 1)
}

/// Removes a secret for good. `false` when there was none.
pub async fn destroy(tx: &mut Tx<'_>, tenant: &str, name: &str) -> Result<bool, Fault> {
    Ok(tx.execute(DESTROY, &[tenant.into(), name.into()]).await? == 1)
}

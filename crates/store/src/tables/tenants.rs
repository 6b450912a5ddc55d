//! Accounts.

use crate::{Fault, Row, Tx};

/// An account.
#[derive(Debug, Clone, PartialEq)]
pub struct TenantRow {
    /// Its id.
    pub tenant: String,
    /// Its name, as mails and pages show it.
    pub name: String,
    /// Its settings, JSON.
    pub settings: String,
    /// When it was made, microseconds since 1970 UTC.
    pub created_at: i64,
}

const INSERT: &str = "INSERT INTO tenants (tenant, name, settings, created_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (tenant) DO NOTHING";
const UPDATE: &str = "UPDATE tenants SET name = $2, settings = $3 WHERE tenant = $1";
const FIND: &str = "SELECT tenant, name, settings, created_at FROM tenants WHERE tenant = $1";
const LIST: &str = "SELECT tenant, name, settings, created_at FROM tenants ORDER BY tenant";

/// Makes an account. `false` when the id is taken; then nothing is changed.
pub async fn insert(tx: &mut Tx<'_>, row: &TenantRow) -> Result<bool, Fault> {
    let values = [(&row.tenant).into(), (&row.name).into(), (&row.settings).into(), row.created_at.into()];
    Ok(tx.execute(INSERT, &values).await? == 1)
}

/// Changes name and settings. `false` when there is no such account.
pub async fn update(tx: &mut Tx<'_>, tenant: &str, name: &str, settings: &str) -> Result<bool, Fault> {
    Ok(tx.execute(UPDATE, &[tenant.into(), name.into(), settings.into()]).await? == 1)
}

/// The account of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str) -> Result<Option<TenantRow>, Fault> {
    tx.query_first(FIND, &[tenant.into()]).await?.map(record).transpose()
}

/// All accounts: for commands of the operator (`admin`), never for a caller of the API.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<TenantRow>, Fault> {
    tx.query(LIST, &[]).await?.into_iter().map(record).collect()
}

fn record(mut row: Row) -> Result<TenantRow, Fault> {
    Ok(TenantRow { tenant: row.text()?, name: row.text()?, settings: row.text()?, created_at: row.int()? })
}

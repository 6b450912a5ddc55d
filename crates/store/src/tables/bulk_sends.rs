//! Lists that become one envelope a row.

use crate::{Fault, Row, Tx};

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkRow {
    /// The account.
    pub tenant: String,
    /// Its id.
    pub bulk: String,
    /// Makes test envelopes.
    pub test: bool,
    /// The template.
    pub template: String,
    /// Its version.
    pub version: i64,
    /// How far it has come: a word of `service`.
    pub status: String,
    /// Name of the file it came from.
    pub file_name: String,
    /// What is the same for all rows: JSON of `service`, sealed.
    pub wishes: Vec<u8>,
    /// So many rows it has.
    pub rows_all: i64,
    /// When it was made, microseconds.
    pub created_at: i64,
    /// When it was changed last, microseconds.
    pub updated_at: i64,
}

const INSERT: &str = "INSERT INTO bulk_sends (tenant, bulk, test, template, version, status, file_name, wishes, \
    rows_all, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const FIND: &str = "SELECT tenant, bulk, test, template, version, status, file_name, wishes, rows_all, created_at, \
    updated_at FROM bulk_sends WHERE tenant = $1 AND bulk = $2";
const LOCK: &str = "SELECT tenant, bulk, test, template, version, status, file_name, wishes, rows_all, created_at, \
    updated_at FROM bulk_sends WHERE tenant = $1 AND bulk = $2 {LOCK}";
const LIST: &str = "SELECT tenant, bulk, test, template, version, status, file_name, wishes, rows_all, created_at, \
    updated_at FROM bulk_sends WHERE tenant = $1 AND test = $2 AND (created_at, bulk) < ($3, $4) \
    ORDER BY created_at DESC, bulk DESC LIMIT $5";
const UNBEGUN: &str =
    "SELECT bulk FROM bulk_sends WHERE tenant = $1 AND status IN ('loading', 'ready') AND created_at < $2";
const SET_STATUS: &str = "UPDATE bulk_sends SET status = $3, updated_at = $4 WHERE tenant = $1 AND bulk = $2";

/// Adds a list.
pub async fn insert(tx: &mut Tx<'_>, row: &BulkRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.bulk).into(),
        row.test.into(),
        (&row.template).into(),
        row.version.into(),
        (&row.status).into(),
        (&row.file_name).into(),
        row.wishes.as_slice().into(),
        row.rows_all.into(),
        row.created_at.into(),
        row.updated_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// The list of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, bulk: &str) -> Result<Option<BulkRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), bulk.into()]).await?.map(record).transpose()
}

/// The list of this id, locked until the transaction ends.
pub async fn lock(tx: &mut Tx<'_>, tenant: &str, bulk: &str) -> Result<Option<BulkRow>, Fault> {
    tx.query_first(LOCK, &[tenant.into(), bulk.into()]).await?.map(record).transpose()
}

/// A page of them, newest first; `before` is where it begins: (created_at, bulk).
pub async fn list(
    tx: &mut Tx<'_>,
    tenant: &str,
    test: bool,
    before: Option<(i64, String)>,
    limit: i64,
) -> Result<Vec<BulkRow>, Fault> {
    let (at, id) = before.unwrap_or((i64::MAX, String::new()));
    let values = [tenant.into(), test.into(), at.into(), id.into(), limit.into()];
    tx.query(LIST, &values).await?.into_iter().map(record).collect()
}

/// Those that were made before this time and never started.
pub async fn unbegun(tx: &mut Tx<'_>, tenant: &str, before: i64) -> Result<Vec<String>, Fault> {
    let rows = tx.query(UNBEGUN, &[tenant.into(), before.into()]).await?;
    rows.into_iter().map(|mut row| row.text()).collect()
}

/// Says how far it has come.
pub async fn set_status(
    tx: &mut Tx<'_>,
    tenant: &str,
    bulk: &str,
    status: &str,
    at: i64,
) -> Result<(), Fault> {
    tx.execute(SET_STATUS, &[tenant.into(), bulk.into(), status.into(), at.into()]).await.map(drop)
}

fn record(mut row: Row) -> Result<BulkRow, Fault> {
    Ok(BulkRow {
        tenant: row.text()?,
        bulk: row.text()?,
        test: row.flag()?,
        template: row.text()?,
        version: row.int()?,
        status: row.text()?,
        file_name: row.text()?,
        wishes: row.bytes()?,
        rows_all: row.int()?,
        created_at: row.int()?,
        updated_at: row.int()?,
    })
}

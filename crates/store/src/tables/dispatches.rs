//! What left by mail or telephone, under the names that it has outside: a report that comes back finds its envelope.

use crate::{Fault, Row, Tx};

/// Something that left, or is about to.
#[derive(Debug, Clone, PartialEq)]
pub struct DispatchRow {
    /// The account.
    pub tenant: String,
    /// Its name outside; nobody else's has the same.
    pub dispatch: String,
    /// The envelope that it is about.
    pub envelope: String,
    /// Number of the recipient to whom it went; the sender where there is none.
    pub recipient: Option<i64>,
    /// A word of `service` for what it is.
    pub kind: String,
    /// When it was decided on, microseconds.
    pub created_at: i64,
}

const INSERT: &str = "INSERT INTO dispatches (tenant, dispatch, envelope, recipient, kind, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
const FIND: &str = "SELECT tenant, dispatch, envelope, recipient, kind, created_at FROM dispatches \
    WHERE dispatch = $1 ORDER BY tenant LIMIT 1";
const FORGET: &str = "DELETE FROM dispatches WHERE tenant = $1 AND created_at < $2";
const REMOVE_OF: &str = "DELETE FROM dispatches WHERE tenant = $1 AND envelope = $2";

/// Adds one.
pub async fn insert(tx: &mut Tx<'_>, row: &DispatchRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.dispatch).into(),
        (&row.envelope).into(),
        row.recipient.into(),
        (&row.kind).into(),
        row.created_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// The one of this name, whosever it is.
pub async fn find(tx: &mut Tx<'_>, dispatch: &str) -> Result<Option<DispatchRow>, Fault> {
    tx.query_first(FIND, &[dispatch.into()]).await?.map(record).transpose()
}

/// Removes those that are older than `before` (microseconds) and says how many.
pub async fn forget(tx: &mut Tx<'_>, tenant: &str, before: i64) -> Result<u64, Fault> {
    tx.execute(FORGET, &[tenant.into(), before.into()]).await
}

/// Removes those of an envelope and says how many.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<u64, Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), envelope.into()]).await
}

fn record(mut row: Row) -> Result<DispatchRow, Fault> {
    Ok(DispatchRow {
        tenant: row.text()?,
        dispatch: row.text()?,
        envelope: row.text()?,
        recipient: row.int_or_null()?,
        kind: row.text()?,
        created_at: row.int()?,
    })
}

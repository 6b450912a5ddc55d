//! The rows of a list.
//!
//! A row goes from `waiting` to `made` in the transaction that makes its envelope, and from there to `sent`: whoever
//! takes the list up after a crash makes no envelope twice and loses none.

use crate::{Fault, Row, Tx};

/// A row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct RowOfBulk {
    /// The account.
    pub tenant: String,
    /// The list.
    pub bulk: String,
    /// Its number in the file; the heading is 1.
    pub number: i64,
    /// `waiting`, `made`, `sent`, `failed` or `cancelled`.
    pub status: String,
    /// What it says: JSON of `service`, sealed; gone as soon as the row is done.
    pub given: Option<Vec<u8>>,
    /// The envelope that was made of it.
    pub envelope: Option<String>,
    /// Why it failed.
    pub problem: Option<String>,
}

const INSERT: &str = "INSERT INTO bulk_rows (tenant, bulk, row_number, status, given, envelope, problem) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const NEXT: &str = "SELECT tenant, bulk, row_number, status, given, envelope, problem FROM bulk_rows \
    WHERE tenant = $1 AND bulk = $2 AND status IN ('made', 'waiting') ORDER BY status, row_number LIMIT $3";
const AFTER: &str = "SELECT tenant, bulk, row_number, status, given, envelope, problem FROM bulk_rows \
    WHERE tenant = $1 AND bulk = $2 AND row_number > $3 ORDER BY row_number LIMIT $4";
const MADE: &str = "UPDATE bulk_rows SET status = 'made', envelope = $4, given = NULL \
    WHERE tenant = $1 AND bulk = $2 AND row_number = $3 AND status = 'waiting'";
const DONE: &str = "UPDATE bulk_rows SET status = $4, problem = $5, given = NULL \
    WHERE tenant = $1 AND bulk = $2 AND row_number = $3 AND status IN ('waiting', 'made')";
const CANCEL: &str = "UPDATE bulk_rows SET status = 'cancelled', given = NULL \
    WHERE tenant = $1 AND bulk = $2 AND status = 'waiting'";
const COUNT: &str = "SELECT status, COUNT(*) FROM bulk_rows WHERE tenant = $1 AND bulk = $2 GROUP BY status";
const WAITING: &str = "SELECT tenant, bulk, row_number, status, given, envelope, problem FROM bulk_rows \
    WHERE tenant = $1 AND status = 'waiting' AND (bulk, row_number) > ($2, $3) ORDER BY bulk, row_number LIMIT $4";

/// Adds a row.
pub async fn insert(tx: &mut Tx<'_>, row: &RowOfBulk) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.bulk).into(),
        row.number.into(),
        (&row.status).into(),
        row.given.as_deref().into(),
        row.envelope.clone().into(),
        row.problem.clone().into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// What is to be done next: first what was made and perhaps not sent, then what waits.
pub async fn next(tx: &mut Tx<'_>, tenant: &str, bulk: &str, limit: i64) -> Result<Vec<RowOfBulk>, Fault> {
    tx.query(NEXT, &[tenant.into(), bulk.into(), limit.into()]).await?.into_iter().map(record).collect()
}

/// A page of the rows, in their order.
pub async fn after(
    tx: &mut Tx<'_>,
    tenant: &str,
    bulk: &str,
    number: i64,
    limit: i64,
) -> Result<Vec<RowOfBulk>, Fault> {
    let values = [tenant.into(), bulk.into(), number.into(), limit.into()];
    tx.query(AFTER, &values).await?.into_iter().map(record).collect()
}

/// Says which envelope was made of a row that waited. `false` where it waits no more: then none must be made.
#[must_use = "a row that waits no more must not be made again"]
pub async fn made(
    tx: &mut Tx<'_>,
    tenant: &str,
    bulk: &str,
    number: i64,
    envelope: &str,
) -> Result<bool, Fault> {
    Ok(tx.execute(MADE, &[tenant.into(), bulk.into(), number.into(), envelope.into()]).await? == 1)
}

/// Says what became of a row that is not done yet.
pub async fn done(
    tx: &mut Tx<'_>,
    tenant: &str,
    bulk: &str,
    number: i64,
    status: &str,
    problem: Option<&str>,
) -> Result<(), Fault> {
    let values = [tenant.into(), bulk.into(), number.into(), status.into(), problem.into()];
    tx.execute(DONE, &values).await.map(drop)
}

/// Lets all rows that wait wait no more.
pub async fn cancel(tx: &mut Tx<'_>, tenant: &str, bulk: &str) -> Result<u64, Fault> {
    tx.execute(CANCEL, &[tenant.into(), bulk.into()]).await
}

/// How many rows there are of each status.
pub async fn count(tx: &mut Tx<'_>, tenant: &str, bulk: &str) -> Result<Vec<(String, i64)>, Fault> {
    let rows = tx.query(COUNT, &[tenant.into(), bulk.into()]).await?;
    rows.into_iter().map(|mut row| Ok((row.text()?, row.int()?))).collect()
}

/// A page of the rows of all lists of an account that wait, after this one.
pub async fn waiting(
    tx: &mut Tx<'_>,
    tenant: &str,
    after: (&str, i64),
    limit: i64,
) -> Result<Vec<RowOfBulk>, Fault> {
    let values = [tenant.into(), after.0.into(), after.1.into(), limit.into()];
    tx.query(WAITING, &values).await?.into_iter().map(record).collect()
}

fn record(mut row: Row) -> Result<RowOfBulk, Fault> {
    Ok(RowOfBulk {
        tenant: row.text()?,
        bulk: row.text()?,
        number: row.int()?,
        status: row.text()?,
        given: row.bytes_or_null()?,
        envelope: row.text_or_null()?,
        problem: row.text_or_null()?,
    })
}

//! A transaction on either engine: the one thing that table functions see of the database.

use std::cell::Cell;
use std::marker::PhantomData;

use futures::{Stream, TryStreamExt};
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{AssertSqlSafe, Column, Postgres, Row as _, SqlSafeStr, SqlStr, TypeInfo, ValueRef};

use crate::group::Loan;
use crate::{Fault, FaultKind, Row, Value};

/// A running transaction, handed to the closure of [`Store::write`](crate::Store::write) or
/// [`Store::read`](crate::Store::read).
///
/// One statement text serves both engines. Placeholders are `$1`, `$2`, …; `{LOCK}` becomes `FOR UPDATE` and
/// `{SKIP_LOCKED}` becomes `FOR UPDATE SKIP LOCKED` on PostgreSQL, and nothing on SQLite, which has one writer.
///
/// The lifetime says that the closure may borrow what lives around the call; write `&mut Tx` and forget it.
pub struct Tx<'s> {
    connection: Connection,
    /// Whether any row was written: a commit of nothing is not a durable one.
    pub(crate) touched: bool,
    /// Whether a statement lost a race or its connection, so that running the closure anew helps.
    pub(crate) again: bool,
    /// The first fault of a statement. It ends the transaction: PostgreSQL takes no further statement and answers
    /// COMMIT with a silent rollback; SQLite may have rolled back by itself and would let each further one stand alone.
    failed: Option<Fault>,
    // The closure's bound is `for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, _>`. Naming 's here limits 't to what
    // 's outlives, which is what lets the future borrow from the caller's frame.
    scope: PhantomData<Cell<&'s ()>>,
}

pub(crate) enum Connection {
    /// The one writing connection, on loan from the writer task.
    SqliteWriter(Loan),
    SqliteReader(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// NULL whose type PostgreSQL infers from where it stands; as text it would not go into a BIGINT column.
struct Untyped;

impl sqlx::Type<Postgres> for Untyped {
    fn type_info() -> sqlx::postgres::PgTypeInfo {
        sqlx::postgres::PgTypeInfo::with_oid(sqlx::postgres::types::Oid(0))
    }
}

impl sqlx::Encode<'_, Postgres> for Untyped {
    fn encode_by_ref(
        &self,
        _: &mut sqlx::postgres::PgArgumentBuffer,
    ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
        Ok(sqlx::encode::IsNull::Yes)
    }
}

macro_rules! bound {
    ($text:expr, $values:expr, $null:expr) => {{
        let mut query = sqlx::query($text);
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text.clone()),
                Value::Int(number) => query.bind(*number),
                Value::Bytes(bytes) => query.bind(bytes.clone()),
                Value::Null => query.bind($null),
            };
        }
        query
    }};
}

impl Tx<'_> {
    pub(crate) fn new(connection: Connection) -> Self {
        Tx { connection, touched: false, again: false, failed: None, scope: PhantomData }
    }

    pub(crate) fn into_connection(self) -> Connection {
        self.connection
    }

    /// What the closure returned, unless a statement failed and the closure made light of it.
    pub(crate) fn judge<T, E: From<Fault>>(&mut self, result: Result<T, E>) -> Result<T, E> {
        match (result, self.failed.take()) {
            (Ok(_), Some(fault)) => Err(fault.into()),
            (result, _) => result,
        }
    }

    /// Runs a statement that returns no rows and says how many rows it wrote.
    ///
    /// # Errors
    /// A [`Fault`] of the database. It ends the transaction: every later statement gets the same one, and nothing
    /// is committed, even if the closure returns `Ok`.
    pub async fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, Fault> {
        self.check()?;
        let text = self.text(sql);
        let done = match &mut self.connection {
            Connection::SqliteWriter(loan) => bound!(text, values, None::<i64>)
                .execute(loan.connection()?)
                .await
                .map(|done| done.rows_affected()),
            Connection::SqliteReader(reader) => bound!(text, values, None::<i64>)
                .execute(&mut **reader)
                .await
                .map(|done| done.rows_affected()),
            Connection::Postgres(transaction) => bound!(text, values, Untyped)
                .execute(&mut **transaction)
                .await
                .map(|done| done.rows_affected()),
        };
        let written = done.map_err(|error| self.note(error.into(), sql))?;
        self.touched |= written > 0;
        Ok(written)
    }

    /// Runs a statement that returns rows and gathers them.
    ///
    /// # Errors
    /// As [`Tx::execute`].
    pub async fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        let text = self.text(sql);
        let mut rows = Vec::new();
        self.stream(text, values, sql, |row| {
            rows.push(row);
            Ok(())
        })
        .await?;
        self.touched |= !rows.is_empty() && !sql.starts_with("SELECT");
        Ok(rows)
    }

    /// Like [`Tx::query`] for a statement that returns at most one row of interest.
    ///
    /// # Errors
    /// As [`Tx::execute`].
    pub async fn query_first(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Fault> {
        Ok(self.query(sql, values).await?.into_iter().next())
    }

    /// Runs a statement and shows each row as it comes, in bounded memory. The text may be made at run time
    /// from the names of our own tables and columns, never from what a caller of the server sent.
    pub(crate) async fn each(
        &mut self,
        sql: String,
        values: &[Value],
        show: impl FnMut(Row) -> Result<(), Fault> + Send,
    ) -> Result<(), Fault> {
        self.stream(AssertSqlSafe(sql).into_sql_str(), values, "", show).await
    }

    /// As [`Tx::execute`], for a text made at run time from our own table and column names.
    pub(crate) async fn execute_made(&mut self, sql: String, values: &[Value]) -> Result<u64, Fault> {
        let text = AssertSqlSafe(sql).into_sql_str();
        let mut written = 0;
        self.stream(text, values, "", |_| {
            written += 1;
            Ok(())
        })
        .await?;
        self.touched = true;
        Ok(written)
    }

    async fn stream(
        &mut self,
        text: SqlStr,
        values: &[Value],
        name: &'static str,
        mut show: impl FnMut(Row) -> Result<(), Fault> + Send,
    ) -> Result<(), Fault> {
        self.check()?;
        let done = match &mut self.connection {
            Connection::Postgres(transaction) => {
                let rows = bound!(text, values, Untyped).fetch(&mut **transaction);
                each_row(rows, |row| show(from_postgres(&row)?)).await
            }
            Connection::SqliteReader(reader) => {
                let rows = bound!(text, values, None::<i64>).fetch(&mut **reader);
                each_row(rows, |row| show(from_sqlite(&row)?)).await
            }
            Connection::SqliteWriter(loan) => {
                let rows = bound!(text, values, None::<i64>).fetch(loan.connection()?);
                each_row(rows, |row| show(from_sqlite(&row)?)).await
            }
        };
        done.map_err(|fault| self.note(fault, name))
    }

    fn check(&self) -> Result<(), Fault> {
        self.failed.clone().map_or(Ok(()), Err)
    }

    /// Remembers a fault, since the closure's error type may hide it.
    fn note(&mut self, mut fault: Fault, sql: &'static str) -> Fault {
        if fault.kind == FaultKind::Statement {
            fault.detail = format!("{} in: {sql}", fault.detail);
        }
        self.again |= fault.retry;
        self.failed.get_or_insert(fault).clone()
    }

    /// A conflict that a table function found by counting rows.
    pub(crate) fn conflict(&mut self, detail: &str) -> Fault {
        self.again = true;
        Fault::conflict(detail)
    }

    fn text(&self, sql: &'static str) -> SqlStr {
        if !sql.contains('{') {
            return sql.into_sql_str();
        }
        let (lock, skip_locked) = match self.connection {
            Connection::Postgres(_) => ("FOR UPDATE", "FOR UPDATE SKIP LOCKED"),
            Connection::SqliteWriter(_) | Connection::SqliteReader(_) => ("", ""),
        };
        AssertSqlSafe(sql.replace("{LOCK}", lock).replace("{SKIP_LOCKED}", skip_locked)).into_sql_str()
    }
}

async fn each_row<R>(
    mut rows: impl Stream<Item = Result<R, sqlx::Error>> + Send + Unpin,
    mut show: impl FnMut(R) -> Result<(), Fault> + Send,
) -> Result<(), Fault> {
    while let Some(row) = rows.try_next().await? {
        show(row)?;
    }
    Ok(())
}

fn from_sqlite(row: &SqliteRow) -> Result<Row, Fault> {
    let mut columns = Vec::with_capacity(row.len());
    for place in 0..row.len() {
        let raw = row.try_get_raw(place)?;
        let value = match (raw.is_null(), raw.type_info().name()) {
            (true, _) => Value::Null,
            (_, "TEXT") => Value::Text(row.try_get(place)?),
            (_, "BLOB") => Value::Bytes(row.try_get(place)?),
            _ => Value::Int(row.try_get(place)?),
        };
        columns.push(value);
    }
    Ok(Row::new(columns))
}

fn from_postgres(row: &sqlx::postgres::PgRow) -> Result<Row, Fault> {
    let mut columns = Vec::with_capacity(row.len());
    for (place, column) in row.columns().iter().enumerate() {
        let value = if row.try_get_raw(place)?.is_null() {
            Value::Null
        } else {
            match column.type_info().name() {
                "INT8" => Value::Int(row.try_get(place)?),
                "INT4" => Value::Int(i64::from(row.try_get::<i32, _>(place)?)),
                "BYTEA" => Value::Bytes(row.try_get(place)?),
                _ => Value::Text(row.try_get(place)?),
            }
        };
        columns.push(value);
    }
    Ok(Row::new(columns))
}

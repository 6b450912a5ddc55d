//! The store: where closures become transactions.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::{PgPool, SqlitePool};

use crate::group::Writer;
use crate::tx::Connection;
use crate::{Blobs, Fault, Options, Tx, open};

/// So often a write that lost a race is run anew before its caller hears of it (PostgreSQL only).
const RERUNS: u32 = 8;

/// A database and the blobs beside it. Cheap to clone; all clones share pools and the writer.
#[derive(Clone)]
pub struct Store {
    pub(crate) engine: Engine,
    blobs: Blobs,
    commits: Arc<AtomicU64>,
}

#[derive(Clone)]
pub(crate) enum Engine {
    Sqlite { writer: Writer, readers: SqlitePool },
    Postgres(PgPool),
}

impl Store {
    /// Opens both, creates what is missing, and brings the schema up to date.
    ///
    /// # Errors
    /// [`FaultKind::Configuration`](crate::FaultKind) for an address that cannot be read,
    /// [`FaultKind::Unavailable`](crate::FaultKind) when the database does not answer.
    pub async fn open(options: &Options) -> Result<Store, Fault> {
        let commits = Arc::new(AtomicU64::new(0));
        let blobs = Blobs::open(options)?;
        let engine = open::engine(options, &commits).await?;
        Ok(Store { engine, blobs, commits })
    }

    /// The documents' bytes.
    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// Commits since the start that wrote at least one row. On SQLite one may carry many writes.
    pub fn durable_commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Runs `work` in a transaction and answers when it is durable. `Ok` commits, `Err` undoes this write alone.
    ///
    /// The closure may be run more than once and must do nothing but talk to `tx`. It must not call [`Store::write`]
    /// or [`Store::read`] inside: SQLite has one writer, which would wait for itself.
    ///
    /// # Errors
    /// What the closure returns, or a [`Fault`] when the database failed. After a fault in the commit itself the
    /// write may stand or not, as with any database whose connection is cut; the caller has to ask.
    pub async fn write<'s, T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 's,
        T: Send,
        E: From<Fault> + Send,
    {
        match &self.engine {
            Engine::Sqlite { writer, .. } => write_in_group(writer, work).await,
            Engine::Postgres(pool) => self.write_alone(pool, work).await,
        }
    }

    /// Runs `work` on one consistent state of the database. Nothing may be written.
    ///
    /// # Errors
    /// What the closure returns, or a [`Fault`] when the database failed.
    pub async fn read<'s, T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 's,
        T: Send,
        E: From<Fault> + Send,
    {
        let connection = match &self.engine {
            Engine::Sqlite { readers, .. } => {
                Connection::SqliteReader(readers.begin().await.map_err(Fault::from)?)
            }
            Engine::Postgres(pool) => Connection::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await
                    .map_err(Fault::from)?,
            ),
        };
        let mut tx = Tx::new(connection);
        let result = work(&mut tx).await;
        match tx.into_connection() {
            Connection::SqliteReader(transaction) => transaction.rollback().await.map_err(Fault::from)?,
            Connection::Postgres(transaction) => transaction.rollback().await.map_err(Fault::from)?,
            Connection::SqliteWriter(_) => {}
        }
        result
    }

    async fn write_alone<'s, T, E, F>(&self, pool: &PgPool, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 's,
        T: Send,
        E: From<Fault> + Send,
    {
        let mut reruns = 0;
        loop {
            let mut tx = Tx::new(Connection::Postgres(pool.begin().await.map_err(Fault::from)?));
            let result = work(&mut tx).await;
            let result = tx.judge(result);
            let (touched, lost_race) = (tx.touched, tx.lost_race);
            let Connection::Postgres(transaction) = tx.into_connection() else {
                return Err(Fault::unavailable("the transaction changed its engine").into());
            };
            let failed = match result {
                Ok(value) => match transaction.commit().await.map_err(Fault::from) {
                    Ok(()) => {
                        self.commits.fetch_add(u64::from(touched), Ordering::Relaxed);
                        return Ok(value);
                    }
                    Err(fault) if fault.kind == crate::FaultKind::Conflict => fault.into(),
                    Err(fault) => return Err(fault.into()),
                },
                Err(error) => {
                    // A rollback that fails leaves a broken connection, which the pool discards by itself.
                    let _ = transaction.rollback().await;
                    if !lost_race {
                        return Err(error);
                    }
                    error
                }
            };
            if reruns == RERUNS {
                return Err(failed);
            }
            reruns += 1;
            // Two that lost against each other must not meet again at once.
            tokio::time::sleep(Duration::from_millis(1 << reruns)).await;
        }
    }

    /// Lets what is under way end, then closes the pools.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { readers, .. } => readers.close().await,
            Engine::Postgres(pool) => pool.close().await,
        }
    }

    /// Whether the database answers: what `/readyz` asks.
    ///
    /// # Errors
    /// [`FaultKind::Unavailable`](crate::FaultKind) when it does not.
    pub async fn ping(&self) -> Result<(), Fault> {
        self.read(|tx| Box::pin(async move { tx.query("SELECT 1", &[]).await.map(drop) })).await
    }
}

async fn write_in_group<'s, T, E, F>(writer: &Writer, work: F) -> Result<T, E>
where
    F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 's,
    T: Send,
    E: From<Fault> + Send,
{
    let granted = writer.turn().await?;
    let mut tx = Tx::new(Connection::SqliteWriter(granted.loan));
    let result = work(&mut tx).await;
    let result = tx.judge(result);
    let touched = tx.touched;
    if let Connection::SqliteWriter(loan) = tx.into_connection()
        && result.is_ok()
    {
        loan.keep(touched);
    }
    granted.verdict.await.map_err(|_| Fault::unavailable("the writer has stopped"))??;
    result
}

//! The store: where closures become transactions.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures::future::BoxFuture;
use sqlx::{PgPool, SqlitePool};

use crate::alone::{self, Purpose};
use crate::group::Writer;
use crate::tx::Connection;
use crate::{Blobs, Fault, Options, Tx, open};

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
    pub fn write<'s, T, E, F>(&'s self, work: F) -> BoxFuture<'s, Result<T, E>>
    where
        F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 's,
        T: Send + 's,
        E: From<Fault> + Send + 's,
    {
        // Boxed, so that what a caller's future holds across it is one plain type that is `Send` for every lifetime.
        Box::pin(async move {
            match &self.engine {
                Engine::Sqlite { writer, .. } => write_in_group(writer, work).await,
                Engine::Postgres(pool) => alone::run(pool, Purpose::Write(&self.commits), work).await,
            }
        })
    }

    /// Runs `work` on one consistent state of the database. Nothing may be written or locked.
    ///
    /// # Errors
    /// What the closure returns, or a [`Fault`] when the database failed.
    pub fn read<'s, T, E, F>(&'s self, work: F) -> BoxFuture<'s, Result<T, E>>
    where
        F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 's,
        T: Send + 's,
        E: From<Fault> + Send + 's,
    {
        // Boxed, so that what a caller's future holds across it is one plain type that is `Send` for every lifetime.
        Box::pin(async move {
            match &self.engine {
                Engine::Sqlite { readers, .. } => {
                    let transaction = readers.begin().await.map_err(Fault::from)?;
                    // Dropped with the transaction inside, it rolls back: there is nothing to keep.
                    work(&mut Tx::new(Connection::SqliteReader(transaction))).await
                }
                Engine::Postgres(pool) => alone::run(pool, Purpose::Read, work).await,
            }
        })
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

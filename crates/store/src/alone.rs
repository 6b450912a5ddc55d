//! PostgreSQL: every closure is a transaction of its own, run anew when it lost a race or its connection.
//!
//! PostgreSQL groups commits by itself. What is left to do here is to run a closure again where nothing can have been
//! committed: after a serialization failure or deadlock, and when the connection was cut before COMMIT was sent, as it
//! is when the database is restarted or another one takes over.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::{PgPool, Postgres};

use crate::tx::Connection;
use crate::{Fault, FaultKind, Tx};

/// So often a closure is run anew before its caller hears of it: half a second in all.
const RERUNS: u32 = 8;

/// What a closure is run for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose<'c> {
    /// To be committed; counts the commits that wrote something.
    Write(&'c AtomicU64),
    /// To see one consistent state.
    Read,
}

/// Runs `work` in a transaction, again if that helps.
pub(crate) async fn run<'s, T, E, F>(pool: &PgPool, purpose: Purpose<'_>, work: F) -> Result<T, E>
where
    F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 's,
    T: Send,
    E: From<Fault> + Send,
{
    let mut reruns = 0;
    loop {
        let failed = match once(pool, purpose, &work).await {
            Ok(outcome) => return outcome,
            Err(failed) if reruns == RERUNS => return Err(failed),
            Err(failed) => failed,
        };
        drop(failed);
        reruns += 1;
        // Two that lost against each other must not meet again at once, and a database needs a moment to come back.
        tokio::time::sleep(Duration::from_millis(1 << reruns)).await;
    }
}

/// `Ok` is the answer for the caller, `Err` the answer if there is no further run.
async fn once<'s, T, E, F>(pool: &PgPool, purpose: Purpose<'_>, work: &F) -> Result<Result<T, E>, E>
where
    F: for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 's,
    T: Send,
    E: From<Fault> + Send,
{
    let transaction = match begin(pool, purpose).await {
        Ok(transaction) => transaction,
        // The pool has waited long enough; everything else is a connection that had died unnoticed.
        Err(error @ sqlx::Error::PoolTimedOut) => return Ok(Err(Fault::from(error).into())),
        Err(error) => return Err(Fault::from(error).into()),
    };
    let mut tx = Tx::new(Connection::Postgres(transaction));
    let result = work(&mut tx).await;
    let result = tx.judge(result);
    let (touched, again) = (tx.touched, tx.again);
    let Connection::Postgres(transaction) = tx.into_connection() else {
        return Ok(Err(Fault::unavailable("a transaction changed its engine").into()));
    };
    match (result, purpose) {
        (Ok(value), Purpose::Write(commits)) => match transaction.commit().await.map_err(Fault::from) {
            Ok(()) => {
                commits.fetch_add(u64::from(touched), Ordering::Relaxed);
                Ok(Ok(value))
            }
            Err(fault) if fault.kind == FaultKind::Conflict => Err(fault.into()),
            // The commit may stand although its answer was lost: only the caller can find out.
            Err(fault) => Ok(Err(fault.into())),
        },
        (result, _) => {
            // A rollback that fails leaves a broken connection, which the pool discards by itself.
            let _ = transaction.rollback().await;
            match result {
                Err(error) if again => Err(error),
                result => Ok(result),
            }
        }
    }
}

async fn begin(
    pool: &PgPool,
    purpose: Purpose<'_>,
) -> Result<sqlx::Transaction<'static, Postgres>, sqlx::Error> {
    let statement = match purpose {
        Purpose::Write(_) => "BEGIN",
        Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    pool.begin_with(statement).await
}

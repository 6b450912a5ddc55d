//! Opening a database: pools, pragmas, migrations.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqlitePool};

use crate::group::Writer;
use crate::options::{self, DatabaseAddress};
use crate::store::Engine;
use crate::{Fault, FaultKind, Options};

// One number line, two trees: SQLite cannot alter columns or add constraints, so that a shared text would break.
static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// So long another process that writes to the same SQLite file (an `admin` command) is waited for.
const BUSY: Duration = Duration::from_secs(10);

/// After so long without use a connection to PostgreSQL may have been cut unnoticed.
const PAUSE: Duration = Duration::from_secs(1);

pub(crate) async fn engine(options: &Options, commits: &Arc<AtomicU64>) -> Result<Engine, Fault> {
    match options::database(&options.database)? {
        DatabaseAddress::Sqlite(file) => sqlite(Path::new(file), options, commits).await,
        DatabaseAddress::Postgres(address) => postgres(address, options).await,
    }
}

async fn sqlite(file: &Path, options: &Options, commits: &Arc<AtomicU64>) -> Result<Engine, Fault> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let write = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A signer's answer is acknowledged only after it is durable; NORMAL would lose it with the power.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .statement_cache_capacity(256);
    let alone = migrate_alone(file).await?;
    // A pool of one, since the future of a migration on a bare connection is not `Send` (sqlx 0.9).
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(write.clone()).await?;
    SQLITE.run(&pool).await.map_err(migration)?;
    let connection = pool.acquire().await?.detach();
    drop(alone);
    let readers = readers(file, options).await?;
    Ok(Engine::Sqlite { writer: Writer::start(write, connection, commits.clone()), readers })
}

/// SQLite has no advisory lock: two processes that start on a new file at once take turns by a file beside it.
/// Not by the database file itself, since closing a second handle to that would end SQLite's own locks on it.
async fn migrate_alone(file: &Path) -> Result<File, Fault> {
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    let work = move || {
        let lock = File::create(name)?;
        lock.lock()?;
        Ok(lock)
    };
    tokio::task::spawn_blocking(work).await.map_err(Fault::unavailable)?
}

async fn readers(file: &Path, options: &Options) -> Result<SqlitePool, Fault> {
    let read = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(256);
    // Reading happens in the process itself: more readers than this only take memory.
    let most = options.max_connections.clamp(1, 8);
    Ok(SqlitePoolOptions::new().max_connections(most).min_connections(1).connect_with(read).await?)
}

async fn postgres(address: &str, options: &Options) -> Result<Engine, Fault> {
    let pool = PgPoolOptions::new()
        .max_connections(options.max_connections.max(1))
        .acquire_timeout(Duration::from_secs(10))
        // A connection is asked whether it still lives only after a pause: at every use it would be one more
        // way to the database and back for each transaction.
        .test_before_acquire(false)
        .before_acquire(|connection, state| {
            Box::pin(async move {
                if state.idle_for > PAUSE {
                    return Ok(connection.ping().await.is_ok());
                }
                Ok(true)
            })
        })
        .connect(address)
        .await?;
    let mut migrator = Migrator { migrations: POSTGRES.migrations.clone(), ..Migrator::DEFAULT };
    migrator.set_locking(options.migration_lock);
    migrator.run(&pool).await.map_err(migration)?;
    Ok(Engine::Postgres(pool))
}

/// The number of the newest migration: written into backups.
pub(crate) fn schema_version() -> i64 {
    SQLITE.iter().map(|migration| migration.version).max().unwrap_or_default()
}

fn migration(error: MigrateError) -> Fault {
    match error {
        MigrateError::Execute(inside) => Fault::from(inside),
        // The database is newer than this program, or a migration was changed after it had run.
        other => Fault::new(FaultKind::Configuration, other.to_string()),
    }
}

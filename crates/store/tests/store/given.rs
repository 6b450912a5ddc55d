//! What tests start from: an empty store of an engine, gone afterwards.

use futures::future::BoxFuture;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use store::{Fault, Options, Store, Tx};
use tempfile::TempDir;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A store of its own: its own file, or its own schema of the test database.
pub struct Given {
    pub store: Store,
    pub options: Options,
    pub folder: TempDir,
    pub engine: Engine,
}

/// The value of a variable that names a test service, or a printed skip; in CI a missing service is a failure.
#[expect(clippy::print_stdout, reason = "a skipped test has to be seen")]
pub fn service(variable: &str) -> Option<String> {
    let found = std::env::var(variable).ok().filter(|value| !value.is_empty());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{variable} is not set, and in CI it has to be");
        println!(
            "skipped: {variable} is not set (scripts/services.sh start; eval \"$(scripts/services.sh env)\")"
        );
    }
    found
}

/// A name that no other test has.
pub fn unique(folder: &TempDir) -> String {
    let name = folder.path().file_name().expect("a temporary folder has a name").to_string_lossy();
    format!("t{}", name.trim_start_matches('.').to_lowercase())
}

pub fn folder() -> TempDir {
    // Names of temporary folders tell upper from lower case; names of schemas do not, hence the long random part.
    tempfile::Builder::new().prefix("store").rand_bytes(12).tempdir().expect("a temporary folder")
}

/// An empty store, or `None` where the engine is not there.
pub async fn empty(engine: Engine) -> Option<Given> {
    let folder = folder();
    let mut options = Options::in_folder(folder.path());
    if engine == Engine::Postgres {
        let address = service("COUNTERSIGN_TEST_PG")?;
        let schema = unique(&folder);
        administer(&address, format!("CREATE SCHEMA {schema}")).await;
        options.database = format!("{address}?options[search_path]={schema}");
        options.max_connections = 10;
    }
    let store = Store::open(&options).await.expect("an empty store opens");
    Some(Given { store, options, folder, engine })
}

impl Given {
    /// Removes what a test left in PostgreSQL; the rest goes with its folder.
    pub async fn end(self) {
        self.store.close().await;
        if self.engine == Engine::Postgres {
            let (address, _) = self.options.database.split_once('?').expect("the address names the schema");
            administer(address, format!("DROP SCHEMA {} CASCADE", unique(&self.folder))).await;
        }
    }
}

async fn administer(address: &str, sql: String) {
    let mut connection = PgConnection::connect(address).await.expect("PostgreSQL answers");
    connection.execute(AssertSqlSafe(sql)).await.expect("the schema is made or dropped");
    connection.close().await.expect("PostgreSQL says goodbye");
}

/// `store.write` for tests, where every fault is a failure of the test.
pub async fn write<'s, T: Send + 's>(
    store: &'s Store,
    work: impl for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, Fault>> + Send + Sync + 's,
) -> T {
    store.write(work).await.expect("the write stands")
}

/// `store.read` for tests.
pub async fn read<'s, T: Send + 's>(
    store: &'s Store,
    work: impl for<'t> Fn(&'t mut Tx<'s>) -> BoxFuture<'t, Result<T, Fault>> + Send + Sync + 's,
) -> T {
    store.read(work).await.expect("the read succeeds")
}

/// Makes a test of each function named: the same one on either engine.
#[macro_export]
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::on_engine!($crate::given::Engine::Sqlite, super::$name);
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::on_engine!($crate::given::Engine::Postgres, super::$name);
            })+
        }
    };
}

/// Runs one function on one engine.
#[macro_export]
macro_rules! on_engine {
    ($engine:expr, $work:path) => {
        if let Some(given) = $crate::given::empty($engine).await {
            $work(&given.store).await;
            given.end().await;
        }
    };
}

//! A store of its own for all runs of one engine, gone afterwards.

use std::path::Path;
use std::process::Command;
use store::{Options, Store};
use tempfile::TempDir;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub struct Database {
    pub store: Store,
    _folder: TempDir,
    schema: Option<Schema>,
}

/// The value of a variable that names a test service, or a printed skip; in CI a missing service is a failure.
#[expect(clippy::print_stdout, reason = "a skipped test has to be seen")]
fn service(variable: &str) -> Option<String> {
    let found = std::env::var(variable).ok().filter(|value| !value.is_empty());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{variable} is not set, and in CI it has to be");
        println!(
            "Skipped: {variable} is not set (scripts/services.sh start; eval \"$(scripts/services.sh env)\")"
        );
    }
    found
}

impl Database {
    /// An empty store, or `None` where the engine is not there.
    pub async fn open(engine: Engine, lane: u64) -> Option<Self> {
        let folder = folder();
        let mut options = Options::in_folder(folder.path());
        let schema = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Schema::new(&service("COUNTERSIGN_TEST_PG")?, lane)),
        };
        if let Some(schema) = &schema {
            options.database = schema.address();
            options.max_connections = 4;
        }
        let store = Store::open(&options).await.expect("an empty store opens");
        Some(Self { store, _folder: folder, schema })
    }

    pub async fn close(self) {
        self.store.close().await;
        drop(self.schema);
    }
}

/// In memory, where the machine has such a folder: processes are stopped here, and never the machine, so that nothing
/// is shown by waiting for a disk.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let mut builder = tempfile::Builder::new();
    builder.prefix("simulator");
    let in_memory = memory.is_dir().then(|| builder.tempdir_in(memory).ok()).flatten();
    in_memory.unwrap_or_else(|| builder.tempdir().expect("a temporary folder"))
}

/// A schema of its own in the test database.
struct Schema {
    database: String,
    name: String,
}

impl Schema {
    fn new(database: &str, lane: u64) -> Self {
        let name = format!("simulator{}_{lane}", std::process::id());
        let schema = Self { database: database.to_owned(), name };
        schema.administer(&format!("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}", schema.name));
        schema
    }

    /// Without waiting for the disk, as above.
    fn address(&self) -> String {
        format!("{}?options[search_path]={}&options[synchronous_commit]=off", self.database, self.name)
    }

    fn administer(&self, sql: &str) {
        let mut psql = Command::new("psql");
        let output =
            psql.args(["-X", "-q", "-d", &self.database, "-c", sql]).output().expect("psql is there");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.administer(&format!("DROP SCHEMA {} CASCADE", self.name));
    }
}

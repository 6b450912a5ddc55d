//! Both migration trees end in the same logical schema; every key begins with the tenant.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Connection, PgConnection, Row, SqliteConnection};
use store::{Options, Store};

use crate::given::{self, Engine};

/// Column -> (kind, may be null).
type Columns = BTreeMap<String, (String, bool)>;

#[derive(Debug, Default, PartialEq)]
struct Table {
    columns: Columns,
    primary_key: Vec<String>,
    /// Columns of each further index, and whether it is unique.
    indexes: BTreeSet<(Vec<String>, bool)>,
}

type Schema = BTreeMap<String, Table>;

async fn of_sqlite(file: &str) -> Schema {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{file}")).await.expect("it opens");
    let mut schema = Schema::new();
    let columns = sqlx::query(
        "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY m.name, c.pk",
    )
    .fetch_all(&mut connection)
    .await
    .expect("SQLite tells its columns");
    for row in columns {
        let (table, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let (not_null, key): (i64, i64) = (row.get(3), row.get(4));
        let table = schema.entry(table).or_default();
        if key > 0 {
            table.primary_key.push(column.clone());
        }
        table.columns.insert(column, (kind, not_null == 0));
    }
    let indexes = sqlx::query(
        "SELECT m.name, i.name, i.\"unique\", c.name FROM sqlite_schema m JOIN pragma_index_list(m.name) i \
         JOIN pragma_index_info(i.name) c WHERE m.type = 'table' AND i.origin = 'c' ORDER BY i.name, c.seqno",
    )
    .fetch_all(&mut connection)
    .await
    .expect("SQLite tells its indexes");
    let rows = indexes.iter().map(|row| (row.get(0), row.get(1), row.get::<i64, _>(2) == 1, row.get(3)));
    add_indexes(&mut schema, rows);
    schema
}

async fn of_postgres(address: &str) -> Schema {
    let mut connection = PgConnection::connect(address).await.expect("it opens");
    let mut schema = Schema::new();
    let columns = sqlx::query(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES' \
         FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%'",
    )
    .fetch_all(&mut connection)
    .await
    .expect("PostgreSQL tells its columns");
    for row in columns {
        let (table, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let kind = match kind.as_str() {
            "text" => "TEXT",
            "bigint" => "INTEGER",
            "bytea" => "BLOB",
            other => unreachable!("{table}.{column} is {other}, which has no twin in SQLite"),
        };
        schema.entry(table).or_default().columns.insert(column, (kind.to_owned(), row.get(3)));
    }
    let indexes = sqlx::query(
        "SELECT t.relname::text, i.relname::text, x.indisunique, a.attname::text, x.indisprimary FROM pg_index x \
         JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
         JOIN pg_namespace n ON n.oid = t.relnamespace \
         JOIN LATERAL unnest(x.indkey) WITH ORDINALITY k(number, place) ON true \
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number \
         WHERE n.nspname = current_schema() AND t.relname NOT LIKE '\\_sqlx%' ORDER BY i.relname, k.place",
    )
    .fetch_all(&mut connection)
    .await
    .expect("PostgreSQL tells its indexes");
    let (keys, others): (Vec<_>, Vec<_>) = indexes.iter().partition(|row| row.get::<bool, _>(4));
    for row in keys {
        schema.entry(row.get(0)).or_default().primary_key.push(row.get(3));
    }
    add_indexes(&mut schema, others.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))));
    schema
}

fn add_indexes(schema: &mut Schema, rows: impl Iterator<Item = (String, String, bool, String)>) {
    let mut by_name: BTreeMap<(String, String, bool), Vec<String>> = BTreeMap::new();
    for (table, index, unique, column) in rows {
        by_name.entry((table, index, unique)).or_default().push(column);
    }
    for ((table, _, unique), columns) in by_name {
        schema.entry(table).or_default().indexes.insert((columns, unique));
    }
}

async fn sqlite_schema() -> Schema {
    let given = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
    of_sqlite(given.options.database.trim_start_matches("sqlite:")).await
}

#[tokio::test]
async fn both_trees_of_migrations_end_in_the_same_schema() {
    let Some(postgres) = given::empty(Engine::Postgres).await else { return };
    let (here, there) = (sqlite_schema().await, of_postgres(&postgres.options.database).await);
    postgres.end().await;
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    for (name, table) in &here {
        assert_eq!(Some(table), there.get(name), "{name} differs");
    }
}

#[test]
fn both_trees_of_migrations_have_the_same_numbers() {
    let names = |tree: &str| {
        let folder = format!("{}/migrations/{tree}", env!("CARGO_MANIFEST_DIR"));
        let entries = std::fs::read_dir(folder).expect("the tree is there");
        entries.map(|entry| entry.expect("it can be read").file_name()).collect::<BTreeSet<_>>()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn every_primary_key_and_unique_index_begins_with_the_tenant() {
    let schema = sqlite_schema().await;
    assert!(schema.len() >= 16, "the tables are there");
    for (name, table) in schema {
        assert_eq!(table.primary_key.first().map(String::as_str), Some("tenant"), "{name}");
        for (columns, unique) in table.indexes {
            let tenant_first = columns.first().is_some_and(|column| column == "tenant");
            assert!(tenant_first || !unique, "{name} {columns:?}");
        }
    }
}

#[tokio::test]
async fn a_store_that_exists_is_opened_with_what_it_holds() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(given) = given::empty(engine).await else { continue };
        let increment = async |store: &Store| {
            given::write(store, |tx| {
                Box::pin(async move { store::counters::increment(tx, "acme", "n").await })
            })
            .await
        };
        assert_eq!(increment(&given.store).await, 1);
        let without_lock = Options { migration_lock: false, ..given.options.clone() };
        let again = Store::open(&without_lock).await.expect("it opens a second time");
        assert_eq!(increment(&again).await, 2);
        again.close().await;
        given.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_that_open_a_new_store_at_once_make_its_schema_once() {
    let folder = given::folder();
    let options = Options::in_folder(folder.path());
    let stores = futures::future::join_all((0..4).map(|_| {
        let options = options.clone();
        async move { tokio::spawn(async move { Store::open(&options).await }).await.expect("no panic") }
    }))
    .await;
    for store in stores {
        store.expect("it opens").ping().await.expect("it answers");
    }
}

#[tokio::test]
async fn sqlite_syncs_each_commit_and_reads_beside_the_writer() {
    let given = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
    let pragmas = given::write(&given.store, |tx| {
        Box::pin(async move {
            let mut journal = tx.query("PRAGMA journal_mode", &[]).await?;
            let mut synchronous = tx.query("PRAGMA synchronous", &[]).await?;
            let journal = journal.pop().map(|mut row| row.text()).transpose()?;
            Ok((journal, synchronous.pop().map(|mut row| row.int()).transpose()?))
        })
    })
    .await;
    assert_eq!(pragmas, (Some("wal".to_owned()), Some(2)), "2 is FULL");
}

//! Backup and restore, from each engine to each.

use std::io::Write;
use std::sync::{Arc, Mutex};

use store::links::{self, LinkRow};
use store::{Contents, FaultKind, Options, Store, counters, events, secrets, tenants};

use crate::blobs;
use crate::events::event;
use crate::given::{self, Engine, Given, read, write};

/// A file in memory that the test keeps a handle of.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Vec<u8>>>);

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn fill(store: &Store) {
    let tenant = &tenants::TenantRow {
        tenant: "acme".into(),
        name: "Acme „&“ ✍\n\"quoted\"".into(),
        settings: "{}".into(),
        created_at: 1,
    };
    let link = &LinkRow {
        tenant: "acme".into(),
        digest: "d".into(),
        envelope: "e".into(),
        recipient: 1,
        purpose: "sign".into(),
        expires_at: Some(i64::MAX),
        ended_at: None,
    };
    write(store, |tx| {
        Box::pin(async move {
            tenants::insert(tx, tenant).await?;
            links::insert(tx, link).await?;
            secrets::insert_if_absent(tx, "acme", "ca", &[0, 127, 255]).await?;
            for seq in 1..=1_200 {
                events::append(tx, "acme", "e", &[event(seq)]).await?;
            }
            counters::increment(tx, "system", "crl").await
        })
    })
    .await;
    for bytes in ["first", "second"] {
        store.blobs().put_bytes("acme", bytes).await.expect("it is stored");
    }
    store.blobs().put_bytes("other", vec![7; 6 << 20]).await.expect("it is stored");
}

async fn check(store: &Store) {
    let (link, sealed, all) = read(store, |tx| {
        Box::pin(async move {
            Ok((
                links::find(tx, "acme", "d").await?,
                secrets::get(tx, "acme", "ca").await?,
                events::load(tx, "acme", "e").await?,
            ))
        })
    })
    .await;
    let link = link.expect("the link came back");
    assert_eq!((link.expires_at, link.ended_at), (Some(i64::MAX), None));
    assert_eq!(sealed, Some(vec![0, 127, 255]));
    assert_eq!(all, (1..=1_200).map(event).collect::<Vec<_>>());
    let tenant = read(store, |tx| Box::pin(async move { tenants::find(tx, "acme").await })).await;
    assert_eq!(tenant.map(|tenant| tenant.name), Some("Acme „&“ ✍\n\"quoted\"".into()));
    let next =
        write(store, |tx| Box::pin(async move { counters::increment(tx, "system", "crl").await })).await;
    assert_eq!(next, 2);
}

async fn tape_of(store: &Store) -> (Vec<u8>, Contents) {
    let tape = Tape::default();
    let contents = store.backup(tape.clone()).await.expect("the backup is written");
    let bytes = tape.0.lock().expect("nobody panicked").clone();
    (bytes, contents)
}

async fn both() -> Vec<Given> {
    let mut stores = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        stores.extend(given::empty(engine).await);
    }
    stores
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_either_engine_is_restored_into_either() {
    for from in both().await {
        fill(&from.store).await;
        let (tape, contents) = tape_of(&from.store).await;
        assert_eq!(contents.rows.get("events"), Some(&1_200));
        assert_eq!(contents.blobs, 3);
        for to in both().await {
            let restored =
                to.store.restore(std::io::Cursor::new(tape.clone())).await.expect("it is restored");
            assert_eq!(restored, contents);
            check(&to.store).await;
            assert_eq!(
                to.store.blobs().get("other", &digest_of_sevens()).await.map(|bytes| bytes.len()),
                Ok(6 << 20)
            );
            to.end().await;
        }
        from.end().await;
    }
}

fn digest_of_sevens() -> String {
    use sha2::Digest;
    sha2::Sha256::digest(vec![7; 6 << 20]).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_bucket_is_restored_into_a_folder() {
    let folder = given::folder();
    let Some(options) = blobs::bucket(&folder) else { return };
    let from = blobs::open(&options).await;
    fill(&from).await;
    let (tape, contents) = tape_of(&from).await;
    let to = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
    assert_eq!(to.store.restore(std::io::Cursor::new(tape)).await, Ok(contents));
    check(&to.store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_or_cut_off_backup_is_refused() {
    let from = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
    fill(&from.store).await;
    let (tape, _) = tape_of(&from.store).await;
    let cuts = [0, 700, tape.len() / 2, tape.len() - 2_048];
    let mut damaged: Vec<Vec<u8>> =
        cuts.iter().filter_map(|cut| tape.get(..*cut)).map(<[u8]>::to_vec).collect();
    let place = tape.windows(5).position(|bytes| bytes == b"first").expect("the blob is in it");
    let mut flipped = tape.clone();
    *flipped.get_mut(place).expect("it is inside") ^= 1;
    damaged.push(flipped);
    for bytes in damaged {
        let to = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
        let length = bytes.len();
        let outcome = to.store.restore(std::io::Cursor::new(bytes)).await;
        assert_eq!(outcome.map_err(|fault| fault.kind), Err(FaultKind::Corrupt), "{length} bytes");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_holds_something_is_not_restored_into() {
    let from = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
    fill(&from.store).await;
    let (tape, _) = tape_of(&from.store).await;
    let fault = from.store.restore(std::io::Cursor::new(tape)).await.expect_err("it is not empty");
    assert_eq!(fault.kind, FaultKind::Configuration);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_sqlite_database_is_copied_whole() {
    let from = given::empty(Engine::Sqlite).await.expect("SQLite is always there");
    fill(&from.store).await;
    let copy = from.folder.path().join("copy.db");
    from.store.copy_sqlite(&copy).await.expect("it is copied");
    let fault = from.store.copy_sqlite(&copy).await.expect_err("the file exists");
    assert_eq!(fault.kind, FaultKind::Configuration);
    let database = format!("sqlite:{}", copy.display());
    let opened = Store::open(&Options { database, ..from.options.clone() }).await.expect("it opens");
    check(&opened).await;
}

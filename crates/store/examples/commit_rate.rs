//! How many acknowledged writes a second the store takes, and how many of them share a durable commit.
//!
//! `commit_rate DATABASE [WRITES]`: DATABASE as in the configuration (`sqlite:FILE` or `postgres://…`), given an empty
//! one. Each write appends one event of about 300 bytes to an envelope of its own.
#![expect(clippy::print_stdout, reason = "its result is its output")]

use std::time::Instant;

use futures::StreamExt;
use store::events::{self, EventRow};
use store::{Fault, Options, Store};

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let mut arguments = std::env::args().skip(1);
    let database = arguments.next().unwrap_or_default();
    let writes: usize = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(2_000);
    let blobs = std::env::temp_dir().join(format!("commit-rate-{}", std::process::id()));
    let store = Store::open(&Options::new(database, format!("file:{}", blobs.display()))).await?;
    for at_once in [1, 4, 16, 64] {
        let (start, before) = (Instant::now(), store.durable_commits());
        let outcomes: Vec<Result<(), Fault>> = futures::stream::iter(0..writes)
            .map(|number| append(&store, at_once, number))
            .buffer_unordered(at_once)
            .collect()
            .await;
        outcomes.into_iter().collect::<Result<(), Fault>>()?;
        let (seconds, commits) = (start.elapsed().as_secs_f64(), store.durable_commits() - before);
        println!(
            r#"{{"at_once":{at_once},"writes":{writes},"writes_per_second":{:.0},"durable_commits":{commits}}}"#,
            writes as f64 / seconds
        );
    }
    std::fs::remove_dir_all(blobs)?;
    Ok(())
}

async fn append(store: &Store, at_once: usize, number: usize) -> Result<(), Fault> {
    let envelope = &format!("e{}-{at_once}-{number}", std::process::id());
    let event = &EventRow {
        seq: 1,
        at_micros: 0,
        kind: "envelope_sent".into(),
        entry: "x".repeat(300),
        prev_hash: "0".repeat(64),
        hash: "f".repeat(64),
    };
    store
        .write(|tx| {
            Box::pin(async move { events::append(tx, "acme", envelope, std::slice::from_ref(event)).await })
        })
        .await
}

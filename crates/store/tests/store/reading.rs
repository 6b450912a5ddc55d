//! Reads see one moment and change nothing.

use store::{Fault, Store, counters};
use tokio::sync::Barrier;

use crate::given::{read, write};

crate::on_both_engines!(a_read_sees_one_moment, a_read_cannot_write);

const VALUE: &str = "SELECT value FROM counters WHERE tenant = $1 AND name = $2";

async fn a_read_sees_one_moment(store: &Store) {
    let up = || write(store, |tx| Box::pin(async move { counters::increment(tx, "acme", "n").await }));
    up().await;
    let (looked, written) = (&Barrier::new(2), &Barrier::new(2));
    let reading = read(store, |tx| {
        Box::pin(async move {
            let first = tx.query(VALUE, &["acme".into(), "n".into()]).await?;
            looked.wait().await;
            written.wait().await;
            let second = tx.query(VALUE, &["acme".into(), "n".into()]).await?;
            let mut rows = first.into_iter().chain(second);
            let mut next = || rows.next().map(|mut row| row.int()).transpose();
            Ok((next()?, next()?))
        })
    });
    let writing = async {
        looked.wait().await;
        up().await;
        written.wait().await;
    };
    let (seen, ()) = tokio::join!(reading, writing);
    assert_eq!(seen, (Some(1), Some(1)));
}

async fn a_read_cannot_write(store: &Store) {
    let outcome: Result<i64, Fault> =
        store.read(|tx| Box::pin(async move { counters::increment(tx, "acme", "n").await })).await;
    assert!(outcome.is_err());
}

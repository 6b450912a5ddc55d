//! What left, by the names that it has outside.

use store::Store;
use store::dispatches::{self, DispatchRow};

use crate::given::{read, write};

crate::on_both_engines!(
    a_report_finds_what_left_whosever_it_is,
    what_left_is_forgotten_by_age_and_by_envelope,
);

fn dispatch(tenant: &str, name: &str, envelope: &str, at: i64) -> DispatchRow {
    DispatchRow {
        tenant: tenant.into(),
        dispatch: name.into(),
        envelope: envelope.into(),
        recipient: (at % 2 == 0).then_some(at),
        kind: "mail".into(),
        created_at: at,
    }
}

async fn put(store: &Store, rows: &[DispatchRow]) {
    write(store, |tx| {
        Box::pin(async move {
            for row in rows {
                dispatches::insert(tx, row).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn found(store: &Store, name: &str) -> Option<DispatchRow> {
    read(store, |tx| Box::pin(async move { dispatches::find(tx, name).await })).await
}

async fn a_report_finds_what_left_whosever_it_is(store: &Store) {
    let (ours, theirs) = (dispatch("acme", "job_1", "e1", 1), dispatch("other", "job_2", "e2", 2));
    put(store, &[ours.clone(), theirs.clone()]).await;
    assert_eq!(found(store, "job_1").await, Some(ours));
    assert_eq!(found(store, "job_2").await, Some(theirs));
    assert_eq!(found(store, "job_3").await, None);
}

async fn what_left_is_forgotten_by_age_and_by_envelope(store: &Store) {
    let all =
        [("acme", "a", "e1", 1), ("acme", "b", "e1", 5), ("acme", "c", "e2", 5), ("other", "d", "e1", 1)];
    put(store, &all.map(|(tenant, name, envelope, at)| dispatch(tenant, name, envelope, at))).await;
    let gone = write(store, |tx| {
        Box::pin(async move {
            Ok((dispatches::forget(tx, "acme", 5).await?, dispatches::remove_of(tx, "acme", "e2").await?))
        })
    })
    .await;
    assert_eq!(gone, (1, 1));
    for (name, kept) in [("a", false), ("b", true), ("c", false), ("d", true)] {
        assert_eq!(found(store, name).await.is_some(), kept, "{name}");
    }
}

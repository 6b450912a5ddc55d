//! The audit trail and what is disclosed of it.

use store::events::EventRow;
use store::{Fault, FaultKind, Store, disclosures, events};

use crate::given::{read, write};

crate::on_both_engines!(
    events_come_back_in_order_and_to_the_letter,
    an_event_of_a_number_that_stands_is_a_conflict_and_nothing_of_the_write_stays,
    disclosures_are_erased_while_the_events_stay,
);

pub fn event(seq: i64) -> EventRow {
    EventRow {
        seq,
        at_micros: 1_790_000_000_000_000 + seq,
        kind: "envelope_sent".into(),
        entry: format!(r#"{{"seq":{seq},"title":"Vertrag „Großmann“ ✍"}}"#),
        prev_hash: format!("{:064x}", seq - 1),
        hash: format!("{seq:064x}"),
    }
}

async fn append(store: &Store, tenant: &str, envelope: &str, rows: &[EventRow]) -> Result<(), Fault> {
    store.write(|tx| Box::pin(async move { events::append(tx, tenant, envelope, rows).await })).await
}

async fn load(store: &Store, tenant: &str, envelope: &str) -> Vec<EventRow> {
    read(store, |tx| Box::pin(async move { events::load(tx, tenant, envelope).await })).await
}

async fn events_come_back_in_order_and_to_the_letter(store: &Store) {
    append(store, "acme", "env", &[event(1), event(2)]).await.expect("they are the first");
    append(store, "acme", "env", &[event(3)]).await.expect("it is the next");
    append(store, "other", "env", &[event(1)]).await.expect("another tenant's envelope is another one");
    assert_eq!(load(store, "acme", "env").await, [event(1), event(2), event(3)]);
    assert_eq!(load(store, "other", "env").await, [event(1)]);
    assert_eq!(load(store, "acme", "none").await, []);
}

async fn an_event_of_a_number_that_stands_is_a_conflict_and_nothing_of_the_write_stays(store: &Store) {
    append(store, "acme", "env", &[event(1), event(2)]).await.expect("they are the first");
    let late = EventRow { hash: "f".repeat(64), ..event(2) };
    let fault = append(store, "acme", "env", &[event(3), late]).await.expect_err("event 2 stands");
    assert_eq!((fault.kind, fault.retry), (FaultKind::Conflict, true));
    assert_eq!(load(store, "acme", "env").await, [event(1), event(2)]);
}

async fn disclosures_are_erased_while_the_events_stay(store: &Store) {
    append(store, "acme", "env", &[event(1), event(2)]).await.expect("they are the first");
    write(store, |tx| {
        Box::pin(async move {
            disclosures::put(tx, "acme", "env", 1, r#"{"name":"Ada"}"#).await?;
            disclosures::put(tx, "acme", "env", 2, r#"{"name":"Eve"}"#).await?;
            disclosures::put(tx, "acme", "env", 2, "{}").await
        })
    })
    .await;
    let load_disclosed =
        || read(store, |tx| Box::pin(async move { disclosures::load(tx, "acme", "env").await }));
    assert_eq!(load_disclosed().await, [(1, r#"{"name":"Ada"}"#.to_owned()), (2, "{}".to_owned())]);
    let erased =
        write(store, |tx| Box::pin(async move { disclosures::erase(tx, "acme", "env").await })).await;
    assert_eq!(erased, 2);
    assert_eq!(load_disclosed().await, []);
    assert_eq!(load(store, "acme", "env").await, [event(1), event(2)]);
}

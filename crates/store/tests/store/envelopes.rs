//! The projection: lists, search, pages, the lock.

use futures::future::join_all;
use store::bulk_rows::{self, RowOfBulk};
use store::envelopes::{self, EnvelopeRow, Filter};
use store::template_uses::{self, UseRow};
use store::{Fault, Store, events};

use crate::events::event;
use crate::given::{read, write};

crate::on_both_engines!(
    an_envelope_is_written_anew_and_read_back,
    a_list_shows_what_its_filter_lets_through,
    a_list_can_be_about_what_was_made_when_and_of_what,
    pages_of_a_list_neither_repeat_nor_skip,
    a_search_takes_its_text_literally,
    commands_on_one_envelope_come_one_after_the_other,
    a_rebuild_finds_every_envelope_that_has_events,
);

fn row(tenant: &str, envelope: &str, updated_at: i64) -> EnvelopeRow {
    EnvelopeRow {
        tenant: tenant.into(),
        envelope: envelope.into(),
        head_seq: 1,
        head_hash: "a".repeat(64),
        status: "draft".into(),
        shelf: "desk".into(),
        title: format!("Contract {envelope}"),
        test: false,
        created_by: "usr_1".into(),
        created_at: 1,
        updated_at,
        expires_at: None,
        search: format!("contract {envelope}"),
        summary: "{}".into(),
    }
}

async fn put(store: &Store, rows: &[EnvelopeRow]) {
    write(store, |tx| {
        Box::pin(async move {
            for row in rows {
                envelopes::upsert(tx, row).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn names(store: &Store, tenant: &str, filter: &Filter) -> Vec<String> {
    let rows = read(store, |tx| Box::pin(async move { envelopes::list(tx, tenant, filter).await })).await;
    let ids = read(store, |tx| Box::pin(async move { envelopes::ids(tx, tenant, filter).await })).await;
    let names: Vec<String> = rows.into_iter().map(|row| row.envelope).collect();
    assert_eq!(names, ids, "the ids are those of the same rows, in the same order");
    names
}

async fn an_envelope_is_written_anew_and_read_back(store: &Store) {
    let first = row("acme", "e1", 5);
    let second = EnvelopeRow {
        status: "completed".into(),
        shelf: "archive".into(),
        test: true,
        expires_at: Some(9),
        head_seq: 7,
        ..first.clone()
    };
    let find = || read(store, |tx| Box::pin(async move { envelopes::find(tx, "acme", "e1").await }));
    put(store, std::slice::from_ref(&first)).await;
    assert_eq!(find().await, Some(first));
    put(store, std::slice::from_ref(&second)).await;
    assert_eq!(find().await, Some(second));
    let foreign = read(store, |tx| Box::pin(async move { envelopes::find(tx, "other", "e1").await })).await;
    assert_eq!(foreign, None);
}

async fn a_list_shows_what_its_filter_lets_through(store: &Store) {
    let done = EnvelopeRow { status: "completed".into(), ..row("acme", "done", 3) };
    let test = EnvelopeRow {
        test: true,
        shelf: "trash".into(),
        search: "привет мир".into(),
        ..row("acme", "test", 2)
    };
    put(store, &[row("acme", "draft", 1), test, done, row("other", "theirs", 4)]).await;
    let all = Filter { limit: 10, ..Filter::default() };
    assert_eq!(names(store, "acme", &all).await, ["done", "test", "draft"]);
    let by_status = Filter { status: Some("completed".into()), ..all.clone() };
    assert_eq!(names(store, "acme", &by_status).await, ["done"]);
    let tests = Filter { test: Some(true), ..all.clone() };
    assert_eq!(names(store, "acme", &tests).await, ["test"]);
    let live = Filter { test: Some(false), ..all.clone() };
    assert_eq!(names(store, "acme", &live).await, ["done", "draft"]);
    let searched = Filter { q: Some(" ПРИВЕТ ".into()), ..all.clone() };
    assert_eq!(names(store, "acme", &searched).await, ["test"]);
    let kept = Filter { shelf: Some("trash".into()), ..all.clone() };
    assert_eq!(names(store, "acme", &kept).await, ["test"]);
    let desk = Filter { shelf: Some("desk".into()), ..all.clone() };
    assert_eq!(names(store, "acme", &desk).await, ["done", "draft"]);
    let first = Filter { limit: 2, ..all.clone() };
    assert_eq!(names(store, "acme", &first).await, ["done", "test"]);
    let nothing = Filter { q: Some("theirs".into()), ..all };
    assert_eq!(names(store, "acme", &nothing).await, Vec::<String>::new());
}

async fn a_list_can_be_about_what_was_made_when_and_of_what(store: &Store) {
    let rows = (1..=4).map(|it| EnvelopeRow { created_at: it, ..row("acme", &format!("e{it}"), it) });
    put(store, &rows.collect::<Vec<_>>()).await;
    put(store, &[row("other", "e5", 5)]).await;
    write(store, |tx| {
        Box::pin(async move {
            for (tenant, envelope, template) in
                [("acme", "e1", "t1"), ("acme", "e2", "t2"), ("acme", "e3", "t1"), ("other", "e4", "t1")]
            {
                let used = UseRow {
                    tenant: tenant.into(),
                    envelope: envelope.into(),
                    template: template.into(),
                    version: 1,
                    link: None,
                    whom: None,
                    created_at: 1,
                };
                template_uses::insert(tx, &used).await?;
            }
            for (bulk, number, envelope) in
                [("b1", 2, Some("e3")), ("b1", 3, None), ("b2", 2, Some("e4")), ("b2", 3, Some("e2"))]
            {
                let row = RowOfBulk {
                    tenant: "acme".into(),
                    bulk: bulk.into(),
                    number,
                    status: "sent".into(),
                    given: None,
                    envelope: envelope.map(str::to_owned),
                    problem: None,
                };
                bulk_rows::insert(tx, &row).await?;
            }
            Ok(())
        })
    })
    .await;
    let all = Filter { limit: 10, ..Filter::default() };
    let of_template = Filter { template: Some("t1".into()), ..all.clone() };
    assert_eq!(names(store, "acme", &of_template).await, ["e3", "e1"]);
    let of_bulk = Filter { bulk: Some("b2".into()), ..all.clone() };
    assert_eq!(names(store, "acme", &of_bulk).await, ["e4", "e2"]);
    let of_both = Filter { template: Some("t2".into()), ..of_bulk };
    assert_eq!(names(store, "acme", &of_both).await, ["e2"]);
    let from = Filter { created_from: Some(3), ..all.clone() };
    assert_eq!(names(store, "acme", &from).await, ["e4", "e3"]);
    let between = Filter { created_before: Some(4), ..from };
    assert_eq!(names(store, "acme", &between).await, ["e3"]);
    let unknown = Filter { bulk: Some("b3".into()), ..all };
    assert_eq!(names(store, "acme", &unknown).await, Vec::<String>::new());
}

async fn pages_of_a_list_neither_repeat_nor_skip(store: &Store) {
    // Three envelopes share each moment, so that a page ends within one.
    let rows: Vec<_> = (0..20).map(|number| row("acme", &format!("e{number:02}"), number / 3)).collect();
    put(store, &rows).await;
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let filter = &Filter { limit: 4, before: before.take(), ..Filter::default() };
        let page = read(store, |tx| Box::pin(async move { envelopes::list(tx, "acme", filter).await })).await;
        let Some(last) = page.last() else { break };
        before = Some((last.updated_at, last.envelope.clone()));
        seen.extend(page.into_iter().map(|row| row.envelope));
    }
    let wanted: Vec<_> = rows.iter().rev().map(|row| row.envelope.clone()).collect();
    assert_eq!(seen, wanted);
}

async fn a_search_takes_its_text_literally(store: &Store) {
    let odd = EnvelopeRow { search: "100%_sure! o'brien".into(), ..row("acme", "odd", 2) };
    put(store, &[odd, EnvelopeRow { search: "100 so sure".into(), ..row("acme", "plain", 1) }]).await;
    for (q, found) in
        [("100%", 1), ("%_", 1), ("sure!", 1), ("O'Brien", 1), ("!", 1), ("100", 2), ("' OR 1=1", 0)]
    {
        let filter = Filter { q: Some(q.into()), limit: 10, ..Filter::default() };
        assert_eq!(names(store, "acme", &filter).await.len(), found, "{q}");
    }
}

async fn commands_on_one_envelope_come_one_after_the_other(store: &Store) {
    put(store, &[row("acme", "e", 0)]).await;
    let commands = (0..20).map(|_| {
        store.write(|tx| {
            Box::pin(async move {
                let mut row = envelopes::lock(tx, "acme", "e").await?.expect("the envelope was written");
                row.head_seq += 1;
                events::append(tx, "acme", "e", &[event(row.head_seq)]).await?;
                envelopes::upsert(tx, &row).await?;
                Ok::<_, Fault>(row.head_seq)
            })
        })
    });
    let mut heads: Vec<_> =
        join_all(commands).await.into_iter().map(|head| head.expect("it stands")).collect();
    heads.sort_unstable();
    assert_eq!(heads, (2..=21).collect::<Vec<_>>());
}

async fn a_rebuild_finds_every_envelope_that_has_events(store: &Store) {
    put(store, &[row("acme", "old", 1), row("other", "theirs", 1)]).await;
    let ids = write(store, |tx| {
        Box::pin(async move {
            events::append(tx, "acme", "a", &[event(1), event(2)]).await?;
            events::append(tx, "acme", "b", &[event(1)]).await?;
            envelopes::delete_all(tx, "acme").await?;
            envelopes::all_ids(tx, "acme").await
        })
    })
    .await;
    assert_eq!(ids, ["a", "b"]);
    let all = Filter { limit: 10, ..Filter::default() };
    assert_eq!(names(store, "acme", &all).await, Vec::<String>::new());
    assert_eq!(names(store, "other", &all).await, ["theirs"]);
}

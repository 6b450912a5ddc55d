//! Links, uploads, revisions, messages, idempotency keys, secrets.

use store::idempotency::{self, Begin, Hold};
use store::links::{self, LinkRow};
use store::messages::{self, MessageRow};
use store::revisions::{self, Piece, RevisionRow};
use store::uploads::{self, UploadRow};
use store::{FaultKind, Store, secrets};

use crate::given::{read, write};

crate::on_both_engines!(
    links_end_for_one_recipient_or_for_all_and_are_still_known,
    an_upload_is_found_in_its_account_only,
    a_revision_is_a_list_of_pieces_as_long_as_itself,
    messages_are_listed_by_address_newest_first,
    an_idempotency_key_gives_the_same_answer_to_the_same_request,
    the_first_secret_of_a_name_stands,
);

async fn links_end_for_one_recipient_or_for_all_and_are_still_known(store: &Store) {
    let link = |digest: &str, recipient, purpose: &str| LinkRow {
        tenant: "acme".into(),
        digest: digest.into(),
        envelope: "env".into(),
        recipient,
        purpose: purpose.into(),
        expires_at: Some(1000),
        ended_at: None,
    };
    let rows = &[link("a", 1, "sign"), link("b", 2, "sign"), link("c", 2, "download"), link("a", 1, "sign")];
    let ended = write(store, |tx| {
        Box::pin(async move {
            for row in rows {
                links::insert(tx, row).await?;
            }
            let one = links::end_for_recipient(tx, "acme", "env", 1, "sign", 5).await?;
            Ok((one, links::end_all(tx, "acme", "env", "sign", 6).await?))
        })
    })
    .await;
    assert_eq!(ended, (1, 1));
    let ends = |digest: &'static str| async move {
        read(store, move |tx| Box::pin(links::find(tx, "acme", digest))).await.map(|link| link.ended_at)
    };
    assert_eq!(ends("a").await, Some(Some(5)));
    assert_eq!(ends("b").await, Some(Some(6)));
    assert_eq!(ends("c").await, Some(None));
    assert_eq!(ends("d").await, None);
}

async fn an_upload_is_found_in_its_account_only(store: &Store) {
    let row = &UploadRow {
        tenant: "acme".into(),
        upload: "upl_1".into(),
        digest: "d".into(),
        size: 5_000_000_000,
        filename: "Vertrag.pdf".into(),
        facts: r#"{"pages":[]}"#.into(),
        created_at: 1,
    };
    write(store, |tx| Box::pin(async move { uploads::insert(tx, row).await })).await;
    let find = |tenant: &'static str| read(store, move |tx| Box::pin(uploads::find(tx, tenant, "upl_1")));
    assert_eq!(find("acme").await.as_ref(), Some(row));
    assert_eq!(find("other").await, None);
}

async fn a_revision_is_a_list_of_pieces_as_long_as_itself(store: &Store) {
    let piece = |digest: &str, length| Piece { digest: digest.into(), length };
    let revision = &RevisionRow {
        tenant: "acme".into(),
        digest: "r2".into(),
        length: 1_020,
        base_digest: Some("r1".into()),
        pieces: vec![piece("r1", 1_000), piece("t2", 20)],
    };
    let wrong = &RevisionRow { digest: "r3".into(), length: 1_021, ..revision.clone() };
    write(store, |tx| Box::pin(async move { revisions::put(tx, revision).await })).await;
    write(store, |tx| Box::pin(async move { revisions::put(tx, revision).await })).await;
    let fault = store.write(|tx| Box::pin(async move { revisions::put(tx, wrong).await })).await;
    assert_eq!(fault.map_err(|fault| fault.kind), Err(FaultKind::Corrupt));
    let found = read(store, |tx| Box::pin(async move { revisions::find(tx, "acme", "r2").await })).await;
    assert_eq!(found.as_ref(), Some(revision));
    let pieces = read(store, |tx| Box::pin(async move { revisions::pieces(tx, "acme", "r2").await })).await;
    assert_eq!(pieces, revision.pieces);
    let missing = store.read(|tx| Box::pin(async move { revisions::pieces(tx, "other", "r2").await })).await;
    assert_eq!(missing.map_err(|fault| fault.kind), Err(FaultKind::Missing));
}

async fn messages_are_listed_by_address_newest_first(store: &Store) {
    let message = |id: &str, at, to: &str, test| MessageRow {
        tenant: "acme".into(),
        message: id.into(),
        at,
        channel: "email".into(),
        recipient_address: to.into(),
        subject: "Please sign".into(),
        text: "…".into(),
        html: "<p>…</p>".into(),
        test,
    };
    let rows = &[
        message("m1", 1, "ada@example.com", true),
        message("m2", 2, "eve@example.com", true),
        message("m3", 3, "ada@example.com", false),
        message("m1", 9, "ada@example.com", true),
    ];
    let written = write(store, |tx| {
        Box::pin(async move {
            let mut written = Vec::new();
            for row in rows {
                written.push(messages::put(tx, row).await?);
            }
            Ok(written)
        })
    })
    .await;
    assert_eq!(written, [true, true, true, false]);
    let list = |to: Option<&'static str>, test: Option<bool>, limit: i64| async move {
        let rows = read(store, move |tx| Box::pin(messages::list(tx, "acme", to, test, limit))).await;
        rows.into_iter().map(|row| row.message).collect::<Vec<_>>()
    };
    assert_eq!(list(Some("ada@example.com"), None, 10).await, ["m3", "m1"]);
    assert_eq!(list(Some("ada@example.com"), Some(true), 10).await, ["m1"]);
    assert_eq!(list(None, None, 2).await, ["m3", "m2"]);
    let forgotten = write(store, |tx| Box::pin(async move { messages::forget(tx, "acme", 3).await })).await;
    assert_eq!(forgotten, 2);
}

async fn an_idempotency_key_gives_the_same_answer_to_the_same_request(store: &Store) {
    let begin_at = |digest: &'static str, now: i64| {
        write(store, move |tx| Box::pin(idempotency::begin(tx, "acme", "key_1", "k", digest, now)))
    };
    let begin = |digest: &'static str| begin_at(digest, 1);
    assert_eq!(begin("d").await, Begin::New);
    assert_eq!(begin("d").await, Begin::Unfinished);
    // A process that died in the middle does not hold the key for ever: two minutes, and not a moment less.
    assert_eq!(begin_at("d", 120_000_001).await, Begin::Unfinished);
    assert_eq!(begin_at("d", 120_000_002).await, Begin::New);
    assert_eq!(begin_at("other", 999_000_000).await, Begin::Other);
    let held = |taken_at: i64| Hold { tenant: "acme", caller: "key_1", key: "k", taken_at };
    let release = |taken_at: i64| write(store, move |tx| Box::pin(idempotency::release(tx, held(taken_at))));
    let finish = |taken_at: i64, body: &'static str| {
        write(store, move |tx| Box::pin(idempotency::finish(tx, held(taken_at), 201, body)))
    };
    // The one that was thought dead and comes late neither gives the key back nor answers for it.
    release(1).await;
    assert!(!finish(1, "late").await);
    assert_eq!(begin_at("d", 120_000_003).await, Begin::Unfinished);
    release(120_000_002).await;
    assert_eq!(begin("d").await, Begin::New);
    assert!(finish(1, "{}").await);
    assert!(!finish(1, "again").await, "the first answer stands");
    release(1).await;
    assert_eq!(begin("d").await, Begin::Answered { status: 201, body: "{}".into() });
    assert_eq!(begin("other").await, Begin::Other);
    let forgotten =
        write(store, |tx| Box::pin(async move { idempotency::forget(tx, "acme", i64::MAX).await })).await;
    assert_eq!(forgotten, 1);
}

async fn the_first_secret_of_a_name_stands(store: &Store) {
    let insert = |sealed: &'static [u8]| {
        write(store, move |tx| Box::pin(secrets::insert_if_absent(tx, "acme", "ca", sealed)))
    };
    assert_eq!(insert(&[0, 255, 1]).await, [0, 255, 1]);
    assert_eq!(insert(b"another").await, [0, 255, 1]);
    let replaced =
        write(store, |tx| Box::pin(async move { secrets::replace(tx, "acme", "ca", b"anew").await })).await;
    assert!(replaced);
    assert_eq!(insert(b"another").await, b"anew");
    let destroyed =
        write(store, |tx| Box::pin(async move { secrets::destroy(tx, "acme", "ca").await })).await;
    assert!(destroyed);
    let gone = read(store, |tx| Box::pin(async move { secrets::get(tx, "acme", "ca").await })).await;
    assert_eq!(gone, None);
}

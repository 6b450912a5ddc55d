//! Subscriptions and the log of what they were told.

use store::webhook_attempts::{self, AttemptRow};
use store::webhook_deliveries::{self, DeliveryRow, PENDING};
use store::webhooks::{self, WebhookRow};
use store::{Store, jobs};

use crate::given::{read, write};

crate::on_both_engines!(
    a_subscription_hears_of_all_envelopes_or_of_one_as_long_as_it_is_on,
    a_secret_that_was_changed_is_kept_beside_the_new_one,
    subscriptions_are_listed_by_page_and_mode_and_removed,
    the_first_attempts_of_an_envelope_come_in_the_order_of_its_events,
    the_log_keeps_what_was_answered_and_goes_with_its_subscription,
    every_attempt_is_kept_and_what_is_to_be_forgotten_goes,
    a_job_that_is_put_back_waits_and_is_not_stuck,
);

fn webhook(id: &str, envelope: &str, at: i64) -> WebhookRow {
    WebhookRow {
        tenant: "acme".into(),
        webhook: id.into(),
        envelope: envelope.into(),
        url: "https://hooks.example.org/".into(),
        events: "[]".into(),
        mode: "live".into(),
        secret: vec![0, 127, 255],
        previous: None,
        created_at: at,
        disabled_at: None,
        disabled_reason: None,
    }
}

fn delivery(id: &str, webhook: &str, seq: i64, part: i64) -> DeliveryRow {
    DeliveryRow {
        tenant: "acme".into(),
        delivery: id.into(),
        webhook: webhook.into(),
        envelope: "env".into(),
        seq,
        part,
        message: format!("evt_{seq}_{part}"),
        event: "recipient.signed".into(),
        body: "{}".into(),
        replay_of: None,
        state: PENDING.into(),
        attempts: 0,
        created_at: seq,
        first_at: None,
        last_at: None,
        next_at: Some(seq),
        status: None,
        fault: None,
        answer: String::new(),
        took_ms: None,
    }
}

async fn put(store: &Store, rows: &[WebhookRow]) {
    write(store, |tx| {
        Box::pin(async move {
            for row in rows {
                webhooks::insert(tx, row).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn put_deliveries(store: &Store, rows: &[DeliveryRow]) {
    write(store, |tx| {
        Box::pin(async move {
            for row in rows {
                webhook_deliveries::insert(tx, row).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn a_subscription_hears_of_all_envelopes_or_of_one_as_long_as_it_is_on(store: &Store) {
    let off = WebhookRow { disabled_at: Some(9), ..webhook("w3", "", 3) };
    let theirs = WebhookRow { tenant: "other".into(), ..webhook("w4", "", 4) };
    put(store, &[webhook("w1", "", 1), webhook("w2", "env", 2), off, theirs]).await;
    let hear = |envelope: &'static str| async move {
        let found = read(store, move |tx| Box::pin(webhooks::listening(tx, "acme", envelope))).await;
        found.into_iter().map(|it| it.webhook).collect::<Vec<_>>()
    };
    assert_eq!(hear("env").await, ["w1", "w2"]);
    assert_eq!(hear("another").await, ["w1"]);
    let counts = read(store, |tx| {
        Box::pin(async move {
            Ok((webhooks::count(tx, "acme", "").await?, webhooks::count(tx, "acme", "env").await?))
        })
    })
    .await;
    assert_eq!(counts, (2, 1), "those that are off count too");
}

async fn a_secret_that_was_changed_is_kept_beside_the_new_one(store: &Store) {
    put(store, &[webhook("w1", "", 1)]).await;
    let changed = &WebhookRow {
        url: "https://hooks.example.org/2".into(),
        events: r#"["envelope.completed"]"#.into(),
        mode: "both".into(),
        secret: vec![1],
        previous: Some((vec![0, 127, 255], 77)),
        disabled_at: Some(5),
        disabled_reason: Some("webhook_gone".into()),
        ..webhook("w1", "", 1)
    };
    let found = write(store, |tx| {
        Box::pin(async move {
            webhooks::update(tx, changed).await?;
            Ok((webhooks::lock(tx, "acme", "w1").await?, webhooks::find(tx, "other", "w1").await?))
        })
    })
    .await;
    assert_eq!(found, (Some(changed.clone()), None));
}

async fn subscriptions_are_listed_by_page_and_mode_and_removed(store: &Store) {
    let test = WebhookRow { mode: "test".into(), ..webhook("w2", "", 2) };
    put(store, &[webhook("w1", "", 1), test, webhook("w3", "", 2)]).await;
    let list = |mode: Option<&str>, before: Option<(i64, &str)>, limit| {
        let filter = webhooks::Filter {
            mode: mode.map(str::to_owned),
            before: before.map(|(at, id)| (at, id.to_owned())),
            limit,
        };
        async move {
            let filter = &filter;
            let found =
                read(store, |tx| Box::pin(async move { webhooks::list(tx, "acme", filter).await })).await;
            found.into_iter().map(|it| it.webhook).collect::<Vec<_>>()
        }
    };
    assert_eq!(list(None, None, 2).await, ["w3", "w2"]);
    assert_eq!(list(None, Some((2, "w2")), 2).await, ["w1"]);
    assert_eq!(list(Some("test"), None, 9).await, ["w2"]);
    let removed = write(store, |tx| {
        Box::pin(async move {
            Ok((webhooks::remove(tx, "other", "w1").await?, webhooks::remove(tx, "acme", "w1").await?))
        })
    })
    .await;
    assert_eq!((removed, list(Some("live"), None, 9).await), ((false, true), vec!["w3".to_owned()]));
}

async fn the_first_attempts_of_an_envelope_come_in_the_order_of_its_events(store: &Store) {
    let again = DeliveryRow { replay_of: Some("d1".into()), ..delivery("d0", "w1", 1, 0) };
    let rows = [
        delivery("d3", "w1", 7, 1),
        delivery("d2", "w1", 7, 0),
        delivery("d9", "w1", 2, 0),
        delivery("d1", "w2", 1, 0),
        again,
    ];
    put_deliveries(store, &rows).await;
    let mut order = Vec::new();
    loop {
        let next = read(store, |tx| {
            Box::pin(async move { webhook_deliveries::next_first(tx, "acme", "env", "w1").await })
        });
        let Some(next) = next.await else { break };
        let id = next.as_str();
        write(store, |tx| {
            Box::pin(async move {
                let row = webhook_deliveries::find(tx, "acme", id).await?.expect("it is there");
                let tried = DeliveryRow { attempts: 1, ..row };
                webhook_deliveries::attempted(tx, &tried).await
            })
        })
        .await;
        order.push(next);
    }
    assert_eq!(order, ["d9", "d2", "d3"], "a first attempt is enough, and a repetition has no turn");
}

async fn the_log_keeps_what_was_answered_and_goes_with_its_subscription(store: &Store) {
    put_deliveries(store, &[delivery("d1", "w1", 1, 0), delivery("d2", "w1", 2, 0)]).await;
    let failed = &DeliveryRow {
        state: "failed".into(),
        attempts: 3,
        first_at: Some(10),
        last_at: Some(20),
        next_at: None,
        status: Some(503),
        fault: Some("webhook_status".into()),
        answer: "busy ✓".into(),
        took_ms: Some(12),
        ..delivery("d1", "w1", 1, 0)
    };
    write(store, |tx| Box::pin(async move { webhook_deliveries::attempted(tx, failed).await })).await;
    let list = |state: Option<&str>, before: Option<(i64, &str)>| {
        let filter = webhook_deliveries::Filter {
            state: state.map(str::to_owned),
            before: before.map(|(at, id)| (at, id.to_owned())),
            limit: 9,
        };
        async move {
            let filter = &filter;
            read(store, |tx| {
                Box::pin(async move { webhook_deliveries::list(tx, "acme", "w1", filter).await })
            })
            .await
        }
    };
    let second = delivery("d2", "w1", 2, 0);
    assert_eq!(list(None, None).await, [second.clone(), failed.clone()]);
    let only = vec![failed.clone()];
    assert_eq!(list(Some("failed"), None).await, only);
    assert_eq!(list(None, Some((2, "d2"))).await, only);
    let removed = write(store, |tx| {
        Box::pin(async move {
            Ok((
                webhook_deliveries::remove_of(tx, "acme", "w2").await?,
                webhook_deliveries::remove_of(tx, "acme", "w1").await?,
            ))
        })
    })
    .await;
    assert_eq!((removed, list(None, None).await), ((0, 2), vec![]));
}

async fn every_attempt_is_kept_and_what_is_to_be_forgotten_goes(store: &Store) {
    let attempt = |delivery: &str, webhook: &str, attempt: i64| AttemptRow {
        tenant: "acme".into(),
        delivery: delivery.into(),
        attempt,
        webhook: webhook.into(),
        at: attempt * 10,
        status: Some(503),
        fault: None,
        answer: "Ada is busy".into(),
        took_ms: Some(1),
    };
    let all =
        &[attempt("d1", "w1", 1), attempt("d1", "w1", 2), attempt("d2", "w1", 1), attempt("d3", "w2", 1)];
    let body = "{\"erased\": true}";
    put_deliveries(store, &[delivery("d1", "w1", 1, 0)]).await;
    let (told, left) = write(store, |tx| {
        Box::pin(async move {
            for it in all.iter().chain(&all[..1]) {
                webhook_attempts::put(tx, it).await?;
            }
            webhook_attempts::forget_answers(tx, "acme", "d1").await?;
            webhook_deliveries::rewrite(tx, "acme", "d1", body).await?;
            let told = webhook_deliveries::of_envelope(tx, "acme", "env").await?;
            Ok((told, webhook_attempts::list(tx, "acme", "w1", "d1", "d2").await?))
        })
    })
    .await;
    assert_eq!(told, [DeliveryRow { body: body.into(), ..delivery("d1", "w1", 1, 0) }]);
    let forgotten = |it: AttemptRow| AttemptRow { answer: String::new(), ..it };
    let [first, second, other, _] = all.clone();
    assert_eq!(left, [forgotten(first), forgotten(second), other]);
    let removed = write(store, |tx| Box::pin(webhook_attempts::remove_of(tx, "acme", "w1"))).await;
    assert_eq!(removed, 3);
}

async fn a_job_that_is_put_back_waits_and_is_not_stuck(store: &Store) {
    let job = &jobs::NewJob {
        tenant: "acme".into(),
        job: "j1".into(),
        kind: "webhook".into(),
        dedup_key: None,
        payload: "{}".into(),
        run_at: 1,
        max_attempts: jobs::NO_END,
        leased: Some(jobs::Lease { token: "t".into(), until: 100 }),
        on_duplicate: jobs::OnDuplicate::Keep,
    };
    let put_back = write(store, |tx| {
        Box::pin(async move {
            jobs::enqueue(tx, job).await?;
            Ok((
                jobs::put_back(tx, "acme", "j1", "another", 50).await?,
                jobs::put_back(tx, "acme", "j1", "t", 50).await?,
            ))
        })
    })
    .await;
    assert_eq!(put_back, (false, true));
    let stuck = read(store, |tx| Box::pin(async move { jobs::stuck(tx, "acme").await })).await;
    assert!(stuck.is_empty());
    for (now, taken) in [(49, 0), (50, 1)] {
        let claim = jobs::Claim { kinds: &["webhook"], now, lease_for: 9, limit: 5, token: "u" };
        let jobs = jobs::claim(store, &claim).await.expect("the claim succeeds");
        assert_eq!(jobs.len(), taken, "at {now}");
    }
}

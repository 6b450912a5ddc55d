//! Webhooks that go wrong: receivers that fail, hang, lead elsewhere or never end, addresses of private networks, and a
//! process that dies over them.

use crate::given::{one_signer, server, setup};
use crate::receiver::{Arrived, Receiver, Says};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use crate::webhooks::{completed, log, patch, subscribed, wait_for_kind, word};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use testkit::Pdf;
use testkit::server::{Mailbox, Server, wait_for};

#[test]
fn an_attempt_that_fails_holds_nothing_back_and_is_made_again_under_the_same_id() {
    let server = server();
    let api = server.api();
    let receiver = Receiver::that(|it, before| match it.kind().as_str() {
        "envelope.sent" if before == 0 => Says::Status(500, "not now"),
        _ => Says::Status(204, ""),
    });
    let (webhook, secret) = subscribed(&api, &receiver.url(), &[]);
    let id = completed(&api);
    wait_for_kind(&receiver, "envelope.completed");
    assert!(api.envelope(&id)["problem"].is_null(), "a receiver's trouble is none of the envelope's");
    let again = wait_for("the second attempt", || {
        receiver.arrived().into_iter().filter(|it| it.kind() == "envelope.sent").nth(1)
    });
    let kinds = receiver.kinds();
    let place = |kind: &str| kinds.iter().position(|it| it == kind).unwrap();
    assert!(place("envelope.sent") < place("recipient.invited"), "{kinds:?}");
    let last = kinds.iter().rposition(|it| it == "envelope.sent").unwrap();
    assert!(place("envelope.completed") < last, "what came later did not wait: {kinds:?}");
    let first = &receiver.arrived()[place("envelope.sent")];
    assert_eq!((first.header("webhook-id"), &first.text), (again.header("webhook-id"), &again.text));
    assert_eq!(again.judged(&secret), json!({ "read": again.body() }));
    wait_for("the log", || {
        let log = log(&api, &webhook);
        let line = log.iter().find(|it| it["event"] == "envelope.sent")?;
        (line["attempts"] == 2 && line["state"] == "delivered" && line["status"] == 204).then_some(())
    });
}

#[test]
fn a_receiver_that_hangs_or_redirects_or_never_ends_harms_nobody_else_and_all_is_in_the_log() {
    let server = setup().with("COUNTERSIGN_WEBHOOKS__TIMEOUT_MS", "700").start();
    let api = server.api();
    let inner = Receiver::open();
    let target = inner.url();
    let bad = [
        Receiver::that(|_, _| Says::Nothing),
        Receiver::that(move |_, _| Says::Elsewhere(target.clone())),
        Receiver::that(|_, _| Says::Endlessly(500)),
        Receiver::that(|_, _| Says::Endlessly(200)),
    ];
    let webhooks: Vec<String> =
        bad.iter().map(|it| subscribed(&api, &it.url(), &["envelope.sent"]).0).collect();
    let good = Receiver::open();
    subscribed(&api, &good.url(), &[]);
    completed(&api);
    wait_for_kind(&good, "envelope.completed");

    let expected = [
        ("pending", Value::Null, "webhook_timed_out"),
        ("pending", json!(302), "webhook_redirected"),
        ("pending", json!(500), "webhook_answer_too_long"),
        ("delivered", json!(200), "webhook_answer_too_long"),
    ];
    for (webhook, (state, status, fault)) in webhooks.iter().zip(expected) {
        let line = wait_for(fault, || log(&api, webhook).pop().filter(|it| it["attempts"] != 0));
        assert_eq!((&line["state"], &line["status"]), (&json!(state), &status), "{line}");
        assert_eq!(line["fault"], fault);
        assert!(line["answer"].as_str().unwrap().len() <= 1024);
        assert_eq!(line["next_attempt_at"].is_string(), state == "pending");
    }
    assert_eq!(inner.arrived(), [], "a redirection is not followed");
}

#[test]
fn many_that_wait_for_one_receiver_leave_room_for_those_of_others_and_all_get_their_turn() {
    let server = setup().with("COUNTERSIGN_WEBHOOKS__TIMEOUT_MS", "1000").start();
    let api = server.api();
    let (bad, good) = (Receiver::that(|_, _| Says::Nothing), Receiver::open());
    let (webhook, _) = subscribed(&api, &bad.url(), &[]);
    subscribed(&api, &good.url(), &[]);
    let upload = api.uploaded(&Pdf::one_page().bytes());
    for _ in 0..12 {
        api.post("/v1/envelopes", &one_signer(&upload)).expect(201);
    }
    wait_for("the good one to know all", || (good.arrived().len() == 12).then_some(()));
    wait_for("every attempt", || {
        let log = log(&api, &webhook);
        log.iter().all(|it| it["fault"] == "webhook_timed_out").then_some(())
    });
    assert!((2..=8).contains(&bad.most_at_once()), "{} at once", bad.most_at_once());
}

#[test]
fn nothing_gets_into_a_private_network_by_address_or_by_name_when_subscribing_or_later() {
    let mailbox = Mailbox::open();
    let mut server = setup().in_earnest().with_all(mailbox.settings()).start();
    let api = server.api();
    let receiver = Receiver::open();
    for (url, code) in [
        ("https://127.0.0.1/", "webhook_address_refused"),
        ("https://[::1]/", "webhook_address_refused"),
        ("https://[::ffff:10.0.0.1]/", "webhook_address_refused"),
        ("https://2130706433/", "webhook_address_refused"),
        ("https://169.254.169.254/latest", "webhook_address_refused"),
        ("https://localhost/", "webhook_address_refused"),
        ("http://example.org/", "webhook_not_https"),
        ("https://me:word@example.org/", "webhook_url_credentials"),
        ("ftp://example.org/", "webhook_url_invalid"),
        ("", "webhook_url_invalid"),
    ] {
        let answer = api.post("/v1/webhooks", &json!({ "url": url }));
        assert_refused(&answer, 422, code);
        assert_eq!(answer.json()["errors"][0]["pointer"], "/url", "{url}");
    }
    assert_eq!(api.get("/v1/webhooks").expect(200).json()["items"], json!([]));

    // The operator allows it, and then does not any more: each connection is looked at for itself.
    let plain = ("COUNTERSIGN_WEBHOOKS__PLAIN_HTTP", "true");
    server.start_with(&[plain, ("COUNTERSIGN_WEBHOOKS__ALLOW", "127.0.0.1, localhost")]);
    let urls = [receiver.url(), receiver.url_by_name()];
    let webhooks = urls.clone().map(|url| subscribed(&api, &url, &["envelope.created"]).0);
    server.start_with(&[plain]);
    let upload = api.uploaded(&Pdf::one_page().bytes());
    api.post("/v1/envelopes", &one_signer(&upload)).expect(201);
    for webhook in &webhooks {
        let line = wait_for("the attempt", || log(&api, webhook).pop().filter(|it| it["attempts"] != 0));
        assert_eq!((&line["fault"], &line["status"]), (&json!("webhook_address_refused"), &Value::Null));
    }
    assert_eq!(receiver.arrived(), []);
    for url in urls {
        assert!(!server.log().contains(&url), "addresses of receivers are not logged");
    }
}

#[test]
fn what_is_on_its_way_fails_when_its_subscription_is_switched_off_and_can_be_sent_again_elsewhere() {
    let server = server();
    let api = server.api();
    let (bad, good) = (Receiver::that(|_, _| Says::Status(500, "no")), Receiver::open());
    let (webhook, secret) = subscribed(&api, &bad.url(), &["envelope.created", "envelope.sent"]);
    crate::given::sent_to_one(&api);
    wait_for("both first attempts", || (bad.arrived().len() == 2).then_some(()));
    patch(&api, &webhook, &json!({ "enabled": false, "url": good.url() })).expect(200);
    wait_for("both to be given up", || {
        let log = log(&api, &webhook);
        let given_up = |it: &Value| it["state"] == "failed" && it["fault"] == "webhook_disabled";
        log.iter().all(given_up).then_some(())
    });
    assert_eq!((bad.arrived().len(), good.arrived().len()), (2, 0));
    patch(&api, &webhook, &json!({ "enabled": true })).expect(200);
    let failed = api.get(&format!("/v1/webhooks/{webhook}/deliveries?state=failed")).expect(200).json();
    let path = format!("/v1/webhooks/{webhook}/deliveries/{}/replay", word(&failed["items"][0]["id"]));
    api.post(&path, &Value::Null).expect(202);
    let again = wait_for_kind(&good, "envelope.sent");
    assert_eq!(again.judged(&secret), json!({ "read": again.body() }));
    assert_eq!(again.header("webhook-id"), bad.arrived()[1].header("webhook-id"));
}

/// The process stops at a place between the commit of an event and the note that it was told.
fn told_although_the_process_died(server: &mut Server, point: &str, times: usize) {
    let api = server.api();
    let receiver = Receiver::open();
    let (webhook, _) = subscribed(&api, &receiver.url(), &["envelope.sent", "recipient.invited"]);
    let upload = api.uploaded(&Pdf::one_page().bytes());
    let id = word(&api.post("/v1/envelopes", &one_signer(&upload)).expect(201).json()["id"]);
    server.start_with(&[("COUNTERSIGN_STOP_AT", point)]);
    // Whether the answer gets out before the process ends is a matter of luck; the commit does.
    let _ = api.try_post(&format!("/v1/envelopes/{id}/send"), &Value::Null);
    let ended = wait_for("the process to end", || server.exit_status());
    assert_eq!(ended.signal(), Some(6), "{point}: it stopped itself");
    server.start();
    wait_for("both events", || {
        (log(&api, &webhook).iter().filter(|it| it["state"] == "delivered").count() == 2).then_some(())
    });
    let arrived = receiver.arrived();
    let kinds: Vec<String> = arrived.iter().map(Arrived::kind).collect();
    let mut expected = vec!["envelope.sent"; times];
    expected.push("recipient.invited");
    assert_eq!(kinds, expected, "{point}");
    let ids: BTreeSet<&str> = arrived.iter().map(|it| it.header("webhook-id")).collect();
    assert_eq!(ids.len(), 2, "what came twice came under one id");
}

#[test]
fn what_was_committed_is_told_although_the_process_died_before_or_after_telling_it_on_sqlite() {
    // Each at a server of its own: a subscription whose receiver is gone would reach the place first, now and then.
    told_although_the_process_died(&mut server(), "webhook.before_call", 1);
    told_although_the_process_died(&mut server(), "webhook.called", 2);
}

#[test]
fn what_was_committed_is_told_although_the_process_died_before_telling_it_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "untold");
    let mut server = setup().at("--database", &schema.address()).start();
    told_although_the_process_died(&mut server, "webhook.before_call", 1);
}

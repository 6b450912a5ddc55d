//! The log of webhooks keeps every answer; who asks for time gets it, who is gone is left alone, and who is erased is not
//! told of any more.

use crate::given::{sent_to_one, server, setup};
use crate::judges::said;
use crate::receiver::{Receiver, Says};
use crate::replicas::{Schema, service};
use crate::webhooks::{completed, log, patch, subscribed};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::server::{Setup, wait_for};

#[test]
fn the_log_keeps_what_every_attempt_was_answered() {
    let server = server();
    let api = server.api();
    let receiver = Receiver::that(|_, before| match before {
        0 => Says::Status(500, "not now"),
        _ => Says::Status(200, "thanks"),
    });
    let (webhook, _) = subscribed(&api, &receiver.url(), &["envelope.sent"]);
    sent_to_one(&api);
    let line =
        wait_for("the second attempt", || log(&api, &webhook).pop().filter(|it| it["state"] == "delivered"));
    let all = line["log"].as_array().unwrap();
    let told: Vec<_> = all.iter().map(|it| (&it["status"], &it["fault"], &it["answer"])).collect();
    assert_eq!(
        told,
        [
            (&json!(500), &json!("webhook_status"), &json!("not now")),
            (&json!(200), &Value::Null, &json!("thanks"))
        ]
    );
    assert!(all[0]["at"].as_str() < all[1]["at"].as_str() && all[0]["took_ms"].is_u64(), "{line}");
    assert_eq!((&line["attempts"], &line["answer"]), (&json!(2), &json!("thanks")));
}

#[test]
fn who_says_when_to_come_again_is_not_called_before() {
    let server = server();
    let api = server.api();
    let receiver = Receiver::that(|_, _| Says::Later(503, "busy", "7200".into()));
    let (webhook, _) = subscribed(&api, &receiver.url(), &["envelope.created"]);
    sent_to_one(&api);
    let line = wait_for("the attempt", || log(&api, &webhook).pop().filter(|it| it["attempts"] == 1));
    let at = |value: &Value| value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let wait = at(&line["next_attempt_at"]).duration_since(at(&line["last_attempt_at"])).as_secs();
    assert!((7200..7300).contains(&wait), "{wait} s");
}

#[test]
fn who_is_gone_is_switched_off_with_a_reason_and_can_be_switched_on_again() {
    is_switched_off(setup());
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "gone");
    is_switched_off(setup().at("--database", &schema.address()));
}

fn is_switched_off(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let receiver = Receiver::that(|_, _| Says::Status(410, "gone"));
    let (webhook, _) = subscribed(&api, &receiver.url(), &["envelope.created", "envelope.sent"]);
    sent_to_one(&api);
    let read = || api.get(&format!("/v1/webhooks/{webhook}")).expect(200).json();
    wait_for("it to be switched off", || (read()["enabled"] == json!(false)).then_some(()));
    assert_eq!(read()["disabled_reason"], "webhook_gone");
    wait_for("all to be given up", || {
        log(&api, &webhook).iter().all(|it| it["state"] == "failed").then_some(())
    });
    let faults: Vec<Value> = log(&api, &webhook).iter().rev().map(|it| it["fault"].clone()).collect();
    assert_eq!(faults[0], "webhook_gone");
    assert_eq!(receiver.arrived().len(), 1, "nobody is asked who is gone");
    patch(&api, &webhook, &json!({ "enabled": true })).expect(200);
    assert_eq!((&read()["enabled"], &read()["disabled_reason"]), (&json!(true), &Value::Null));
}

#[test]
fn what_was_told_of_an_erased_person_is_forgotten_and_what_is_still_to_be_told_leaves_without_them() {
    is_forgotten(setup());
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "untold_of");
    is_forgotten(setup().at("--database", &schema.address()));
}

fn is_forgotten(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    // It says back what it was told; the event of the signature it does not take for now.
    let opened = Arc::new(AtomicBool::new(false));
    let open = Arc::clone(&opened);
    let receiver = Receiver::that(move |it, _| match it.kind().as_str() {
        "recipient.signed" if !open.load(Ordering::SeqCst) => {
            Says::Status(500, "Ada Lovelace <ada@example.org>")
        }
        _ => Says::Status(200, "Ada Lovelace <ada@example.org>"),
    });
    let (webhook, secret) =
        subscribed(&api, &receiver.url(), &["recipient.signed", "recipient.invited", "envelope.completed"]);
    let id = completed(&api);
    api.file(&id, "audit.pdf");
    wait_for("the first attempts", || {
        (log(&api, &webhook).iter().all(|it| it["attempts"] != 0)).then_some(())
    });
    let erase = |more: &[&str]| {
        let command = ["admin", "erase", "--tenant", "Example Inc.", "--person", "ada@example.org", "--json"];
        let answer = server.setup().command(&[&command[..], more].concat());
        assert!(answer.status.success(), "{}", said(&answer));
        serde_json::from_slice::<Value>(&answer.stdout).unwrap()["webhooks"].clone()
    };
    assert_eq!(erase(&["--dry-run"]), json!(2));
    assert_eq!(erase(&[]), json!(2));
    opened.store(true, Ordering::SeqCst);
    let after = wait_for("the last attempt", || {
        let log = log(&api, &webhook);
        log.iter().all(|it| it["state"] == "delivered").then_some(log)
    });
    for line in &after {
        let about = line["event"].as_str().unwrap().starts_with("recipient.");
        let text = line["body"].to_string();
        assert!(!text.contains("Ada") && !text.contains("ada@"), "{text}");
        assert_eq!(line["body"]["data"]["recipient"]["number"], if about { json!(1) } else { Value::Null });
        let first = &line["log"][0];
        assert!(!about || first["answer"] == "", "what was said back is forgotten: {line}");
    }
    let arrived = receiver.arrived();
    let signed: Vec<_> = arrived.iter().filter(|it| it.kind() == "recipient.signed").collect();
    let (first, last) = (signed[0], signed[signed.len() - 1]);
    assert_eq!(first.header("webhook-id"), last.header("webhook-id"));
    assert!(first.text.contains("Ada Lovelace"), "it was told once: {}", first.text);
    assert!(!last.text.contains("Ada") && !last.text.contains("ada@"), "{}", last.text);
    assert_eq!(last.judged(&secret), json!({ "read": last.body() }), "and it is signed as it is");
    assert_eq!(erase(&[]), json!(0), "once is enough");
}

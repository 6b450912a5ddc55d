//! Webhooks: what happens in an envelope is told to customers' programs, in order and signed; subscriptions, secrets, log.

use crate::given::{one_signer, sent_to_two, server, setup};
use crate::receiver::{Arrived, Receiver, Says};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::Pdf;
use testkit::server::{Answer, Api, Setup, wait_for};

pub fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Subscribes to these events, all of them where there are none; id and secret.
pub fn subscribed(api: &Api, url: &str, events: &[&str]) -> (String, String) {
    let made = api.post("/v1/webhooks", &json!({ "url": url, "events": events })).expect(201).json();
    (word(&made["id"]), word(&made["secret"]))
}

pub fn log(api: &Api, webhook: &str) -> Vec<Value> {
    let answer = api.get(&format!("/v1/webhooks/{webhook}/deliveries?limit=100")).expect(200).json();
    answer["items"].as_array().unwrap().clone()
}

pub fn patch(api: &Api, webhook: &str, change: &Value) -> Answer {
    api.ask("PATCH", &format!("/v1/webhooks/{webhook}"), &[], change.to_string().as_bytes())
}

/// An envelope that one person signs, to its end; its id.
pub fn completed(api: &Api) -> String {
    let id = crate::given::sent_to_one(api);
    api.visit(&id, 1).sign();
    api.wait_until(&id, "completed");
    id
}

pub fn wait_for_kind(receiver: &Receiver, kind: &str) -> Arrived {
    wait_for(kind, || receiver.arrived().into_iter().find(|it| it.kind() == kind))
}

const TWO_IN_ORDER: [&str; 13] = [
    "envelope.created",
    "envelope.sent",
    "recipient.invited",
    "recipient.opened",
    "recipient.consented",
    "recipient.signed",
    "recipient.invited",
    "recipient.opened",
    "recipient.consented",
    "recipient.signed",
    "envelope.completed",
    "envelope.audit_trail_issued",
    "envelope.archived",
];

fn arrives_in_order_and_verified(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let receiver = Receiver::open();
    let (webhook, secret) = subscribed(&api, &receiver.url(), &[]);
    let id = sent_to_two(&api);
    api.visit(&id, 1).sign();
    wait_for("the second one's turn", || {
        (api.envelope(&id)["recipients"][1]["status"] == "invited").then_some(())
    });
    api.visit(&id, 2).sign();
    wait_for_kind(&receiver, "envelope.audit_trail_issued");
    api.post(&format!("/v1/envelopes/{id}/archive"), &Value::Null).expect(200);
    wait_for_kind(&receiver, "envelope.archived");

    assert_eq!(receiver.kinds(), TWO_IN_ORDER);
    let arrived = receiver.arrived();
    let sequences: Vec<i64> = arrived.iter().map(|it| it.body()["sequence"].as_i64().unwrap()).collect();
    assert!(sequences.is_sorted() && sequences[0] == 1, "{sequences:?}");
    let ids: BTreeSet<&str> = arrived.iter().map(|it| it.header("webhook-id")).collect();
    assert_eq!(ids.len(), arrived.len());
    let events = api.events(&id);
    for it in &arrived {
        let body = it.body();
        assert_eq!(
            (&body["id"], &body["data"]["envelope"]["id"]),
            (&it.header("webhook-id").into(), &json!(id))
        );
        let event = events.iter().find(|event| event["seq"] == body["sequence"]).unwrap();
        assert_eq!(event["at"], body["timestamp"]);
        assert!(!it.text.contains("Acmé 42"), "what somebody filled in is not told: {}", it.text);
    }
    let signed = arrived[9].body();
    let person = json!({"number": 2, "name": "Émile Zola", "email": "emile@example.org", "status": "signed"});
    assert_eq!(signed["data"]["recipient"], person);
    let envelope = json!({"id": id, "title": "Services agreement", "status": "completed", "test": true});
    assert_eq!(arrived[10].body()["data"], json!({ "envelope": envelope, "recipient": null }));

    for it in [&arrived[0], &arrived[9]] {
        assert_eq!(it.judged(&secret), json!({ "read": it.body() }));
        let other = format!("whsec_{}", "A".repeat(44));
        assert_eq!(it.judged(&other)["refused"], "No matching signature found");
    }
    let log = wait_for("the log", || {
        let log = log(&api, &webhook);
        log.iter().all(|it| it["state"] == "delivered").then_some(log)
    });
    let told: Vec<String> = log.iter().rev().map(|it| word(&it["event"])).collect();
    assert_eq!(told.len(), TWO_IN_ORDER.len());
    for it in &log {
        let known = (&it["attempts"], &it["status"], &it["answer"], &it["next_attempt_at"]);
        assert_eq!(known, (&json!(1), &json!(200), &json!("thanks"), &Value::Null));
    }
}

#[test]
fn what_happens_in_an_envelope_arrives_in_order_and_is_verified_by_others_on_sqlite() {
    arrives_in_order_and_verified(setup());
}

#[test]
fn what_happens_in_an_envelope_arrives_in_order_and_is_verified_by_others_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "told");
    arrives_in_order_and_verified(setup().at("--database", &schema.address()));
}

#[test]
fn while_a_secret_is_replaced_both_sign_and_afterwards_only_the_new_one() {
    let server = server();
    let api = server.api();
    let receiver = Receiver::open();
    let (webhook, first) = subscribed(&api, &receiver.url(), &["envelope.created"]);
    let path = format!("/v1/webhooks/{webhook}");
    let rotate = |hours: &Value| {
        let answer = api.post(&format!("{path}/rotate"), hours).expect(200).json();
        (word(&answer["secret"]), answer["previous_secret_until"].is_string())
    };
    let upload = api.uploaded(&Pdf::one_page().bytes());
    let told = |number: usize| {
        api.post("/v1/envelopes", &one_signer(&upload)).expect(201);
        wait_for("the event", || receiver.arrived().into_iter().nth(number))
    };
    let (second, both) = rotate(&json!({}));
    assert!(both && first != second);
    let arrived = told(0);
    for secret in [&first, &second] {
        assert_eq!(arrived.judged(secret), json!({ "read": arrived.body() }));
    }
    let (third, both) = rotate(&json!({ "previous_valid_hours": 0 }));
    assert!(!both);
    let arrived = told(1);
    assert_eq!(arrived.judged(&third), json!({ "read": arrived.body() }));
    assert_eq!(arrived.judged(&second)["refused"], "No matching signature found");
    assert!(!api.get(&path).expect(200).text().contains("whsec_"), "a secret is shown once");
}

#[test]
fn a_delivery_is_sent_again_by_hand_under_the_same_id_and_the_log_keeps_both() {
    let server = server();
    let api = server.api();
    let receiver = Receiver::open();
    let (webhook, secret) = subscribed(&api, &receiver.url(), &["envelope.completed"]);
    completed(&api);
    let first = wait_for_kind(&receiver, "envelope.completed");
    let line = log(&api, &webhook).pop().unwrap();
    let replay = |of: &Value, expected: u16| {
        let path = format!("/v1/webhooks/{webhook}/deliveries/{}/replay", word(of));
        api.post(&path, &Value::Null).expect(expected).json()
    };
    let made = replay(&line["id"], 202);
    assert_eq!((&made["replay_of"], &made["webhook_id"]), (&line["id"], &line["webhook_id"]));
    let again = wait_for("it to come again", || receiver.arrived().into_iter().nth(1));
    assert_eq!((again.header("webhook-id"), &again.text), (first.header("webhook-id"), &first.text));
    assert_eq!(again.judged(&secret), json!({ "read": again.body() }));
    wait_for("both lines", || {
        let log = log(&api, &webhook);
        (log.len() == 2 && log.iter().all(|it| it["state"] == "delivered")).then_some(())
    });
    replay(&json!("dlv_nothing"), 404);
    patch(&api, &webhook, &json!({ "enabled": false })).expect(200);
    assert_eq!(replay(&line["id"], 409)["code"], "webhook_disabled");
}

#[test]
fn test_and_live_are_told_apart_and_other_accounts_see_nothing() {
    let server = server();
    let (test, live) = (server.api(), server.api_with(&server.setup().live_key()));
    let other = server.api_with(&server.setup().tenant("Second Inc.", "second@example.org"));
    let receivers = [Receiver::open(), Receiver::open(), Receiver::open()];
    let webhooks: Vec<String> = [&test, &live, &other]
        .iter()
        .zip(&receivers)
        .map(|(api, receiver)| subscribed(api, &receiver.url(), &[]).0)
        .collect();
    let ids = [completed(&test), completed(&live)];
    for (receiver, id) in receivers.iter().zip(&ids) {
        wait_for_kind(receiver, "envelope.completed");
        for it in receiver.arrived() {
            assert_eq!(it.body()["data"]["envelope"]["id"], id.as_str());
        }
    }
    assert_eq!(receivers[2].arrived(), []);
    for (own, webhook) in [&test, &live, &other].iter().zip(&webhooks) {
        let listed = own.get("/v1/webhooks").expect(200).json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        assert_eq!(listed["items"][0]["id"], webhook.as_str());
        for strange in webhooks.iter().filter(|it| *it != webhook) {
            let path = format!("/v1/webhooks/{strange}");
            for (method, path) in [
                ("GET", path.clone()),
                ("PATCH", path.clone()),
                ("DELETE", path.clone()),
                ("POST", format!("{path}/rotate")),
                ("GET", format!("{path}/deliveries")),
                ("POST", format!("{path}/deliveries/dlv_1/replay")),
            ] {
                assert_refused(&own.ask(method, &path, &[], b"{}"), 404, "not_found");
            }
        }
    }
    let both = json!({ "url": receivers[0].url(), "mode": "both" });
    assert_refused(&test.post("/v1/webhooks", &both), 422, "webhook_mode_of_another_key");
}

#[test]
fn a_subscription_is_about_some_events_or_one_envelope_and_can_be_changed_and_ended() {
    let server = server();
    let api = server.api();
    let receivers = [Receiver::open(), Receiver::open()];
    let (some, _) = subscribed(&api, &receivers[0].url(), &["recipient.signed", "envelope.completed"]);
    let id = crate::given::sent_to_one(&api);
    let one = json!({ "url": receivers[1].url(), "envelope": id });
    assert_eq!(api.post("/v1/webhooks", &one).expect(201).json()["mode"], "test");
    assert_refused(
        &api.post("/v1/webhooks", &json!({ "url": receivers[1].url(), "envelope": "env_1" })),
        404,
        "not_found",
    );
    completed(&api);
    api.visit(&id, 1).sign();
    wait_for("both to be told", || {
        (receivers[0].arrived().len() == 4 && receivers[1].kinds().len() == 5).then_some(())
    });
    let of = |it: &Arrived| word(&it.body()["data"]["envelope"]["id"]);
    assert!(receivers[1].arrived().iter().all(|it| of(it) == id));
    let kinds: BTreeSet<String> = receivers[0].kinds().into_iter().collect();
    assert_eq!(kinds, ["envelope.completed", "recipient.signed"].map(str::to_owned).into());

    let unknown = json!({ "url": receivers[0].url(), "events": ["envelope.sent", "envelope.lost"] });
    let answer = api.post("/v1/webhooks", &unknown);
    assert_refused(&answer, 422, "webhook_event_unknown");
    assert_eq!(answer.json()["errors"][0]["pointer"], "/events/1");
    assert_refused(&patch(&api, &some, &json!({ "url": "gopher://x" })), 422, "webhook_url_invalid");
    let changed = patch(&api, &some, &json!({ "events": ["envelope.created"], "enabled": false }));
    let changed = changed.expect(200).json();
    assert_eq!((&changed["events"], &changed["enabled"]), (&json!(["envelope.created"]), &json!(false)));
    let upload = api.uploaded(&Pdf::one_page().bytes());
    api.post("/v1/envelopes", &one_signer(&upload)).expect(201);
    assert_eq!(log(&api, &some).len(), 4, "one that is switched off is not told, later neither");
    patch(&api, &some, &json!({ "enabled": true })).expect(200);
    api.post("/v1/envelopes", &one_signer(&upload)).expect(201);
    wait_for("the event that it is about now", || (receivers[0].arrived().len() == 5).then_some(()));

    let path = format!("/v1/webhooks/{some}");
    api.ask("DELETE", &path, &[], &[]).expect(204);
    for path in [path.clone(), format!("{path}/deliveries")] {
        assert_refused(&api.get(&path), 404, "not_found");
    }
    for _ in 0..16 {
        let _ = subscribed(&api, &receivers[0].url(), &["envelope.expired"]);
    }
    let more = json!({ "url": receivers[0].url() });
    assert_refused(&api.post("/v1/webhooks", &more), 409, "webhooks_too_many");
}

#[test]
fn a_draft_says_who_is_told_of_its_envelope_from_its_first_event_on() {
    let server = server();
    let api = server.api();
    let receiver = Receiver::open();
    let mut draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    draft["webhooks"] = json!([{ "url": receiver.url(), "events": ["envelope.created"] }]);
    let made = api.ask("POST", "/v1/envelopes", &[("Idempotency-Key", "k")], draft.to_string().as_bytes());
    let made = made.expect(201).json();
    let (id, webhook) = (word(&made["id"]), &made["webhooks"][0]);
    let told = wait_for_kind(&receiver, "envelope.created");
    assert_eq!(told.judged(&word(&webhook["secret"])), json!({ "read": told.body() }));
    assert_eq!((&webhook["envelope"], &told.body()["data"]["envelope"]["id"]), (&json!(id), &json!(id)));
    let again = api.ask("POST", "/v1/envelopes", &[("Idempotency-Key", "k")], draft.to_string().as_bytes());
    assert_eq!(again.expect(201).json(), made, "whose answer was lost gets the secret all the same");
    assert!(!api.get(&format!("/v1/envelopes/{id}")).expect(200).text().contains("whsec_"));
    assert_eq!(api.get("/v1/webhooks").expect(200).json()["items"].as_array().unwrap().len(), 1);

    draft["webhooks"] =
        json!([{ "url": receiver.url() }, { "url": "https://10.0.0.1/", "events": ["lost"] }]);
    let answer = api.post("/v1/envelopes", &draft);
    assert_refused(&answer, 422, "webhook_event_unknown");
    let errors = answer.json()["errors"].clone();
    assert_eq!([&errors[0]["pointer"], &errors[1]["pointer"]], ["/webhooks/1/events/0", "/webhooks/1/url"]);
    let path = format!("/v1/envelopes/{id}");
    let answer = api.ask("PUT", &path, &[], draft.to_string().as_bytes());
    assert_refused(&answer, 422, "webhooks_of_a_draft_that_is_there");
    assert_eq!(receiver.arrived().len(), 1);
}

#[test]
fn the_log_is_read_by_page_and_by_state() {
    let server = server();
    let api = server.api();
    let receiver = Receiver::that(|it, _| match it.kind().as_str() {
        "recipient.signed" => Says::Status(503, "closed"),
        _ => Says::Status(200, ""),
    });
    let (webhook, _) = subscribed(&api, &receiver.url(), &[]);
    completed(&api);
    wait_for_kind(&receiver, "envelope.audit_trail_issued");
    let path = format!("/v1/webhooks/{webhook}/deliveries");
    let all: Vec<Value> = log(&api, &webhook).iter().map(|it| it["id"].clone()).collect();
    let (mut read, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = api.get(&format!("{path}?limit=3{cursor}")).expect(200).json();
        read.extend(page["items"].as_array().unwrap().iter().map(|it| it["id"].clone()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(read, all);
    let pending = api.get(&format!("{path}?state=pending")).expect(200).json();
    let line = &pending["items"][0];
    assert_eq!((&line["event"], &line["answer"]), (&json!("recipient.signed"), &json!("closed")));
    assert_refused(&api.get(&format!("{path}?state=lost")), 400, "query_malformed");
    assert_refused(&api.get(&format!("{path}?cursor=lost")), 400, "cursor_malformed");
}

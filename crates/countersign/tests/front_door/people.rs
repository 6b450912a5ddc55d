//! What a sender does after sending: about one recipient, and about the whole envelope.

use crate::given::{place, server};
use crate::judges;
use crate::parts::{draft, somebody, status};
use crate::person::Person;
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use testkit::server::{Api, Server, Visit, wait_for};

/// Asks for something about recipient 1.
fn about(api: &Api, id: &str, what: &str, body: &Value) -> testkit::server::Answer {
    api.post(&format!("/v1/envelopes/{id}/recipients/1/{what}"), body)
}

/// Asks for something about the envelope.
pub fn ask(api: &Api, id: &str, what: &str, body: &Value) -> testkit::server::Answer {
    api.post(&format!("/v1/envelopes/{id}/{what}"), body)
}

/// An envelope for Ada and Ben, who sign in this order.
fn to_two(api: &Api, more: Value) -> String {
    let people = json!([somebody("Ada", 1, json!({})), somebody("Ben", 2, json!({}))]);
    let mut it = draft(api, people, json!([place(4, 240, 1), place(4, 320, 2)]));
    it.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.sent(&it)
}

/// Waits until so many mails with a link went there; the newest link.
fn links(server: &Server, to: &str, count: usize) -> Visit {
    wait_for(&format!("{count} mails with a link to {to}"), || {
        let mails = server.outbox(to);
        let with_link = mails.iter().filter(|it| it["text"].as_str().unwrap().contains("/s/")).count();
        (with_link == count).then_some(())
    });
    server.visit(to)
}

/// Whether the link leads nowhere any more.
fn is_over(visit: &Visit) -> bool {
    let page = visit.read();
    page.status >= 400 || page.json()["state"] == "link_ended"
}

/// Holds that the link does nothing in the name of who took the place, and does not say where they are reached.
fn assert_over(visit: &Visit, state: &str, other: &str) {
    let page = visit.read().expect(200);
    assert_eq!((&page.json()["state"], &page.json()["challenge"]), (&json!(state), &Value::Null));
    assert!(!page.text().contains(&other.to_lowercase()), "{}", page.text());
    assert_eq!((&page.json()["recipient"]["name"], &page.json()["message"]), (&json!(""), &json!("")));
    for (path, body) in [
        ("/consent", json!({"version": page.json()["consent"]["version"]})),
        ("/decline", json!({"reason": "In another's name"})),
        ("/challenge", json!({"method": "totp"})),
        ("/challenge/answer", json!({"method": "totp", "answer": "123456"})),
    ] {
        let answer = visit.ask("POST", path, &body);
        let refused = [
            ("link_ended", 410),
            ("nothing_asked", 409),
            ("already_acted", 409),
            ("authentication_missing", 403),
        ];
        assert!(refused.contains(&(answer.code().as_str(), answer.status)), "{path}: {}", answer.text());
    }
    assert!(visit.ask("GET", "/documents/1", &Value::Null).status >= 400);
}

/// Waits for a mail to the sender that holds this.
fn sender_hears(server: &Server, word: &str) {
    wait_for(&format!("the sender to hear of {word}"), || {
        let mails = server.outbox("owner@example.org");
        mails.iter().any(|it| it["text"].as_str().unwrap().contains(word)).then_some(())
    });
}

#[test]
fn another_person_takes_a_place_and_the_link_of_the_first_is_over() {
    let server = server();
    let api = server.api();
    let id = to_two(&api, json!({}));
    let ada = links(&server, "ada@example.org", 1);
    ada.consent().expect(200);
    assert_refused(&about(&api, &id, "replace", &json!({"name": "", "email": "x"})), 422, "name_missing");
    let answer =
        about(&api, &id, "replace", &json!({"name": "Cleo", "email": "cleo@example.org"})).expect(200).json();
    let place = &answer["recipients"][0];
    assert_eq!(
        (&place["name"], &place["replaced"], &place["status"]),
        (&json!("Cleo"), &json!(1), &json!("invited"))
    );
    assert_over(&ada, "not_needed", "Cleo");
    assert!(!ada.read().text().contains("Cleo"), "{}", ada.read().text());
    let cleo = links(&server, "cleo@example.org", 1);
    assert_eq!(cleo.read().json()["recipient"]["name"], "Cleo");
    cleo.sign();
    assert_refused(
        &about(&api, &id, "replace", &json!({"name": "Dan", "email": "dan@example.org"})),
        409,
        "already_acted",
    );
    links(&server, "ben@example.org", 1).sign();
    api.wait_until(&id, "completed");
    judges::evidence(&api.file(&id, "evidence.json"), &[&api.file(&id, "documents/1")]).unwrap();
    assert_over(&ada, "not_needed", "Cleo");
}

/// Seed: xodo-sign.txt:147
#[test]
fn an_address_is_corrected_and_who_was_taken_out_is_not_waited_for() {
    let server = server();
    let api = server.api();
    let id = to_two(&api, json!({}));
    let lost = links(&server, "ada@example.org", 1);
    assert_refused(&about(&api, &id, "correct", &json!({"email": "no address"})), 422, "email_malformed");
    about(&api, &id, "correct", &json!({"email": "ada.l@example.org"})).expect(200);
    assert!(is_over(&lost));
    let found = links(&server, "ada.l@example.org", 1);
    found.consent().expect(200);

    about(&api, &id, "remove", &Value::Null).expect(200);
    assert_eq!(status(&api, &id, 1), "removed");
    let page = found.read().expect(200).json();
    assert_eq!(page["state"], "not_needed");
    let last = format!("/v1/envelopes/{id}/recipients/2/remove");
    assert_refused(&api.post(&last, &Value::Null), 409, "last_signer");
    links(&server, "ben@example.org", 1).sign();
    api.wait_until(&id, "completed");
}

/// Seed: xodo-sign.txt:53
#[test]
fn who_waits_is_reminded_and_an_invitation_is_sent_again() {
    let mut server = server();
    let api = server.api();
    let id = to_two(&api, json!({}));
    let first = links(&server, "ada@example.org", 1);
    assert_refused(&about(&api, &id, "remind", &Value::Null), 409, "reminded_just_now");
    assert_refused(&ask(&api, &id, "remind", &Value::Null), 409, "reminded_just_now");
    about(&api, &id, "resend", &Value::Null).expect(200);
    let second = links(&server, "ada@example.org", 2);
    assert_eq!(second.read().json()["state"], "consent");
    assert_eq!(first.read().json()["state"], "consent", "the first goes on working");
    let other = format!("/v1/envelopes/{id}/recipients/2/remind");
    assert_refused(&api.post(&other, &Value::Null), 409, "recipient_out_of_turn");

    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", "4000")]);
    let answer = about(&api, &id, "remind", &Value::Null).expect(200).json();
    assert!(answer["recipients"][0]["reminded_at"].is_string());
    let third = links(&server, "ada@example.org", 3);
    let mail = &server.outbox("ada@example.org")[0];
    assert!(mail["subject"].as_str().unwrap().contains("Reminder"), "{mail}");
    third.sign();
    links(&server, "ben@example.org", 1).sign();
    api.wait_until(&id, "completed");
}

#[test]
fn a_recipient_names_somebody_else_once_the_sender_agrees() {
    let server = server();
    let api = server.api();
    to_two(&api, json!({}));
    let eve = json!({"name": "Eve", "email": "eve@example.org", "reason": "She runs the department."});
    let ada = links(&server, "ada@example.org", 1);
    assert_eq!(ada.read().json()["may_delegate"], false);
    assert_refused(&ada.ask("POST", "/delegate", &eve), 409, "delegation_not_allowed");

    let id = to_two(&api, json!({"rules": {"delegation": "with_consent"}}));
    let ada = links(&server, "ada@example.org", 2);
    assert_refused(&about(&api, &id, "delegation", &json!({"accept": true})), 409, "no_delegation_asked");
    assert_refused(
        &ada.ask("POST", "/delegate", &json!({"name": "Eve", "email": "?"})),
        422,
        "email_malformed",
    );
    ada.ask("POST", "/delegate", &eve).expect(200);
    sender_hears(&server, "> Eve <eve@example.org>");
    sender_hears(&server, "> She runs the department.");
    assert_eq!(
        api.envelope(&id)["recipients"][0]["delegation"],
        json!({"name": "Eve", "email": "eve@example.org"})
    );
    about(&api, &id, "delegation", &json!({"accept": false})).expect(200);
    assert_eq!(api.envelope(&id)["recipients"][0]["delegation"], Value::Null);
    assert_eq!(ada.read().json()["state"], "consent", "Ada can still sign");
    ada.ask("POST", "/delegate", &eve).expect(200);
    about(&api, &id, "delegation", &json!({"accept": true})).expect(200);
    assert_over(&ada, "delegated", "Eve");
    links(&server, "eve@example.org", 1).sign();
    links(&server, "ben@example.org", 1).sign();
    assert_eq!(api.wait_until(&id, "completed")["recipients"][0]["name"], "Eve");
    assert_over(&ada, "delegated", "Eve");
}

#[test]
fn whoever_named_somebody_else_reads_so_behind_their_own_link_and_whose_link_ended_otherwise_does_not() {
    let server = server();
    let api = server.api();
    let rules = json!({"rules": {"delegation": "free"}});
    let id = to_two(&api, rules.clone());
    let eve = json!({"name": "Eve", "email": "eve@example.org", "reason": "She runs the department."});
    let lost = links(&server, "ada@example.org", 1);
    about(&api, &id, "correct", &json!({"email": "ada.l@example.org"})).expect(200);
    let ada = links(&server, "ada.l@example.org", 1);
    ada.ask("POST", "/delegate", &eve).expect(200);
    assert_over(&ada, "delegated", "Eve");
    let told = ada.read().json()["delegate"].clone();
    let events = api.events(&id);
    let replaced = events.iter().rfind(|it| it["type"] == "recipient_replaced").unwrap();
    assert_eq!((&told["name"], &told["since"]), (&json!("Eve"), &replaced["at"]));
    assert_over(&lost, "link_ended", "Eve");
    assert!(!lost.read().text().contains("Eve"), "the wrong mailbox learns nothing");
    let hers = links(&server, "eve@example.org", 1);
    // She names one more, and each is told of their own step.
    let fay = json!({"name": "Fay", "email": "fay@example.org", "reason": "My turn to be away."});
    hers.ask("POST", "/delegate", &fay).expect(200);
    assert_eq!(hers.read().json()["delegate"]["name"], "Fay");
    assert_eq!(ada.read().json()["delegate"]["name"], "Eve");

    // Where more than the link would have to be shown, the link alone does not tell the name.
    let pin = json!({"authentication": [{"method": "pin", "pin": "4711"}]});
    let people = json!([somebody("Gil", 1, pin)]);
    let mut it = draft(&api, people, json!([place(4, 240, 1)]));
    it.as_object_mut().unwrap().extend(rules.as_object().unwrap().clone());
    let _ = api.sent(&it);
    let gil = links(&server, "gil@example.org", 1);
    let mut proved = Person::with(gil.clone());
    proved.answer("pin", "4711").expect(200);
    proved.post("/delegate", &eve).expect(200);
    assert_over(&gil, "delegated", "Eve");
    assert_eq!(gil.read().json()["delegate"]["name"], "");
}

#[test]
fn an_envelope_gets_more_time_and_one_that_expired_lives_again() {
    let mut server = server();
    let api = server.api();
    let id = to_two(&api, json!({"expires_in_days": 1}));
    let before = api.envelope(&id)["expires_at"].clone();
    let after =
        ask(&api, &id, "extend", &json!({"expires_in_days": 2})).expect(200).json()["expires_at"].clone();
    assert!(after.as_str().unwrap() > before.as_str().unwrap());
    let ada = links(&server, "ada@example.org", 1);
    let in_days = |days: u32| (days * 86_400).to_string();
    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", &in_days(4))]);
    api.wait_until(&id, "expired");
    assert_eq!(ada.read().json()["state"], "ended");
    assert_refused(&ask(&api, &id, "extend", &json!({"expires_in_days": 0})), 422, "expiry_malformed");
    let lives = ask(&api, &id, "extend", &json!({"expires_in_days": 3})).expect(200).json();
    assert_eq!(
        (&lives["status"], &lives["recipients"][0]["status"]),
        (&json!("in_progress"), &json!("invited"))
    );
    links(&server, "ada@example.org", 2).sign();
    links(&server, "ben@example.org", 1).sign();
    api.wait_until(&id, "completed");
    assert_refused(&ask(&api, &id, "extend", &json!({"expires_in_days": 3})), 409, "envelope_ended");
    judges::evidence(&api.file(&id, "evidence.json"), &[&api.file(&id, "documents/1")]).unwrap();
}

/// Seed: consigno-cloud.txt:143
/// Seed: consigno-cloud.txt:145
#[test]
fn a_role_gets_its_person_when_its_turn_has_come() {
    let server = server();
    let api = server.api();
    let role = json!({"placeholder": "Managing director", "step": 2});
    let early = json!({"placeholder": "Treasurer", "step": 3});
    let people = json!([somebody("Ada", 1, json!({})), role, early]);
    let mut it = draft(&api, people, json!([place(4, 140, 1), place(4, 240, 2), place(4, 340, 3)]));
    let made = api.post("/v1/envelopes", &it).expect(201).json()["id"].as_str().unwrap().to_owned();
    assert_refused(&ask(&api, &made, "send", &Value::Null), 422, "role_vacant");
    it["rules"] = json!({"placeholders": "turn"});
    let id = api.sent(&it);
    let treasurer = format!("/v1/envelopes/{id}/recipients/3/replace");
    api.post(&treasurer, &json!({"name": "Tim", "email": "tim@example.org"})).expect(200);
    links(&server, "ada@example.org", 1).sign();
    sender_hears(&server, "Managing director");
    assert_eq!(status(&api, &id, 2), "waiting");
    let path = format!("/v1/envelopes/{id}/recipients/2/replace");
    api.post(&path, &json!({"name": "Mia", "email": "mia@example.org"})).expect(200);
    links(&server, "mia@example.org", 1).sign();
    links(&server, "tim@example.org", 1).sign();
    api.wait_until(&id, "completed");
}

#[test]
fn an_envelope_is_handed_over_and_its_mails_go_to_the_new_sender() {
    let server = server();
    let api = server.api();
    let id = to_two(&api, json!({}));
    assert_refused(&ask(&api, &id, "hand-over", &json!({"email": "nobody@example.org"})), 404, "not_found");
    let same = ask(&api, &id, "hand-over", &json!({"email": " Owner@Example.org "})).expect(200).json();
    assert_eq!(same["sender"]["email"], "owner@example.org");
    assert!(!api.happened(&id).contains(&"envelope_handed_over".to_owned()), "nothing changed");
    let _ = server.setup().tenant("Example Inc.", "second@example.org");
    let _ = server.setup().tenant("Others", "others@example.org");
    assert_refused(&ask(&api, &id, "hand-over", &json!({"email": "others@example.org"})), 404, "not_found");
    let other = ask(&api, &id, "hand-over", &json!({"email": "second@example.org"})).expect(200).json();
    assert_eq!(other["sender"]["email"], "second@example.org");
    links(&server, "ada@example.org", 1).sign();
    links(&server, "ben@example.org", 1).sign();
    api.wait_until(&id, "completed");
    wait_for("the new sender to hear of the end", || {
        (server.outbox("second@example.org").len() == 2).then_some(())
    });
    assert!(server.outbox("owner@example.org").is_empty());
}

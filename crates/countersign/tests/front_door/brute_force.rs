//! Guessing by a script: of a code, a PIN, a link, a key. What is short is locked; what is long is refused however often;
//! and those whom it belongs to go on by the way that is documented.

use crate::given::{place, sent_to_one, server, setup};
use crate::parts::{draft, somebody};
use crate::person::{Person, codes};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::server::{Answer, Api, Server, Setup, Visit, wait_for};

/// So many guess at once, and each so often.
const GUESSERS: usize = 8;
const GUESSES: usize = 12;
/// Links and keys that do not exist and are looked up in a minute.
const LOOKED_UP: usize = 20;
/// Wrong answers that are taken before nobody gets in.
const TAKEN: usize = 5;

/// Lets guessers work at once; how often each answer came.
fn guessed(guess: impl Fn(usize) -> Answer + Sync) -> BTreeMap<(u16, String), usize> {
    let work = |guesser: usize| -> Vec<(u16, String)> {
        let all = (0..GUESSES).map(|number| guess(guesser * GUESSES + number));
        all.map(|answer| (answer.status, answer.code())).collect()
    };
    let mut found = BTreeMap::new();
    std::thread::scope(|scope| {
        let work = &work;
        let all: Vec<_> = (0..GUESSERS).map(|guesser| scope.spawn(move || work(guesser))).collect();
        for answer in all.into_iter().flat_map(|it| it.join().unwrap()) {
            *found.entry(answer).or_default() += 1;
        }
    });
    found
}

/// An envelope for one signer who is asked for this.
fn asked(api: &Api, method: Value) -> String {
    let people = json!([somebody("Ada", 1, json!({"authentication": [method], "phone": "+33612345678"}))]);
    api.sent(&draft(api, people, json!([place(4, 240, 1)])))
}

/// Holds that five guesses were taken and no more, that the sender hears of it, and gives the way back.
fn locked_and_lifted(api: &Api, id: &str, found: &BTreeMap<(u16, String), usize>) {
    let times = |status: u16, code: &str| found.get(&(status, code.to_owned())).copied().unwrap_or(0);
    assert_eq!(times(422, "answer_wrong"), TAKEN, "{found:?}");
    let refused = times(409, "recipient_locked") + times(503, "internal");
    assert_eq!(times(422, "answer_wrong") + refused, GUESSERS * GUESSES, "{found:?}");
    let happened = api.happened(id);
    assert_eq!(happened.iter().filter(|it| *it == "challenge_failed").count(), TAKEN);
    assert_eq!(happened.iter().filter(|it| *it == "recipient_locked").count(), 1);
    api.post(&format!("/v1/envelopes/{id}/recipients/1/unlock"), &Value::Null).expect(200);
}

#[test]
fn a_code_is_guessed_five_times_at_most_however_many_guess() {
    let server = server();
    let api = server.api();
    let id = asked(&api, json!({"method": "sms_code"}));
    let mut ada = Person::with(api.visit(&id, 1));
    ada.begin("sms_code").expect(200);
    let right = wait_for("the code", || codes(&api, "sms_code", "+33612345678").pop());
    let right: usize = right.parse().unwrap();
    // Whoever guesses has everything but the code: the link and the visit.
    let found = guessed(|number| {
        let guess = format!("{:06}", (right + 1 + number) % 1_000_000);
        ada.post("/challenge/answer", &json!({"method": "sms_code", "answer": guess}))
    });
    locked_and_lifted(&api, &id, &found);
    assert_refused(&ada.answer("sms_code", &format!("{right:06}")), 409, "code_expired");
    ada.prove_by_code(&api, "sms_code", "+33612345678");
    ada.finish();
    api.wait_until(&id, "completed");
}

#[test]
fn a_pin_is_guessed_five_times_at_most_from_however_many_browsers() {
    pin_guessed(setup());
}

#[test]
fn a_pin_is_guessed_five_times_at_most_from_however_many_browsers_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "guesses");
    pin_guessed(setup().at("--database", &schema.address()));
}

fn pin_guessed(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = asked(&api, json!({"method": "pin", "pin": "4711"}));
    let ada = Person::with(api.visit(&id, 1));
    // Each guess comes from a browser that was never there before.
    let found = guessed(|number| {
        let guess = format!("{:04}", 5000 + number);
        ada.second_phone().post("/challenge/answer", &json!({"method": "pin", "answer": guess}))
    });
    assert_refused(&ada.second_phone().answer("pin", "4711"), 409, "recipient_locked");
    locked_and_lifted(&api, &id, &found);
    let mut ada = ada.second_phone();
    ada.answer("pin", "4711").expect(200);
    ada.finish();
    api.wait_until(&id, "completed");
}

#[test]
fn a_link_is_not_found_by_guessing_and_the_right_one_goes_on() {
    link_guessed(setup());
}

#[test]
fn a_link_is_not_found_by_guessing_and_the_right_one_goes_on_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "links");
    link_guessed(setup().at("--database", &schema.address()));
}

fn link_guessed(setup: Setup) {
    let mut server = setup.start();
    let api = server.api();
    let id = sent_to_one(&api);
    let right = api.visit(&id, 1);
    // The best guess there is: everything is right but the last letters.
    let (known, _) = right.token.split_at(right.token.len() - 3);
    let guess = |number: usize| {
        let token = Some(format!("{known}{number:03}")).filter(|guess| *guess != right.token);
        Visit { port: right.port, token: token.unwrap_or_else(|| format!("{known}xyz")) }
    };
    assert_eq!(guessed(|number| guess(number).read()), mostly_refused(404, "link_unknown"));
    let refused = guess(0).read();
    assert_refused(&refused, 429, "too_many_guesses");
    assert_eq!(refused.header("retry-after"), Some("60"));
    assert!(right.token.len() > 50, "nobody tries them all: {}", right.token.len());
    // Who sits behind the same address and has a link goes on, also while it is tried.
    right.sign();
    api.wait_until(&id, "completed");
    assert_eq!(right.read().expect(200).json()["state"], "signed", "a link that has ended is no guess");
    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", "61")]);
    assert_refused(&guess(0).read(), 404, "link_unknown");
}

#[test]
fn a_key_is_not_found_by_guessing_and_the_right_one_goes_on() {
    let server = server();
    let api = server.api();
    let (known, _) = api.key.split_at(api.key.len() - 3);
    let guess = |number: usize| server.api_with(&format!("{known}{number:03}"));
    let found = guessed(|number| guess(number).get("/v1/envelopes"));
    assert_eq!(found, mostly_refused(401, "not_authenticated"));
    let named = |key: &Api| key.ask("POST", "/v1/envelopes", &[("Idempotency-Key", "one")], b"{}");
    assert_refused(&named(&guess(0)), 429, "too_many_guesses");
    assert!(api.key.len() > 50, "nobody tries them all: {}", api.key.len());
    sent_to_one(&api);
    named(&api).expect(201);
    // A key that was revoked is known, and a program that goes on with it is told so and not that it guesses.
    let made = server.setup().json(&["admin", "api-key", "create", "--tenant", "Example Inc.", "--json"]);
    let revoke = ["admin", "api-key", "revoke", "--tenant", "Example Inc.", made["id"].as_str().unwrap()];
    assert!(server.setup().command(&revoke).status.success());
    let revoked = server.api_with(made["api_key"].as_str().unwrap());
    assert_refused(&revoked.get("/v1/envelopes"), 401, "not_authenticated");
}

#[test]
fn a_guess_that_came_with_an_idempotency_key_counts_once() {
    let server = server();
    let api = server.api();
    let (known, _) = api.key.split_at(api.key.len() - 3);
    let found = guessed(|number| {
        let key = server.api_with(&format!("{known}{number:03}"));
        key.ask("POST", "/v1/envelopes", &[("Idempotency-Key", "one")], b"{}")
    });
    assert_eq!(found, mostly_refused(401, "not_authenticated"));
}

#[test]
fn guesses_count_for_each_address_and_a_forwarded_one_is_believed_of_a_trusted_proxy_alone() {
    let guess = |server: &Server, from: &str, number: usize| {
        let key = format!("cs_test_{}{number:03}", "x".repeat(48));
        let api = server.api_with(&key);
        api.ask("GET", "/v1/envelopes", &[("X-Forwarded-For", from)], &[]).status
    };
    let trusting = setup().with("COUNTERSIGN_TRUSTED_PROXIES", "127.0.0.1").start();
    let wary = server();
    for number in 0..LOOKED_UP {
        // One subscriber has a whole /64, and another address in it for each guess.
        assert_eq!(guess(&trusting, &format!("2001:db8:1:2::{number:x}"), number), 401);
        assert_eq!(guess(&wary, &format!("203.0.113.{number}"), number), 401);
    }
    assert_eq!(guess(&trusting, "2001:db8:1:2:ffff::1", 20), 429);
    assert_eq!(guess(&trusting, "2001:db8:1:3::1", 20), 401, "a neighbour");
    assert_eq!(guess(&wary, "203.0.113.99", 20), 429, "what a client claims of itself changes nothing");
}

/// So many are looked up, and all others refused unseen.
fn mostly_refused(status: u16, code: &str) -> BTreeMap<(u16, String), usize> {
    let refused = GUESSERS * GUESSES - LOOKED_UP;
    BTreeMap::from([((status, code.to_owned()), LOOKED_UP), ((429, "too_many_guesses".to_owned()), refused)])
}

//! An address at which somebody without an account finishes one draft of an application's.

use crate::given::{one_signer, place, server, setup};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Answer, Api, Server, Setup, Visit, request};

const BACK: &str = "https://app.example.org/back?order=7";

/// Somebody who holds such an address.
pub struct Guest {
    port: u16,
    pub token: String,
    pub link: String,
}

impl Guest {
    /// The address that is made now for this envelope.
    pub fn of(api: &Api, id: &str, wish: &Value) -> Self {
        let made = api.post(&format!("/v1/envelopes/{id}/edit-link"), wish).expect(201).json();
        let url = made["url"].as_str().unwrap();
        let token = url.split("/e/").nth(1).unwrap().to_owned();
        Self { port: api.port, token, link: made["id"].as_str().unwrap().to_owned() }
    }

    pub fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.bytes(method, path, &body)
    }

    fn bytes(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let shown = format!("EditLink {}", self.token);
        let headers = [("Authorization", shown.as_str()), ("User-Agent", "Guest's browser")];
        request(self.port, method, path, &headers, body).unwrap()
    }

    fn stands(&self) -> Value {
        self.ask("GET", "/v1/edit-link", &Value::Null).expect(200).json()
    }

    fn state(&self) -> String {
        self.stands()["state"].as_str().unwrap().to_owned()
    }
}

fn drafted(api: &Api, draft: &Value) -> String {
    api.post("/v1/envelopes", draft).expect(201).json()["id"].as_str().unwrap().to_owned()
}

fn lease(api: &Api) -> Value {
    one_signer(&api.uploaded(&Pdf::one_page().bytes()))
}

fn at(id: &str) -> String {
    format!("/v1/envelopes/{id}")
}

/// Seed: consigno-cloud.txt:174
/// Seed: consigno-cloud.txt:175
#[test]
fn somebody_without_an_account_finishes_a_draft_sends_it_and_signs_first() {
    finished_and_signed(setup());
}

#[test]
fn somebody_without_an_account_finishes_a_draft_sends_it_and_signs_first_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "editlink");
    finished_and_signed(setup().at("--database", &schema.address()));
}

fn finished_and_signed(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let mut draft = lease(&api);
    draft["recipients"][0]["arrival"] = json!("embedded");
    let id = drafted(&api, &draft);
    let guest = Guest::of(&api, &id, &json!({"return_url": BACK, "signs_as": "ADA@example.org"}));
    let stands = guest.stands();
    assert_eq!((&stands["state"], &stands["envelope"]), (&json!("open"), &json!(id)));
    assert_eq!((&stands["return_url"], &stands["signs_next"]), (&json!(BACK), &json!(false)));
    assert_refused(&guest.ask("POST", "/v1/edit-link/sign", &Value::Null), 409, "not_sent");

    let uploaded =
        guest.bytes("POST", "/v1/uploads?filename=annex.pdf", &Pdf::one_page().bytes()).expect(201);
    let annex = uploaded.json()["id"].as_str().unwrap().to_owned();
    guest.ask("GET", &format!("/v1/uploads/{annex}/content"), &Value::Null).expect(200);
    draft["documents"].as_array_mut().unwrap().push(json!({"upload": annex}));
    draft["recipients"]
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "Ben", "email": "ben@example.org", "step": 2}));
    draft["fields"].as_array_mut().unwrap().push(place(1, 400, 2));
    draft["version"] = guest.ask("GET", &at(&id), &Value::Null).expect(200).json()["version"].clone();
    guest.ask("PUT", &at(&id), &draft).expect(200);
    guest.ask("POST", &format!("{}/send", at(&id)), &Value::Null).expect(200);

    let did = |kind: &str| {
        let event = api.events(&id).into_iter().find(|it| it["type"] == kind);
        event.unwrap_or_else(|| unreachable!("no {kind}"))["actor"].clone()
    };
    for kind in ["draft_revised", "envelope_sent"] {
        let actor = did(kind);
        assert_eq!((&actor["kind"], &actor["link"]), (&json!("edit_link"), &json!(guest.link)), "{kind}");
        assert_eq!(actor["user_agent"], "Guest's browser");
        assert_eq!(actor["handed_out_by"], did("envelope_created")["key"]);
    }
    assert!(!api.get(&format!("{}/events", at(&id))).text().contains(&guest.token), "it stays a secret");

    let stands = guest.stands();
    assert_eq!((&stands["state"], &stands["envelope"]), (&json!("sent"), &Value::Null));
    assert_eq!(stands["signs_next"], true);
    for (method, path) in [("GET", at(&id)), ("PUT", at(&id)), ("POST", format!("{}/trash", at(&id)))] {
        assert_refused(&guest.ask(method, &path, &draft), 409, "already_sent");
    }
    let led = guest.ask("POST", "/v1/edit-link/sign", &Value::Null).expect(201).json();
    let url = led["url"].as_str().unwrap();
    assert_eq!(did("link_issued")["link"], json!(guest.link));
    let ada = Visit { port: api.port, token: url.rsplit('/').next().unwrap().to_owned() };
    let page = ada.read().expect(200).json();
    assert_eq!((&page["initiator"], &page["recipient"]["number"]), (&json!(true), &json!(1)));
    assert_eq!(page["returns"], json!({"done": BACK, "declined": BACK, "failed": BACK}));
    ada.sign();
    assert_eq!(guest.stands()["signs_next"], false);
    assert_refused(&guest.ask("POST", "/v1/edit-link/sign", &Value::Null), 409, "recipient_out_of_turn");
    let ben = server.visit("ben@example.org");
    assert_eq!(ben.read().json()["initiator"], false, "others go where they went before");
    ben.sign();
    api.wait_until(&id, "completed");
}

#[test]
fn an_address_holds_as_long_as_its_draft_and_its_time() {
    let mut server = server();
    let api = server.api();
    let id = drafted(&api, &lease(&api));
    let first = Guest::of(&api, &id, &json!({"return_url": BACK}));
    let second = Guest::of(&api, &id, &json!({"expires_in_hours": 1, "return_url": BACK}));
    assert_eq!((first.state(), second.state()), ("ended".into(), "open".into()));
    assert_eq!(first.stands()["return_url"], Value::Null, "whom it was taken from learns nothing");
    assert_refused(&first.ask("GET", &at(&id), &Value::Null), 410, "edit_link_ended");

    second.ask("POST", &format!("{}/trash", at(&id)), &Value::Null).expect(200);
    assert_eq!(second.state(), "discarded");
    assert_eq!(second.stands()["return_url"], BACK);
    assert_refused(&second.ask("GET", &at(&id), &Value::Null), 409, "draft_discarded");
    assert_refused(&api.post(&format!("{}/edit-link", at(&id)), &json!({})), 409, "draft_discarded");
    api.post(&format!("{}/restore", at(&id)), &Value::Null).expect(200);
    assert_eq!(second.state(), "open");

    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", "3700")]);
    let second = Guest { port: server.port(), ..second };
    assert_eq!(second.state(), "expired");
    assert_refused(&second.ask("PUT", &at(&id), &Value::Null), 410, "edit_link_expired");
    let api = server.api();
    let third = Guest::of(&api, &id, &json!({}));
    api.ask("DELETE", &format!("{}/edit-link", at(&id)), &[], &[]).expect(204);
    assert_eq!(third.state(), "ended");
    let unknown = Guest { token: format!("{}x", &third.token[..third.token.len() - 1]), ..third };
    assert_refused(&unknown.ask("GET", "/v1/edit-link", &Value::Null), 404, "not_found");
    assert_refused(&unknown.ask("GET", &at(&id), &Value::Null), 404, "not_found");
}

#[test]
fn an_address_holds_no_longer_than_the_key_that_handed_it_out() {
    let server = server();
    let make = ["admin", "api-key", "create", "--tenant", "Example Inc.", "--json"];
    let made = server.setup().json(&make);
    let key = server.api_with(made["api_key"].as_str().unwrap());
    let id = drafted(&key, &lease(&key));
    let guest = Guest::of(&key, &id, &json!({}));
    assert_eq!(guest.state(), "open");
    let revoke = ["admin", "api-key", "revoke", "--tenant", "Example Inc.", made["id"].as_str().unwrap()];
    assert!(server.setup().command(&revoke).status.success());
    assert_eq!(guest.state(), "ended");
    assert_refused(&guest.ask("GET", &at(&id), &Value::Null), 410, "edit_link_ended");
}

#[test]
fn a_guest_reaches_neither_other_files_nor_the_address_book_nor_what_was_settled() {
    let server = server();
    let api = server.api();
    let secret = api.uploaded(&Pdf::contract().bytes());
    let contact = json!({"name": "Ben", "email": "ben@example.org", "phone": "+33612345678"});
    api.post("/v1/contacts", &contact).expect(201);
    let draft = lease(&api);
    let id = drafted(&api, &draft);
    let other = drafted(&api, &draft);
    let guest = Guest::of(&api, &id, &json!({}));
    for path in [
        format!("/v1/uploads/{secret}/content"),
        format!("/v1/uploads/{secret}/text?find=a"),
        format!("/v1/uploads/{secret}/tags"),
        format!("/v1/uploads/{secret}/form-fields"),
        format!("/v1/uploads/{secret}/pages/1.png"),
        at(&other),
    ] {
        assert_refused(&guest.ask("GET", &path, &Value::Null), 404, "not_found");
    }
    let asks = |change: &dyn Fn(&mut Value)| {
        let mut draft = draft.clone();
        change(&mut draft);
        guest.ask("PUT", &at(&id), &draft)
    };
    assert_refused(&asks(&|it| it["documents"][0]["upload"] = json!(secret)), 422, "upload_unknown");
    let webhook = json!([{"url": "https://evil.example/hook"}]);
    assert_refused(&asks(&|it| it["webhooks"] = webhook.clone()), 422, "webhooks_of_a_draft_that_is_there");
    for (key, value) in [
        ("rules", json!({"completion": "required"})),
        ("frame_origins", json!(["https://evil.example"])),
        ("returns", json!({"done": "https://evil.example"})),
        ("mails", json!({"reply_to": "eve@example.org"})),
    ] {
        assert_refused(&asks(&|it| it[key] = value.clone()), 422, "not_by_edit_link");
    }
    // The address book gives its telephones to those who may read it alone.
    let by_code =
        json!({"name": "Ben", "email": "ben@example.org", "authentication": [{"method": "sms_code"}]});
    let asked = asks(&|it| it["recipients"] = json!([by_code.clone()]));
    assert!(!asked.text().contains("+33612345678"), "{}", asked.text());
    let mut by_key = draft.clone();
    by_key["recipients"] = json!([by_code]);
    let asked = api.ask("PUT", &at(&id), &[], by_key.to_string().as_bytes());
    assert!(asked.text().contains("+33612345678"), "{}", asked.text());
}

#[test]
fn what_is_wished_of_an_address_is_judged() {
    let server = server();
    let api = server.api();
    let id = drafted(&api, &lease(&api));
    let path = format!("{}/edit-link", at(&id));
    for (wish, code) in [
        (json!({"expires_in_hours": 0}), "expiry_malformed"),
        (json!({"expires_in_hours": 721}), "expiry_malformed"),
        (json!({"return_url": "javascript:alert(1)"}), "address_malformed"),
        (json!({"frame_origins": ["x; script-src *"]}), "origin_malformed"),
    ] {
        assert_refused(&api.post(&path, &wish), 422, code);
    }
    assert_eq!(api.post(&path, &json!({"for_ever": true})).status, 400);
    let sent = crate::given::sent_to_one(&api);
    assert_refused(&api.post(&format!("{}/edit-link", at(&sent)), &json!({})), 409, "already_sent");
}

/// Seed: secured-signing.txt:486
#[test]
fn its_page_is_framed_by_the_sites_that_were_named_for_it_alone() {
    let server = server();
    let api = server.api();
    let mut draft = lease(&api);
    draft["frame_origins"] = json!(["https://of.draft.example"]);
    let id = drafted(&api, &draft);
    let own = Guest::of(&api, &id, &json!({"frame_origins": ["https://portal.example"]}));
    assert_eq!(ancestors(&server, &own.token), "https://portal.example");
    let common = Guest::of(&api, &id, &json!({}));
    assert_eq!(ancestors(&server, &common.token), "https://of.draft.example");
    assert_eq!(ancestors(&server, "nobody's"), "'none'");
}

fn ancestors(server: &Server, token: &str) -> String {
    let answer = server.get(&format!("/e/{token}")).expect(200);
    let policy = answer.header("content-security-policy").unwrap().to_owned();
    let told = policy.split(';').find_map(|part| part.trim().strip_prefix("frame-ancestors "));
    told.unwrap().to_owned()
}

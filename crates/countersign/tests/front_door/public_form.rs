//! Public links: whoever opens one gives name and e-mail, and starts an envelope of their own.

use crate::given::setup;
use crate::person::Person;
use crate::refusals::assert_refused;
use crate::templates::{lease_template, on_both};
use serde_json::{Value, json};
use testkit::server::{Answer, Api, Server, Setup, Visit, request, wait_for};

/// A public link of the lease; what the answer says of it.
pub fn link(api: &Api, template: &str, wish: &Value) -> Value {
    api.post(&format!("/v1/templates/{template}/links"), wish).expect(201).json()
}

fn token(link: &Value) -> String {
    link["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

fn ask(server: &Server, method: &str, path: &str, token: &str, body: &Value) -> Answer {
    let bearer = format!("Bearer {token}");
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    request(server.port(), method, path, &[("Authorization", &bearer)], &body).unwrap()
}

fn read(server: &Server, token: &str) -> Answer {
    ask(server, "GET", "/v1/public-form", token, &Value::Null)
}

fn start(server: &Server, token: &str, said: &Value) -> Answer {
    ask(server, "POST", "/v1/public-form/start", token, said)
}

fn page(server: &Server, started: &Answer) -> Person {
    let url = started.json()["url"].as_str().unwrap().to_owned();
    Person::with(Visit { port: server.port(), token: url.rsplit('/').next().unwrap().to_owned() })
}

fn ada() -> Value {
    json!({"name": "Ada Lovelace", "email": "ada@example.org", "language": "en"})
}

#[test]
fn a_visitor_proves_their_address_before_they_see_anything_and_signs_what_the_others_sign_too() {
    on_both("public_form", proves_their_address);
}

fn proves_their_address(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let template = lease_template(&api);
    let made = link(&api, &template, &json!({"label": "On the door"}));
    assert!(made["qr"].as_str().unwrap().starts_with("<svg"));
    let token = token(&made);
    let shown = read(&server, &token).expect(200);
    assert_eq!(shown.json()["title"], "Lease of the boathouse");
    assert!(!shown.text().contains("lena@example.org"));

    let started = start(&server, &token, &ada()).expect(201);
    let mut person = page(&server, &started);
    assert_refused(&person.ask("GET", "/documents/1", &Value::Null), 403, "authentication_missing");
    // Again with the same address, however it is written: the same envelope, and the code is asked all the same.
    let again = start(&server, &token, &json!({"name": "A.", "email": "ADA@example.org "})).expect(201);
    assert_eq!(api.get("/v1/envelopes").expect(200).json()["items"].as_array().unwrap().len(), 1);
    let second = page(&server, &again);
    assert_refused(&second.ask("GET", "/documents/1", &Value::Null), 403, "authentication_missing");

    person.prove_by_code(&api, "email_code", "ada@example.org");
    person.consent().expect(200);
    assert_eq!(person.ask("GET", "/documents/1", &Value::Null).status, 200);
    person.post("/finish", &person.act()).expect(200);
    wait_for("Lena's turn", || (!server.outbox("lena@example.org").is_empty()).then_some(()));
    server.visit("lena@example.org").sign();
    let all = api.get("/v1/envelopes").expect(200).json();
    let id = all["items"][0]["id"].as_str().unwrap();
    let envelope = api.wait_until(id, "completed");
    assert_eq!(envelope["template"], json!({"id": template, "version": 1, "link": made["id"]}));
    assert_eq!(envelope["recipients"][0]["name"], "Ada Lovelace");

    // Who is done may begin another one.
    start(&server, &token, &ada()).expect(201);
    assert_eq!(api.get("/v1/envelopes").expect(200).json()["items"].as_array().unwrap().len(), 2);
    let links = api.get(&format!("/v1/templates/{template}/links")).expect(200).json();
    assert_eq!(links["items"][0]["uses"], 2);
}

#[test]
fn a_link_ends_by_its_uses_by_its_time_and_by_its_owner() {
    let mut server = setup().start();
    let api = server.api();
    let template = lease_template(&api);
    let ben = json!({"name": "Ben", "email": "ben@example.org"});
    let once = token(&link(&api, &template, &json!({"uses_max": 1})));
    start(&server, &once, &ada()).expect(201);
    assert_refused(&start(&server, &once, &ben), 410, "link_ended");
    start(&server, &once, &ada()).expect(201);
    assert_refused(&read(&server, &once), 410, "link_ended");

    let soon = crate::judges::now().checked_add(jiff::SignedDuration::from_mins(10)).unwrap();
    let timed = token(&link(&api, &template, &json!({"expires_at": soon.to_string()})));
    read(&server, &timed).expect(200);
    let off = link(&api, &template, &json!({}));
    let path = format!("/v1/templates/{template}/links/{}/end", off["id"].as_str().unwrap());
    assert!(api.post(&path, &json!({})).expect(200).json()["ended_at"].is_string());
    assert_refused(&read(&server, &token(&off)), 410, "link_ended");
    assert_refused(&start(&server, &token(&off), &ben), 410, "link_ended");
    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", "900")]);
    assert_refused(&start(&server, &timed, &ben), 410, "link_ended");
    assert_refused(&read(&server, &"x".repeat(51)), 404, "not_found");
    assert_eq!(server.api().get("/v1/envelopes").expect(200).json()["items"].as_array().unwrap().len(), 1);
}

#[test]
fn a_password_is_asked_and_cannot_be_guessed_and_strangers_cause_few_mails() {
    let server = setup().start();
    let api = server.api();
    let template = lease_template(&api);
    let guarded = link(&api, &template, &json!({"password": "open sesame"}));
    assert_eq!(guarded["password_set"], true);
    assert!(!guarded.to_string().contains("sesame"));
    let token_ = token(&guarded);
    assert_eq!(read(&server, &token_).expect(200).json()["asks_password"], true);
    let mut said = ada();
    for _ in 0..10 {
        said["password"] = json!("open barley");
        assert_refused(&start(&server, &token_, &said), 403, "form_password_wrong");
    }
    assert_refused(&start(&server, &token_, &said), 429, "form_too_often");
    said["password"] = json!("open sesame");
    start(&server, &token_, &said).expect(201);

    let open = token(&link(&api, &template, &json!({})));
    for (said, code) in [
        (json!({"name": "", "email": "ada@example.org"}), "name_missing"),
        (json!({"name": "Ada", "email": ""}), "email_missing"),
        (json!({"name": "Ada", "email": "nobody"}), "email_malformed"),
    ] {
        assert_refused(&start(&server, &open, &said), 422, code);
    }
    let to_eve = |_| start(&server, &open, &json!({"name": "Eve", "email": "eve@example.org"})).status;
    assert_eq!((0..4).map(to_eve).collect::<Vec<_>>(), [201, 201, 201, 429]);
}

#[test]
fn what_would_not_work_for_a_visitor_is_said_when_the_link_is_made() {
    let server = setup().start();
    let api = server.api();
    let template = lease_template(&api);
    let refused = |template: &str, wish: Value, code: &str| {
        assert_refused(&api.post(&format!("/v1/templates/{template}/links"), &wish), 422, code);
    };
    refused(&template, json!({"role": "Landlord"}), "role_unknown");
    refused(&template, json!({"uses_max": 0}), "uses_malformed");
    refused(&template, json!({"expires_at": "2020-01-01T00:00:00Z"}), "expiry_in_the_past");
    refused(&template, json!({"password": "123"}), "password_malformed");
    let mut second = crate::templates::lease(&api);
    second["recipients"][0]["step"] = json!(3);
    let made = api.post("/v1/templates", &json!({"name": "Late", "draft": second})).expect(201).json();
    refused(made["id"].as_str().unwrap(), json!({}), "visitor_not_first");
    let mut two = crate::templates::lease(&api);
    two["recipients"][1] = json!({"placeholder": "Guarantor", "step": 2});
    let made = api.post("/v1/templates", &json!({"name": "Two", "draft": two})).expect(201).json();
    let id = made["id"].as_str().unwrap();
    refused(id, json!({}), "role_vacant");
    link(&api, id, &json!({"people": [{"role": "Guarantor", "name": "Gus", "email": "gus@example.org"}]}));
    let mut asked = crate::templates::lease(&api);
    asked["recipients"][0]["authentication"] = json!([{"method": "pin"}]);
    let made = api.post("/v1/templates", &json!({"name": "PIN", "draft": asked})).expect(201).json();
    refused(made["id"].as_str().unwrap(), json!({}), "visitor_unknown_beforehand");
}

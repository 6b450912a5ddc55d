//! The people of a tenant and the keys of its programs, as its admins look after them at the desk.

use crate::desk::signed_in_with;
use crate::given::{sent_to_one, setup};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use testkit::server::{Answer, Server, Setup, request, wait_for};

/// Somebody at the desk.
struct Desk<'s> {
    server: &'s Server,
    cookie: String,
}

impl<'s> Desk<'s> {
    /// Signs in with the newest link that was mailed to this address.
    fn of(server: &'s Server, email: &str) -> Self {
        Self { server, cookie: signed_in_with(server, email) }
    }

    /// Asks for a link first.
    fn asking(server: &'s Server, email: &str) -> Self {
        let body = json!({ "email": email }).to_string();
        request(server.port(), "POST", "/v1/sign-in", &[], body.as_bytes()).unwrap().expect(202);
        Self::of(server, email)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        let headers = [("Cookie", self.cookie.as_str()), ("X-Countersign-Desk", "1")];
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        request(self.server.port(), method, path, &headers, &body).unwrap()
    }

    fn users(&self) -> Vec<Value> {
        self.ask("GET", "/v1/users", &Value::Null).expect(200).json()["items"].as_array().unwrap().clone()
    }

    fn user(&self, email: &str) -> Value {
        self.users().into_iter().find(|it| it["email"] == email).unwrap()
    }

    fn change(&self, email: &str, change: &Value) -> Answer {
        let id = self.user(email)["id"].as_str().unwrap().to_owned();
        self.ask("PATCH", &format!("/v1/users/{id}"), change)
    }

    fn invite(&self, email: &str, role: &str) -> Answer {
        self.ask("POST", "/v1/users", &json!({"email": email, "name": "", "role": role, "language": "fr"}))
    }
}

const OWNER: &str = "owner@example.org";
const ADAM: &str = "adam@example.org";
const MIA: &str = "mia@example.org";

fn on_both(name: &str, tried: fn(Setup)) {
    tried(setup());
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, name);
    tried(setup().at("--database", &schema.address()));
}

#[test]
fn a_colleague_is_invited_works_and_is_switched_off() {
    on_both("users", invited_works_and_switched_off);
}

fn invited_works_and_switched_off(setup: Setup) {
    let server = setup.start();
    let owner = Desk::asking(&server, OWNER);
    let made = owner.invite(" Mia@Example.org ", "member").expect(201).json();
    assert_eq!(
        (&made["email"], &made["name"], &made["role"]),
        (&json!(MIA), &json!("mia"), &json!("member"))
    );
    assert_refused(&owner.invite(MIA, "admin"), 409, "user_exists");
    assert_refused(&owner.invite("nobody", "member"), 422, "email_malformed");
    let mail = wait_for("the invitation", || server.outbox(MIA).into_iter().next());
    assert!(mail["subject"].as_str().unwrap().contains("vous invite"), "{mail}");

    // The link in the invitation is her first sign-in; she sends, and looks after nobody.
    let mia = Desk::of(&server, MIA);
    let session = mia.ask("GET", "/v1/session", &Value::Null).expect(200).json();
    assert_eq!((&session["user"]["id"], &session["user"]["role"]), (&made["id"], &json!("member")));
    let hers = mia.ask("POST", "/v1/envelopes", &json!({"title": "Hers"})).expect(201).json();
    assert_eq!(hers["sender"]["email"], MIA);
    assert_refused(&mia.invite("eve@example.org", "member"), 403, "admin_needed");
    assert_refused(&mia.change(OWNER, &json!({"enabled": false})), 403, "admin_needed");
    assert_refused(&mia.ask("GET", "/v1/api-keys", &Value::Null), 403, "admin_needed");
    let elsewhere = json!({"name": "Hers", "issuer": "https://login.example.org", "client_id": "hers"});
    assert_refused(&mia.ask("PUT", "/v1/identity-provider", &elsewhere), 403, "admin_needed");
    assert_refused(&mia.ask("DELETE", "/v1/identity-provider", &Value::Null), 403, "admin_needed");
    // She hands over what is hers, and takes nothing that is another's.
    let others = owner.ask("POST", "/v1/envelopes", &json!({"title": "Theirs"})).expect(201).json();
    let over = |what: &Value, to: &str| {
        let path = format!("/v1/envelopes/{}/hand-over", what["id"].as_str().unwrap());
        mia.ask("POST", &path, &json!({ "email": to }))
    };
    assert_refused(&over(&others, MIA), 403, "envelope_of_another_sender");
    let given = mia.ask("POST", "/v1/envelopes", &json!({"title": "Given away"})).expect(201).json();
    assert_eq!(over(&given, OWNER).expect(200).json()["sender"]["email"], OWNER);
    assert_refused(&over(&given, MIA), 403, "envelope_of_another_sender");

    // Switched off, she is signed out at once and gets no link any more; what she sent stays.
    let off = owner.change(MIA, &json!({"enabled": false})).expect(200).json();
    assert_eq!(off["enabled"], false);
    assert_eq!(mia.ask("GET", "/v1/session", &Value::Null).status, 401);
    let mails = server.outbox(MIA).len();
    let body = json!({ "email": MIA }).to_string();
    request(server.port(), "POST", "/v1/sign-in", &[], body.as_bytes()).unwrap().expect(202);
    let adam = owner.invite(ADAM, "admin").expect(201).json();
    wait_for("a later mail", || server.outbox(ADAM).first().cloned());
    assert_eq!(server.outbox(MIA).len(), mails);
    let id = hers["id"].as_str().unwrap();
    let read = || owner.ask("GET", &format!("/v1/envelopes/{id}"), &Value::Null).expect(200).json();
    assert_eq!(read()["sender"]["email"], MIA);

    // An admin hands it over, to somebody who is here.
    let desk = Desk::of(&server, ADAM);
    let hand_over =
        |to: &str| desk.ask("POST", &format!("/v1/envelopes/{id}/hand-over"), &json!({ "email": to }));
    assert_refused(&hand_over(MIA), 409, "user_disabled");
    assert_eq!(hand_over(ADAM).expect(200).json()["sender"]["email"], ADAM);
    assert_refused(&desk.invite("otto@example.org", "owner"), 403, "owner_needed");
    assert_refused(&desk.change(OWNER, &json!({"role": "member"})), 403, "owner_needed");
    assert_refused(&desk.change(ADAM, &json!({"enabled": false})), 409, "user_is_oneself");
    assert_refused(&owner.change(OWNER, &json!({"role": "admin"})), 409, "last_owner");
    assert_refused(&desk.ask("PATCH", "/v1/users/usr_1", &json!({"enabled": false})), 404, "not_found");
    assert_eq!(desk.user(ADAM)["id"], adam["id"]);

    // Switched on again she signs in as before; an admin who is one no more looks after nobody.
    desk.change(MIA, &json!({"enabled": true, "role": "admin"})).expect(200);
    owner.change(ADAM, &json!({"role": "member"})).expect(200);
    assert_refused(&desk.change(MIA, &json!({"enabled": false})), 403, "admin_needed");
    assert_eq!(
        desk.user(MIA),
        json!({"id": made["id"], "email": MIA, "name": "mia", "role": "admin", "enabled": true})
    );
}

#[test]
fn an_invitation_that_was_not_followed_before_its_person_was_switched_off_opens_nothing() {
    let server = setup().start();
    let owner = Desk::asking(&server, OWNER);
    owner.invite(MIA, "member").expect(201);
    let link = wait_for("the invitation", || crate::desk::link_of(&server, MIA));
    owner.change(MIA, &json!({"enabled": false})).expect(200);
    owner.change(MIA, &json!({"enabled": true})).expect(200);
    let body = json!({ "token": link }).to_string();
    let confirm = request(server.port(), "POST", "/v1/sign-in/confirm", &[], body.as_bytes()).unwrap();
    assert_refused(&confirm, 410, "sign_in_link_ended");
}

#[test]
fn programs_send_in_the_name_of_an_owner_who_is_here() {
    let server = setup().start();
    let owner = Desk::asking(&server, OWNER);
    owner.invite(ADAM, "owner").expect(201);
    let adam = {
        wait_for("the invitation", || crate::desk::link_of(&server, ADAM));
        Desk::of(&server, ADAM)
    };
    adam.change(OWNER, &json!({"enabled": false})).expect(200);
    let api = server.api();
    assert_eq!(api.envelope(&sent_to_one(&api))["sender"]["email"], ADAM);
    let users = api.get("/v1/users").expect(200).json();
    assert_eq!(users["items"].as_array().unwrap().len(), 2, "a key reads who works here");
    assert_refused(&api.post("/v1/users", &json!({"email": MIA})), 403, "admin_needed");
}

#[test]
fn a_key_is_made_at_the_desk_shown_once_and_ended() {
    on_both("desk_keys", made_shown_once_and_ended);
}

fn made_shown_once_and_ended(setup: Setup) {
    let server = setup.start();
    let owner = Desk::asking(&server, OWNER);
    let make = |body: &Value| owner.ask("POST", "/v1/api-keys", body);
    assert_refused(&make(&json!({"label": " "})), 422, "label_missing");
    assert_refused(&make(&json!({"label": "x".repeat(101)})), 422, "label_malformed");
    let test = make(&json!({"label": "Warehouse"})).expect(201).json();
    let live = make(&json!({"label": "Shop", "live": true})).expect(201).json();
    let key = |made: &Value| made["api_key"].as_str().unwrap().to_owned();
    assert!(key(&test).starts_with("cs_test_") && key(&live).starts_with("cs_live_"));
    assert_eq!(
        server.api_with(&key(&test)).envelope(&sent_to_one(&server.api_with(&key(&test))))["test"],
        true
    );

    let list = || owner.ask("GET", "/v1/api-keys", &Value::Null).expect(200);
    assert!(!list().text().contains(&key(&test)) && !list().text().contains(&key(&live)), "never again");
    let labels: Vec<Value> = list().json()["items"].as_array().unwrap().clone();
    let shop = labels.iter().find(|it| it["label"] == "Shop").unwrap();
    assert_eq!((&shop["live"], &shop["revoked"], &shop["id"]), (&json!(true), &json!(false), &live["id"]));

    let path = format!("/v1/api-keys/{}", live["id"].as_str().unwrap());
    let with_key = server.api_with(&key(&live)).ask("DELETE", &path, &[], &[]);
    assert_refused(&with_key, 403, "admin_needed");
    owner.ask("DELETE", &path, &Value::Null).expect(204);
    assert_refused(&owner.ask("DELETE", &path, &Value::Null), 404, "not_found");
    assert_eq!(server.api_with(&key(&live)).get("/v1/envelopes").status, 401);
}

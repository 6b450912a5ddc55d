//! Sign-in at the tenant's identity provider, as a person goes that way.

use crate::given::setup;
use crate::judges::{Bench, said};
use crate::person::{Person, code};
use crate::proofs::{ADA, PHONE, asked, assert_closed, sent};
use crate::provider::{Account, CLIENT, Provider, SECRET, Wrong};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use std::process::Command;
use testkit::server::{Answer, Api, Server, Setup, wait_for};

/// A server that may ask the loopback, also from the command line.
pub fn near(setup: Setup) -> Setup {
    setup
        .with("COUNTERSIGN_WEBHOOKS__ALLOW", "127.0.0.0/8")
        .with("COUNTERSIGN_WEBHOOKS__PLAIN_HTTP", "true")
        .with("COUNTERSIGN_LOG", "service=debug,http_api=debug,deliver=debug,info")
        .with("CLIENT_SECRET", SECRET)
}

/// Says by the command line that this is the tenant's provider.
pub fn set(setup: &Setup, provider: &Provider) {
    let issuer = provider.issuer();
    let shown = setup.json(&[
        "admin",
        "identity-provider",
        "set",
        "--tenant",
        "Example Inc.",
        "--name",
        "Example Login",
        "--issuer",
        &issuer,
        "--client-id",
        CLIENT,
        "--secret-env",
        "CLIENT_SECRET",
    ]);
    assert_eq!((&shown["client_secret_set"], &shown["claim"]), (&json!(true), &json!("email")));
}

/// A server whose tenant has this provider.
pub fn with_provider(provider: &Provider) -> Server {
    let server = near(setup()).start();
    set(server.setup(), provider);
    server
}

/// They press the button; where their browser is sent.
pub fn leave(person: &mut Person) -> String {
    let begun = person.begin("oidc").expect(200).json();
    begun["sign_in"].as_str().unwrap().to_owned()
}

/// They press the button, sign in, and are back at their page.
pub fn go(person: &mut Person, provider: &Provider) -> Answer {
    let address = leave(person);
    person.answer("oidc", &provider.sign_in(&address))
}

fn found(api: &Api, id: &str, kind: &str) -> Value {
    let events = api.events(id);
    let found = events.iter().find(|it| it["type"] == kind);
    assert!(found.is_some(), "no {kind} in {events:?}");
    found.unwrap().clone()
}

#[test]
fn who_signs_in_at_the_identity_provider_is_let_in() {
    signs_in(setup());
}

#[test]
fn who_signs_in_at_the_identity_provider_is_let_in_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "oidc");
    signs_in(setup().at("--database", &schema.address()));
}

fn signs_in(setup: Setup) {
    let provider = Provider::open("Ada@Example.org");
    let server = near(setup).start();
    set(server.setup(), &provider);
    let api = server.api();
    let shown = api.get("/v1/identity-provider").expect(200).json();
    assert_eq!(shown["redirect_uri"], format!("http://127.0.0.1:{}/oidc/callback", server.port()));
    let (id, mut person) = sent(&server, &api, &json!([{"method": "oidc"}, {"method": "sms_code"}]));
    assert_closed(&person, "oidc");
    assert_eq!(person.read()["challenge"]["destination"], "Example Login");
    assert_refused(&person.answer("oidc", "code=1&state=2"), 409, "nothing_asked");

    let address = leave(&mut person);
    assert!(address.starts_with(&format!("{}/authorize?", provider.issuer())), "{address}");
    assert!(
        !address.contains("ada") && !address.contains("example.org"),
        "a link tells no address: {address}"
    );
    assert_closed(&person, "oidc");
    let query = provider.sign_in(&address);
    let page = server.get(&format!("/oidc/callback?{query}"));
    assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
    let admitted = person.answer("oidc", &query).expect(200).json();
    assert_eq!(admitted["ceremony"]["challenge"]["method"], "sms_code", "the next of the chain, and at once");
    assert_refused(&person.answer("oidc", &query), 403, "authentication_missing");
    person.begin("sms_code").expect(200);
    let sms = code(&api, "sms_code", PHONE, 0);
    person.answer("sms_code", &sms).expect(200);
    person.finish();
    api.wait_until(&id, "completed");

    let issuer = provider.issuer();
    let told = |kind: &str| found(&api, &id, kind)["summary"].clone();
    assert_eq!(told("challenge_issued"), format!("Ada Lovelace went to sign in at {issuer}."));
    let passed =
        format!("Ada Lovelace proved who they are by sign-in at an identity provider ({issuer} · 00•••).");
    assert_eq!(told("challenge_passed"), passed);
    let methods = found(&api, &id, "signing_intended")["actor"]["methods"].clone();
    assert_eq!(methods, json!(["email_link", "oidc", "sms_code"]));
    told_to_a_judge(&api, &id, &provider);

    let told = format!("{:?}{}", api.events(&id), server.log());
    let (code, state) = query.split_once('&').unwrap();
    let tokens = provider.tokens();
    let secrets = [code, state.trim_start_matches("state="), SECRET];
    for secret in secrets.into_iter().chain(tokens.iter().map(String::as_str)) {
        assert!(!told.contains(secret), "{secret} is told");
    }
}

/// The audit trail and the certificate of the act name the method.
fn told_to_a_judge(api: &Api, id: &str, provider: &Provider) {
    let bench = Bench::new();
    let trail = bench.lay("audit.pdf", &api.file(id, "audit.pdf"));
    let text = said(&Command::new("pdftotext").arg(trail).arg("-").output().unwrap());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        format!("sign-in at an identity provider ({})", provider.issuer()),
        format!("Ada Lovelace went to sign in at {}.", provider.issuer()),
        format!("({} · 00•••)", provider.issuer()),
    ] {
        assert!(text.contains(&words), "{words:?} is not in: {text}");
    }
    let signed = bench.lay("signed.pdf", &api.file(id, "documents/1"));
    let judged = said(&Command::new("pdfsig").arg("-nocert").arg(signed).output().unwrap());
    assert!(judged.contains("Authenticated by oidc"), "{judged}");
}

#[test]
fn somebody_else_is_a_wrong_answer_and_five_of_them_lock_the_page() {
    let provider = Provider::open("eve@example.org");
    let server = with_provider(&provider);
    let api = server.api();
    let (id, mut person) = sent(&server, &api, &json!([{"method": "oidc"}]));
    for left in [4, 3, 2, 1, 0] {
        let address = leave(&mut person);
        assert_eq!(
            address.contains("prompt=login"),
            left < 4,
            "who was somebody else is asked who they are: {address}"
        );
        let wrong = person.answer("oidc", &provider.sign_in(&address));
        assert_refused(&wrong, 422, "answer_wrong");
        assert_eq!(wrong.json()["attempts_left"], left);
    }
    assert_eq!(person.read()["challenge"]["locked"], true);
    assert_refused(&person.begin("oidc"), 409, "recipient_locked");
    let failed = found(&api, &id, "challenge_failed");
    let sentence = failed["summary"].as_str().unwrap();
    assert!(sentence.contains(&format!(
        "Somebody else than Ada Lovelace signed in at the identity provider ({} · 00•••)",
        provider.issuer()
    )));
    assert!(!api.events(&id).iter().any(|it| it.to_string().contains("eve@")), "nobody's address is noted");

    api.post(&format!("/v1/envelopes/{id}/recipients/1/unlock"), &Value::Null).expect(200);
    // Her own address, but the provider does not say that it is hers.
    let claims = json!({"email": ADA, "email_verified": false});
    provider.signs_in(Account { subject: "7".into(), claims });
    assert_refused(&go(&mut person, &provider), 422, "answer_wrong");
    let claims = json!({"email": ADA, "email_verified": true});
    provider.signs_in(Account { subject: "7".into(), claims });
    go(&mut person, &provider).expect(200);
}

#[test]
fn what_came_out_is_shown_to_who_signs_in_there_too() {
    let provider = Provider::open(ADA);
    let server = with_provider(&provider);
    let api = server.api();
    let (id, mut person) = sent(&server, &api, &json!([{"method": "oidc"}]));
    go(&mut person, &provider).expect(200);
    person.finish();
    api.wait_until(&id, "completed");
    let mut reader = wait_for("the link to the files", || {
        let reader = Person::mailed(&server, ADA);
        (reader.read()["state"] == "challenge").then_some(reader)
    });
    assert_refused(&reader.ask("GET", "/documents/1", &Value::Null), 403, "authentication_missing");
    assert_eq!(go(&mut reader, &provider).expect(200).json()["ceremony"]["state"], "download");
    assert_eq!(
        reader.ask("GET", "/documents/1", &Value::Null).expect(200).body,
        api.file(&id, "documents/1")
    );
}

#[test]
fn an_address_that_stands_in_no_token_is_asked_for() {
    let provider = Provider::open(ADA);
    provider.keeps_addresses_out_of_tokens();
    let server = with_provider(&provider);
    let (_, mut person) = sent(&server, &server.api(), &json!([{"method": "oidc"}]));
    provider.is_wrong("/me", Wrong::Claim("sub", json!("another")));
    assert_refused(&go(&mut person, &provider), 409, "oidc_claims");
    provider.is_wrong("/me", Wrong::Endless);
    assert_refused(&go(&mut person, &provider), 409, "oidc_unreachable");
    provider.is_wrong("/me", Wrong::Says(200, "{\"sub\": \"00u7ada42\"}"));
    assert_refused(&go(&mut person, &provider), 409, "oidc_claims");
    provider.is_wrong("/me", Wrong::Nothing);
    assert_eq!(person.read()["challenge"]["attempts_left"], 5);
    go(&mut person, &provider).expect(200);
    assert_eq!(provider.asked("/me"), 4);
}

#[test]
fn the_sender_can_say_by_which_subject_the_provider_knows_them() {
    let provider = Provider::open(ADA);
    let server = with_provider(&provider);
    let api = server.api();
    let chain = json!([{"method": "oidc", "subject": "employee 4711"}]);
    let (id, mut person) = sent(&server, &api, &chain);
    assert_eq!(api.envelope(&id)["recipients"][0]["authentication"], chain);
    assert_refused(&go(&mut person, &provider), 422, "answer_wrong");
    for subject in ["employee 471", "Employee 4711", "employee 4711 "] {
        provider.signs_in(Account {
            subject: subject.into(),
            claims: json!({"email": ADA, "email_verified": true}),
        });
        assert_refused(&go(&mut person, &provider), 422, "answer_wrong");
    }
    provider.signs_in(Account { subject: "employee 4711".into(), claims: json!({}) });
    go(&mut person, &provider).expect(200);
    person.finish();
    api.wait_until(&id, "completed");
}

#[test]
fn only_the_browser_that_was_led_away_comes_in() {
    let provider = Provider::open(ADA);
    let server = with_provider(&provider);
    let api = server.api();
    let (id, mut thief) = sent(&server, &api, &json!([{"method": "oidc"}]));
    // Whoever holds the link sends Ada the provider's address, and Ada signs in.
    let query = provider.sign_in(&leave(&mut thief));
    let mut ada = thief.second_phone();
    assert_refused(&ada.answer("oidc", &query), 409, "nothing_asked");
    let own = provider.sign_in(&leave(&mut ada));
    assert_refused(&ada.answer("oidc", &query), 409, "oidc_other_attempt");
    // An answer is good once, in its own visit.
    ada.answer("oidc", &own).expect(200);
    assert_refused(&thief.answer("oidc", &own), 409, "code_expired");
    assert_closed(&thief, "oidc");
    for odd in ["", "code=1", "state=", "code=1&state=nothing"] {
        leave(&mut thief);
        assert_refused(&thief.answer("oidc", odd), 409, "oidc_other_attempt");
    }
    assert!(!api.happened(&id).contains(&"challenge_failed".to_owned()), "none of this is held against her");
}

#[test]
fn the_provider_is_set_by_those_who_may_and_tells_no_secret() {
    let provider = Provider::open(ADA);
    let server = near(setup()).start();
    let (test, live) = (server.api(), server.api_with(&server.setup().live_key()));
    let put = |api: &Api, body: &Value| {
        api.ask(
            "PUT",
            "/v1/identity-provider",
            &[("Content-Type", "application/json")],
            body.to_string().as_bytes(),
        )
    };
    let refused = test.post("/v1/envelopes", &asked(&test, &json!([{"method": "oidc"}])));
    assert_refused(&refused, 422, "identity_provider_missing");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/recipients/0/authentication/0");
    assert_refused(&test.get("/v1/identity-provider"), 404, "not_found");

    let body = json!({
        "name": "Example Login", "issuer": provider.issuer(), "client_id": CLIENT, "client_secret": SECRET, "claim": "upn",
    });
    assert_refused(&put(&test, &body), 403, "live_key_needed");
    let set = put(&live, &body).expect(200);
    assert_eq!(
        (&set.json()["client_secret_set"], &set.json()["scopes"]),
        (&json!(true), &json!("openid email"))
    );
    let read = test.get("/v1/identity-provider").expect(200);
    assert_eq!(read.json(), set.json());
    assert!(!read.text().contains("s3cret"));
    // What is left out stays, for the same client.
    let mut renamed = body.clone();
    renamed.as_object_mut().unwrap().remove("client_secret");
    renamed["name"] = "Login".into();
    assert_eq!(put(&live, &renamed).expect(200).json()["client_secret_set"], true);
    provider.signs_in(Account { subject: "7".into(), claims: json!({"upn": "ADA@example.org"}) });
    let (_, mut person) = sent(&server, &test, &json!([{"method": "oidc"}]));
    go(&mut person, &provider).expect(200);
    renamed["client_id"] = "another".into();
    assert_eq!(
        put(&live, &renamed).expect(200).json()["client_secret_set"],
        false,
        "a secret goes to its own client"
    );

    for (name, value, code) in [
        ("name", "", "name_malformed"),
        ("issuer", "login.example.com", "issuer_malformed"),
        ("issuer", "https://login.example.com?x", "issuer_malformed"),
        ("client_id", " ", "client_id_malformed"),
        ("claim", "name", "claim_malformed"),
        ("scopes", "email", "scopes_malformed"),
    ] {
        let mut wrong = body.clone();
        wrong[name] = value.into();
        let refused = put(&live, &wrong);
        assert_refused(&refused, 422, code);
        assert_eq!(refused.json()["errors"][0]["pointer"], format!("/{name}"));
    }
    let listed = server.setup().json(&["admin", "identity-provider", "list", "--tenant", "Example Inc."]);
    assert_eq!(listed[0]["client_id"], "another");
    assert!(!listed.to_string().contains("s3cret"));
    assert_refused(&test.ask("DELETE", "/v1/identity-provider", &[], &[]), 403, "live_key_needed");
    let remove = ["admin", "identity-provider", "remove", "--tenant", "Example Inc."];
    assert!(server.setup().command(&remove).status.success());
    assert!(!server.setup().command(&remove).status.success(), "there is none any more");
    let mut late = person.second_phone();
    assert_refused(&late.begin("oidc"), 409, "identity_provider_missing");
}

//! An identity provider that fails, lies, hangs, never stops, or leads elsewhere: nobody comes in, nobody is blamed.

use crate::given::setup;
use crate::person::Person;
use crate::proofs::{ADA, assert_closed, sent};
use crate::provider::{CLIENT, Provider, Wrong};
use crate::refusals::assert_refused;
use crate::sign_in_elsewhere::{go, leave, near, set, with_provider};
use serde_json::json;
use testkit::server::{Mailbox, Server};

/// Nobody is let in, nothing is counted, and the next try goes well when the provider is well again.
fn assert_goes_on(server: &Server, person: &mut Person, provider: &Provider) {
    assert_closed(person, "oidc");
    assert_eq!(person.read()["challenge"]["attempts_left"], 5);
    for path in ["/token", "/keys", "/.well-known/openid-configuration"] {
        provider.is_wrong(path, Wrong::Nothing);
    }
    let mut again = person.second_phone();
    go(&mut again, provider).expect(200);
    assert!(!server.log().contains("panicked"), "{}", server.log());
}

#[test]
fn an_id_token_that_is_not_right_lets_nobody_in_and_blames_nobody() {
    let provider = Provider::open(ADA);
    let server = with_provider(&provider);
    let api = server.api();
    let (id, mut person) = sent(&server, &api, &json!([{"method": "oidc"}]));
    for (wrong, code) in [
        (Wrong::Claim("nonce", json!("another")), "oidc_other_attempt"),
        (Wrong::Claim("aud", json!("another")), "oidc_other_audience"),
        (Wrong::Claim("aud", json!([CLIENT, "another"])), "oidc_other_audience"),
        (Wrong::Claim("iss", json!("https://login.example.com")), "oidc_other_issuer"),
        (Wrong::Claim("exp", json!(1)), "oidc_expired"),
        (Wrong::Claim("at_hash", json!("77QmUPtjPfzWtF2AnpK9RQ")), "oidc_other_access_token"),
        (Wrong::Claim("sub", json!("")), "oidc_claims"),
        (Wrong::Unsigned, "oidc_algorithm"),
        (Wrong::Forged, "oidc_signature"),
    ] {
        provider.is_wrong("/token", wrong.clone());
        let refused = go(&mut person, &provider);
        assert_eq!(refused.code(), code, "{wrong:?}");
        assert_refused(&refused, 409, code);
    }
    assert_goes_on(&server, &mut person, &provider);
    assert!(!api.happened(&id).contains(&"challenge_failed".to_owned()));
}

#[test]
fn who_turns_back_and_a_provider_that_fails_are_told_from_each_other() {
    let provider = Provider::open(ADA);
    let server = with_provider(&provider);
    let (_, mut person) = sent(&server, &server.api(), &json!([{"method": "oidc"}]));
    for (error, code) in [
        ("access_denied", "oidc_denied"),
        ("server_error", "oidc_provider_failed"),
        ("temporarily_unavailable", "oidc_provider_failed"),
    ] {
        let query = provider.sign_in(&leave(&mut person));
        let state = query.split_once('&').unwrap().1;
        assert_refused(&person.answer("oidc", &format!("error={error}&{state}")), 409, code);
        assert_refused(&person.answer("oidc", &query), 409, "oidc_other_attempt");
    }
    for (wrong, code) in [
        (Wrong::Says(500, "sorry"), "oidc_unreachable"),
        (Wrong::Says(200, "<html>sorry</html>"), "oidc_provider_failed"),
        (Wrong::Says(400, "{\"error\": \"invalid_grant\"}"), "oidc_other_attempt"),
        (Wrong::Says(401, "{\"error\": \"invalid_client\"}"), "oidc_client_refused"),
    ] {
        provider.is_wrong("/token", wrong);
        assert_refused(&go(&mut person, &provider), 409, code);
    }
    assert_goes_on(&server, &mut person, &provider);
}

#[test]
fn a_provider_that_hangs_never_stops_or_leads_elsewhere_holds_nobody_up() {
    let (provider, elsewhere) = (Provider::open(ADA), Provider::open(ADA));
    let server = near(setup()).with("COUNTERSIGN_WEBHOOKS__TIMEOUT_MS", "700").start();
    set(server.setup(), &provider);
    let (_, mut person) = sent(&server, &server.api(), &json!([{"method": "oidc"}]));
    let address = format!("{}/token", elsewhere.issuer());
    for wrong in [Wrong::Silent, Wrong::Endless, Wrong::Elsewhere(address)] {
        provider.is_wrong("/token", wrong);
        assert_refused(&go(&mut person, &provider), 409, "oidc_unreachable");
    }
    assert_eq!(elsewhere.asked("/token"), 0, "a redirection is not followed");
    // The same before anybody leaves: nothing has begun then. What it says of itself was forgotten when it failed.
    let document = "/.well-known/openid-configuration";
    for wrong in [Wrong::Silent, Wrong::Endless, Wrong::Says(404, "no"), Wrong::Says(200, "{}")] {
        provider.is_wrong(document, wrong.clone());
        let refused = person.begin("oidc");
        let code = if wrong == Wrong::Says(200, "{}") { "oidc_discovery" } else { "oidc_unreachable" };
        assert_refused(&refused, 409, code);
    }
    assert_goes_on(&server, &mut person, &provider);
}

#[test]
fn what_the_provider_publishes_is_fetched_once_and_its_new_keys_when_they_are_used() {
    let provider = Provider::open(ADA);
    let server = with_provider(&provider);
    let (_, person) = sent(&server, &server.api(), &json!([{"method": "oidc"}]));
    let before = provider.asked("/.well-known/openid-configuration");
    for _ in 0..3 {
        go(&mut person.second_phone(), &provider).expect(200);
    }
    assert_eq!(
        provider.asked("/.well-known/openid-configuration"),
        before + 1,
        "the command line has its own"
    );
    assert_eq!(provider.asked("/keys"), 1);
    provider.changes_its_key();
    go(&mut person.second_phone(), &provider).expect(200);
    assert_eq!(provider.asked("/keys"), 2);
    // A key that is nowhere is looked for once, each time.
    provider.is_wrong("/token", Wrong::Forged);
    assert_refused(&go(&mut person.second_phone(), &provider), 409, "oidc_signature");
    assert_eq!(provider.asked("/keys"), 3);
}

#[test]
fn a_provider_in_a_private_network_is_not_asked_unless_the_operator_allows_it() {
    let (provider, mailbox) = (Provider::open(ADA), Mailbox::open());
    let server = setup()
        .in_earnest()
        .with_all(mailbox.settings())
        .with("COUNTERSIGN_WEBHOOKS__PLAIN_HTTP", "true")
        .start();
    let live = server.api_with(&server.setup().live_key());
    let body = json!({"name": "Inside", "issuer": provider.issuer(), "client_id": CLIENT});
    let refused = live.ask(
        "PUT",
        "/v1/identity-provider",
        &[("Content-Type", "application/json")],
        body.to_string().as_bytes(),
    );
    assert_refused(&refused, 422, "issuer_not_usable");
    assert_eq!(provider.asked("/.well-known/openid-configuration"), 0);
}

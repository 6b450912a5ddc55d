//! The way to the provider and back.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use identity::oidc::{Attempt, Client, OidcRefusal, Provider, Tokens, discovery_url};
use serde_json::{Value, json};

use crate::provider::*;

#[test]
fn the_browser_is_sent_away_with_everything_that_ties_it_to_the_attempt() {
    let url = attempt().authorization_url(&provider(), &client(), Some("fr"), false).unwrap();
    assert!(url.starts_with(
        "https://login.example.com/authorize?realm=a&response_type=code&client_id=countersign&"
    ));
    for (name, value) in [
        ("redirect_uri", "https://sign.example.org/oidc/callback"),
        ("scope", "openid email"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(parameter(&attempt(), name), value);
    }
    assert!(url.ends_with("&ui_locales=fr"), "{url}");
    assert_eq!(parameter(&attempt(), "state"), attempt().state());
    assert_eq!(Attempt::state_in("code=1&state=a%2Bb").as_deref(), Some("a+b"));
    assert_eq!(Attempt::state_in("code=1"), None);
    let anew = attempt().authorization_url(&provider(), &client(), None, true).unwrap();
    assert!(anew.ends_with("&prompt=login") && !url.contains("prompt"), "{anew}");
    assert!(!url.contains("max_age") && !url.contains("%C3%A9"));
    assert_eq!((parameter(&again(), "prompt"), parameter(&again(), "max_age")), ("login".into(), "0".into()));
    assert_ne!(parameter(&attempt(), "state"), parameter(&attempt(), "nonce"));
    assert_eq!(format!("{:?}", attempt()), "Attempt(•••)");
}

#[test]
fn the_code_is_taken_from_an_answer_to_this_attempt_alone() {
    let state = parameter(&attempt(), "state");
    let code = |query: &str| attempt().code(&provider(), query);
    assert_eq!(code(&format!("code=a%2Bb&state={state}")).unwrap(), "a+b");
    for (query, refusal) in [
        ("code=a".to_owned(), OidcRefusal::OtherAttempt),
        ("code=a&state=other".to_owned(), OidcRefusal::OtherAttempt),
        (format!("code=a&state=other&state={state}"), OidcRefusal::OtherAttempt),
        (format!("code=a&state={state}&iss=https%3A%2F%2Fother"), OidcRefusal::OtherIssuer),
        (format!("error=access_denied&state={state}"), OidcRefusal::Denied),
        (format!("error=server_error&code=a&state={state}"), OidcRefusal::ProviderFailed),
        (format!("code=&state={state}"), OidcRefusal::ProviderFailed),
        (format!("state={state}"), OidcRefusal::ProviderFailed),
    ] {
        assert_eq!(code(&query).unwrap_err(), refusal, "{query}");
    }
    let mut naming = provider();
    naming.authorization_response_iss_parameter_supported = true;
    let silent = attempt().code(&naming, &format!("code=a&state={state}"));
    assert_eq!(silent.unwrap_err(), OidcRefusal::OtherIssuer);
    let named = format!("code=a&state={state}&iss=https%3A%2F%2Flogin.example.com%2Ftenant");
    assert_eq!(attempt().code(&naming, &named).unwrap(), "a");
}

#[test]
fn the_code_is_exchanged_with_the_verifier_of_its_challenge() {
    let request = attempt().token_request(&provider(), &client(), "a+b");
    assert_eq!((request.method, request.url.as_str()), ("POST", "https://login.example.com/token"));
    let field =
        |name: &str| request.form.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
    let verifier = field("code_verifier").unwrap();
    assert_eq!(verifier.len(), 43);
    let challenge = encoded(digest::digest(&digest::SHA256, verifier.as_bytes()));
    assert_eq!(challenge, parameter(&attempt(), "code_challenge"));
    assert_eq!(field("redirect_uri").unwrap(), client().redirect_uri);
    assert!(
        request.body().starts_with("grant_type=authorization_code&code=a%2Bb&redirect_uri=https%3A%2F%2F")
    );
    // RFC 6749 2.3.1: the colon of the secret does not end the name.
    let basic = format!("Basic {}", STANDARD.encode("countersign:s%3A%C3%A9"));
    assert!(request.headers.contains(&("authorization", basic)));
    assert_eq!((field("client_id"), field("client_secret")), (None, None));
}

#[test]
fn we_name_ourselves_as_the_provider_wants_it() {
    let mut posting = provider();
    posting.token_endpoint_auth_methods_supported = vec!["client_secret_post".into()];
    let request = attempt().token_request(&posting, &client(), "a");
    assert!(request.form.contains(&("client_secret", "s:é".into())));
    assert!(request.headers.iter().all(|(name, _)| *name != "authorization"));
    let public = Client { secret: None, ..client() };
    let request = attempt().token_request(&provider(), &public, "a");
    assert!(request.form.contains(&("client_id", "countersign".into())));
    assert!(request.form.iter().all(|(name, _)| *name != "client_secret"));
    assert!(!format!("{:?}", client()).contains("s:é"));
}

#[test]
fn the_answer_of_the_token_endpoint_is_read() {
    let tokens = Tokens::read(r#"{"access_token":"x","id_token":"a.b.c"}"#).unwrap();
    assert_eq!((tokens.id.as_str(), tokens.access.as_deref()), ("a.b.c", Some("x")));
    for (answer, refusal) in [
        (r#"{"error":"invalid_client"}"#, OidcRefusal::ClientRefused),
        (r#"{"error":"invalid_grant"}"#, OidcRefusal::OtherAttempt),
        (r#"{"error":"server_error","id_token":"a.b.c"}"#, OidcRefusal::ProviderFailed),
        (r#"{"access_token":"x"}"#, OidcRefusal::ProviderFailed),
        ("<html>", OidcRefusal::ProviderFailed),
    ] {
        let refused = Tokens::read(answer).err().unwrap();
        assert_eq!(refused, refusal, "{answer}");
        assert!(refused.code().starts_with("oidc_") && refused.to_string().ends_with('.'));
    }
}

#[test]
fn a_discovery_document_speaks_for_its_issuer_and_leads_to_encrypted_addresses() {
    assert_eq!(discovery_url(ISSUER), format!("{ISSUER}/.well-known/openid-configuration"));
    assert_eq!(discovery_url(&format!("{ISSUER}/")), discovery_url(ISSUER));
    assert_eq!(provider().token_endpoint_auth_methods_supported, ["client_secret_basic"]);
    let parse = |issuer: &str, name: &str, value: Value| {
        let mut document = discovery();
        document[name] = value;
        Provider::parse(issuer, &document.to_string()).map(|_| ())
    };
    assert_eq!(parse(ISSUER, "issuer", json!("https://other")), Err(OidcRefusal::OtherIssuer));
    assert_eq!(parse(&format!("{ISSUER}/"), "x", Value::Null), Err(OidcRefusal::OtherIssuer));
    for (name, value) in [
        ("token_endpoint", json!("http://login.example.com/token")),
        ("jwks_uri", json!("file:///etc/passwd")),
        ("authorization_endpoint", json!("javascript:alert(1)")),
        ("authorization_endpoint", Value::Null),
        ("jwks_uri", json!("keys")),
        ("userinfo_endpoint", json!("http://login.example.com/me")),
    ] {
        assert_eq!(parse(ISSUER, name, value), Err(OidcRefusal::Discovery), "{name}");
    }
    // An issuer without encryption is the operator's choice, on loopback say.
    let local = json!({
        "issuer": "http://localhost:9000", "authorization_endpoint": "http://localhost:9000/a",
        "token_endpoint": "http://localhost:9000/t", "jwks_uri": "http://localhost:9000/k",
    });
    assert!(Provider::parse("http://localhost:9000", &local.to_string()).is_ok());
}

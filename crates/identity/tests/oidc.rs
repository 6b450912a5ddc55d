//! Sign-in at an identity provider that these tests play.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::sync::LazyLock;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use identity::oidc::{Attempt, Client, Identity, OidcRefusal, Provider, discovery_url, id_token};
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

const ISSUER: &str = "https://login.example.com/tenant";
const NOW_S: u64 = 1_800_000_000;

static RSA: LazyLock<RsaKeyPair> = LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap());
static EC: LazyLock<EcdsaKeyPair> =
    LazyLock::new(|| EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap());

fn encoded(value: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(value)
}

fn discovery() -> Value {
    json!({
        "issuer": ISSUER, "authorization_endpoint": "https://login.example.com/authorize?realm=a",
        "token_endpoint": "https://login.example.com/token", "jwks_uri": "https://login.example.com/keys",
        "response_types_supported": ["code"],
    })
}

fn provider() -> Provider {
    Provider::parse(ISSUER, &discovery().to_string()).unwrap()
}

fn client() -> Client {
    Client {
        id: "countersign".into(),
        secret: Some("s:é".to_owned().into()),
        redirect_uri: "https://sign.example.org/oidc/back".into(),
    }
}

fn attempt() -> Attempt {
    Attempt::new(std::array::from_fn(|place| u8::try_from(place).unwrap()), false)
}

fn again() -> Attempt {
    Attempt::new([9; 96], true)
}

fn parameter(attempt: &Attempt, name: &str) -> String {
    let url = attempt.authorization_url(&provider(), &client(), None, None).unwrap();
    Url::parse(&url).unwrap().query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

fn rsa_jwk(id: &str) -> Value {
    let public = RSA.public_key();
    let (modulus, exponent) = (public.modulus(), public.exponent());
    let (n, e) = (modulus.big_endian_without_leading_zero(), exponent.big_endian_without_leading_zero());
    json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": id, "n": encoded(n), "e": encoded(e) })
}

fn ec_jwk(id: &str) -> Value {
    let point = EC.public_key().as_ref();
    json!({ "kty": "EC", "crv": "P-256", "kid": id, "x": encoded(&point[1..33]), "y": encoded(&point[33..]) })
}

fn jwks() -> String {
    let odd = json!({ "kty": "from the future", "kid": "odd" });
    json!({ "keys": [odd, rsa_jwk("rsa"), ec_jwk("ec")] }).to_string()
}

fn claims(attempt: &Attempt) -> Value {
    json!({
        "iss": ISSUER, "sub": "4711", "aud": "countersign", "exp": NOW_S + 60, "iat": NOW_S - 10,
        "nonce": parameter(attempt, "nonce"),
        "email": "ada@example.org", "email_verified": true, "name": "Ada Lovelace",
    })
}

fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()))
}

fn rs256(header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let mut signature = vec![0; RSA.public_modulus_len()];
    RSA.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
    format!("{message}.{}", encoded(signature))
}

fn es256(header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let signature = EC.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    format!("{message}.{}", encoded(signature))
}

fn check(token: &str) -> Result<Identity, OidcRefusal> {
    attempt().identity(&provider(), &client(), token, &jwks(), NOW_S)
}

/// What comes of a token that is right but for one claim.
fn with(name: &str, value: Value) -> Result<Identity, OidcRefusal> {
    let mut claims = claims(&attempt());
    claims[name] = value;
    check(&rs256(&json!({ "alg": "RS256", "kid": "rsa" }), &claims))
}

#[test]
fn a_token_that_is_right_says_who_it_is() {
    let ada = Identity {
        issuer: ISSUER.into(),
        subject: "4711".into(),
        email: Some("ada@example.org".into()),
        email_verified: true,
        name: Some("Ada Lovelace".into()),
        proved_at_s: None,
    };
    let claims = claims(&attempt());
    for token in [
        rs256(&json!({ "alg": "RS256", "kid": "rsa", "typ": "JWT" }), &claims),
        rs256(&json!({ "alg": "RS256" }), &claims),
        es256(&json!({ "alg": "ES256", "kid": "ec" }), &claims),
        es256(&json!({ "alg": "ES256" }), &claims),
    ] {
        assert_eq!(check(&token), Ok(ada.clone()));
    }
}

#[test]
fn a_token_that_is_not_signed_or_signed_another_way_is_refused() {
    let claims = claims(&attempt());
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "None", "kid": "rsa" }),
        json!({}),
        json!({ "alg": "PS256" }),
    ] {
        let bare = message(&header, &claims);
        assert_eq!(check(&format!("{bare}.")), Err(OidcRefusal::Algorithm), "{header}");
        assert_eq!(check(&bare), Err(OidcRefusal::Algorithm), "{header}");
    }
    // The public key, which everybody has, as a shared secret.
    let message = message(&json!({ "alg": "HS256", "kid": "rsa" }), &claims);
    let public = RSA.public_key().as_der().unwrap();
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, public.as_ref()), message.as_bytes());
    assert_eq!(check(&format!("{message}.{}", encoded(tag))), Err(OidcRefusal::Algorithm));
    let critical = json!({ "alg": "RS256", "kid": "rsa", "crit": ["b64"], "b64": true });
    assert_eq!(check(&rs256(&critical, &claims)), Err(OidcRefusal::Algorithm));
    for token in ["", ".", "..", "...", "a.b.c"] {
        assert_eq!(check(token), Err(OidcRefusal::Algorithm), "{token}");
    }
}

#[test]
fn a_signature_of_another_key_is_refused() {
    let claims = claims(&attempt());
    let header = json!({ "alg": "RS256", "kid": "rsa" });
    let token = rs256(&header, &claims);
    let other = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let (signed, _) = token.rsplit_once('.').unwrap();
    let mut signature = vec![0; other.public_modulus_len()];
    other.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    assert_eq!(check(&format!("{signed}.{}", encoded(signature))), Err(OidcRefusal::Signature));
    assert_eq!(check(&format!("{signed}.")), Err(OidcRefusal::Signature));
    // Other claims under the signature of these.
    let mut forged = claims.clone();
    forged["sub"] = json!("1");
    let (_, signature) = token.rsplit_once('.').unwrap();
    assert_eq!(check(&format!("{}.{signature}", message(&header, &forged))), Err(OidcRefusal::Signature));
    assert!(check(&token).is_ok());
}

#[test]
fn only_a_published_key_that_is_for_it_counts() {
    let claims = claims(&attempt());
    let token = rs256(&json!({ "alg": "RS256", "kid": "rsa" }), &claims);
    let by = |keys: Value| attempt().identity(&provider(), &client(), &token, &keys.to_string(), NOW_S);
    let mut for_encryption = rsa_jwk("rsa");
    for_encryption["use"] = json!("enc");
    let mut of_another_kind = rsa_jwk("rsa");
    of_another_kind["alg"] = json!("RS512");
    for keys in [
        json!([]),
        json!([rsa_jwk("other")]),
        json!([ec_jwk("rsa")]),
        json!([for_encryption]),
        json!([of_another_kind]),
    ] {
        assert_eq!(by(json!({ "keys": keys })), Err(OidcRefusal::UnknownKey), "{keys}");
    }
    let mut nameless = rsa_jwk("");
    nameless.as_object_mut().unwrap().remove("kid");
    assert!(by(json!({ "keys": [nameless] })).is_ok());
    assert_eq!(by(json!([])), Err(OidcRefusal::Keys));
    assert_eq!(
        by(json!({ "keys": [{ "kty": "RSA", "kid": "rsa", "n": "", "e": "" }] })),
        Err(OidcRefusal::Signature)
    );
}

#[test]
fn a_token_of_another_issuer_or_for_another_application_is_refused() {
    assert_eq!(with("iss", json!("https://login.example.com/other")), Err(OidcRefusal::OtherIssuer));
    assert_eq!(with("iss", json!(format!("{ISSUER}/"))), Err(OidcRefusal::OtherIssuer));
    assert_eq!(with("aud", json!("other")), Err(OidcRefusal::OtherAudience));
    assert_eq!(with("aud", json!([])), Err(OidcRefusal::OtherAudience));
    assert!(with("aud", json!(["countersign"])).is_ok());
    assert_eq!(with("aud", json!(["countersign", "other"])), Err(OidcRefusal::OtherAudience));
    assert_eq!(with("azp", json!("other")), Err(OidcRefusal::OtherAudience));
    let mut several = claims(&attempt());
    several["aud"] = json!(["countersign", "other"]);
    several["azp"] = json!("countersign");
    assert!(check(&rs256(&json!({ "alg": "RS256" }), &several)).is_ok());
}

#[test]
fn a_token_counts_in_its_time_with_five_minutes_on_both_sides() {
    assert!(with("exp", json!(NOW_S - 299)).is_ok());
    assert_eq!(with("exp", json!(NOW_S - 300)), Err(OidcRefusal::Expired));
    assert!(with("iat", json!(NOW_S + 300)).is_ok());
    assert_eq!(with("iat", json!(NOW_S + 301)), Err(OidcRefusal::NotYetValid));
    assert!(with("nbf", json!(NOW_S + 300)).is_ok());
    assert_eq!(with("nbf", json!(NOW_S + 301)), Err(OidcRefusal::NotYetValid));
    assert_eq!(with("exp", Value::Null), Err(OidcRefusal::Claims));
}

#[test]
fn a_token_of_another_attempt_is_refused() {
    assert_eq!(with("nonce", json!("other")), Err(OidcRefusal::OtherAttempt));
    assert_eq!(with("nonce", Value::Null), Err(OidcRefusal::OtherAttempt));
    let token = rs256(&json!({ "alg": "RS256" }), &claims(&attempt()));
    let other = Attempt::new([1; 96], false).identity(&provider(), &client(), &token, &jwks(), NOW_S);
    assert_eq!(other, Err(OidcRefusal::OtherAttempt));
}

#[test]
fn who_has_to_prove_themselves_anew_did_so_in_the_last_minutes() {
    let prove = |at: Value| {
        let mut claims = claims(&again());
        claims["auth_time"] = at;
        let token = rs256(&json!({ "alg": "RS256" }), &claims);
        again().identity(&provider(), &client(), &token, &jwks(), NOW_S).map(|identity| identity.proved_at_s)
    };
    assert_eq!(prove(json!(NOW_S - 900)), Ok(Some(NOW_S - 900)));
    assert_eq!(prove(json!(NOW_S - 901)), Err(OidcRefusal::NotProvedAgain));
    assert_eq!(prove(Value::Null), Err(OidcRefusal::NotProvedAgain));
    assert!(with("auth_time", json!(0)).is_ok());
}

#[test]
fn an_address_is_verified_only_where_the_provider_says_so() {
    let verified = |value: Value| with("email_verified", value).map(|identity| identity.email_verified);
    assert_eq!(verified(json!("true")), Ok(true));
    for no in [json!(false), json!("false"), json!(1), Value::Null] {
        assert_eq!(verified(no), Ok(false));
    }
    assert_eq!(with("sub", json!("")), Err(OidcRefusal::Claims));
    assert!(with("sub", json!("x".repeat(255))).is_ok());
    assert_eq!(with("sub", json!("x".repeat(256))), Err(OidcRefusal::Claims));
    assert_eq!(with("sub", json!(4711)), Err(OidcRefusal::Claims));
}

#[test]
fn the_browser_is_sent_away_with_everything_that_ties_it_to_the_attempt() {
    let url =
        attempt().authorization_url(&provider(), &client(), Some("ada@example.org"), Some("fr")).unwrap();
    assert!(url.starts_with(
        "https://login.example.com/authorize?realm=a&response_type=code&client_id=countersign&"
    ));
    for (name, value) in [
        ("redirect_uri", "https://sign.example.org/oidc/back"),
        ("scope", "openid email profile"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(parameter(&attempt(), name), value);
    }
    assert!(url.ends_with("&login_hint=ada%40example.org&ui_locales=fr"), "{url}");
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
    assert_eq!(id_token(r#"{"access_token":"x","id_token":"a.b.c"}"#).unwrap(), "a.b.c");
    for (answer, refusal) in [
        (r#"{"error":"invalid_client"}"#, OidcRefusal::ClientRefused),
        (r#"{"error":"invalid_grant"}"#, OidcRefusal::OtherAttempt),
        (r#"{"error":"server_error","id_token":"a.b.c"}"#, OidcRefusal::ProviderFailed),
        (r#"{"access_token":"x"}"#, OidcRefusal::ProviderFailed),
        ("<html>", OidcRefusal::ProviderFailed),
    ] {
        let refused = id_token(answer).unwrap_err();
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

proptest! {
    #[test]
    fn texts_of_strangers_are_answered_and_break_nothing(token in "\\PC*", head in any::<Vec<u8>>(), keys in "\\PC*") {
        prop_assert!(check(&token).is_err());
        let odd = format!("{0}.{0}.{0}", encoded(&head));
        prop_assert!(check(&odd).is_err());
        let good = rs256(&json!({ "alg": "RS256" }), &claims(&attempt()));
        prop_assert!(attempt().identity(&provider(), &client(), &good, &keys, NOW_S).is_err());
        prop_assert!(attempt().code(&provider(), &token).is_err());
        prop_assert!(Provider::parse(ISSUER, &keys).is_err() && id_token(&token).is_err());
    }

    #[test]
    fn no_bit_of_a_token_can_be_changed(at in 0_usize..10_000, bit in 0_u8..6) {
        let token = es256(&json!({ "alg": "ES256", "kid": "ec" }), &claims(&attempt()));
        let mut bytes = token.clone().into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        if let Ok(altered) = String::from_utf8(bytes) {
            prop_assert!(check(&altered).is_err(), "{at}: {altered}");
        }
    }
}

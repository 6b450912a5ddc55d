//! ID tokens: the right one, and all that are wrong.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use identity::oidc::{Attempt, Identity, OidcRefusal, Provider, Tokens};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::provider::*;

fn check(token: &str) -> Result<Identity, OidcRefusal> {
    attempt().identity(&provider(), &client(), &alone(token), &jwks(), NOW_S)
}

/// An ID token without an access token.
fn alone(token: &str) -> Tokens {
    Tokens { id: token.to_owned(), access: None }
}

/// What comes of a token that is right but for one claim.
fn with(name: &str, value: Value) -> Result<Identity, OidcRefusal> {
    let mut claims = claims(&attempt());
    claims[name] = value;
    check(&rs256(&json!({ "alg": "RS256", "kid": "rsa" }), &claims))
}

#[test]
fn a_token_that_is_right_says_who_it_is() {
    let claims = claims(&attempt());
    for token in [
        rs256(&json!({ "alg": "RS256", "kid": "rsa", "typ": "JWT" }), &claims),
        rs256(&json!({ "alg": "RS256" }), &claims),
        es256(&json!({ "alg": "ES256", "kid": "ec" }), &claims),
        es256(&json!({ "alg": "ES256" }), &claims),
    ] {
        let ada = check(&token).unwrap();
        assert_eq!((ada.issuer.as_str(), ada.subject.as_str()), (ISSUER, "4711"));
        assert_eq!((ada.email.as_deref(), ada.email_verified), (Some("ada@example.org"), true));
        assert_eq!((ada.name.as_deref(), ada.proved_at_s), (Some("Ada Lovelace"), None));
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
    let by =
        |keys: Value| attempt().identity(&provider(), &client(), &alone(&token), &keys.to_string(), NOW_S);
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
    let other = Attempt::new([1; 96], false).identity(&provider(), &client(), &alone(&token), &jwks(), NOW_S);
    assert_eq!(other, Err(OidcRefusal::OtherAttempt));
}

#[test]
fn who_has_to_prove_themselves_anew_did_so_in_the_last_minutes() {
    let prove = |at: Value| {
        let mut claims = claims(&again());
        claims["auth_time"] = at;
        let token = rs256(&json!({ "alg": "RS256" }), &claims);
        again()
            .identity(&provider(), &client(), &alone(&token), &jwks(), NOW_S)
            .map(|identity| identity.proved_at_s)
    };
    assert_eq!(prove(json!(NOW_S - 900)), Ok(Some(NOW_S - 900)));
    assert_eq!(prove(json!(NOW_S - 901)), Err(OidcRefusal::NotProvedAgain));
    assert_eq!(prove(Value::Null), Err(OidcRefusal::NotProvedAgain));
    assert!(with("auth_time", json!(0)).is_ok());
}

#[test]
fn an_id_token_of_another_access_token_is_refused() {
    let mut claims = claims(&attempt());
    // OpenID Connect Core 1.0, A.3 gives this pair.
    claims["at_hash"] = json!("77QmUPtjPfzWtF2AnpK9RQ");
    let id = rs256(&json!({ "alg": "RS256" }), &claims);
    let with = |access: Option<&str>| {
        let tokens = Tokens { id: id.clone(), access: access.map(str::to_owned) };
        attempt().identity(&provider(), &client(), &tokens, &jwks(), NOW_S).map(drop)
    };
    assert_eq!(with(Some("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y")), Ok(()));
    assert_eq!(with(Some("another")), Err(OidcRefusal::OtherAccessToken));
    assert_eq!(with(None), Ok(()), "in this flow it may be left out");
}

#[test]
fn what_the_token_leaves_out_is_taken_from_who_speaks_of_the_same_person() {
    let asked = |said: Value| {
        let mut bare = claims(&attempt());
        for name in ["email", "email_verified", "name"] {
            bare.as_object_mut().unwrap().remove(name);
        }
        let token = rs256(&json!({ "alg": "RS256" }), &bare);
        check(&token).unwrap().with_userinfo(&said.to_string())
    };
    let ada =
        asked(json!({ "sub": "4711", "email": "ada@example.org", "email_verified": true, "upn": "ada" }))
            .unwrap();
    assert_eq!((ada.claim("email"), ada.claim("upn")), (Some("ada@example.org"), Some("ada")));
    let unverified = asked(json!({ "sub": "4711", "email": "ada@example.org" })).unwrap();
    assert_eq!(unverified.claim("email"), None);
    assert_eq!(asked(json!({ "sub": "1", "email": "ada@example.org" })), Err(OidcRefusal::Claims));
    assert_eq!(asked(json!({ "email": "ada@example.org" })), Err(OidcRefusal::Claims));
    // An address in the token stands, and is not made a verified one from elsewhere.
    let said = with("email_verified", json!(false)).unwrap();
    let said =
        said.with_userinfo(r#"{"sub":"4711","email":"eve@example.org","email_verified":true}"#).unwrap();
    assert_eq!((said.email.as_deref(), said.claim("email")), (Some("ada@example.org"), None));
}

#[test]
fn a_claim_is_read_by_its_name_and_an_address_only_where_it_is_verified() {
    let whose =
        |name: &str, value: Value, claim: &str| with(name, value).unwrap().claim(claim).map(str::to_owned);
    assert_eq!(whose("upn", json!("ada@corp.example"), "upn").as_deref(), Some("ada@corp.example"));
    assert_eq!(whose("upn", json!(["ada"]), "upn"), None);
    assert_eq!(whose("upn", json!(""), "upn"), None);
    assert_eq!(whose("sub", json!("4711"), "sub").as_deref(), Some("4711"));
    assert_eq!(whose("email_verified", json!(true), "email").as_deref(), Some("ada@example.org"));
    assert_eq!(whose("email_verified", json!(false), "email"), None);
    assert_eq!(whose("name", Value::Null, "name"), None);
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

proptest! {
    #[test]
    fn texts_of_strangers_are_answered_and_break_nothing(token in "\\PC*", head in any::<Vec<u8>>(), keys in "\\PC*") {
        prop_assert!(check(&token).is_err());
        let odd = format!("{0}.{0}.{0}", encoded(&head));
        prop_assert!(check(&odd).is_err());
        let good = rs256(&json!({ "alg": "RS256" }), &claims(&attempt()));
        prop_assert!(attempt().identity(&provider(), &client(), &alone(&good), &keys, NOW_S).is_err());
        prop_assert!(attempt().code(&provider(), &token).is_err());
        prop_assert!(Provider::parse(ISSUER, &keys).is_err() && Tokens::read(&token).is_err());
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

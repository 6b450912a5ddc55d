//! The provider that is played: its documents, its keys, its tokens.

use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::oidc::{Attempt, Client, Provider};
use serde_json::{Value, json};
use url::Url;

pub const ISSUER: &str = "https://login.example.com/tenant";
pub const NOW_S: u64 = 1_800_000_000;

pub static RSA: LazyLock<RsaKeyPair> = LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap());
pub static EC: LazyLock<EcdsaKeyPair> =
    LazyLock::new(|| EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap());

pub fn encoded(value: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(value)
}

pub fn discovery() -> Value {
    json!({
        "issuer": ISSUER, "authorization_endpoint": "https://login.example.com/authorize?realm=a",
        "token_endpoint": "https://login.example.com/token", "jwks_uri": "https://login.example.com/keys",
        "response_types_supported": ["code"],
    })
}

pub fn provider() -> Provider {
    Provider::parse(ISSUER, &discovery().to_string()).unwrap()
}

pub fn client() -> Client {
    Client {
        id: "countersign".into(),
        secret: Some("s:é".to_owned().into()),
        redirect_uri: "https://sign.example.org/oidc/callback".into(),
        scopes: "openid email".into(),
    }
}

pub fn attempt() -> Attempt {
    Attempt::new(std::array::from_fn(|place| u8::try_from(place).unwrap()), false)
}

pub fn again() -> Attempt {
    Attempt::new([9; 96], true)
}

pub fn parameter(attempt: &Attempt, name: &str) -> String {
    let url = attempt.authorization_url(&provider(), &client(), None, false).unwrap();
    Url::parse(&url).unwrap().query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

pub fn rsa_jwk(id: &str) -> Value {
    let public = RSA.public_key();
    let (modulus, exponent) = (public.modulus(), public.exponent());
    let (n, e) = (modulus.big_endian_without_leading_zero(), exponent.big_endian_without_leading_zero());
    json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": id, "n": encoded(n), "e": encoded(e) })
}

pub fn ec_jwk(id: &str) -> Value {
    let point = EC.public_key().as_ref();
    json!({ "kty": "EC", "crv": "P-256", "kid": id, "x": encoded(&point[1..33]), "y": encoded(&point[33..]) })
}

pub fn jwks() -> String {
    let odd = json!({ "kty": "from the future", "kid": "odd" });
    json!({ "keys": [odd, rsa_jwk("rsa"), ec_jwk("ec")] }).to_string()
}

pub fn claims(attempt: &Attempt) -> Value {
    json!({
        "iss": ISSUER, "sub": "4711", "aud": "countersign", "exp": NOW_S + 60, "iat": NOW_S - 10,
        "nonce": parameter(attempt, "nonce"),
        "email": "ada@example.org", "email_verified": true, "name": "Ada Lovelace",
    })
}

pub fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()))
}

pub fn rs256(header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let mut signature = vec![0; RSA.public_modulus_len()];
    RSA.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
    format!("{message}.{}", encoded(signature))
}

pub fn es256(header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let signature = EC.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    format!("{message}.{}", encoded(signature))
}

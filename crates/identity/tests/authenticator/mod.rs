//! An authenticator in software, with the browser around it: ES256, attestation `none`.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Web Authentication Level 3, 6.1: user present, user verified, attested credential data.
const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const ATTESTED: u8 = 64;

pub struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// What it counts up at each use; `None` for one that does not count.
    pub counter: Option<u32>,
    /// The site that the browser shows.
    pub origin: String,
    /// Whether it asks the person for their finger.
    pub verifies: bool,
}

impl Authenticator {
    pub fn new(origin: &str, id: u8) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        Self { key, id: vec![id; 16], counter: Some(0), origin: origin.to_owned(), verifies: true }
    }

    /// `navigator.credentials.create()` and `toJSON()`.
    pub fn create(&mut self, options: &str) -> Value {
        let options: Value = serde_json::from_str(options).unwrap();
        let options = &options["publicKey"];
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["attestation"], "none");
        let client_data = self.client_data("webauthn.create", &options["challenge"]);
        let data = self.data(options["rp"]["id"].as_str().unwrap(), true);
        let mut object = vec![0xa3];
        object.extend(text("fmt"));
        object.extend(text("none"));
        object.extend(text("attStmt"));
        object.push(0xa0);
        object.extend(text("authData"));
        object.extend(bytes(&data));
        json!({
            "id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "attestationObject": encoded(&object), "clientDataJSON": encoded(client_data.as_bytes()),
                "transports": ["internal", "hybrid"], "publicKeyAlgorithm": -7,
            },
        })
    }

    /// `navigator.credentials.get()` and `toJSON()`.
    pub fn get(&mut self, options: &str) -> Value {
        let options: Value = serde_json::from_str(options).unwrap();
        let options = &options["publicKey"];
        assert_eq!(options["userVerification"], "required");
        let client_data = self.client_data("webauthn.get", &options["challenge"]);
        let data = self.data(options["rpId"].as_str().unwrap(), false);
        let mut signed = data.clone();
        signed.extend(digest(&SHA256, client_data.as_bytes()).as_ref());
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "authenticatorData": encoded(&data), "clientDataJSON": encoded(client_data.as_bytes()),
                "signature": encoded(signature.as_ref()), "userHandle": null,
            },
        })
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> String {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    /// Authenticator data; with a new credential in it when it is being made.
    fn data(&mut self, rp: &str, attested: bool) -> Vec<u8> {
        let mut data = digest(&SHA256, rp.as_bytes()).as_ref().to_vec();
        let verified = if self.verifies { VERIFIED } else { 0 };
        data.push(PRESENT | verified | if attested { ATTESTED } else { 0 });
        if let Some(counter) = &mut self.counter {
            *counter += 1;
        }
        data.extend(self.counter.unwrap_or(0).to_be_bytes());
        if attested {
            data.extend([0; 16]);
            data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
            data.extend(&self.id);
            // RFC 9053 7.1.1: kty EC2, alg ES256, crv P-256, x, y.
            let point = self.key.public_key().as_ref();
            data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]);
            data.extend(bytes(&point[1..33]));
            data.push(0x22);
            data.extend(bytes(&point[33..65]));
        }
        data
    }
}

pub fn encoded(value: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(value)
}

/// RFC 8949: a short text.
fn text(value: &str) -> Vec<u8> {
    [&[0x60 | u8::try_from(value.len()).unwrap()], value.as_bytes()].concat()
}

/// RFC 8949: up to 255 bytes.
fn bytes(value: &[u8]) -> Vec<u8> {
    [&[0x58, u8::try_from(value.len()).unwrap()], value].concat()
}

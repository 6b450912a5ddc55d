//! How the Voice API wants to be logged in to: a token, signed for each request (RFC 7519, `RS256`).

use crate::channel::message::Ticket;
use crate::channel::settings::ChannelError;
use crate::settings::Password;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::json;
use std::fmt;
use std::sync::Arc;

/// Seconds that a token is good for, as Vonage's own clients have it.
const LIFE_S: u64 = 15 * 60;

#[derive(Clone)]
pub(super) struct Signer {
    application: String,
    key: Arc<RsaKeyPair>,
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Signer").field("application", &self.application).finish_non_exhaustive()
    }
}

impl Signer {
    pub(super) fn new(application: &str, pem: &Password) -> Result<Self, ChannelError> {
        let der = der(pem.reveal()).ok_or(ChannelError::PrivateKey)?;
        let key = RsaKeyPair::from_pkcs8(&der).map_err(|_| ChannelError::PrivateKey)?;
        Ok(Self { application: application.to_owned(), key: Arc::new(key) })
    }

    pub(super) fn token(&self, ticket: &Ticket) -> Option<String> {
        let head = json!({ "alg": "RS256", "typ": "JWT" });
        let claims = json!({
            "application_id": self.application,
            "iat": ticket.now_s,
            "jti": uuid(ticket.random),
            "exp": ticket.now_s.saturating_add(LIFE_S),
        });
        let encoded = |it: serde_json::Value| URL_SAFE_NO_PAD.encode(it.to_string());
        let signed = format!("{}.{}", encoded(head), encoded(claims));
        let mut signature = vec![0; self.key.public_modulus_len()];
        // This kind of signature uses no chance (RFC 8017 8.2); the library asks for a source all the same.
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).ok()?;
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn der(pem: &str) -> Option<Vec<u8>> {
    // Where a line break cannot be written, in an environment variable say, people write \n.
    let pem = pem.replace("\\n", "\n");
    let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----")?;
    let (body, _) = rest.split_once("-----END PRIVATE KEY-----")?;
    let body: String = body.chars().filter(|it| !it.is_whitespace()).collect();
    STANDARD.decode(body).ok()
}

/// A version 4 UUID (RFC 9562 5.4) of these bytes.
fn uuid(random: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(random) & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let text = format!("{bits:032x}");
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    for length in [8, 4, 4, 4, 12] {
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_becomes_a_uuid_of_version_4() {
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn a_text_that_is_no_key_is_refused() {
        for pem in ["", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
            assert_eq!(
                Signer::new("app", &Password::new(pem)).err(),
                Some(ChannelError::PrivateKey),
                "{pem}"
            );
        }
    }
}

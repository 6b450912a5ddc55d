//! Signatures as Standard Webhooks writes them (<https://www.standardwebhooks.com>, "Signature scheme").

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

const PREFIX: &str = "whsec_";

/// A symmetric secret that a webhook is signed with: 24 to 64 bytes, written `whsec_` and Base64. Shows itself to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(Vec<u8>);

impl SigningSecret {
    /// A new one, of 32 random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(bytes.to_vec())
    }

    /// From its text.
    ///
    /// # Errors
    /// [`SigningSecretError`] where it is not `whsec_` followed by the Base64 of 24 to 64 bytes.
    pub fn parse(text: &str) -> Result<Self, SigningSecretError> {
        let encoded = text.strip_prefix(PREFIX).ok_or(SigningSecretError)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| SigningSecretError)?;
        if (24..=64).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(SigningSecretError) }
    }

    /// Its text, for the one who receives the webhooks.
    pub fn to_text(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SigningSecret(…)")
    }
}

/// A text that is no secret to sign with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigningSecretError;

impl fmt::Display for SigningSecretError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a webhook secret is whsec_ followed by the Base64 of 24 to 64 bytes")
    }
}

impl std::error::Error for SigningSecretError {}

/// The value of `webhook-signature`: one signature for each secret, the newest first, so that a receiver who still has
/// the old secret goes on while it is being replaced. `timestamp_s` counts seconds since 1970, and is this attempt's
/// time, not the event's: receivers refuse what is older than a few minutes.
pub fn sign(secrets: &[SigningSecret], id: &str, timestamp_s: u64, body: &[u8]) -> String {
    let head = format!("{id}.{timestamp_s}.");
    let signatures = secrets.iter().map(|secret| {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &secret.0));
        context.update(head.as_bytes());
        context.update(body);
        format!("v1,{}", STANDARD.encode(context.sign()))
    });
    signatures.collect::<Vec<_>>().join(" ")
}

/// The three headers of a signed webhook. `id` names the event and stays the same at each attempt, so that receivers
/// can tell a repetition.
pub fn signed_headers(
    secrets: &[SigningSecret],
    id: &str,
    timestamp_s: u64,
    body: &[u8],
) -> [(String, String); 3] {
    [
        ("webhook-id".to_owned(), id.to_owned()),
        ("webhook-timestamp".to_owned(), timestamp_s.to_string()),
        ("webhook-signature".to_owned(), sign(secrets, id, timestamp_s, body)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
    const SIGNATURE: &str = "v1,43yiN1y+Z4P+d1YRCf1HkbZUycYoSUe9mghhN+xqvkE=";

    fn secret() -> SigningSecret {
        SigningSecret::parse(SECRET).unwrap()
    }

    #[test]
    fn a_known_message_has_its_known_signature() {
        let body = br#"{"id":"evt_test"}"#;
        assert_eq!(sign(&[secret()], "msg_test", 1_735_689_599, body), SIGNATURE);
    }

    #[test]
    fn while_a_secret_is_replaced_both_sign() {
        let new = SigningSecret::from_random([7; 32]);
        let value = sign(&[new.clone(), secret()], "msg_test", 1_735_689_599, br#"{"id":"evt_test"}"#);
        let alone = sign(&[new], "msg_test", 1_735_689_599, br#"{"id":"evt_test"}"#);
        assert_eq!(value, format!("{alone} {SIGNATURE}"));
    }

    #[test]
    fn id_and_time_are_signed_too() {
        let signed = |id, time| sign(&[secret()], id, time, b"{}");
        assert_ne!(signed("msg_1", 1), signed("msg_2", 1));
        assert_ne!(signed("msg_1", 1), signed("msg_1", 2));
    }

    #[test]
    fn a_secret_of_24_bytes_passes_and_of_64_and_others_do_not() {
        let text = |bytes: usize| format!("whsec_{}", STANDARD.encode(vec![1; bytes]));
        for (bytes, passes) in [(23, false), (24, true), (64, true), (65, false), (0, false)] {
            assert_eq!(SigningSecret::parse(&text(bytes)).is_ok(), passes, "{bytes}");
        }
        assert_eq!(SigningSecret::parse(SECRET.trim_start_matches("whsec_")), Err(SigningSecretError));
        assert_eq!(SigningSecret::parse("whsec_!"), Err(SigningSecretError));
    }

    #[test]
    fn a_secret_is_read_as_it_was_written_and_shows_itself_to_nobody() {
        let made = SigningSecret::from_random([9; 32]);
        assert_eq!(SigningSecret::parse(&made.to_text()), Ok(made.clone()));
        assert_eq!(format!("{made:?}"), "SigningSecret(…)");
    }
}

//! Receipts of Vonage: of short messages with a `sig` among the fields, of calls with a token in `Authorization`.

use super::Vonage;
use crate::channel::callback::{Callback, Receipt, ReceiptFault, ReceiptStatus, same, scalar};
use crate::settings::Password;
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

impl Vonage {
    pub(in crate::channel) fn receipt(&self, callback: &Callback<'_>) -> Result<Receipt, ReceiptFault> {
        let secret = self.settings.signature_secret.as_ref().filter(|it| !it.reveal().is_empty());
        let secret = secret.ok_or(ReceiptFault::NotAuthentic)?;
        let said = callback.object();
        let authentic = match (said.get("sig"), callback.header("authorization")) {
            (Some(claimed), _) => is_signed(&said, claimed, secret),
            (None, Some(token)) => is_vouched_for(callback.body, &said, token, secret),
            (None, None) => false,
        };
        if !authentic {
            return Err(ReceiptFault::NotAuthentic);
        }
        let receipt = read(&said)?;
        // Calls bring no name of ours but in the address.
        Ok(Receipt { key: receipt.key.or_else(|| callback.key()), ..receipt })
    }
}

/// <https://developer.vonage.com/en/getting-started/concepts/signing-messages>: each field but `sig`, in order, as
/// `&name=value`, with `&` and `=` in a value as `_`; HMAC-SHA256 in hexadecimal.
fn is_signed(said: &Map<String, Value>, claimed: &Value, secret: &Password) -> bool {
    let mut fields: Vec<(&str, String)> = said
        .iter()
        .filter(|(name, _)| *name != "sig")
        .map(|(name, value)| (name.as_str(), scalar(value).unwrap_or_default().replace(['&', '='], "_")))
        .collect();
    fields.sort();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
    let mut context = hmac::Context::with_key(&key);
    for (name, value) in fields {
        context.update(format!("&{name}={value}").as_bytes());
    }
    let known = hex(context.sign().as_ref());
    claimed.as_str().is_some_and(|it| same(it.to_ascii_lowercase().as_bytes(), known.as_bytes()))
}

/// <https://developer.vonage.com/en/getting-started/concepts/webhooks>: a token (`HS256`) that names the digest of what
/// was sent. It is of the body's JSON without blanks; a body that is written otherwise is written anew. A token's age
/// does not count, since what is repeated here says nothing new.
fn is_vouched_for(body: &[u8], said: &Map<String, Value>, token: &str, secret: &Password) -> bool {
    let Some(token) = token.strip_prefix("Bearer ") else { return false };
    let Some((signed, signature)) = token.rsplit_once('.') else { return false };
    let Some((_, claims)) = signed.split_once('.') else { return false };
    let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
    // The token is not asked which algorithm it likes: there is one.
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
    if hmac::verify(&key, signed.as_bytes(), &signature).is_err() {
        return false;
    }
    let claims = URL_SAFE_NO_PAD.decode(claims).unwrap_or_default();
    let claims: Value = serde_json::from_slice(&claims).unwrap_or_default();
    let Some(claimed) = claims.get("payload_hash").and_then(Value::as_str) else { return false };
    let claimed = claimed.to_ascii_lowercase();
    let rewritten = Value::Object(said.clone()).to_string();
    [body, rewritten.as_bytes()].iter().any(|it| {
        let known = hex(digest::digest(&digest::SHA256, it).as_ref());
        same(claimed.as_bytes(), known.as_bytes())
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn read(said: &Map<String, Value>) -> Result<Receipt, ReceiptFault> {
    let field = |name: &str| said.get(name).and_then(scalar);
    let id = field("messageId").or_else(|| field("message-id")).or_else(|| field("uuid"));
    let (id, status) = id.zip(field("status")).ok_or(ReceiptFault::NotUnderstood)?;
    let status = match status.to_ascii_lowercase().as_str() {
        "delivered" | "answered" | "human" | "machine" | "completed" => ReceiptStatus::Delivered,
        "failed" | "expired" | "rejected" | "busy" | "timeout" | "unanswered" | "cancelled"
        | "disconnected" => ReceiptStatus::Failed,
        // accepted, buffered, unknown, started, ringing, and what there will be.
        _ => ReceiptStatus::Pending,
    };
    let reason = field("err-code").filter(|it| !it.trim_start_matches('0').is_empty());
    Ok(Receipt { id, key: field("client-ref"), status, reason })
}

//! SendGrid's signed event webhook:
//! <https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features>.

use super::name::{FAILED, is_name, of_message_id, status};
use super::{BounceFault, BounceReport};
use crate::channel::Callback;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// What a mail carries to SendGrid comes back in each of its events.
pub(super) const HEADER: &str = "X-SMTPAPI";
/// The key there.
const KEY: &str = "dispatch";
/// More events than this come in no request of SendGrid's.
const EVENTS_MAX: usize = 10_000;

/// The header's value; a name of ours needs no escapes.
pub(super) fn header(name: &str) -> String {
    format!("{{\"unique_args\":{{\"{KEY}\":\"{name}\"}}}}")
}

/// The verification key, as SendGrid shows it: a SubjectPublicKeyInfo (RFC 5480) in Base64.
pub(super) fn public_key(key: &str) -> Option<ParsedPublicKey> {
    let lines = key.lines().filter(|line| !line.starts_with("-----")).map(str::trim);
    let bytes = STANDARD.decode(lines.collect::<String>()).ok()?;
    ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, bytes).ok()
}

pub(super) fn read(callback: &Callback<'_>, key: &str) -> Result<Vec<BounceReport>, BounceFault> {
    is_signed(callback, key).ok_or(BounceFault::NotAuthentic)?;
    let events: Vec<Value> = serde_json::from_slice(callback.body).map_err(|_| BounceFault::NotUnderstood)?;
    if events.len() > EVENTS_MAX {
        return Err(BounceFault::TooLarge);
    }
    Ok(events.iter().filter_map(report).collect())
}

/// ECDSA over the time and the body as it came.
fn is_signed(callback: &Callback<'_>, key: &str) -> Option<()> {
    let signature = STANDARD.decode(callback.header("x-twilio-email-event-webhook-signature")?).ok()?;
    let mut signed = callback.header("x-twilio-email-event-webhook-timestamp")?.as_bytes().to_vec();
    signed.extend_from_slice(callback.body);
    public_key(key)?.verify_sig(&signed, &signature).ok()
}

fn report(event: &Value) -> Option<BounceReport> {
    let field = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default();
    let failed = match field("event") {
        // `blocked` is a refusal that speaks of us, or of now.
        "bounce" => field("type") != "blocked",
        // What came back before is not even tried; other reasons speak of us.
        "dropped" => matches!(field("reason"), "Bounced Address" | "Invalid"),
        "deferred" => false,
        _ => return None,
    };
    let own = Some(field(KEY)).filter(|it| is_name(it)).map(str::to_owned);
    let exact = status(field("status")).or_else(|| field("reason").split_whitespace().find_map(status));
    Some(BounceReport {
        names: own.into_iter().chain(of_message_id(field("smtp-id"))).collect(),
        failed,
        status: exact.unwrap_or_else(|| FAILED.to_owned()),
    })
}

//! Mailgun's webhooks: <https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks>. The signature
//! stands in the body and covers a time and a token, not what is said; so it is good for a day only.

use super::name::{FAILED, of_message_id, status};
use super::{BounceFault, BounceReport};
use crate::settings::Password;
use aws_lc_rs::hmac;
use serde_json::Value;

/// Mailgun tries for eight hours; clocks differ.
const GOOD_FOR_S: i64 = 24 * 60 * 60;

pub(super) fn read(body: &[u8], key: &Password, now_s: i64) -> Result<Vec<BounceReport>, BounceFault> {
    let said: Value = serde_json::from_slice(body).map_err(|_| BounceFault::NotUnderstood)?;
    is_signed(&said, key, now_s).ok_or(BounceFault::NotAuthentic)?;
    let event = said.get("event-data").ok_or(BounceFault::NotUnderstood)?;
    let field = |pointer: &str| event.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    if field("/event") != "failed" {
        return Ok(Vec::new());
    }
    let exact =
        status(field("/delivery-status/enhanced-code")).or_else(|| status(field("/delivery-status/message")));
    Ok(vec![BounceReport {
        names: of_message_id(field("/message/headers/message-id")).into_iter().collect(),
        failed: field("/severity") == "permanent",
        status: exact.unwrap_or_else(|| FAILED.to_owned()),
    }])
}

/// HMAC-SHA256 of the time and the token, in hexadecimal, under the account's key for webhooks.
fn is_signed(said: &Value, key: &Password, now_s: i64) -> Option<()> {
    let field = |name: &str| said.pointer("/signature")?.get(name).and_then(Value::as_str);
    let (time, token, claimed) = (field("timestamp")?, field("token")?, field("signature")?);
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.reveal().as_bytes());
    let claimed = bytes(claimed)?;
    hmac::verify(&key, format!("{time}{token}").as_bytes(), &claimed).ok()?;
    let age = now_s.checked_sub(time.parse().ok()?)?;
    (age.checked_abs()? <= GOOD_FOR_S).then_some(())
}

/// From hexadecimal digits.
fn bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() > 128 || !text.len().is_multiple_of(2) {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    text.as_bytes().chunks(2).map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

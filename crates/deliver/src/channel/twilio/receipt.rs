//! Receipts of Twilio (`StatusCallback`), signed as <https://www.twilio.com/docs/usage/security> says.

use super::Twilio;
use crate::channel::callback::{Callback, Receipt, ReceiptFault, ReceiptStatus};
use crate::settings::Password;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

impl Twilio {
    pub(in crate::channel) fn receipt(&self, callback: &Callback<'_>) -> Result<Receipt, ReceiptFault> {
        let fields = callback.form();
        let (key, algorithm) = self.signed_with(callback)?;
        let signature = callback.header("x-twilio-signature").ok_or(ReceiptFault::NotAuthentic)?;
        let signature = STANDARD.decode(signature).map_err(|_| ReceiptFault::NotAuthentic)?;
        if key.reveal().is_empty() {
            return Err(ReceiptFault::NotAuthentic);
        }
        let key = hmac::Key::new(algorithm, key.reveal().as_bytes());
        let authentic = spellings(callback.url)
            .iter()
            .any(|url| hmac::verify(&key, signed(url, &fields).as_bytes(), &signature).is_ok());
        if !authentic {
            return Err(ReceiptFault::NotAuthentic);
        }
        let receipt = read(if fields.is_empty() { callback.query() } else { fields })?;
        Ok(Receipt { key: callback.key(), ..receipt })
    }

    /// Without the header that says otherwise: SHA-1 and the account's token.
    fn signed_with(&self, callback: &Callback<'_>) -> Result<(&Password, hmac::Algorithm), ReceiptFault> {
        let said = callback.header("x-twilio-webhooks-signature-settings").unwrap_or_default();
        let algorithm = said.split(',').find_map(|part| part.trim().strip_prefix("algorithm="));
        match algorithm.map(str::to_ascii_uppercase).as_deref() {
            None | Some("" | "HMAC_SHA1") => {
                Ok((&self.settings.auth_token, hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY))
            }
            Some("HMAC_SHA256") => {
                let key = self.settings.receipts_key.as_ref().ok_or(ReceiptFault::NotAuthentic)?;
                Ok((key, hmac::HMAC_SHA256))
            }
            Some(_) => Err(ReceiptFault::NotAuthentic),
        }
    }
}

/// What is signed: the address, and each field with its value, in order, without repetitions.
fn signed(url: &str, fields: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort();
    sorted.dedup();
    sorted.iter().fold(url.to_owned(), |text, (name, value)| text + name + value)
}

/// The address without and with its port: Twilio signs sometimes the one and sometimes the other.
fn spellings(url: &str) -> Vec<String> {
    let mut spellings = vec![url.to_owned()];
    let Some((scheme, rest)) = url.split_once("://") else { return spellings };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    // A colon inside brackets belongs to an IPv6 address.
    let port = host.rfind(':').filter(|at| host.rfind(']').is_none_or(|bracket| bracket < *at));
    spellings.push(match port {
        Some(at) => format!("{scheme}://{}{path}", host.get(..at).unwrap_or(host)),
        None => format!("{scheme}://{host}:{}{path}", if scheme == "https" { 443 } else { 80 }),
    });
    spellings
}

fn read(fields: Vec<(String, String)>) -> Result<Receipt, ReceiptFault> {
    let field = |name: &str| {
        fields.iter().find(|(it, value)| it == name && !value.is_empty()).map(|(_, value)| value.clone())
    };
    let message = field("MessageSid").zip(field("MessageStatus"));
    let call = || field("CallSid").zip(field("CallStatus"));
    let (id, status) = message.or_else(call).ok_or(ReceiptFault::NotUnderstood)?;
    let status = match status.as_str() {
        "delivered" | "read" | "completed" => ReceiptStatus::Delivered,
        "failed" | "undelivered" | "canceled" | "busy" | "no-answer" => ReceiptStatus::Failed,
        // queued, accepted, scheduled, sending, sent, initiated, ringing, in-progress, and what there will be.
        _ => ReceiptStatus::Pending,
    };
    let reason = field("ErrorCode").filter(|it| it != "0");
    Ok(Receipt { id, key: None, status, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_tried_with_its_port_and_without() {
        for (url, other) in [
            ("https://s.example.org/r?x=1", "https://s.example.org:443/r?x=1"),
            ("http://s.example.org/r", "http://s.example.org:80/r"),
            ("https://s.example.org:8443/r", "https://s.example.org/r"),
            ("https://[::1]/r", "https://[::1]:443/r"),
            ("https://[::1]:8443/r", "https://[::1]/r"),
            ("https://s.example.org", "https://s.example.org:443"),
        ] {
            assert_eq!(spellings(url), [url, other]);
        }
    }

    #[test]
    fn fields_are_signed_in_order_and_once() {
        let pairs = [("b", "2"), ("a", "1"), ("b", "1"), ("b", "2")];
        let fields: Vec<_> = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(signed("https://x/", &fields), "https://x/a1b1b2");
    }
}

//! What a provider tells us later.

use aws_lc_rs::constant_time;
use serde_json::{Map, Value};
use std::fmt;

/// A request that claims to come from a provider, as it arrived.
#[derive(Clone, Copy)]
pub struct Callback<'a> {
    /// The address that was called, as the provider wrote it: scheme, public host, path, query.
    pub url: &'a str,
    /// Its headers.
    pub headers: &'a [(String, String)],
    /// Its body.
    pub body: &'a [u8],
}

impl fmt::Debug for Callback<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Callback(…)")
    }
}

/// What a provider says became of a message or call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What the provider calls it, as in [`Handed::Accepted`](super::Handed::Accepted).
    pub id: String,
    /// What we called it, where the provider gives that back.
    pub key: Option<String>,
    /// How it stands.
    pub status: ReceiptStatus,
    /// The provider's number for what went wrong.
    pub reason: Option<String>,
}

/// How a message or call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptStatus {
    /// The telephone has it. Of a call: somebody, or something, took it off the hook.
    Delivered,
    /// It will not arrive any more.
    Failed,
    /// It is on its way.
    Pending,
}

/// Why a receipt was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceiptFault {
    /// It is not signed, or not by this provider with our secret, or we have no secret to compare with.
    NotAuthentic,
    /// It is the provider's, and says nothing about a message.
    NotUnderstood,
}

impl ReceiptFault {
    /// A stable word for logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAuthentic => "receipt_not_authentic",
            Self::NotUnderstood => "receipt_not_understood",
        }
    }
}

impl fmt::Display for ReceiptFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotAuthentic => "the receipt does not come from our provider",
            Self::NotUnderstood => "the receipt names no message and no status",
        })
    }
}

impl std::error::Error for ReceiptFault {}

impl Callback<'_> {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn query(&self) -> Vec<(String, String)> {
        let query = self.url.split_once('?').map_or("", |(_, query)| query);
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// What the address calls the message.
    pub(super) fn key(&self) -> Option<String> {
        self.query().into_iter().rev().find(|(name, _)| name == KEY).map(|(_, key)| key)
    }

    fn is_json(&self) -> bool {
        self.header("content-type").is_some_and(|it| it.to_ascii_lowercase().contains("json"))
    }

    /// The fields of a form; none where the body is something else.
    pub(super) fn form(&self) -> Vec<(String, String)> {
        if self.is_json() {
            return Vec::new();
        }
        url::form_urlencoded::parse(self.body).into_owned().collect()
    }

    /// What it says, however it says it: a JSON object as it is, a form or, without a body, a query as an object of
    /// texts.
    pub(super) fn object(&self) -> Map<String, Value> {
        if self.is_json() {
            return match serde_json::from_slice(self.body) {
                Ok(Value::Object(object)) => object,
                _ => Map::new(),
            };
        }
        let pairs = if self.body.is_empty() { self.query() } else { self.form() };
        pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect()
    }
}

/// What a receipt's address calls the message, for providers that give nothing else of ours back.
const KEY: &str = "message";

/// The address for receipts of one message.
pub(super) fn receipts_of(url: &str, key: &str) -> String {
    let (bare, fragment) = url.split_once('#').map_or((url, None), |(bare, fragment)| (bare, Some(fragment)));
    let joint = if bare.contains('?') { '&' } else { '?' };
    let key: String = url::form_urlencoded::byte_serialize(key.as_bytes()).collect();
    let fragment = fragment.map(|it| format!("#{it}")).unwrap_or_default();
    format!("{bare}{joint}{KEY}={key}{fragment}")
}

/// Compares what somebody claims with what we know, in the same time whatever they have in common.
pub(super) fn same(claimed: &[u8], known: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(claimed, known).is_ok()
}

/// A text or a number of JSON, as text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

//! How an HTTP service is described.

use crate::channel::settings::fifteen;
use crate::settings::Password;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A service that takes an HTTP request for each message.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewaySettings {
    /// The request that sends a short message; without it there are none.
    #[serde(default)]
    pub text: Option<GatewayRequest>,
    /// The request that has a telephone called; without it there are no calls.
    #[serde(default)]
    pub call: Option<GatewayRequest>,
    /// How the service's receipts are read; without it none are accepted.
    #[serde(default)]
    pub receipts: Option<GatewayReceipts>,
    /// Whether an address may begin with `http://`: a service in the operator's own network.
    #[serde(default)]
    pub plain_http: bool,
    /// Seconds that a request may take.
    #[serde(default = "fifteen")]
    pub timeout_s: u64,
    /// Certificates of further authorities to trust, PEM, one after another.
    #[serde(default)]
    pub authorities_pem: Option<String>,
}

/// One request. URL, header values and body may have placeholders: `{{to}}` (with its `+`), `{{to_digits}}` (without),
/// `{{text}}`, `{{words}}` (spoken words twice), `{{words_once}}`, `{{language}}`, `{{key}}`. `{{text}}` and
/// `{{words_once}}` are the same.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayRequest {
    /// The method; `POST` where nothing is said.
    #[serde(default)]
    pub method: Method,
    /// The address. Shown to nobody, because many services have their password in it.
    pub url: Password,
    /// Headers; shown to nobody.
    #[serde(default)]
    pub headers: BTreeMap<String, Password>,
    /// The body, where there is one.
    #[serde(default)]
    pub body: Option<String>,
    /// How values are written into the body, and its type; `json` where nothing is said.
    #[serde(default)]
    pub encoding: Encoding,
    /// Statuses that mean "accepted"; all of 2xx where none is given.
    #[serde(default)]
    pub accepted_statuses: Vec<u16>,
    /// Where the answer's JSON says whether it is accepted, as a JSON pointer (RFC 6901): `/messages/0/status`.
    #[serde(default)]
    pub accepted_at: Option<String>,
    /// What stands there when it is; any text or number where none is given.
    #[serde(default)]
    pub accepted_values: Vec<String>,
    /// Where the answer's JSON has the service's name for the message, as a JSON pointer.
    #[serde(default)]
    pub id_at: Option<String>,
}

impl GatewayRequest {
    /// A request to this address, everything else as it is where nothing is configured.
    pub fn new(url: Password) -> Self {
        Self {
            method: Method::default(),
            url,
            headers: BTreeMap::new(),
            body: None,
            encoding: Encoding::default(),
            accepted_statuses: Vec::new(),
            accepted_at: None,
            accepted_values: Vec::new(),
            id_at: None,
        }
    }
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    #[default]
    Post,
    /// `PUT`
    Put,
}

/// How values are written into a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// As the inside of a JSON text; the template has the quotation marks.
    #[default]
    Json,
    /// As a value of `application/x-www-form-urlencoded`.
    Form,
}

/// How a service's receipts are read. They are JSON, a form, or a query.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayReceipts {
    /// What the service says to prove itself.
    pub secret: Password,
    /// Where it says so.
    #[serde(default)]
    pub secret_in: SecretPlace,
    /// The name of the header or field of the query; `authorization` where nothing is said, where it may stand after
    /// `Bearer`.
    #[serde(default = "authorization")]
    pub secret_name: String,
    /// Where the service's name for the message stands, as a JSON pointer; of a form or query, `/` and the field's name.
    pub id_at: String,
    /// Where our name for the message stands.
    #[serde(default)]
    pub key_at: Option<String>,
    /// Where the status stands.
    pub status_at: String,
    /// What stands there when the message arrived.
    pub delivered: Vec<String>,
    /// What stands there when it will not arrive any more. Everything else means that it is on its way.
    #[serde(default)]
    pub failed: Vec<String>,
}

/// Where a secret is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretPlace {
    /// In a header.
    #[default]
    Header,
    /// In the query of the address.
    Query,
}

fn authorization() -> String {
    "authorization".to_owned()
}

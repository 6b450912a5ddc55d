//! Where the service is that holds people's keys, and whose they are.

use crate::settings::Password;
use serde::Deserialize;

/// Where the service is, and whose keys it holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteKeySettings {
    /// The beginning of its addresses, with the version: `https://keys.example.org/csc/v2`.
    pub url: String,
    /// The token by which it knows this server (CSC API 8.2: service authorization).
    pub access_token: Password,
    /// The PIN of the credentials, where they have one.
    #[serde(default)]
    pub pin: Option<Password>,
    /// Whose keys it holds.
    pub credentials: Vec<Credential>,
    /// Seconds that a request may take. The service may ask its owner first.
    #[serde(default = "three_minutes")]
    pub timeout_s: u64,
    /// Whether the address may begin with `http://` outside of this machine.
    #[serde(default)]
    pub plain_http: bool,
    /// Certificates of further authorities to trust, PEM, one after another.
    #[serde(default)]
    pub authorities_pem: Option<String>,
}

/// One person's key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Name of the tenant in whose envelopes it signs.
    pub tenant: String,
    /// The person's address.
    pub email: String,
    /// What the service calls it (`credentialID`).
    pub credential: String,
}

fn three_minutes() -> u64 {
    180
}

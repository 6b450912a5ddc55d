//! What the operator says about webhooks.

use serde::Deserialize;
use std::fmt;

/// What the operator says about webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CallerSettings {
    /// Whether an address may begin with `http://`; not, where nothing is said.
    pub plain_http: bool,
    /// What may be reached besides the public internet: blocks of addresses (`10.1.0.0/16`), single addresses, and host
    /// names, which may then lead anywhere.
    pub allow: Vec<String>,
    /// Milliseconds that an attempt may take, from the look-up of the name to the answer's last byte; 15,000.
    pub timeout_ms: u64,
    /// Certificates of further authorities to trust, PEM, one after another.
    pub authorities_pem: Option<String>,
}

impl Default for CallerSettings {
    fn default() -> Self {
        Self { plain_http: false, allow: Vec::new(), timeout_ms: 15_000, authorities_pem: None }
    }
}

/// Why no webhook can be sent with these settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallerError {
    /// What may be reached besides the public internet is neither a block of addresses nor an address nor a host name.
    Allow,
    /// The certificates of further authorities cannot be read, or the system's own cannot.
    Authorities,
}

impl fmt::Display for CallerError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Allow => {
                "what webhooks may reach is a list of blocks like 10.1.0.0/16, of addresses and of host names"
            }
            Self::Authorities => "the certificates of the authorities to trust cannot be read",
        })
    }
}

impl std::error::Error for CallerError {}

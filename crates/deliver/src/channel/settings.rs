//! Which provider, and how it is reached.

use super::gateway::settings::GatewaySettings;
use super::twilio::TwilioSettings;
use super::vonage::VonageSettings;
use serde::Deserialize;
use std::fmt;

/// Which provider, and how it is reached; `provider = "twilio"` and its own settings beside it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "provider", rename_all = "lowercase")]
#[non_exhaustive]
pub enum ChannelSettings {
    /// Twilio.
    Twilio(TwilioSettings),
    /// Vonage, whose API still answers under its old name, Nexmo.
    Vonage(VonageSettings),
    /// Any service that takes an HTTP request.
    Http(Box<GatewaySettings>),
}

impl ChannelSettings {
    /// Has receipts sent to this address, where they can be trusted and no other address is set.
    pub fn receipts_to(&mut self, url: &str) {
        match self {
            Self::Twilio(it) => {
                let _ = it.receipts_url.get_or_insert_with(|| url.to_owned());
            }
            // Without it no receipt of theirs could be told from a stranger's.
            Self::Vonage(it) if it.signature_secret.is_some() && url.chars().count() <= 100 => {
                let _ = it.receipts_url.get_or_insert_with(|| url.to_owned());
            }
            Self::Vonage(_) | Self::Http(_) => {}
        }
    }

    /// The word by which the configuration names the provider.
    pub fn provider(&self) -> &'static str {
        match self {
            Self::Twilio(_) => "twilio",
            Self::Vonage(_) => "vonage",
            Self::Http(_) => "http",
        }
    }
}

/// Why no message can be sent with these settings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelError {
    /// An address is not a URL with a host.
    Url,
    /// Passwords and codes would cross the network readable. Use `https`.
    NotEncrypted,
    /// The account's name has characters that no account's has.
    Account,
    /// Two settings belong together and only one is given.
    Half(&'static str),
    /// There is nobody to send as: neither a number nor a messaging service.
    NoSender,
    /// The private key is not an RSA key in PEM (`BEGIN PRIVATE KEY`).
    PrivateKey,
    /// A template has a placeholder that does not exist, or one that is not closed.
    Placeholder(String),
    /// A template does not make valid JSON of a message.
    Json,
    /// A header's name or value has characters that cannot be sent.
    Header(String),
    /// The certificates of further authorities cannot be read, or the system's own cannot.
    Authorities,
}

impl fmt::Display for ChannelError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url => out.write_str("the provider's address is not a URL"),
            Self::NotEncrypted => out.write_str(
                "nothing secret is sent without encryption; the provider's address has to be https",
            ),
            Self::Account => out.write_str("the provider's account is written in letters and digits"),
            Self::Half(names) => write!(out, "{names} belong together; give both or neither"),
            Self::NoSender => out.write_str("the provider needs a number to send from"),
            Self::PrivateKey => {
                out.write_str("the private key has to be an RSA key in PEM, beginning with BEGIN PRIVATE KEY")
            }
            Self::Placeholder(name) => write!(
                out,
                "there is no placeholder {name}; there are to, to_digits, text, words, words_once, language, key"
            ),
            Self::Json => {
                out.write_str("the body does not become valid JSON when its placeholders are filled")
            }
            Self::Header(name) => write!(out, "the header {name} cannot be sent"),
            Self::Authorities => out.write_str("the certificates of the authorities to trust cannot be read"),
        }
    }
}

impl std::error::Error for ChannelError {}

pub(super) fn fifteen() -> u64 {
    15
}

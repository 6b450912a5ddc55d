//! Vonage: its SMS API and its Voice API (version 1).
//!
//! What we call a short message goes with it as `client-ref` and comes back in its receipts; neither API keeps a
//! repetition from being sent.

mod gsm;
mod receipt;
mod token;

use super::fault::ChannelFault;
use super::message::{Call, Medium, TextMessage, Ticket};
use super::settings::{ChannelError, fifteen};
use super::wire::{self, Answer};
use super::{callback, spoken};
use crate::settings::Password;
use reqwest::Client;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use serde::Deserialize;
use serde_json::{Value, json};
use token::Signer;

/// How Vonage is reached.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VonageSettings {
    /// The account's key.
    pub api_key: String,
    /// The account's secret.
    pub api_secret: Password,
    /// The number or name that messages and calls come from. Calls need a number.
    pub from: String,
    /// The application that calls are made by.
    #[serde(default)]
    pub application_id: Option<String>,
    /// The application's private key, PEM (`BEGIN PRIVATE KEY`).
    #[serde(default)]
    pub private_key: Option<Password>,
    /// The account's signature secret, with the method SHA-256 HMAC; without it receipts are not accepted.
    #[serde(default)]
    pub signature_secret: Option<Password>,
    /// Where Vonage sends receipts of short messages and events of calls; at most 100 characters.
    #[serde(default)]
    pub receipts_url: Option<String>,
    /// Another address than `https://rest.nexmo.com` for short messages.
    #[serde(default = "rest")]
    pub sms_url: String,
    /// Another address than `https://api.nexmo.com` for calls.
    #[serde(default = "api")]
    pub voice_url: String,
    /// Seconds that a request may take.
    #[serde(default = "fifteen")]
    pub timeout_s: u64,
    /// Certificates of further authorities to trust, PEM, one after another.
    #[serde(default)]
    pub authorities_pem: Option<String>,
}

fn rest() -> String {
    "https://rest.nexmo.com".to_owned()
}

fn api() -> String {
    "https://api.nexmo.com".to_owned()
}

impl VonageSettings {
    /// An account, its secret and its number, everything else as it is where nothing is configured.
    pub fn new(api_key: impl Into<String>, api_secret: Password, from: impl Into<String>) -> Self {
        Self {
            api_key: api_key.into(),
            api_secret,
            from: from.into(),
            application_id: None,
            private_key: None,
            signature_secret: None,
            receipts_url: None,
            sms_url: rest(),
            voice_url: api(),
            timeout_s: fifteen(),
            authorities_pem: None,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Vonage {
    client: Client,
    settings: VonageSettings,
    signer: Option<Signer>,
    sms_url: String,
    voice_url: String,
}

impl Vonage {
    pub(super) fn new(settings: &VonageSettings) -> Result<Self, ChannelError> {
        if settings.from.is_empty() {
            return Err(ChannelError::NoSender);
        }
        if settings.receipts_url.as_ref().is_some_and(|it| it.chars().count() > 100) {
            return Err(ChannelError::Url);
        }
        let signer = match (&settings.application_id, &settings.private_key) {
            (Some(application), Some(key)) => Some(Signer::new(application, key)?),
            (None, None) => None,
            _ => return Err(ChannelError::Half("application_id and private_key")),
        };
        Ok(Self {
            client: wire::client(settings.timeout_s, settings.authorities_pem.as_deref())?,
            signer,
            sms_url: format!("{}/sms/json", wire::base(&settings.sms_url, false)?),
            voice_url: format!("{}/v1/calls", wire::base(&settings.voice_url, false)?),
            settings: settings.clone(),
        })
    }

    pub(super) fn carries(&self, medium: Medium) -> bool {
        match medium {
            Medium::Text => true,
            Medium::Voice => self.signer.is_some(),
        }
    }

    pub(super) fn receipts_url(&self) -> Option<&str> {
        self.settings.receipts_url.as_deref()
    }

    /// The number or name as Vonage wants it, without a plus.
    fn from(&self) -> &str {
        self.settings.from.trim_start_matches('+')
    }

    pub(super) async fn text(&self, message: &TextMessage) -> Result<String, ChannelFault> {
        let kind = if gsm::carries(&message.text) { "text" } else { "unicode" };
        let mut fields = vec![
            ("to", message.to.digits()),
            ("from", self.from()),
            ("text", &message.text),
            ("type", kind),
            ("client-ref", &message.key),
        ];
        if let Some(url) = &self.settings.receipts_url {
            fields.push(("callback", url));
        }
        let request = self
            .client
            .post(&self.sms_url)
            .basic_auth(&self.settings.api_key, Some(self.settings.api_secret.reveal()))
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(wire::form(&fields));
        message_id(&wire::exchange(request).await?)
    }

    pub(super) async fn call(&self, call: &Call, ticket: &Ticket) -> Result<String, ChannelFault> {
        let signer = self.signer.as_ref().ok_or(ChannelFault::NotConfigured)?;
        let mut talk = json!({ "action": "talk", "text": call.words, "loop": 2 });
        let voice =
            if spoken::is_arabic(&call.language) { Some("ar") } else { spoken::voice(&call.language) };
        if let Some(voice) = voice {
            talk["language"] = voice.into();
        }
        let mut body = json!({
            "to": [{ "type": "phone", "number": call.to.digits() }],
            "from": { "type": "phone", "number": self.from() },
            "ncco": [talk],
        });
        if let Some(url) = &self.settings.receipts_url {
            body["event_url"] = json!([callback::receipts_of(url, &call.key)]);
        }
        let token = signer.token(ticket).ok_or(ChannelFault::Unacceptable)?;
        let request = self
            .client
            .post(&self.voice_url)
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_string());
        let answer = wire::exchange(request).await?;
        if !answer.is_success() {
            return Err(ChannelFault::of_status(answer.status, None));
        }
        answer.json().get("uuid").and_then(callback::scalar).ok_or(ChannelFault::NotUnderstood)
    }
}

/// The SMS API answers 200 to everything that it understood; what it thinks of it stands in each part's `status`.
/// A message of which one part was refused is refused, and is not tried again, because the others have left.
fn message_id(answer: &Answer) -> Result<String, ChannelFault> {
    if !answer.is_success() {
        return Err(ChannelFault::of_status(answer.status, None));
    }
    let json = answer.json();
    let parts = json.get("messages").and_then(Value::as_array).ok_or(ChannelFault::NotUnderstood)?;
    let mut accepted = 0_usize;
    let mut fault = None;
    for part in parts {
        let status = part.get("status").and_then(callback::scalar).and_then(|it| it.parse().ok());
        match status.ok_or(ChannelFault::NotUnderstood)? {
            0 => accepted += 1,
            // Throttled, and an error of its own.
            reason @ (1 | 5) => fault = Some(ChannelFault::NotNow { reason }),
            // Wrong key or secret, wrong signature.
            reason @ (4 | 14) => fault = Some(ChannelFault::LogIn { reason }),
            reason => fault = Some(ChannelFault::Refused { reason }),
        }
    }
    match fault {
        Some(ChannelFault::NotNow { reason }) if accepted > 0 => Err(ChannelFault::Refused { reason }),
        Some(fault) => Err(fault),
        None => {
            let id = parts.first().and_then(|it| it.get("message-id")).and_then(callback::scalar);
            id.ok_or(ChannelFault::NotUnderstood)
        }
    }
}

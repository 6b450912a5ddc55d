//! Twilio: its Messages and Calls (API version 2010-04-01).
//!
//! Neither takes a key that would keep a repetition from being sent, so a message that was tried again after the
//! connection broke may arrive twice.

mod receipt;

use super::callback::receipts_of;
use super::fault::ChannelFault;
use super::message::{Call, Medium, TextMessage};
use super::settings::{ChannelError, fifteen};
use super::spoken;
use super::wire::{self, Answer};
use crate::settings::Password;
use reqwest::Client;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde::Deserialize;

/// How Twilio is reached.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwilioSettings {
    /// The account, `AC…`.
    pub account_sid: String,
    /// Its token, which also proves that receipts are Twilio's.
    pub auth_token: Password,
    /// An API key, `SK…`, to send with in place of the account's token.
    #[serde(default)]
    pub api_key: Option<String>,
    /// The API key's secret.
    #[serde(default)]
    pub api_secret: Option<Password>,
    /// The number or name that messages and calls come from. Calls need a number.
    #[serde(default)]
    pub from: Option<String>,
    /// A messaging service, `MG…`, that chooses the number for short messages.
    #[serde(default)]
    pub messaging_service: Option<String>,
    /// Where Twilio sends receipts.
    #[serde(default)]
    pub receipts_url: Option<String>,
    /// The secret of a shared key, where receipts are signed with one (`HMAC_SHA256`) in place of the token.
    #[serde(default)]
    pub receipts_key: Option<Password>,
    /// Another address than `https://api.twilio.com`, for another region, say.
    #[serde(default = "api")]
    pub base_url: String,
    /// Seconds that a request may take.
    #[serde(default = "fifteen")]
    pub timeout_s: u64,
    /// Certificates of further authorities to trust, PEM, one after another.
    #[serde(default)]
    pub authorities_pem: Option<String>,
}

fn api() -> String {
    "https://api.twilio.com".to_owned()
}

impl TwilioSettings {
    /// An account and its token, everything else as it is where nothing is configured.
    pub fn new(account_sid: impl Into<String>, auth_token: Password) -> Self {
        Self {
            account_sid: account_sid.into(),
            auth_token,
            api_key: None,
            api_secret: None,
            from: None,
            messaging_service: None,
            receipts_url: None,
            receipts_key: None,
            base_url: api(),
            timeout_s: fifteen(),
            authorities_pem: None,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Twilio {
    client: Client,
    settings: TwilioSettings,
    account_url: String,
}

impl Twilio {
    pub(super) fn new(settings: &TwilioSettings) -> Result<Self, ChannelError> {
        let account = &settings.account_sid;
        if account.is_empty() || !account.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return Err(ChannelError::Account);
        }
        if settings.api_key.is_some() != settings.api_secret.is_some() {
            return Err(ChannelError::Half("api_key and api_secret"));
        }
        if settings.from.is_none() && settings.messaging_service.is_none() {
            return Err(ChannelError::NoSender);
        }
        let base = wire::base(&settings.base_url, false)?;
        Ok(Self {
            client: wire::client(settings.timeout_s, settings.authorities_pem.as_deref())?,
            account_url: format!("{base}/2010-04-01/Accounts/{account}"),
            settings: settings.clone(),
        })
    }

    pub(super) fn carries(&self, medium: Medium) -> bool {
        match medium {
            Medium::Text => true,
            Medium::Voice => self.settings.from.is_some(),
        }
    }

    pub(super) async fn text(&self, message: &TextMessage) -> Result<String, ChannelFault> {
        let mut fields = vec![("To", message.to.international()), ("Body", message.text.as_str())];
        match (&self.settings.messaging_service, &self.settings.from) {
            (Some(service), _) => fields.push(("MessagingServiceSid", service)),
            (None, Some(from)) => fields.push(("From", from)),
            (None, None) => return Err(ChannelFault::NotConfigured),
        }
        self.post("Messages.json", fields, &message.key).await
    }

    pub(super) async fn call(&self, call: &Call) -> Result<String, ChannelFault> {
        let from = self.settings.from.as_deref().ok_or(ChannelFault::NotConfigured)?;
        let twiml = twiml(&call.words, &call.language);
        let fields = vec![("To", call.to.international()), ("From", from), ("Twiml", &twiml)];
        self.post("Calls.json", fields, &call.key).await
    }

    pub(super) fn receipts_url(&self) -> Option<&str> {
        self.settings.receipts_url.as_deref()
    }

    async fn post(
        &self,
        path: &str,
        mut fields: Vec<(&str, &str)>,
        key: &str,
    ) -> Result<String, ChannelFault> {
        // Twilio knows no name of ours; the address that it calls, and signs, carries it.
        let receipts = self.receipts_url().map(|url| receipts_of(url, key));
        if let Some(url) = &receipts {
            fields.push(("StatusCallback", url));
        }
        let (name, password) = match (&self.settings.api_key, &self.settings.api_secret) {
            (Some(key), Some(secret)) => (key, secret),
            _ => (&self.settings.account_sid, &self.settings.auth_token),
        };
        let request = self
            .client
            .post(format!("{}/{path}", self.account_url))
            .basic_auth(name, Some(password.reveal()))
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(wire::form(&fields));
        id(&wire::exchange(request).await?)
    }
}

/// What Twilio calls it. A refusal carries a number of Twilio's own under `code`.
fn id(answer: &Answer) -> Result<String, ChannelFault> {
    let json = answer.json();
    if !answer.is_success() {
        let code = json.get("code").and_then(serde_json::Value::as_u64);
        return Err(ChannelFault::of_status(answer.status, code.and_then(|it| u32::try_from(it).ok())));
    }
    let sid = json.get("sid").and_then(|it| it.as_str()).filter(|it| !it.is_empty());
    sid.map(str::to_owned).ok_or(ChannelFault::NotUnderstood)
}

/// The words, a second of silence, and the words again.
fn twiml(words: &str, language: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // No character that XML cannot carry (XML 1.0 2.2).
    let words: String = words.chars().filter(|it| !it.is_control() || *it == '\n').collect();
    let voice = if spoken::is_arabic(language) { Some("arb") } else { spoken::voice(language) };
    let attribute = voice.map(|it| format!(" language=\"{it}\"")).unwrap_or_default();
    let say = format!("<Say{attribute}>{words}</Say>");
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{say}<Pause length=\"1\" />{say}</Response>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_commands() {
        let twiml = twiml("Code of <Dial>+331</Dial> & \"Co\"\u{1}", "fr");
        let say = "<Say language=\"fr-FR\">Code of &lt;Dial&gt;+331&lt;/Dial&gt; &amp; \"Co\"</Say>";
        assert_eq!(
            twiml,
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{say}<Pause length=\"1\" />{say}</Response>"
            )
        );
    }

    #[test]
    fn settings_that_cannot_work_are_refused_before_anything_is_sent() {
        let good =
            TwilioSettings { from: Some("+1".into()), ..TwilioSettings::new("AC1", Password::new("t")) };
        assert!(Twilio::new(&good).is_ok());
        for (settings, expected) in [
            (TwilioSettings { account_sid: "AC/1".into(), ..good.clone() }, ChannelError::Account),
            (TwilioSettings { account_sid: String::new(), ..good.clone() }, ChannelError::Account),
            (
                TwilioSettings { api_key: Some("SK".into()), ..good.clone() },
                ChannelError::Half("api_key and api_secret"),
            ),
            (TwilioSettings { from: None, ..good.clone() }, ChannelError::NoSender),
            (
                TwilioSettings { base_url: "http://example.org".into(), ..good.clone() },
                ChannelError::NotEncrypted,
            ),
            (TwilioSettings { authorities_pem: Some("x".into()), ..good }, ChannelError::Authorities),
        ] {
            assert_eq!(Twilio::new(&settings).err(), Some(expected));
        }
    }

    #[test]
    fn calls_need_a_number_and_messages_do_not() {
        let settings = TwilioSettings {
            messaging_service: Some("MG1".into()),
            ..TwilioSettings::new("AC1", Password::new("t"))
        };
        let twilio = Twilio::new(&settings).unwrap();
        assert!(twilio.carries(Medium::Text) && !twilio.carries(Medium::Voice));
    }
}

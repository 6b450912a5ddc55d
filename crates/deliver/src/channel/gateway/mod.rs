//! Any service that takes an HTTP request, as the configuration describes it.

mod receipt;
pub(super) mod settings;
mod template;

use super::callback::scalar;
use super::fault::ChannelFault;
use super::message::{Call, Medium, TextMessage};
use super::settings::ChannelError;
use super::wire::{self, Answer};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Url};
use serde_json::Value;
use settings::{Encoding, GatewayReceipts, GatewayRequest, GatewaySettings, Method};
use std::fmt;
use template::{Template, Values};

#[derive(Clone, Debug)]
pub(super) struct Gateway {
    client: Client,
    text: Option<Request>,
    call: Option<Request>,
    receipts: Option<GatewayReceipts>,
}

#[derive(Clone)]
struct Request {
    url: Template,
    headers: Vec<(HeaderName, Template)>,
    body: Option<Template>,
    described: GatewayRequest,
}

impl fmt::Debug for Request {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Request(…)")
    }
}

/// A message that has everything that could break out of a template.
const SAMPLE: Values<'_> = Values {
    to: "+15550100",
    to_digits: "15550100",
    text: "\"\\ &=\n",
    words: "\"\\ &=\n",
    language: "en",
    key: "sample",
};

impl Gateway {
    pub(super) fn new(settings: &GatewaySettings) -> Result<Self, ChannelError> {
        let request = |described: &Option<GatewayRequest>| {
            described.as_ref().map(|it| Request::new(it, settings.plain_http)).transpose()
        };
        Ok(Self {
            client: wire::client(settings.timeout_s, settings.authorities_pem.as_deref())?,
            text: request(&settings.text)?,
            call: request(&settings.call)?,
            receipts: settings.receipts.clone(),
        })
    }

    pub(super) fn carries(&self, medium: Medium) -> bool {
        match medium {
            Medium::Text => self.text.is_some(),
            Medium::Voice => self.call.is_some(),
        }
    }

    pub(super) async fn text(&self, message: &TextMessage) -> Result<Option<String>, ChannelFault> {
        let request = self.text.as_ref().ok_or(ChannelFault::NotConfigured)?;
        let values = Values {
            to: message.to.international(),
            to_digits: message.to.digits(),
            text: &message.text,
            words: &message.text,
            language: &message.language,
            key: &message.key,
        };
        request.send(&self.client, values).await
    }

    pub(super) async fn call(&self, call: &Call) -> Result<Option<String>, ChannelFault> {
        let request = self.call.as_ref().ok_or(ChannelFault::NotConfigured)?;
        let twice = format!("{0} {0}", call.words);
        let values = Values {
            to: call.to.international(),
            to_digits: call.to.digits(),
            text: &call.words,
            words: &twice,
            language: &call.language,
            key: &call.key,
        };
        request.send(&self.client, values).await
    }
}

impl Request {
    fn new(described: &GatewayRequest, plain_http: bool) -> Result<Self, ChannelError> {
        let url = Template::read(described.url.reveal())?;
        // Where a message goes is not for the message to say: the host is whole before the first placeholder.
        let host_is_fixed = url.beginning().splitn(4, '/').count() == 4;
        if !host_is_fixed && url.beginning() != described.url.reveal() {
            return Err(ChannelError::Url);
        }
        wire::base(&url.fill(SAMPLE, template::address), plain_http)?;
        let mut headers = Vec::new();
        for (name, value) in &described.headers {
            let wrong = || ChannelError::Header(name.clone());
            let read = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
            let value = Template::read(value.reveal())?;
            HeaderValue::from_str(&value.fill(SAMPLE, header)).map_err(|_| wrong())?;
            headers.push((read, value));
        }
        let body = described.body.as_deref().map(Template::read).transpose()?;
        if let (Some(body), Encoding::Json) = (&body, described.encoding) {
            let filled = body.fill(SAMPLE, template::json);
            serde_json::from_str::<Value>(&filled).map_err(|_| ChannelError::Json)?;
        }
        Ok(Self { url, headers, body, described: described.clone() })
    }

    async fn send(&self, client: &Client, values: Values<'_>) -> Result<Option<String>, ChannelFault> {
        let url =
            Url::parse(&self.url.fill(values, template::address)).map_err(|_| ChannelFault::Unacceptable)?;
        let method = match self.described.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
        };
        let mut headers = HeaderMap::new();
        let mut request = client.request(method, url);
        if let Some(body) = &self.body {
            let (kind, escape): (_, fn(&str) -> String) = match self.described.encoding {
                Encoding::Json => ("application/json", template::json),
                Encoding::Form => ("application/x-www-form-urlencoded", template::form),
            };
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
            request = request.body(body.fill(values, escape));
        }
        for (name, value) in &self.headers {
            let value = HeaderValue::from_str(&value.fill(values, header));
            headers.insert(name, value.map_err(|_| ChannelFault::Unacceptable)?);
        }
        self.accepted(&wire::exchange(request.headers(headers)).await?)
    }

    /// What the service calls the message, if it says so; a fault unless it is accepted as described.
    fn accepted(&self, answer: &Answer) -> Result<Option<String>, ChannelFault> {
        let by_status = match self.described.accepted_statuses.as_slice() {
            [] => answer.is_success(),
            statuses => statuses.contains(&answer.status),
        };
        if !by_status {
            return Err(ChannelFault::of_status(answer.status, None));
        }
        let json = answer.json();
        if let Some(pointer) = &self.described.accepted_at {
            let said = json.pointer(pointer).and_then(scalar).ok_or(ChannelFault::NotUnderstood)?;
            let values = &self.described.accepted_values;
            if !values.is_empty() && !values.contains(&said) {
                return Err(ChannelFault::Refused { reason: said.parse().unwrap_or(answer.status.into()) });
            }
        }
        Ok(self.described.id_at.as_ref().and_then(|it| json.pointer(it)).and_then(scalar))
    }
}

/// A header has one line.
fn header(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Password;

    fn described(url: &str) -> GatewayRequest {
        GatewayRequest::new(Password::new(url))
    }

    fn refusal(request: &GatewayRequest) -> Option<ChannelError> {
        Request::new(request, false).err()
    }

    #[test]
    fn the_host_does_not_depend_on_the_message() {
        assert_eq!(refusal(&described("https://sms.example.org/send?to={{to}}")), None);
        assert_eq!(refusal(&described("https://sms.example.org")), None);
        for url in ["https://{{key}}.example.org/", "https://sms.example.org{{key}}", "{{text}}"] {
            assert_eq!(refusal(&described(url)), Some(ChannelError::Url), "{url}");
        }
        assert_eq!(refusal(&described("http://sms.example.org/")), Some(ChannelError::NotEncrypted));
    }

    #[test]
    fn a_template_that_cannot_work_is_refused_before_anything_is_sent() {
        let good = described("https://sms.example.org/");
        let body =
            |body: &str, encoding| GatewayRequest { body: Some(body.to_owned()), encoding, ..good.clone() };
        assert_eq!(refusal(&body(r#"{"text": "{{text}}"}"#, Encoding::Json)), None);
        assert_eq!(refusal(&body(r#"{"text": {{text}}}"#, Encoding::Json)), Some(ChannelError::Json));
        assert_eq!(refusal(&body("text={{text}}", Encoding::Form)), None);
        let headers = [("bad name".to_owned(), Password::new("x"))].into();
        let wrong = GatewayRequest { headers, ..good };
        assert_eq!(refusal(&wrong), Some(ChannelError::Header("bad name".into())));
    }

    #[test]
    fn nothing_that_may_hold_a_password_shows_itself() {
        let headers = [("x-key".to_owned(), Password::new("hunter2"))].into();
        let text = GatewayRequest { headers, ..described("https://sms.example.org/?password=hunter2") };
        let settings = GatewaySettings {
            text: Some(text),
            call: None,
            receipts: None,
            plain_http: false,
            timeout_s: 1,
            authorities_pem: None,
        };
        let gateway = Gateway::new(&settings).unwrap();
        assert!(!format!("{settings:?} {gateway:?}").contains("hunter2"));
    }
}

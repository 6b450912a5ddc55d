//! The way to a provider.

use super::fault::ChannelFault;
use super::settings::ChannelError;
use crate::authorities::authorities;
use crate::causes;
use reqwest::{Client, RequestBuilder, redirect};
use serde_json::Value;
use std::time::Duration;
use url::{Host, Url};

/// Bytes of an answer that are read.
const LONGEST_ANSWER: usize = 64 * 1024;

/// How a provider is reached.
pub(crate) fn client(timeout_s: u64, authorities_pem: Option<&str>) -> Result<Client, ChannelError> {
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        // A message that was sent is not sent again because the connection broke.
        .retry(reqwest::retry::never())
        .timeout(Duration::from_secs(timeout_s))
        .user_agent(concat!("Countersign/", env!("CARGO_PKG_VERSION")));
    if let Some(pem) = authorities_pem {
        builder = builder.tls_certs_merge(authorities(pem).ok_or(ChannelError::Authorities)?);
    }
    builder.build().map_err(|_| ChannelError::Authorities)
}

/// The beginning of all addresses of a provider, without the slash at its end. Encrypted, unless it never leaves this
/// machine or `plain` says so: it carries passwords and codes.
pub(crate) fn base(text: &str, plain: bool) -> Result<String, ChannelError> {
    let url = Url::parse(text).map_err(|_| ChannelError::Url)?;
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(ChannelError::Url),
    };
    match url.scheme() {
        "https" => {}
        "http" if here || plain => {}
        "http" => return Err(ChannelError::NotEncrypted),
        _ => return Err(ChannelError::Url),
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// A form as its body.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// What a provider answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    body: Vec<u8>,
}

impl Answer {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// `Null` where it is no JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Sends a request and reads the answer, or its beginning where it does not end.
pub(crate) async fn exchange(request: RequestBuilder) -> Result<Answer, ChannelFault> {
    let mut response = request.send().await.map_err(|error| fault(&error))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while body.len() < LONGEST_ANSWER {
        match response.chunk().await {
            Ok(Some(piece)) => body.extend_from_slice(&piece),
            Ok(None) => break,
            Err(error) => return Err(fault(&error)),
        }
    }
    Ok(Answer { status, body })
}

fn fault(error: &reqwest::Error) -> ChannelFault {
    match () {
        () if causes::is_handshake(error) => ChannelFault::Untrusted,
        () if error.is_builder() => ChannelFault::Unacceptable,
        () => ChannelFault::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_encrypted_unless_it_stays_here_or_somebody_says_so() {
        for (text, plain, expected) in [
            ("https://api.example.org/", false, Ok("https://api.example.org".to_owned())),
            ("http://localhost:8080", false, Ok("http://localhost:8080".to_owned())),
            ("http://127.0.0.1:1/x/", false, Ok("http://127.0.0.1:1/x".to_owned())),
            ("http://api.example.org", false, Err(ChannelError::NotEncrypted)),
            ("http://api.example.org", true, Ok("http://api.example.org".to_owned())),
            ("ftp://api.example.org", true, Err(ChannelError::Url)),
            ("api.example.org", false, Err(ChannelError::Url)),
        ] {
            assert_eq!(base(text, plain), expected, "{text}");
        }
    }
}

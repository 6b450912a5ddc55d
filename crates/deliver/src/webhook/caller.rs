//! Posts to an address that a stranger chose.

use super::answer::{Attempted, Beginning};
use super::fault::WebhookFault;
use super::guard::{Guard, Lookup, SystemLookup};
use super::permitted::Permitted;
use super::settings::{CallerError, CallerSettings};
use crate::authorities::authorities;
use crate::causes;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, redirect};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use url::{Host, Url};

/// Bytes of an answer that are read before the connection is dropped.
const LONGEST_ANSWER: usize = 64 * 1024;
/// Bytes of `Retry-After` that are read: a number or a date.
const LONGEST_WAIT: usize = 64;
/// Bytes that an address may have.
const LONGEST_URL: usize = 2048;

/// One webhook, ready to leave.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// Where it goes; checked anew at each attempt.
    pub url: &'a str,
    /// Its headers, those of the signature among them ([`signed_headers`](super::signed_headers)). Its type is
    /// `application/json` where they do not say otherwise.
    pub headers: &'a [(String, String)],
    /// Its body, as it was signed.
    pub body: &'a [u8],
}

/// Posts webhooks. Cheap to clone.
///
/// Whoever subscribes chooses the address, so the address may be a trap: it may lead into the operator's own network,
/// redirect there, resolve to another address the second time, never answer, or never stop. Each ends as a fault in
/// [`Attempted`] and holds back nothing else.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(super) client: Client,
    guard: Guard,
    plain_http: bool,
    pub(super) timeout: Duration,
}

impl Caller {
    /// Makes ready what is needed and looks names up as the operating system does.
    ///
    /// # Errors
    /// See [`CallerError`].
    pub fn new(settings: &CallerSettings) -> Result<Self, CallerError> {
        Self::with_lookup(settings, Arc::new(SystemLookup))
    }

    /// The same with another way to look names up.
    ///
    /// # Errors
    /// See [`CallerError`].
    pub fn with_lookup(settings: &CallerSettings, lookup: Arc<dyn Lookup>) -> Result<Self, CallerError> {
        let permitted = Permitted::read(&settings.allow).ok_or(CallerError::Allow)?;
        let guard = Guard::new(lookup, permitted);
        let mut builder = Client::builder()
            .dns_resolver(guard.clone())
            .redirect(redirect::Policy::none())
            // A proxy would look the name up itself, past the guard.
            .no_proxy()
            .retry(reqwest::retry::never())
            // What a stranger's server keeps open, it keeps open on our side too.
            .pool_max_idle_per_host(0)
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .user_agent(concat!("Countersign/", env!("CARGO_PKG_VERSION")));
        if let Some(pem) = &settings.authorities_pem {
            builder = builder.tls_certs_merge(authorities(pem).ok_or(CallerError::Authorities)?);
        }
        let client = builder.build().map_err(|_| CallerError::Authorities)?;
        let timeout = Duration::from_millis(settings.timeout_ms);
        Ok(Self { client, guard, plain_http: settings.plain_http, timeout })
    }

    /// Says at once what would keep a webhook from ever reaching this address, for the moment of subscribing. Each
    /// attempt checks again, because names change their addresses.
    ///
    /// # Errors
    /// [`WebhookFault`]: why it would be refused now. [`WebhookFault::again`] tells a name that is not known yet, say,
    /// from an address that can never be right.
    pub async fn admit(&self, url: &str) -> Result<(), WebhookFault> {
        let url = self.readable(url)?;
        match url.host() {
            Some(Host::Domain(name)) => {
                let looked_up = tokio::time::timeout(self.timeout, self.guard.addresses(name)).await;
                looked_up.map_err(|_| WebhookFault::NameUnknown)?.map(drop)
            }
            _ => Ok(()),
        }
    }

    /// Makes one attempt. It ends within the time of the settings, whatever the other side does.
    pub async fn call(&self, delivery: &Delivery<'_>) -> Attempted {
        let begun = Instant::now();
        let mut attempted = Attempted::default();
        attempted.fault =
            match tokio::time::timeout(self.timeout, self.exchange(delivery, &mut attempted)).await {
                Ok(Ok(())) => None,
                Ok(Err(fault)) => Some(fault),
                Err(_) => Some(WebhookFault::TimedOut),
            };
        attempted.took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        attempted
    }

    async fn exchange(&self, delivery: &Delivery<'_>, attempted: &mut Attempted) -> Result<(), WebhookFault> {
        let url = self.readable(delivery.url)?;
        let headers = headers(delivery.headers).ok_or(WebhookFault::HeaderInvalid)?;
        let request = self.client.post(url).headers(headers).body(delivery.body.to_vec());
        let mut response = request.send().await.map_err(|error| fault(&error))?;
        let status = response.status();
        attempted.status = Some(status.as_u16());
        let again = response.headers().get(RETRY_AFTER).and_then(|it| it.to_str().ok());
        attempted.retry_after = again.filter(|it| it.len() <= LONGEST_WAIT).map(str::to_owned);
        read(&mut response, &mut attempted.answer).await?;
        match status.as_u16() {
            200..300 => Ok(()),
            300..400 => Err(WebhookFault::Redirected),
            410 => Err(WebhookFault::Gone),
            _ => Err(WebhookFault::Status),
        }
    }

    /// The address, when everything that can be said without looking up its name speaks for it.
    pub(super) fn readable(&self, text: &str) -> Result<Url, WebhookFault> {
        if text.len() > LONGEST_URL {
            return Err(WebhookFault::UrlInvalid);
        }
        let url = Url::parse(text).map_err(|_| WebhookFault::UrlInvalid)?;
        match url.scheme() {
            "https" => {}
            "http" if self.plain_http => {}
            "http" => return Err(WebhookFault::NotHttps),
            _ => return Err(WebhookFault::UrlInvalid),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(WebhookFault::UrlCredentials);
        }
        match url.host() {
            Some(Host::Ipv4(address)) => self.guard.literal(IpAddr::V4(address))?,
            Some(Host::Ipv6(address)) => self.guard.literal(IpAddr::V6(address))?,
            Some(Host::Domain(_)) => {}
            None => return Err(WebhookFault::UrlInvalid),
        }
        Ok(url)
    }
}

/// The beginning of the answer goes to `answer` with each piece, so that it is there even when the time is over.
async fn read(response: &mut Response, answer: &mut String) -> Result<(), WebhookFault> {
    let (mut beginning, mut length) = (Beginning::default(), 0_usize);
    while let Some(piece) = response.chunk().await.map_err(|error| fault(&error))? {
        length = length.saturating_add(piece.len());
        beginning.add(&piece);
        *answer = beginning.text();
        if length > LONGEST_ANSWER {
            return Err(WebhookFault::AnswerTooLong);
        }
    }
    Ok(())
}

pub(super) fn headers(pairs: &[(String, String)]) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    for (name, value) in pairs {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.insert(name, HeaderValue::from_str(value).ok()?);
    }
    Some(headers)
}

pub(super) fn fault(error: &reqwest::Error) -> WebhookFault {
    if let Some(fault) = causes::find::<WebhookFault>(error) {
        return *fault;
    }
    match () {
        () if causes::is_handshake(error) => WebhookFault::Untrusted,
        () if error.is_timeout() => WebhookFault::TimedOut,
        () => WebhookFault::Unreachable,
    }
}

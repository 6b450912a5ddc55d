//! What an identity provider publishes: its discovery document and its keys, kept for a while.

use crate::error::{Class, Error};
use crate::server::Service;
use deliver::webhook::{Fetched, Inquiry, WebhookFault};
use identity::oidc::{self, OidcRefusal, Provider};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// So long a document is taken as it was. Keys that are new are fetched sooner, when a token names one.
const LIFE: SignedDuration = SignedDuration::from_hours(1);
/// So many documents are kept at most, for all tenants.
const KEPT_MAX: usize = 64;
/// A document has so many bytes at most; the largest providers' have some twenty thousand.
const DOCUMENT_BYTES_MAX: usize = 256 * 1024;
/// The answer with the tokens has so many bytes at most.
pub(crate) const TOKENS_BYTES_MAX: usize = 64 * 1024;

/// Documents by their address.
#[derive(Default)]
pub(crate) struct Documents(Mutex<HashMap<String, (Timestamp, Arc<str>)>>);

impl Documents {
    fn get(&self, url: &str, now: Timestamp) -> Option<Arc<str>> {
        let kept = self.0.lock().ok()?;
        let (at, text) = kept.get(url)?;
        (now.duration_since(*at) < LIFE).then(|| text.clone())
    }

    fn put(&self, url: &str, now: Timestamp, text: Arc<str>) {
        let Ok(mut kept) = self.0.lock() else { return };
        if kept.len() >= KEPT_MAX && !kept.contains_key(url) {
            let oldest = kept.iter().min_by_key(|(_, (at, _))| *at).map(|(url, _)| url.clone());
            oldest.and_then(|url| kept.remove(&url));
        }
        kept.insert(url.to_owned(), (now, text));
    }

    fn forget(&self, url: &str) {
        if let Ok(mut kept) = self.0.lock() {
            kept.remove(url);
        }
    }
}

/// Where a document comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Freshness {
    Kept,
    Fetched,
}

impl Service {
    /// What the provider says of itself.
    pub(crate) async fn discovered(&self, issuer: &str) -> Result<Provider, Error> {
        let text = self.published(&oidc::discovery_url(issuer), Freshness::Kept).await?;
        Provider::parse(issuer, &text).map_err(|refusal| {
            // A mistake that was mended there is not held against them for an hour.
            self.forget_discovery(issuer);
            refused(refusal)
        })
    }

    /// The same, as it is now.
    pub(super) async fn discovered_now(&self, issuer: &str) -> Result<Provider, Error> {
        self.forget_discovery(issuer);
        self.discovered(issuer).await
    }

    /// The provider's addresses may have changed.
    pub(crate) fn forget_discovery(&self, issuer: &str) {
        self.inner.provider_documents.forget(&oidc::discovery_url(issuer));
    }

    /// Judges something by the provider's keys. Where it speaks of a key that is not there, they are fetched anew, once:
    /// providers change their keys every few weeks, and tell nobody.
    pub(crate) async fn by_keys<T>(
        &self,
        provider: &Provider,
        judge: impl Fn(&str) -> Result<T, OidcRefusal> + Send + Sync,
    ) -> Result<T, Error> {
        let url = provider.jwks_uri.as_str();
        let kept = self.inner.provider_documents.get(url, self.now());
        if let Some(keys) = kept {
            match judge(&keys) {
                Err(OidcRefusal::UnknownKey | OidcRefusal::Signature | OidcRefusal::Keys) => {}
                judged => return judged.map_err(refused),
            }
        }
        let keys = self.published(url, Freshness::Fetched).await?;
        judge(&keys).map_err(refused)
    }

    async fn published(&self, url: &str, freshness: Freshness) -> Result<Arc<str>, Error> {
        let documents = &self.inner.provider_documents;
        if freshness == Freshness::Kept
            && let Some(text) = documents.get(url, self.now())
        {
            return Ok(text);
        }
        let headers = vec![("accept".to_owned(), "application/json".to_owned())];
        let inquiry = Inquiry { url: url.to_owned(), headers, body: None, longest: DOCUMENT_BYTES_MAX };
        let fetched = self.inner.caller.fetch(&inquiry).await;
        let text: Arc<str> = match fetched {
            Ok(Fetched { status: 200, body }) => body.into(),
            Ok(Fetched { status, .. }) => {
                tracing::warn!(url, status, "an identity provider gave no document");
                return Err(unreachable(url, WebhookFault::Status));
            }
            Err(fault) => return Err(unreachable(url, fault)),
        };
        documents.put(url, self.now(), text.clone());
        Ok(text)
    }
}

/// The provider did not answer, or not as one does. The person can only wait; why, stands in the log.
pub(crate) fn unreachable(url: &str, fault: WebhookFault) -> Error {
    tracing::warn!(url, %fault, "an identity provider cannot be reached");
    Error::Wrong {
        class: Class::Conflict,
        code: "oidc_unreachable",
        sentence: format!("The identity provider cannot be reached: {fault}. Try again later."),
    }
}

fn refused(refusal: OidcRefusal) -> Error {
    refusal.into()
}

impl From<OidcRefusal> for Error {
    fn from(refusal: OidcRefusal) -> Self {
        // The provider's doing, or that of who came from there: nothing that was sent to us is malformed.
        Self::Wrong { class: Class::Conflict, code: refusal.code(), sentence: refusal.to_string() }
    }
}

//! Keys of people that a signing service elsewhere holds, by the API of the Cloud Signature Consortium (CSC API 2.0):
//! `credentials/info`, `credentials/authorize`, `signatures/signHash`.
//!
//! Only a hash leaves, never a document. The answer is waited for as long as the settings say; a service that would
//! call back later (`operationMode` A) is not asked to. Nothing is tried twice here.

mod settings;

pub use settings::{Credential, RemoteKeySettings};

use crate::channel::{ChannelError, ChannelFault, wire};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Client;
use reqwest::header::{ACCEPT, AUTHORIZATION};
use serde_json::{Value, json};
use std::sync::Arc;

/// SHA-256 (RFC 5754 2.2).
const SHA_256: &str = "2.16.840.1.101.3.4.2.1";

/// The way to people's keys elsewhere. Cheap to clone; the default knows of none.
#[derive(Clone, Debug, Default)]
pub struct RemoteKeys(Option<Arc<Inner>>);

#[derive(Debug)]
struct Inner {
    client: Client,
    url: String,
    settings: RemoteKeySettings,
}

impl RemoteKeys {
    /// Makes ready what is needed; connects only when there is something to sign.
    ///
    /// # Errors
    /// See [`ChannelError`].
    pub fn new(settings: &RemoteKeySettings) -> Result<Self, ChannelError> {
        Ok(Self(Some(Arc::new(Inner {
            client: wire::client(settings.timeout_s, settings.authorities_pem.as_deref())?,
            url: wire::base(&settings.url, settings.plain_http)?,
            settings: settings.clone(),
        }))))
    }

    /// Whether there may be a key of the person with this address.
    pub fn knows(&self, email: &str) -> bool {
        self.of(email).next().is_some()
    }

    /// What the service calls the key of the person with this address, in envelopes of this tenant.
    pub fn credential(&self, tenant: &str, email: &str) -> Option<&str> {
        self.of(email).find(|it| it.tenant == tenant).map(|it| it.credential.as_str())
    }

    fn of<'a, 'e>(&'a self, email: &'e str) -> impl Iterator<Item = &'a Credential> + use<'a, 'e> {
        let all = self.0.iter().flat_map(|inner| &inner.settings.credentials);
        all.filter(move |it| !email.is_empty() && it.email.eq_ignore_ascii_case(email))
    }

    /// The certificate of a key and those of its issuers, DER, the key's own first.
    ///
    /// # Errors
    /// [`ChannelFault`].
    pub async fn certificates(&self, credential: &str) -> Result<Vec<Vec<u8>>, ChannelFault> {
        let body = json!({"credentialID": credential, "certificates": "chain"});
        let info = self.ask("credentials/info", &body).await?;
        decoded(&info["cert"]["certificates"])
    }

    /// The signature over a SHA-256 hash, as the certificate's kind of key makes it; `algorithm` is the identifier of
    /// the whole, such as `1.2.840.10045.4.3.2`.
    ///
    /// # Errors
    /// [`ChannelFault`].
    pub async fn sign(
        &self,
        credential: &str,
        hash: &[u8; 32],
        algorithm: &str,
    ) -> Result<Vec<u8>, ChannelFault> {
        let inner = self.0.as_ref().ok_or(ChannelFault::NotConfigured)?;
        let hashes = [STANDARD.encode(hash)];
        let mut body = json!({
            "credentialID": credential, "numSignatures": 1, "hashes": hashes, "hashAlgorithmOID": SHA_256,
        });
        if let Some(pin) = &inner.settings.pin {
            body["authData"] = json!([{"id": "PIN", "value": pin.reveal()}]);
        }
        let authorized = self.ask("credentials/authorize", &body).await?;
        let sad = authorized["SAD"].as_str().ok_or(ChannelFault::NotUnderstood)?;
        let body = json!({
            "credentialID": credential, "SAD": sad, "hashes": hashes, "hashAlgorithmOID": SHA_256,
            "signAlgo": algorithm,
        });
        let signed = self.ask("signatures/signHash", &body).await?;
        decoded(&signed["signatures"])?.into_iter().next().ok_or(ChannelFault::NotUnderstood)
    }

    async fn ask(&self, what: &str, body: &Value) -> Result<Value, ChannelFault> {
        let inner = self.0.as_ref().ok_or(ChannelFault::NotConfigured)?;
        let request = inner
            .client
            .post(format!("{}/{what}", inner.url))
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, format!("Bearer {}", inner.settings.access_token.reveal()))
            .json(body);
        let answer = wire::exchange(request).await?;
        if !answer.is_success() {
            return Err(ChannelFault::of_status(answer.status, None));
        }
        Ok(answer.json())
    }
}

/// A list of Base64 texts.
fn decoded(list: &Value) -> Result<Vec<Vec<u8>>, ChannelFault> {
    let items = list.as_array().filter(|it| !it.is_empty()).ok_or(ChannelFault::NotUnderstood)?;
    let decode = |item: &Value| item.as_str().and_then(|text| STANDARD.decode(text).ok());
    items.iter().map(decode).collect::<Option<_>>().ok_or(ChannelFault::NotUnderstood)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> RemoteKeySettings {
        let text = json!({
            "url": url, "access_token": "hunter2", "pin": "4711",
            "credentials": [{"tenant": "Example Inc.", "email": "ada@example.org", "credential": "ada-1"}],
        });
        serde_json::from_value(text).unwrap()
    }

    #[test]
    fn a_key_signs_for_its_person_in_its_tenant_alone() {
        let keys = RemoteKeys::new(&settings("https://keys.example.org/csc/v2/")).unwrap();
        assert_eq!(keys.credential("Example Inc.", "Ada@Example.org"), Some("ada-1"));
        assert_eq!(keys.credential("Others", "ada@example.org"), None);
        assert_eq!(keys.credential("Example Inc.", "emil@example.org"), None);
        assert_eq!((keys.knows("ada@example.org"), keys.knows("")), (true, false));
        assert!(!RemoteKeys::default().knows("ada@example.org"));
    }

    #[test]
    fn nothing_secret_shows_itself_or_leaves_unencrypted() {
        assert!(!format!("{:?}", settings("https://x")).contains("hunter2"));
        assert!(!format!("{:?}", settings("https://x")).contains("4711"));
        assert_eq!(
            RemoteKeys::new(&settings("http://keys.example.org")).err(),
            Some(ChannelError::NotEncrypted)
        );
    }

    #[test]
    fn what_is_no_list_of_base64_is_not_understood() {
        assert_eq!(decoded(&json!(["AQI=", "Aw=="])), Ok(vec![vec![1, 2], vec![3]]));
        for wrong in [json!([]), json!(null), json!("AQI="), json!(["*"]), json!([1])] {
            assert_eq!(decoded(&wrong), Err(ChannelFault::NotUnderstood), "{wrong}");
        }
    }
}

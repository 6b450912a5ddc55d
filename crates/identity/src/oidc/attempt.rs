//! One attempt to sign in: away to the provider, and back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::{Url, form_urlencoded};

use super::{Client, OidcRefusal, Provider};

/// What ties the browser that comes back to the one that was sent away. The caller keeps it sealed with the visit it
/// belongs to, and uses it once. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    state: String,
    nonce: String,
    /// RFC 7636 4.1: 43 letters for 32 bytes.
    pub(super) verifier: String,
    again: bool,
}

impl Attempt {
    /// An attempt from 96 random bytes: 32 each for state, nonce and code verifier. With `again`, the person has to
    /// prove themselves to the provider anew, and an older session there does not do.
    pub fn new(random: [u8; 96], again: bool) -> Self {
        let [state, nonce, verifier] = [0, 32, 64].map(|from| {
            let part: Vec<u8> = random.iter().skip(from).take(32).copied().collect();
            URL_SAFE_NO_PAD.encode(part)
        });
        Self { state, nonce, verifier, again }
    }

    /// What the browser brings back.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The state in the query that a browser came back with (without `?`); it says which attempt it belongs to.
    pub fn state_in(query: &str) -> Option<String> {
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == "state")
            .map(|(_, it)| it.into_owned())
    }

    /// Where the browser is sent; `language` is a BCP 47 tag. With `anew` the provider asks who they are even where it knows
    /// somebody: the one before may have been somebody else. No address of the person goes along: whoever holds their link
    /// would read it there.
    pub fn authorization_url(
        &self,
        provider: &Provider,
        client: &Client,
        language: Option<&str>,
        anew: bool,
    ) -> Result<String, OidcRefusal> {
        let mut url = Url::parse(&provider.authorization_endpoint).map_err(|_| OidcRefusal::Discovery)?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()));
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &client.id)
                .append_pair("redirect_uri", &client.redirect_uri)
                .append_pair("scope", &client.scopes)
                .append_pair("state", &self.state)
                .append_pair("nonce", &self.nonce)
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
            if let Some(language) = language {
                query.append_pair("ui_locales", language);
            }
            if self.again || anew {
                query.append_pair("prompt", "login");
            }
            if self.again {
                query.append_pair("max_age", "0");
            }
        }
        Ok(url.into())
    }

    /// The authorization code in the query that the browser came back with (without `?`).
    pub fn code(&self, provider: &Provider, query: &str) -> Result<String, OidcRefusal> {
        let value = |name: &str| {
            form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value)
        };
        let state = value("state").unwrap_or_default();
        if !bool::from(state.as_bytes().ct_eq(self.state.as_bytes())) {
            return Err(OidcRefusal::OtherAttempt);
        }
        // RFC 9207 2.4: an answer of another provider is not taken for one of this.
        match value("iss") {
            Some(issuer) if issuer != provider.issuer => return Err(OidcRefusal::OtherIssuer),
            None if provider.authorization_response_iss_parameter_supported => {
                return Err(OidcRefusal::OtherIssuer);
            }
            _ => {}
        }
        match value("error").as_deref() {
            Some("access_denied" | "login_required" | "interaction_required" | "consent_required") => {
                return Err(OidcRefusal::Denied);
            }
            Some(_) => return Err(OidcRefusal::ProviderFailed),
            None => {}
        }
        value("code")
            .filter(|code| !code.is_empty())
            .map(std::borrow::Cow::into_owned)
            .ok_or(OidcRefusal::ProviderFailed)
    }

    /// Whether the nonce of an ID token is that of this attempt.
    pub(super) fn is_nonce(&self, nonce: Option<&str>) -> bool {
        nonce.is_some_and(|nonce| bool::from(nonce.as_bytes().ct_eq(self.nonce.as_bytes())))
    }

    /// Whether the person had to prove themselves anew.
    pub(super) fn is_again(&self) -> bool {
        self.again
    }
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Attempt(•••)")
    }
}

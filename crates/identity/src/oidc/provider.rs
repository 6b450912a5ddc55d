//! What an identity provider says of itself, and what we are to it.

use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use super::OidcRefusal;

/// An identity provider, from its discovery document (OpenID Connect Discovery 1.0, 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Its name for itself: an address, compared letter by letter.
    pub issuer: String,
    /// Where the browser is sent.
    pub authorization_endpoint: String,
    /// Where the code is exchanged.
    pub token_endpoint: String,
    /// Where its keys are.
    pub jwks_uri: String,
    /// Where it says more of somebody who has signed in.
    #[serde(default)]
    pub userinfo_endpoint: Option<String>,
    /// How we may name ourselves to the token endpoint.
    #[serde(default = "basic")]
    pub token_endpoint_auth_methods_supported: Vec<String>,
    /// Whether each answer names its issuer (RFC 9207 3).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// What we are to a provider: what the tenant's administrator registered there.
#[derive(Clone)]
pub struct Client {
    /// The client id.
    pub id: String,
    /// The client secret; none for a public client, which PKCE alone protects.
    pub secret: Option<Zeroizing<String>>,
    /// Where the browser comes back, letter by letter as it is registered.
    pub redirect_uri: String,
    /// What is asked for, separated by spaces: `openid` and what brings the claim that is compared.
    pub scopes: String,
}

/// OpenID Connect Discovery 1.0, 3: what is meant when nothing is said.
fn basic() -> Vec<String> {
    vec!["client_secret_basic".to_owned()]
}

/// Where the discovery document of an issuer is (OpenID Connect Discovery 1.0, 4).
pub fn discovery_url(issuer: &str) -> String {
    format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))
}

impl Provider {
    /// Reads the discovery document that was found under [`discovery_url`] of `issuer`. Refused when it speaks of another
    /// issuer, or when an address in it is none, or is not encrypted although the issuer's is.
    pub fn parse(issuer: &str, document: &str) -> Result<Self, OidcRefusal> {
        let provider: Self = serde_json::from_str(document).map_err(|_| OidcRefusal::Discovery)?;
        // OpenID Connect Discovery 1.0, 4.3: identical, or somebody else answers for them.
        if provider.issuer != issuer {
            return Err(OidcRefusal::OtherIssuer);
        }
        let scheme = Url::parse(issuer).map_err(|_| OidcRefusal::Discovery)?.scheme().to_owned();
        let addresses = [&provider.authorization_endpoint, &provider.token_endpoint, &provider.jwks_uri];
        for address in addresses.into_iter().chain(&provider.userinfo_endpoint) {
            let url = Url::parse(address).map_err(|_| OidcRefusal::Discovery)?;
            if url.scheme() != "https" && !(url.scheme() == "http" && scheme == "http") {
                return Err(OidcRefusal::Discovery);
            }
        }
        Ok(provider)
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Client")
            .field("id", &self.id)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

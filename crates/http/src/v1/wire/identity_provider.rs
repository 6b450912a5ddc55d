//! An identity provider, on the wire. Its secret comes in and never goes out.

use serde::{Deserialize, Serialize};
use service::identity_provider::{IdentityProvider, NewIdentityProvider};
use utoipa::ToSchema;

/// Which identity provider your organisation has.
#[derive(Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentityProviderRequest {
    /// What people call it; it stands on the button.
    #[serde(default)]
    name: String,
    /// Its issuer, letter by letter as in its discovery document.
    #[serde(default)]
    issuer: String,
    /// The client id that it gave you.
    #[serde(default)]
    client_id: String,
    /// The client secret; empty for a public client; left out, the one given before for the same client stays.
    client_secret: Option<String>,
    /// The claim that has to be the recipient's address; `email`, which has to be verified, where it is left out.
    claim: Option<String>,
    /// What is asked for, separated by spaces; `openid email` where it is left out.
    scopes: Option<String>,
}

/// Shows no secret, so that one in a log is no leak.
impl std::fmt::Debug for IdentityProviderRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("IdentityProviderRequest").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl From<IdentityProviderRequest> for NewIdentityProvider {
    fn from(it: IdentityProviderRequest) -> Self {
        let IdentityProviderRequest { name, issuer, client_id, client_secret, claim, scopes } = it;
        Self { name, issuer, client_id, client_secret: client_secret.map(Into::into), claim, scopes }
    }
}

/// An identity provider.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct IdentityProviderAnswer {
    name: String,
    issuer: String,
    client_id: String,
    /// A secret was given.
    client_secret_set: bool,
    claim: String,
    scopes: String,
    /// Where browsers come back: register it with the provider.
    redirect_uri: String,
}

impl From<IdentityProvider> for IdentityProviderAnswer {
    fn from(it: IdentityProvider) -> Self {
        Self {
            name: it.name,
            issuer: it.issuer,
            client_id: it.client_id,
            client_secret_set: it.secret_set,
            claim: it.claim,
            scopes: it.scopes,
            redirect_uri: it.redirect_uri,
        }
    }
}

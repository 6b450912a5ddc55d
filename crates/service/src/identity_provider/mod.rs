//! The identity provider of a tenant, at which the people it invites can sign in. What it says is checked in
//! `ceremony/sign_in.rs`; here is what the tenant says of it, and what it publishes.

mod documents;
mod get;
mod set;

pub(crate) use documents::{Documents, TOKENS_BYTES_MAX, unreachable};
pub(crate) use get::missing;
pub use set::NewIdentityProvider;

use store::identity_providers::IdentityProviderRow;

/// Where browsers come back from the provider; the tenant registers it there, after the public address.
pub const CALLBACK: &str = "/oidc/callback";

/// A tenant's identity provider, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityProvider {
    /// What people call it.
    pub name: String,
    /// Its issuer.
    pub issuer: String,
    /// The client id.
    pub client_id: String,
    /// Whether there is a client secret.
    pub secret_set: bool,
    /// The claim that has to be the recipient's address.
    pub claim: String,
    /// What is asked for, separated by spaces.
    pub scopes: String,
    /// Where browsers come back: to be registered with the provider.
    pub redirect_uri: String,
}

impl IdentityProvider {
    fn of(row: &IdentityProviderRow, public_url: &str) -> Self {
        Self {
            name: row.name.clone(),
            issuer: row.issuer.clone(),
            client_id: row.client.clone(),
            secret_set: row.secret.is_some(),
            claim: row.claim.clone(),
            scopes: row.scopes.clone(),
            redirect_uri: redirect_uri(public_url),
        }
    }
}

/// Where browsers come back to a server of this public address.
pub fn redirect_uri(public_url: &str) -> String {
    format!("{public_url}{CALLBACK}")
}

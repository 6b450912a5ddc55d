//! Which identity provider a tenant has; and that it has none any more.

use super::IdentityProvider;
use crate::error::{Class, Error};
use crate::server::Service;
use crate::vault;
use identity::oidc::Client;
use store::identity_providers::{self, IdentityProviderRow};
use zeroize::Zeroizing;

impl Service {
    /// The tenant's identity provider.
    pub async fn identity_provider(&self, tenant: &str) -> Result<IdentityProvider, Error> {
        let row = self.identity_provider_row(tenant).await?;
        let row = row.ok_or(Error::NotFound { what: "identity provider" })?;
        Ok(IdentityProvider::of(&row, &self.settings().public_url))
    }

    /// Removes it. Who is still asked to sign in there cannot, until there is one again.
    pub async fn remove_identity_provider(&self, tenant: &str) -> Result<(), Error> {
        let removed = self
            .store()
            .write(move |tx| Box::pin(async move { identity_providers::remove(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        if removed { Ok(()) } else { Err(Error::NotFound { what: "identity provider" }) }
    }

    pub(crate) async fn identity_provider_row(
        &self,
        tenant: &str,
    ) -> Result<Option<IdentityProviderRow>, Error> {
        self.store()
            .read(move |tx| Box::pin(async move { identity_providers::get(tx, tenant).await }))
            .await
            .map_err(Error::Fault)
    }

    /// What we are to the provider, its secret opened.
    pub(crate) async fn client_of(&self, row: &IdentityProviderRow) -> Result<Client, Error> {
        let secret = match &row.secret {
            Some(sealed) => {
                let key = self.data_key(&row.tenant).await?;
                let opened = vault::open(&key, &secret_name(&row.issuer, &row.client), sealed)
                    .and_then(|opened| String::from_utf8(opened.to_vec()).ok());
                Some(Zeroizing::new(opened.ok_or_else(|| Error::fault("a client secret cannot be opened"))?))
            }
            None => None,
        };
        Ok(Client {
            id: row.client.clone(),
            secret,
            redirect_uri: super::redirect_uri(&self.settings().public_url),
            scopes: row.scopes.clone(),
        })
    }
}

/// The secret is bound to whom it is for: another provider is never sent it.
pub(super) fn secret_name(issuer: &str, client: &str) -> String {
    format!("identity-provider/{issuer}/{client}")
}

/// There is none (any more).
pub(crate) fn missing() -> Error {
    Error::Wrong {
        class: Class::Conflict,
        code: "identity_provider_missing",
        sentence: "No identity provider is set up; set one up, or use another method.".to_owned(),
    }
}

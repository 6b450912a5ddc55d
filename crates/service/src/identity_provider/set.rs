//! Say which identity provider a tenant has.

use super::IdentityProvider;
use super::get::secret_name;
use crate::error::Error;
use crate::server::Service;
use crate::vault;
use crate::world::to_micros;
use envelope::{Finding, Refusal};
use std::fmt;
use store::identity_providers::{self, IdentityProviderRow};
use zeroize::Zeroizing;

/// What is asked for where nothing is said: who it is, and their address.
const SCOPES: &str = "openid email";
/// The claim that has to be the recipient's address where nothing is said; it counts only where the provider verified it.
const CLAIM: &str = "email";
const CHARACTERS_MAX: usize = 255;

/// What a tenant says of its identity provider.
#[derive(Clone, Default)]
pub struct NewIdentityProvider {
    /// What people call it; it stands on the button.
    pub name: String,
    /// Its issuer, letter by letter as in its discovery document.
    pub issuer: String,
    /// The client id.
    pub client_id: String,
    /// The client secret; empty for a public client; left out, the one given before for the same client stays.
    pub client_secret: Option<Zeroizing<String>>,
    /// The claim that has to be the recipient's address; `email` where it is left out.
    pub claim: Option<String>,
    /// What is asked for, separated by spaces; `openid email` where it is left out.
    pub scopes: Option<String>,
}

impl fmt::Debug for NewIdentityProvider {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("NewIdentityProvider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Service {
    /// Writes down the tenant's identity provider, after a look at what it says of itself.
    ///
    /// # Errors
    /// A refusal that names what is wrong, where it is.
    pub async fn set_identity_provider(
        &self,
        tenant: &str,
        new: NewIdentityProvider,
    ) -> Result<IdentityProvider, Error> {
        let mut row = IdentityProviderRow {
            tenant: tenant.to_owned(),
            name: new.name.trim().to_owned(),
            issuer: new.issuer.trim().to_owned(),
            client: new.client_id.trim().to_owned(),
            secret: None,
            claim: new.claim.as_deref().unwrap_or(CLAIM).trim().to_owned(),
            scopes: words(new.scopes.as_deref().unwrap_or(SCOPES)),
            changed_at: to_micros(self.now()),
        };
        let found = findings(&row);
        if !found.is_empty() {
            return Err(Refusal::Invalid(found).into());
        }
        if let Err(error) = self.discovered_now(&row.issuer).await {
            let sentence = format!("The identity provider was asked about itself. {error}");
            let found = Finding::new("/issuer", "issuer_not_usable", sentence);
            return Err(match error {
                Error::Wrong { .. } => Refusal::Invalid(vec![found]).into(),
                other => other,
            });
        }
        row.secret = self.sealed_secret(&row, new.client_secret).await?;
        let kept = &row;
        self.store()
            .write(move |tx| Box::pin(async move { identity_providers::put(tx, kept).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(IdentityProvider::of(&row, &self.settings().public_url))
    }

    async fn sealed_secret(
        &self,
        row: &IdentityProviderRow,
        given: Option<Zeroizing<String>>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let Some(secret) = given else {
            let before = self.identity_provider_row(&row.tenant).await?;
            let same = before.filter(|it| it.issuer == row.issuer && it.client == row.client);
            return Ok(same.and_then(|it| it.secret));
        };
        if secret.is_empty() {
            return Ok(None);
        }
        let key = self.data_key(&row.tenant).await?;
        let name = secret_name(&row.issuer, &row.client);
        Ok(Some(vault::seal(&key, &name, secret.as_bytes(), self.random())))
    }
}

fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn findings(row: &IdentityProviderRow) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut check = |right: bool, pointer: &str, code: &'static str, sentence: &str| {
        if !right {
            found.push(Finding::new(pointer, code, sentence));
        }
    };
    let one_line = |text: &str| {
        !text.is_empty() && text.chars().count() <= CHARACTERS_MAX && !text.chars().any(char::is_control)
    };
    check(
        one_line(&row.name),
        "/name",
        "name_malformed",
        "Give the provider a name of one line; it stands on the button.",
    );
    let encrypted = row.issuer.starts_with("https://") || row.issuer.starts_with("http://");
    check(
        encrypted && one_line(&row.issuer) && !row.issuer.contains(['?', '#', ' ']),
        "/issuer",
        "issuer_malformed",
        "The issuer is an address like https://login.example.com, without a question mark or a hash; write that.",
    );
    check(
        one_line(&row.client),
        "/client_id",
        "client_id_malformed",
        "Write the client id as the provider gave it.",
    );
    let letters = |it: char| it.is_ascii_alphanumeric() || "_-./:".contains(it);
    check(
        one_line(&row.claim) && row.claim.chars().all(letters) && row.claim != "name",
        "/claim",
        "claim_malformed",
        "Name a claim that is one person's alone, such as email, upn or preferred_username.",
    );
    // RFC 6749 3.3.
    let scope = |it: &str| it.chars().all(|it| it.is_ascii_graphic() && it != '"' && it != '\\');
    check(
        row.scopes.split(' ').any(|it| it == "openid")
            && row.scopes.split(' ').all(scope)
            && row.scopes.chars().count() <= CHARACTERS_MAX,
        "/scopes",
        "scopes_malformed",
        "The scopes are words with spaces between them, and openid is one of them; write them like that.",
    );
    found
}

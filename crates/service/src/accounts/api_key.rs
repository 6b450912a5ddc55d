//! Keys of programs.

use crate::ceremony::TENANT_LETTERS;
use crate::error::Error;
use crate::ids;
use crate::server::{Mode, Service};
use crate::world::{from_micros, to_micros};
use envelope::{Finding, Refusal, origin_findings};
use jiff::Timestamp;
use store::api_keys::{self, ApiKeyRow};

/// What comes before the name of the tenant in a key has so many letters.
const PREFIX_LETTERS: usize = "cs_test_".len();
/// A key has so many letters.
const KEY_LETTERS: usize = PREFIX_LETTERS + TENANT_LETTERS + ids::SECRET_LETTERS;
const LABEL_CHARACTERS_MAX: usize = 100;

/// A key that was just made; it is shown once.
#[derive(Clone, Debug, PartialEq)]
pub struct NewApiKey {
    /// Its public id.
    pub id: String,
    /// The key itself.
    pub api_key: String,
}

/// A key that was presented and is valid.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiKey {
    /// The tenant.
    pub tenant: String,
    /// Its public id.
    pub id: String,
    /// What it may touch.
    pub mode: Mode,
    /// Whose pages may frame the signers' page of what it makes.
    pub frame_origins: Vec<String>,
}

/// A key as those see it who look after keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownApiKey {
    /// Its public id.
    pub id: String,
    /// What it is for.
    pub label: String,
    /// For the real thing.
    pub live: bool,
    /// It works no more.
    pub revoked: bool,
    /// Whose pages may frame the signers' page of what it makes.
    pub frame_origins: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Service {
    /// The keys of a tenant, oldest first.
    pub async fn api_keys(&self, tenant: &str) -> Result<Vec<KnownApiKey>, Error> {
        let rows = self
            .store()
            .read(move |tx| Box::pin(async move { api_keys::list(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        let known = |row: ApiKeyRow| KnownApiKey {
            id: row.key_id,
            label: row.label,
            live: row.live,
            revoked: row.revoked_at.is_some(),
            frame_origins: origins(&row.frame_origins),
            created_at: from_micros(row.created_at),
        };
        Ok(rows.into_iter().map(known).collect())
    }

    /// Ends a key; `false` where there is none of this id that is in use.
    pub async fn revoke_api_key(&self, tenant: &str, id: &str) -> Result<bool, Error> {
        let now = to_micros(self.now());
        self.store()
            .write(move |tx| Box::pin(async move { api_keys::revoke(tx, tenant, id, now).await }))
            .await
            .map_err(Error::Fault)
    }

    /// Makes a key that somebody gave a name.
    ///
    /// # Errors
    /// A refusal where there is no name, or none that can be kept.
    pub async fn create_labelled_api_key(
        &self,
        tenant: &str,
        mode: Mode,
        label: &str,
    ) -> Result<NewApiKey, Error> {
        let label = label.trim();
        let wrong =
            |code, sentence| Err(Refusal::Invalid(vec![Finding::new("/label", code, sentence)]).into());
        if label.is_empty() {
            return wrong("label_missing", "Say what the key is for, in a few words.");
        }
        if label.chars().count() > LABEL_CHARACTERS_MAX || label.chars().any(char::is_control) {
            return wrong("label_malformed", "The label is one line of at most 100 characters; shorten it.");
        }
        self.create_api_key(tenant, mode, label, &[]).await
    }

    /// Makes a key for the native API.
    ///
    /// # Errors
    /// A refusal that names the entry of `frame_origins` that is no web origin.
    pub async fn create_api_key(
        &self,
        tenant: &str,
        mode: Mode,
        label: &str,
        frame_origins: &[String],
    ) -> Result<NewApiKey, Error> {
        Refusal::unless_empty(origin_findings(frame_origins))?;
        let prefix = if mode == Mode::Live { "cs_live_" } else { "cs_test_" };
        let api_key = format!("{prefix}{tenant}{}", ids::secret(self.random()));
        let row = ApiKeyRow {
            tenant: tenant.to_owned(),
            key_id: self.new_id("key"),
            digest: self.inner.vault.digest("api-key", &api_key),
            dialect: "native".to_owned(),
            live: mode == Mode::Live,
            label: label.to_owned(),
            created_at: to_micros(self.now()),
            revoked_at: None,
            frame_origins: serde_json::json!(frame_origins).to_string(),
        };
        let row = &row;
        self.store()
            .write(move |tx| Box::pin(async move { api_keys::insert(tx, row).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(NewApiKey { id: row.key_id.clone(), api_key })
    }

    /// Who presents this key, from this network address.
    ///
    /// # Errors
    /// [`Error::NotAuthenticated`] for one that is none, unknown or revoked; [`Error::TooManyGuesses`] for an unknown
    /// one where many were tried.
    pub async fn authenticate_key(&self, key: &str, address: &str) -> Result<ApiKey, Error> {
        let rest = key.strip_prefix("cs_test_").or_else(|| key.strip_prefix("cs_live_"));
        let tenant = rest.and_then(|rest| rest.get(..TENANT_LETTERS)).filter(|_| key.len() < 200);
        let tenant = tenant.ok_or(Error::NotAuthenticated)?;
        let digest = self.inner.vault.digest("api-key", key);
        let digest = digest.as_str();
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { api_keys::find(tx, tenant, digest).await }))
            .await
            .map_err(Error::Fault)?;
        match row {
            Some(row) if row.revoked_at.is_none() && row.dialect == "native" => Ok(ApiKey {
                tenant: row.tenant,
                id: row.key_id,
                mode: if row.live { Mode::Live } else { Mode::Test },
                frame_origins: origins(&row.frame_origins),
            }),
            None if key.len() == KEY_LETTERS => Err(self.guessed(address, Error::NotAuthenticated).await),
            _ => Err(Error::NotAuthenticated),
        }
    }
}

/// What this server wrote into the row; what is no list allows nobody.
fn origins(kept: &str) -> Vec<String> {
    serde_json::from_str(kept).unwrap_or_default()
}

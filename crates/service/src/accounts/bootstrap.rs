//! The first tenant, its owner and a key.

use super::role::UserRole;
use crate::ceremony::Visit;
use crate::error::{Class, Error};
use crate::ids;
use crate::server::Service;
use crate::world::to_micros;
use base64::Engine as _;
use store::api_keys::{self, ApiKeyRow};
use store::tenants::{self, TenantRow};
use store::users::{self, UserRow};

/// A tenant with an owner and a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrapped {
    /// Short name of the tenant.
    pub tenant: String,
    /// Id of the owner.
    pub user: String,
    /// A test key. It is derived from the master key, so that the same one is given each time.
    pub api_key: String,
}

impl Service {
    /// Makes a tenant with this name, an owner with this address and a key, or finds them.
    pub async fn bootstrap(&self, name: &str, email: &str) -> Result<Bootstrapped, Error> {
        let email = email.trim().to_lowercase();
        if !email.contains('@') {
            return Err(Error::Wrong {
                class: Class::Malformed,
                code: "email_malformed",
                sentence: format!(
                    "\u{201c}{email}\u{201d} is no e-mail address; write it like name@example.org."
                ),
            });
        }
        let tenant = match self.tenant_by_name(name).await? {
            Some(tenant) => tenant.tenant,
            None => ids::tenant(self.random()),
        };
        self.data_key(&tenant).await?;
        let secret = base64::engine::general_purpose::URL_SAFE_NO_PAD
            .encode(self.inner.vault.derive("bootstrap-key", &format!("{tenant}/{email}")));
        let api_key = format!("cs_test_{tenant}{secret}");
        let digest = self.inner.vault.digest("api-key", &api_key);
        let now = to_micros(self.now());
        let (tenant, digest, email, user) =
            (tenant.as_str(), digest.as_str(), email.as_str(), self.new_id("usr"));
        let user = user.as_str();
        let key_id = self.new_id("key");
        let key_id = key_id.as_str();
        let user = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let row = TenantRow {
                        tenant: tenant.to_owned(),
                        name: name.to_owned(),
                        settings: "{}".to_owned(),
                        created_at: now,
                    };
                    tenants::insert(tx, &row).await?;
                    let existing = users::list(tx, tenant).await?.into_iter().find(|it| it.email == email);
                    let id = match existing {
                        Some(row) => row.user,
                        None => {
                            let row = UserRow {
                                tenant: tenant.to_owned(),
                                user: user.to_owned(),
                                email: email.to_owned(),
                                name: email.split('@').next().unwrap_or(email).to_owned(),
                                role: UserRole::Owner.word().to_owned(),
                                disabled_at: None,
                            };
                            users::put(tx, &row).await?;
                            row.user
                        }
                    };
                    if api_keys::find(tx, tenant, digest).await?.is_none() {
                        let row = ApiKeyRow {
                            tenant: tenant.to_owned(),
                            key_id: key_id.to_owned(),
                            digest: digest.to_owned(),
                            dialect: "native".to_owned(),
                            live: false,
                            label: "bootstrap".to_owned(),
                            created_at: now,
                            revoked_at: None,
                            frame_origins: "[]".to_owned(),
                        };
                        api_keys::insert(tx, &row).await?;
                    }
                    Ok::<_, store::Fault>(id)
                })
            })
            .await
            .map_err(Error::Fault)?;
        Ok(Bootstrapped { tenant: tenant.to_owned(), user, api_key })
    }

    /// The tenant of this name or short name.
    pub async fn tenant_by_name(&self, name: &str) -> Result<Option<TenantRow>, Error> {
        let all = self
            .store()
            .read(|tx| Box::pin(async move { tenants::list(tx).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(all.into_iter().find(|row| row.name == name || row.tenant == name))
    }

    /// The name of a tenant.
    pub async fn tenant_name(&self, tenant: &str) -> Result<String, Error> {
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { tenants::find(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(row.ok_or(Error::NotFound { what: "tenant" })?.name)
    }

    /// A user of a tenant.
    pub async fn user(&self, tenant: &str, user: &str) -> Result<UserRow, Error> {
        let row = self
            .store()
            .read(move |tx| Box::pin(async move { users::find(tx, tenant, user).await }))
            .await
            .map_err(Error::Fault)?;
        row.ok_or(Error::NotFound { what: "user" })
    }

    /// A user of the tenant by their address, as the sender of envelopes; nobody who may sign in no more.
    pub async fn sender_by_email(&self, tenant: &str, email: &str) -> Result<envelope::Sender, Error> {
        let all = self
            .store()
            .read(move |tx| Box::pin(async move { users::list(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        let user = all.into_iter().find(|it| it.email.eq_ignore_ascii_case(email.trim()));
        let user = user.ok_or(Error::NotFound { what: "user" })?;
        if user.disabled_at.is_some() {
            let sentence = format!("{} may sign in no more; choose somebody else.", user.email);
            return Err(Error::Wrong { class: Class::Conflict, code: "user_disabled", sentence });
        }
        Ok(envelope::Sender { user: user.user, name: user.name.into(), email: user.email.into() })
    }

    /// The user who sends for a program: the owner of the tenant.
    pub async fn owner(&self, tenant: &str) -> Result<UserRow, Error> {
        let all = self
            .store()
            .read(move |tx| Box::pin(async move { users::list(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        let owns = |it: &UserRow| it.role == UserRole::Owner.word() && it.disabled_at.is_none();
        all.into_iter().find(owns).ok_or(Error::NotFound { what: "user" })
    }
}

impl Visit {
    /// Short name of the tenant.
    pub fn tenant(&self) -> &str {
        &self.scope.tenant
    }
}

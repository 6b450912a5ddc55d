//! The people of a tenant.

use super::role::{UserRole, admin};
use crate::error::Error;
use crate::server::Service;
use envelope::Actor;
use envelope::commands::hand_over::HandOverAsker;
use store::users::{self, UserRow};

/// A user as others at the desk see them.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownUser {
    /// Their id.
    pub id: String,
    /// Their address, by which they sign in.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: UserRole,
    /// Whether they may sign in.
    pub enabled: bool,
}

impl KnownUser {
    pub(super) fn of(row: &UserRow) -> Self {
        Self {
            id: row.user.clone(),
            email: row.email.clone(),
            name: row.name.clone(),
            // A word that this version does not know entitles to nothing more than sending.
            role: UserRole::of_word(&row.role).unwrap_or(UserRole::Member),
            enabled: row.disabled_at.is_none(),
        }
    }
}

impl Service {
    /// Everybody of a tenant, by address, also those who may sign in no more.
    pub async fn users(&self, tenant: &str) -> Result<Vec<KnownUser>, Error> {
        let rows = self
            .store()
            .read(move |tx| Box::pin(async move { users::list(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(rows.iter().map(KnownUser::of).collect())
    }

    /// Refuses whoever is no admin of the tenant.
    pub async fn admin(&self, tenant: &str, user: Option<&str>) -> Result<(), Error> {
        let row = match user {
            Some(user) => self.user_row(tenant, user).await?,
            None => None,
        };
        admin(row.as_ref()).map(drop)
    }

    /// As whom this caller asks that an envelope is handed over.
    pub async fn hand_over_asker(&self, tenant: &str, actor: &Actor) -> Result<HandOverAsker, Error> {
        let Actor::User { user, .. } = actor else { return Ok(HandOverAsker::ForTheTenant) };
        let row = self.user_row(tenant, user).await?;
        Ok(match admin(row.as_ref()) {
            Ok(_) => HandOverAsker::ForTheTenant,
            Err(_) => HandOverAsker::User { user: user.clone() },
        })
    }

    async fn user_row(&self, tenant: &str, user: &str) -> Result<Option<UserRow>, Error> {
        let found = self.store().read(move |tx| Box::pin(async move { users::find(tx, tenant, user).await }));
        found.await.map_err(Error::Fault)
    }
}

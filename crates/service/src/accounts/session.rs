//! A user at the desk.

use crate::ceremony::TENANT_LETTERS;
use crate::error::Error;
use crate::ids;
use crate::server::Service;
use crate::world::to_micros;
use jiff::SignedDuration;
use store::sessions::{self, SessionRow};
use store::users;

/// A session lives so long.
const LIFE: SignedDuration = SignedDuration::from_hours(12);

/// A user who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The tenant.
    pub tenant: String,
    /// Id of the user.
    pub user: String,
}

impl Service {
    /// Opens a session; gives its token.
    pub(crate) async fn open_session(&self, tenant: &str, user: &str) -> Result<String, Error> {
        self.new_session(tenant, user, "session", LIFE).await
    }

    pub(crate) async fn new_session(
        &self,
        tenant: &str,
        user: &str,
        kind: &str,
        life: SignedDuration,
    ) -> Result<String, Error> {
        let (token, row) = self.session_row(tenant, user, kind, life)?;
        let row = &row;
        self.store()
            .write(move |tx| Box::pin(async move { sessions::insert(tx, row).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(token)
    }

    /// A token, and the row by which it will be known.
    pub(super) fn session_row(
        &self,
        tenant: &str,
        user: &str,
        kind: &str,
        life: SignedDuration,
    ) -> Result<(String, SessionRow), Error> {
        let token = format!("{tenant}{}", ids::secret(self.random()));
        let row = SessionRow {
            tenant: tenant.to_owned(),
            digest: self.inner.vault.digest(kind, &token),
            kind: kind.to_owned(),
            user: user.to_owned(),
            expires_at: to_micros(self.now().checked_add(life).map_err(Error::fault)?),
            used_at: None,
        };
        Ok((token, row))
    }

    /// Whose session this is. Somebody who was switched off while a session was being opened has none.
    pub async fn authenticate_session(&self, token: &str) -> Result<Session, Error> {
        let (tenant, digest) = self.session_key(token, "session")?;
        let (tenant, digest, now) = (tenant.as_str(), digest.as_str(), to_micros(self.now()));
        let row = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let session = sessions::find(tx, tenant, digest, "session", now).await?;
                    let Some(session) = session else { return Ok(None) };
                    let user = users::find(tx, tenant, &session.user).await?;
                    Ok::<_, store::Fault>(user.filter(|it| it.disabled_at.is_none()).map(|_| session))
                })
            })
            .await
            .map_err(Error::Fault)?
            .ok_or(Error::NotAuthenticated)?;
        Ok(Session { tenant: row.tenant, user: row.user })
    }

    /// Ends a session.
    pub async fn end_session(&self, token: &str) -> Result<(), Error> {
        let (tenant, digest) = self.session_key(token, "session")?;
        let (tenant, digest) = (tenant.as_str(), digest.as_str());
        self.store()
            .write(move |tx| Box::pin(async move { sessions::end(tx, tenant, digest).await }))
            .await
            .map_err(Error::Fault)
    }

    pub(crate) fn session_key(&self, token: &str, kind: &str) -> Result<(String, String), Error> {
        let tenant = token.get(..TENANT_LETTERS).filter(|_| token.len() < 100);
        let tenant = tenant.ok_or(Error::NotAuthenticated)?;
        Ok((tenant.to_owned(), self.inner.vault.digest(kind, token)))
    }
}

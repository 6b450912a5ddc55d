//! Signing in by a one-time link.

use super::session::Session;
use crate::effects::Work;
use crate::error::Error;
use crate::server::Service;
use crate::world::to_micros;
use jiff::SignedDuration;
use store::{sessions, users};

/// A link to sign in lives so long.
const LIFE: SignedDuration = SignedDuration::from_mins(15);

impl Service {
    /// Mails a link to whoever works here under this address. The answer is the same for everybody.
    pub async fn request_sign_in(&self, email: &str) -> Result<(), Error> {
        let email = email.trim().to_lowercase();
        let email = email.as_str();
        let found = self
            .store()
            .read(move |tx| Box::pin(async move { users::by_email(tx, email).await }))
            .await
            .map_err(Error::Fault)?;
        for (tenant, user) in &found {
            let token = self.sign_in_token(tenant, user).await?;
            self.data_key(tenant).await?;
            let work = Work::SignInMail { user: user.clone(), link: self.sealed_link(tenant, &token)? };
            let work = &work;
            let queued = self
                .store()
                .write(move |tx| {
                    Box::pin(async move { self.enqueue(tx, tenant, work.clone(), self.now()).await })
                })
                .await?;
            self.inner.jobs.submit(queued.into_iter().collect());
        }
        Ok(())
    }

    /// A one-time token to sign in.
    pub async fn sign_in_token(&self, tenant: &str, user: &str) -> Result<String, Error> {
        self.new_session(tenant, user, "sign_in", LIFE).await
    }

    /// Uses a one-time token up and opens a session; gives its token.
    pub async fn confirm_sign_in(&self, token: &str) -> Result<(Session, String), Error> {
        let (tenant, digest) = self.session_key(token, "sign_in")?;
        let (tenant, digest, now) = (tenant.as_str(), digest.as_str(), to_micros(self.now()));
        let user = self
            .store()
            .write(move |tx| {
                Box::pin(async move { sessions::consume(tx, tenant, digest, "sign_in", now).await })
            })
            .await
            .map_err(Error::Fault)?
            .ok_or_else(|| Error::Wrong {
                code: "sign_in_link_ended",
                sentence: "This link was used or is too old; ask for a new one.".to_owned(),
            })?;
        let session = Session { tenant: tenant.to_owned(), user };
        let token = self.open_session(tenant, &session.user).await?;
        Ok((session, token))
    }

    /// The address at which a one-time token is used.
    pub fn sign_in_url(&self, token: &str) -> String {
        format!("{}/sign-in/{token}", self.settings().public_url)
    }
}

//! Signing in by a one-time link.

use super::session::Session;
use crate::allowance::{Allowance, Subject};
use crate::effects::{Queued, Work};
use crate::error::{Class, Error};
use crate::secrets::SYSTEM;
use crate::server::Service;
use crate::world::to_micros;
use jiff::SignedDuration;
use store::{jobs, sessions, users};

/// A link to sign in lives so long.
const LIFE: SignedDuration = SignedDuration::from_mins(15);
/// RFC 5321 4.5.3.1.3: a longer address is none.
const ADDRESS_BYTES_MAX: usize = 254;
/// A stranger can have so many mails sent to one address.
const MAILS: [Allowance; 2] = [
    Allowance { at_most: 1, per: SignedDuration::from_mins(1) },
    Allowance { at_most: 5, per: SignedDuration::from_hours(1) },
];

impl Service {
    /// Mails a link to whoever works here under this address. The answer is the same for everybody, and takes the
    /// same time: who works here is looked up later, by a worker.
    pub async fn request_sign_in(&self, email: &str) -> Result<(), Error> {
        let email = email.trim().to_lowercase();
        if email.len() > ADDRESS_BYTES_MAX {
            return Ok(());
        }
        self.data_key(SYSTEM).await?;
        let work = &Work::SignIn { address: self.sealed_for_job(SYSTEM, &email)? };
        // Whose address it is nobody knows yet, so that the server itself counts.
        let subject = Subject { tenant: SYSTEM, what: "sign-in", whom: &email };
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if !self.allow_once_more(tx, subject, &MAILS).await? {
                        return Ok(None);
                    }
                    self.enqueue(tx, SYSTEM, work.clone(), self.now()).await
                })
            })
            .await?;
        self.inner.jobs.submit(queued.into_iter().collect());
        Ok(())
    }

    /// Queues a mail to each who works here under a sealed address.
    pub(crate) async fn find_who_signs_in(&self, job: &Queued, address: &str) -> Result<(), Error> {
        let email = self.opened_from_job(&job.tenant, address).await?;
        let email = email.as_str();
        let found = self
            .store()
            .read(move |tx| Box::pin(async move { users::by_email(tx, email).await }))
            .await
            .map_err(Error::Fault)?;
        let mut mails = Vec::with_capacity(found.len());
        for (tenant, user) in found {
            let token = self.sign_in_token(&tenant, &user).await?;
            self.data_key(&tenant).await?;
            let link = self.sealed_for_job(&tenant, &token)?;
            mails.push((tenant, Work::SignInMail { user, link, greeting: None }));
        }
        let mails = &mails;
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut queued = Vec::new();
                    // A job whose lease went to another worker was done there.
                    if jobs::complete(tx, &job.tenant, &job.job, &job.lease_token).await? {
                        for (tenant, work) in mails {
                            queued.extend(self.enqueue(tx, tenant, work.clone(), self.now()).await?);
                        }
                    }
                    Ok::<_, Error>(queued)
                })
            })
            .await?;
        self.inner.jobs.submit(queued);
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
                Box::pin(async move {
                    let user = sessions::consume(tx, tenant, digest, "sign_in", now).await?;
                    let Some(user) = user else { return Ok(None) };
                    let known = users::find(tx, tenant, &user).await?;
                    Ok::<_, store::Fault>(known.filter(|it| it.disabled_at.is_none()).map(|it| it.user))
                })
            })
            .await
            .map_err(Error::Fault)?
            .ok_or_else(|| Error::Wrong {
                class: Class::Gone,
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

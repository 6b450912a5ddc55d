//! Send a user the link to sign in, or a new one their invitation.

use super::mail::{Addressed, Out};
use crate::effects::{Greeting, Queued};
use crate::error::Error;
use crate::server::Service;
use deliver::Kind;
use store::{jobs, messages};

impl Service {
    pub(crate) async fn send_sign_in_mail(
        &self,
        job: &Queued,
        user: &str,
        link: &str,
        greeting: Option<&Greeting>,
    ) -> Result<(), Error> {
        let user = self.user(&job.tenant, user).await?;
        let url = self.sign_in_url(&self.opened_from_job(&job.tenant, link).await?);
        let organization = self.tenant_name(&job.tenant).await?;
        let mut context =
            deliver::Context { name: user.name.clone(), organization, link: url, ..Default::default() };
        let (kind, language) = match greeting {
            None => (Kind::SignIn, "en"),
            Some(greeting) => {
                let by = self.user(&job.tenant, &greeting.by).await?;
                (context.sender, context.sender_email) = (by.name, by.email);
                (Kind::UserInvitation, greeting.language.as_str())
            }
        };
        let rendered = self.rendered(&job.tenant, kind, language, &context).await?;
        let addressed = Addressed {
            to: user.email.clone(),
            to_name: user.name.clone(),
            from_name: context.organization,
            reply_to: String::new(),
            rendered,
            attachments: Vec::new(),
        };
        let kept = match self.let_out(job, false, &self.message_id(job), addressed).await? {
            Out::Kept(message) => Some(message),
            // One that was refused for good is in the log; the link is too old before anybody could mend it.
            Out::Accepted | Out::Refused { .. } => None,
        };
        let kept = kept.as_ref();
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(message) = kept {
                        messages::put(tx, message).await?;
                    }
                    jobs::complete(tx, &job.tenant, &job.job, &job.lease_token).await?;
                    Ok(())
                })
            })
            .await
    }
}

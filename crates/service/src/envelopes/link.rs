//! A fresh link for a recipient, for those who take the person there themselves.

use crate::effects::LinkPurpose;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::Service;
use envelope::commands::issue_link::{IssueLink, LinkAsker};
use envelope::{Actor, Command};

impl Service {
    /// Makes a signing link for a recipient whose turn it is, where the rules let the one who asks have it.
    pub async fn signing_link(&self, scope: &Scope, actor: &Actor, recipient: u16) -> Result<String, Error> {
        self.signing_link_for(scope, actor, recipient, LinkPurpose::Handed).await
    }

    /// The same, for one who came by this way.
    pub(crate) async fn signing_link_for(
        &self,
        scope: &Scope,
        actor: &Actor,
        recipient: u16,
        purpose: LinkPurpose,
    ) -> Result<String, Error> {
        let asked_by = match actor {
            Actor::User { user, .. } => {
                LinkAsker::Person { email: self.user(&scope.tenant, user).await?.email }
            }
            _ => LinkAsker::Program,
        };
        self.data_key(&scope.tenant).await?;
        let commands = [Command::IssueLink(IssueLink { recipient, asked_by })];
        let change = &Change::of(scope, actor, &commands);
        let (token, queued) = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let (_, queued) = self.change(tx, change).await?;
                    let token = self.new_link(tx, scope, recipient, purpose).await?;
                    Ok::<_, Error>((token, queued))
                })
            })
            .await?;
        self.inner.jobs.submit(queued);
        Ok(self.signing_url(&token))
    }

    /// The address of a link.
    pub(crate) fn signing_url(&self, token: &str) -> String {
        format!("{}/s/{token}", self.settings().public_url)
    }
}

//! A fresh link for a recipient, for those who take the person there themselves.

use crate::effects::LinkPurpose;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::Service;
use envelope::commands::issue_link::IssueLink;
use envelope::{Actor, Arrival, Command};

impl Service {
    /// Makes a signing link for a recipient whose turn it is. A user gets one for themselves alone; a
    /// program of the tenant answers for whom it hands it to, and so does a sender who said that they hand it over.
    pub async fn signing_link(&self, scope: &Scope, actor: &Actor, recipient: u16) -> Result<String, Error> {
        if let Actor::User { user, .. } = actor {
            self.refuse_others_link(scope, user, recipient).await?;
        }
        self.data_key(&scope.tenant).await?;
        let commands = [Command::IssueLink(IssueLink { recipient })];
        let change = &Change::of(scope, actor, &commands);
        let (token, queued) = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let (_, queued) = self.change(tx, change).await?;
                    let token = self.new_link(tx, scope, recipient, LinkPurpose::Handed).await?;
                    Ok::<_, Error>((token, queued))
                })
            })
            .await?;
        self.inner.jobs.submit(queued);
        Ok(self.signing_url(&token))
    }

    /// Who signed in at the desk may see an envelope, and is no other person in it.
    async fn refuse_others_link(&self, scope: &Scope, user: &str, recipient: u16) -> Result<(), Error> {
        let state = self.load(scope).await?.envelope;
        let own = self.user(&scope.tenant, user).await?;
        let person = usize::from(recipient).checked_sub(1).and_then(|at| state.draft.recipients.get(at));
        // One who is not there is refused by the rules.
        let theirs = person.is_some_and(|person| {
            !own.email.eq_ignore_ascii_case(person.email.text()) && person.arrival != Arrival::Handed
        });
        if theirs {
            return Err(Error::Wrong {
                code: "link_of_another_person",
                sentence: "You can open your own link only; the others get theirs by mail.".to_owned(),
            });
        }
        Ok(())
    }

    /// The address of a link.
    pub(crate) fn signing_url(&self, token: &str) -> String {
        format!("{}/s/{token}", self.settings().public_url)
    }
}

//! A download link that ran out, renewed by its holder.

use super::visit::{Visit, VisitKind};
use crate::allowance::{Allowance, Subject};
use crate::effects::{LinkPurpose, Purpose, Work};
use crate::error::Error;
use crate::server::Service;
use jiff::SignedDuration;

/// The holder of a link can have so many mails sent.
const MAILS: [Allowance; 1] = [Allowance { at_most: 1, per: SignedDuration::from_mins(1) }];

impl Service {
    /// Mails a new download link to the recipient's address; the old one stays what it is. Asked again within a
    /// minute it sends nothing: a mail is on its way.
    pub async fn renew_download_link(&self, visit: &Visit) -> Result<(), Error> {
        if !matches!(visit.kind, VisitKind::Download { .. }) {
            return Err(Error::LinkEnded);
        }
        let scope = &visit.scope;
        let recipient = visit.recipient;
        let subject = Subject { tenant: &scope.tenant, what: "renew", whom: &visit.link };
        self.data_key(&scope.tenant).await?;
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if !self.allow_once_more(tx, subject, &MAILS).await? {
                        return Ok(None);
                    }
                    let token = self.new_link(tx, scope, recipient, LinkPurpose::Download).await?;
                    let work = Work::Mail {
                        envelope: scope.envelope.clone(),
                        recipient: Some(recipient),
                        purpose: Purpose::Download,
                        link: Some(self.sealed_for_job(&scope.tenant, &token)?),
                    };
                    self.enqueue(tx, &scope.tenant, work, self.now()).await
                })
            })
            .await?;
        self.inner.jobs.submit(queued.into_iter().collect());
        Ok(())
    }
}

//! A download link that ran out, renewed by its holder.

use super::visit::{Visit, VisitKind};
use crate::effects::{LinkPurpose, Purpose, Work};
use crate::error::Error;
use crate::server::Service;

impl Service {
    /// Mails a new download link to the recipient's address; the old one stays what it is.
    pub async fn renew_download_link(&self, visit: &Visit) -> Result<(), Error> {
        if !matches!(visit.kind, VisitKind::Download { .. }) {
            return Err(Error::LinkEnded);
        }
        let scope = &visit.scope;
        let recipient = visit.recipient;
        self.data_key(&scope.tenant).await?;
        let queued = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let token = self.new_link(tx, scope, recipient, LinkPurpose::Download).await?;
                    let work = Work::Mail {
                        envelope: scope.envelope.clone(),
                        recipient: Some(recipient),
                        purpose: Purpose::Download,
                        link: Some(self.sealed_link(&scope.tenant, &token)?),
                    };
                    self.enqueue(tx, &scope.tenant, work, self.now()).await
                })
            })
            .await?;
        self.inner.jobs.submit(queued.into_iter().collect());
        Ok(())
    }
}

//! Delete the documents of an envelope that its sender deleted.

use crate::effects::Queued;
use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use envelope::{Envelope, Shelf};
use std::collections::BTreeSet;
use store::{envelopes, jobs, revisions};

impl Service {
    /// Removes what the documents consist of, as far as no other envelope and no upload of the tenant needs it. The
    /// events stay, and with them the digests of what was signed: whoever has the files can still check them.
    pub(crate) async fn delete_documents(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        let state = self.load(&scope).await?.envelope;
        if state.shelf != Shelf::Deleted {
            return self.complete(job).await;
        }
        let mut gone = digests(&state);
        for other in self.all_envelopes(&job.tenant).await? {
            if other == id || gone.is_empty() {
                continue;
            }
            let scope = Scope { envelope: other, ..scope.clone() };
            let other = self.load(&scope).await?.envelope;
            if other.shelf != Shelf::Deleted {
                for kept in digests(&other) {
                    gone.remove(&kept);
                }
            }
        }
        let tenant = job.tenant.as_str();
        let gone_rows: Vec<String> = gone.iter().cloned().collect();
        let rows = &gone_rows;
        let pieces = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut pieces = BTreeSet::new();
                    for digest in rows {
                        if let Some(row) = revisions::find(tx, tenant, digest).await? {
                            pieces.extend(row.pieces.into_iter().map(|it| it.digest));
                        }
                        revisions::remove(tx, tenant, digest).await?;
                    }
                    jobs::complete(tx, tenant, &job.job, &job.lease_token).await?;
                    Ok::<_, store::Fault>(pieces)
                })
            })
            .await
            .map_err(Error::Fault)?;
        for piece in pieces {
            self.store().blobs().remove(tenant, &piece).await?;
        }
        Ok(())
    }

    async fn all_envelopes(&self, tenant: &str) -> Result<Vec<String>, Error> {
        self.store()
            .read(move |tx| Box::pin(async move { envelopes::all_ids(tx, tenant).await }))
            .await
            .map_err(Error::Fault)
    }
}

/// Every revision of every document.
fn digests(state: &Envelope) -> BTreeSet<String> {
    let sent = state.draft.documents.iter().flat_map(|it| [it.facts.digest, it.facts.sent.digest]);
    let later = state.status.progress().into_iter().flat_map(|it| it.documents.iter().flatten());
    sent.chain(later.map(|revision| revision.digest)).map(|it| it.to_string()).collect()
}

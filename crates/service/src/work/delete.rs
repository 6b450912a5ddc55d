//! Delete the documents of an envelope that its sender deleted.

use crate::effects::Queued;
use crate::erasure::files;
use crate::error::Error;
use crate::execute::Scope;
use crate::record;
use crate::server::Service;
use envelope::{Envelope, Shelf};
use std::collections::BTreeSet;
use store::{Fault, Tx, envelopes, jobs, revisions, template_versions, uploads};

/// What goes: the envelope's revisions, and the blobs that no revision needs which stays.
struct Gone {
    revisions: BTreeSet<String>,
    blobs: BTreeSet<String>,
}

impl Service {
    /// Removes what the documents consist of and the files that recipients added, as far as no other envelope and no other upload of the tenant needs it.
    /// The events stay, and with them the digests of what was signed: whoever has the files can still check them.
    pub(crate) async fn delete_documents(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        let state = self.load(&scope).await?.envelope;
        if state.shelf != Shelf::Deleted {
            return self.complete(job).await;
        }
        let (tenant, envelope) = (job.tenant.as_str(), id);
        let entries = self
            .store()
            .read(move |tx| Box::pin(async move { record::entries(tx, tenant, envelope).await }))
            .await?;
        let files = &files::ever_attached(&entries)?;
        let (mut uploads, mut stays) = (uploads_of(&state), BTreeSet::new());
        for other in self.all_envelopes(&job.tenant).await? {
            let scope = Scope { envelope: other, ..scope.clone() };
            let other = self.load(&scope).await?.envelope;
            if other.shelf != Shelf::Deleted {
                stays.extend(digests(&other));
                stays.extend(files::attached(&other, &[]));
                uploads.retain(|it| !uploads_of(&other).contains(it));
            }
        }
        // What a template needs stays, whatever became of the envelopes made from it.
        let of_templates = self
            .store()
            .read(move |tx| Box::pin(async move { template_versions::uploads(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        for list in of_templates {
            let needed: BTreeSet<String> = serde_json::from_str(&list).map_err(Error::fault)?;
            uploads.retain(|it| !needed.contains(it));
        }
        let (state, uploads, stays) = (&state, &uploads, &stays);
        // The uploads go first, so that nobody begins anything with them.
        let gone = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let gone = gone(tx, tenant, (state, files), uploads, stays).await?;
                    for upload in uploads {
                        uploads::remove(tx, tenant, upload).await?;
                    }
                    Ok::<_, Fault>(gone)
                })
            })
            .await
            .map_err(Error::Fault)?;
        // The rows of revisions go last: who dies here finds them again, and no blob is left that nobody knows.
        for blob in &gone.blobs {
            self.store().blobs().remove(tenant, blob).await?;
        }
        self.inner.pictures.forget(tenant, gone.revisions.iter());
        let gone = &gone;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    for revision in &gone.revisions {
                        revisions::remove(tx, tenant, revision).await?;
                    }
                    jobs::complete(tx, tenant, &job.job, &job.lease_token).await.map(drop)
                })
            })
            .await
            .map_err(Error::Fault)
    }

    async fn all_envelopes(&self, tenant: &str) -> Result<Vec<String>, Error> {
        self.store()
            .read(move |tx| Box::pin(async move { envelopes::all_ids(tx, tenant).await }))
            .await
            .map_err(Error::Fault)
    }
}

async fn gone(
    tx: &mut Tx<'_>,
    tenant: &str,
    (state, files): (&Envelope, &BTreeSet<String>),
    uploads: &BTreeSet<String>,
    stays: &BTreeSet<String>,
) -> Result<Gone, Fault> {
    let mut stays = stays.clone();
    for file in files {
        let same = uploads::of_digest(tx, tenant, file).await?;
        if same.iter().any(|it| !uploads.contains(&it.upload)) {
            stays.insert(file.clone());
        }
    }
    // Somebody may have uploaded the same file once more, and not used it yet.
    for document in &state.draft.documents {
        let facts = &document.facts;
        let same = uploads::of_digest(tx, tenant, &facts.digest.to_string()).await?;
        if same.iter().any(|it| !uploads.contains(&it.upload)) {
            stays.extend([facts.digest.to_string(), facts.sent.digest.to_string()]);
        }
    }
    let revisions: BTreeSet<String> = digests(state).difference(&stays).cloned().collect();
    let mut blobs = pieces(tx, tenant, &revisions).await?;
    blobs.extend(files.difference(&stays).cloned());
    for needed in pieces(tx, tenant, &stays).await? {
        blobs.remove(&needed);
    }
    Ok(Gone { revisions, blobs })
}

/// The blobs of which revisions consist.
async fn pieces(
    tx: &mut Tx<'_>,
    tenant: &str,
    revisions: &BTreeSet<String>,
) -> Result<BTreeSet<String>, Fault> {
    let mut pieces = BTreeSet::new();
    for digest in revisions {
        let row = revisions::find(tx, tenant, digest).await?;
        pieces.extend(row.into_iter().flat_map(|it| it.pieces).map(|it| it.digest));
    }
    Ok(pieces)
}

fn uploads_of(state: &Envelope) -> BTreeSet<String> {
    state.draft.documents.iter().map(|it| it.upload.clone()).collect()
}

/// Every revision of every document.
fn digests(state: &Envelope) -> BTreeSet<String> {
    let sent = state.draft.documents.iter().flat_map(|it| [it.facts.digest, it.facts.sent.digest]);
    let later = state.status.progress().into_iter().flat_map(|it| it.documents.iter().flatten());
    sent.chain(later.map(|revision| revision.digest)).map(|it| it.to_string()).collect()
}

//! Files that recipients added: the same bytes are kept once, whoever adds them and wherever.

use crate::error::Error;
use crate::execute::Scope;
use crate::record::Entry;
use crate::server::Service;
use envelope::{Envelope, Event, FieldId, Recorded};
use std::collections::BTreeSet;
use store::{envelopes, revisions};

/// The files in an envelope that were added at other places than these; all of them where there are none.
pub(super) fn attached_by_others(entries: &[Entry], places: Option<&[u16]>) -> Result<Vec<String>, Error> {
    let recorded: Vec<Recorded> = entries.iter().map(Entry::recorded).collect::<Result<_, _>>()?;
    let Some(state) = Envelope::fold(&recorded) else { return Ok(Vec::new()) };
    Ok(attached(&state, places.unwrap_or_default()))
}

/// The digests of all files that were ever added, those taken away again too, and of what sealed them.
pub(crate) fn ever_attached(entries: &[Entry]) -> Result<BTreeSet<String>, Error> {
    let mut digests = BTreeSet::new();
    for entry in entries {
        match entry.recorded()?.event {
            Event::FileAttached { file, .. } => digests.extend(file.digest.known().map(ToString::to_string)),
            Event::EnvelopeSealed { files, .. } => {
                digests.extend(files.iter().filter_map(|it| it.tail.known()).map(ToString::to_string));
            }
            _ => {}
        }
    }
    Ok(digests)
}

/// The digests of the files that lie in an envelope and of what sealed them, without those added at these places.
pub(crate) fn attached(state: &Envelope, without: &[u16]) -> Vec<String> {
    let progress = state.status.progress();
    let files = progress.into_iter().flat_map(|it| &it.files).map(|(id, file)| (id, &file.digest));
    let tails = progress.into_iter().flat_map(|it| &it.sealed_files).map(|(id, file)| (id, &file.tail));
    let is_theirs = |id: &FieldId| {
        state.draft.fields.iter().any(|field| field.id == *id && without.contains(&field.recipient))
    };
    files
        .chain(tails)
        .filter(|(id, _)| !is_theirs(id))
        .filter_map(|(_, digest)| digest.known().map(ToString::to_string))
        .collect()
}

impl Service {
    /// Leaves out what a document consists of: somebody may have added a file that was uploaded too.
    pub(super) async fn spare_documents(
        &self,
        tenant: &str,
        blobs: &mut BTreeSet<String>,
    ) -> Result<(), Error> {
        let asked = blobs.clone();
        let documents: Vec<String> = self
            .store()
            .read(move |tx| {
                let asked = asked.clone();
                Box::pin(async move {
                    let mut found = Vec::new();
                    for digest in asked {
                        if revisions::find(tx, tenant, &digest).await?.is_some() {
                            found.push(digest);
                        }
                    }
                    Ok(found)
                })
            })
            .await
            .map_err(Error::Fault)?;
        blobs.retain(|it| !documents.contains(it));
        Ok(())
    }

    /// Leaves out what documents consist of, and what lies in another envelope of the tenant.
    pub(super) async fn spare_files_of_others(
        &self,
        tenant: &str,
        id: &str,
        blobs: &mut BTreeSet<String>,
    ) -> Result<(), Error> {
        self.spare_documents(tenant, blobs).await?;
        if blobs.is_empty() {
            return Ok(());
        }
        let all = self
            .store()
            .read(move |tx| Box::pin(async move { envelopes::all_ids(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        for other in all.into_iter().filter(|it| it != id) {
            let scope = Scope { tenant: tenant.to_owned(), envelope: other, mode: None };
            for digest in attached(&self.load(&scope).await?.envelope, &[]) {
                blobs.remove(&digest);
            }
        }
        Ok(())
    }
}

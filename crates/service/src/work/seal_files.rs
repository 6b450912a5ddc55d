//! Put the tenant's seal on the PDFs that recipients added. They are documents of the envelope as any other, and were
//! never in its signed PDFs. A picture has no place for a signature, and a PDF that takes none stays as it came: the
//! evidence names each of them by its digest, and neither holds up the end of an envelope.

use super::signing::Job;
use super::signing_key::SigningKey;
use crate::documents::plan;
use crate::envelopes::story::Words;
use crate::error::Error;
use crate::record;
use crate::server::Service;
use envelope::{Digest, Envelope, FileType, Personal, Progress, SealedFile};
use std::fs::File;
use std::sync::Arc;

impl Service {
    /// Seals what can be sealed; only the bytes that are added are stored.
    pub(super) async fn seal_files(
        &self,
        tenant: &str,
        state: &Envelope,
        progress: &Progress,
        identity: &Arc<SigningKey>,
        head: Digest,
    ) -> Result<Vec<SealedFile>, Error> {
        let name = self.tenant_name(tenant).await?;
        let mut sealed = Vec::new();
        for field in &state.draft.fields {
            let file = progress.files.get(&field.id).filter(|it| it.kind == FileType::Pdf);
            let Some(base) = file.and_then(|it| it.digest.known().copied()) else { continue };
            let blob = self.store().blobs().open_local(tenant, &base.to_string()).await?;
            let opened = File::open(blob.path()).map_err(|error| Error::Fault(error.into()))?;
            let job = Job {
                document: 0,
                base,
                widgets: Vec::new(),
                fills: Vec::new(),
                signature: plan::seal(),
                name: Some(name.clone()),
                reason: state.test.then(|| Words::of(&state.draft.language).report.test.clone()),
                at: self.now(),
                head,
            };
            let key = identity.clone();
            let made = tokio::task::spawn_blocking(move || {
                // The local copy lives as long as it is read.
                let _held = blob;
                signed(opened, &key, job)
            });
            let Some(signed) = made.await.map_err(Error::fault)?? else { continue };
            let tail = signed.tail_bytes;
            self.store().blobs().put_bytes(tenant, tail.clone()).await?;
            sealed.push(SealedFile {
                field: field.id.clone(),
                recipient: field.recipient,
                digest: Personal::Known(Digest(signed.revision_digest)),
                length: signed.revision_length,
                tail: Personal::Known(record::digest(&tail)),
                tail_length: tail.len() as u64,
            });
        }
        Ok(sealed)
    }
}

/// Nothing where the file takes no signature: a stranger made it, and nobody can make another one of it now.
fn signed(file: File, key: &SigningKey, mut job: Job) -> Result<Option<pades::Signed>, Error> {
    let source: Arc<dyn pdf::Source> = Arc::new(file);
    match pdf::intake::intake(source.clone()) {
        Ok(answer) if answer.rewrite.is_empty() => {}
        _ => return Ok(None),
    }
    let SigningKey::Here(identity) = key else { return Ok(None) };
    let Ok(fields) = pdf::Document::open(source.clone()).and_then(|it| it.fields()) else { return Ok(None) };
    let is_taken = |name: &str| fields.iter().any(|it| it.name == name);
    // A file that comes from an envelope of ours has a seal already.
    let own = job.signature.name.clone();
    let names = std::iter::once(own.clone()).chain((2..100).map(|number| format!("{own}_{number}")));
    let Some(free) = names.into_iter().find(|it| !is_taken(it)) else { return Ok(None) };
    job.signature.name = free;
    Ok(super::signing::sign(source, identity, job).ok())
}

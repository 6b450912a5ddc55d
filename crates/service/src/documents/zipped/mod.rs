//! All that came out of an envelope as one zip, made while it is read.

mod names;
mod stream;

use crate::ceremony::Visit;
use crate::documents::download::{self, Which, file_name, file_name_of};
use crate::envelopes::{FileRevision, kept};
use crate::error::Error;
use crate::execute::Scope;
use crate::server::Service;
use bytes::Bytes;
use envelope::{Digest, Envelope, FieldDraft, Refusal, Shelf};
use futures::stream::BoxStream;
use names::Names;
use std::io;

/// A zip on its way out.
pub struct Zipped {
    /// What it should be called.
    pub file_name: String,
    /// Its bytes. Their number is not known before the end; where something fails on the way, so does the stream.
    pub bytes: BoxStream<'static, io::Result<Bytes>>,
}

/// A file that goes into a zip.
struct Entry {
    name: String,
    content: Content,
}

enum Content {
    /// A revision of a document.
    Revision(Digest),
    /// Blobs of its own, by their digests.
    Blobs(Vec<String>),
    /// What was made for this zip alone.
    Made(Vec<u8>),
}

impl Service {
    /// The documents as they stand, the files that recipients added, the audit trail where it has been issued, and the
    /// evidence.
    pub async fn documents_zip(&self, scope: &Scope) -> Result<Zipped, Error> {
        let state = self.load(scope).await?.envelope;
        let mut entries = self.entries(&scope.tenant, &state, None).await?;
        let evidence = self.evidence_file(scope).await?.into_bytes();
        entries.push(Entry { name: "evidence.json".to_owned(), content: Content::Made(evidence) });
        Ok(self.zipped(&scope.tenant, &state, entries))
    }

    /// The same for the holder of a download link, without the evidence, which tells of everybody, without the documents
    /// that they do not see, and without what was given in confidence by others.
    pub async fn ceremony_zip(&self, visit: &Visit) -> Result<Zipped, Error> {
        let view = self.ceremony_finished(visit).await?;
        let entries = self.entries(&visit.scope.tenant, &view.envelope, Some(visit.recipient)).await?;
        Ok(self.zipped(&visit.scope.tenant, &view.envelope, entries))
    }

    async fn entries(
        &self,
        tenant: &str,
        state: &Envelope,
        reader: Option<u16>,
    ) -> Result<Vec<Entry>, Error> {
        if state.shelf == Shelf::Deleted {
            return Err(Refusal::EnvelopeDeleted.into());
        }
        let sees = |document: u16| reader.is_none_or(|it| state.draft.is_visible(document, it));
        let may_read = |field: &FieldDraft| {
            sees(field.document) && (!field.confidential || reader.is_none_or(|it| field.recipient == it))
        };
        let mut entries = Vec::new();
        for (number, document) in state.document_numbers().zip(&state.draft.documents) {
            if !sees(number) {
                continue;
            }
            let digest = download::digest(state, number, Which::Head)
                .ok_or_else(|| Error::fault("a document without a revision"))?;
            let name = file_name(&document.title);
            entries.push(Entry { name, content: Content::Revision(digest) });
        }
        for field in state.draft.fields.iter().filter(|it| may_read(it)) {
            let Some(file) = kept(state, &field.id, FileRevision::Head) else { continue };
            let mut is_there = true;
            for piece in &file.pieces {
                is_there &= self.store().blobs().exists(tenant, piece).await?;
            }
            if is_there {
                entries.push(Entry { name: file.name, content: Content::Blobs(file.pieces) });
            }
        }
        // One that named somebody whose data were erased since is there no more.
        if let Some(digest) = state.audit_trail.map(|it| it.to_string())
            && self.store().blobs().exists(tenant, &digest).await?
        {
            let name = file_name(&format!("{} - audit trail", state.draft.title));
            entries.push(Entry { name, content: Content::Blobs(vec![digest]) });
        }
        Ok(entries)
    }

    fn zipped(&self, tenant: &str, state: &Envelope, mut entries: Vec<Entry>) -> Zipped {
        let mut names = Names::default();
        for entry in &mut entries {
            entry.name = names.given(&entry.name);
        }
        Zipped {
            file_name: file_name_of(&state.draft.title, "zip"),
            bytes: stream::of(self.clone(), tenant.to_owned(), entries, state.updated_at),
        }
    }
}

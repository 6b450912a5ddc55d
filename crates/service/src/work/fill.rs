//! Put the values of somebody who signs nothing into the documents.

use crate::documents::plan;
use crate::effects::Queued;
use crate::envelopes::whole_digest;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::fault_point;
use crate::server::Service;
use envelope::commands::record_fill::RecordFill;
use envelope::{Act, Actor, Command, Digest, Envelope, NewRevision};
use pdf::form::Fill;
use std::sync::Arc;

impl Service {
    pub(super) async fn record_fill(
        &self,
        scope: &Scope,
        job: &Queued,
        state: &Envelope,
        act: &Act,
    ) -> Result<(), Error> {
        let progress = state.status.progress().ok_or_else(|| Error::fault("an act before it was sent"))?;
        let pictures = self.pictures(&scope.tenant, state, progress, act.recipient).await?;
        let mut revisions = Vec::with_capacity(act.documents.len());
        for document in &act.documents {
            let base = progress.head(*document).ok_or_else(|| Error::fault("a document has no head"))?;
            let fills = plan::fills(state, progress, act.recipient, *document, &pictures);
            let source = self.source(&scope.tenant, base.digest).await?;
            let (tail, digest) = tokio::task::spawn_blocking(move || filled(&source, &fills))
                .await
                .map_err(Error::fault)??;
            self.store().blobs().put_bytes(&scope.tenant, tail.clone()).await?;
            revisions.push(NewRevision {
                document: *document,
                base: base.digest,
                digest,
                length: base.length + tail.len() as u64,
                tail: Some(crate::record::digest(&tail)),
                tail_length: tail.len() as u64,
                event_head: None,
            });
        }
        fault_point::reach("fill.stored");
        let commands = [Command::RecordFill(RecordFill { recipient: act.recipient, revisions })];
        self.execute(&Change::of(scope, &Actor::System, &commands).finishing(job)).await?;
        fault_point::reach("fill.recorded");
        Ok(())
    }
}

/// The bytes that filling adds, and the digest of the whole revision.
fn filled(source: &Arc<dyn pdf::Source>, fills: &[Fill]) -> Result<(Vec<u8>, Digest), Error> {
    let document = pdf::Document::open(source.clone()).map_err(Error::fault)?;
    let tail = pdf::form::fill_in(&document, fills).map_err(Error::fault)?;
    let digest = whole_digest(&**source, &tail.bytes).map_err(|error| Error::Fault(error.into()))?;
    Ok((tail.bytes, digest))
}

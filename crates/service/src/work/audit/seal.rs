//! The record as a file: told from the events up to its issue, and sealed.

use super::language::Spoken;
use super::report;
use crate::documents::plan;
use crate::envelopes::views;
use crate::error::Error;
use crate::execute::Scope;
use crate::record::{self, digest, head_digest};
use crate::server::Service;
use crate::work::signing::{self, Job};
use envelope::{Digest, Envelope, Recorded};
use std::sync::Arc;

impl Service {
    /// Tells the events up to the issue of the record, and seals what comes out. `issued` is the record that was
    /// issued, where this one tells the same in other words.
    pub(super) async fn told_and_sealed(
        &self,
        scope: &Scope,
        spoken: Spoken,
        issued: Option<Digest>,
    ) -> Result<Vec<u8>, Error> {
        let mut entries = self
            .store()
            .read(move |tx| {
                Box::pin(async move { record::entries(tx, &scope.tenant, &scope.envelope).await })
            })
            .await?;
        if let Some(end) = entries.iter().position(|it| it.row.kind == "audit_trail_issued") {
            entries.truncate(end);
        }
        let recorded: Vec<Recorded> =
            entries.iter().map(record::Entry::recorded).collect::<Result<_, _>>()?;
        let state = Envelope::fold(&recorded).ok_or(Error::NotFound { what: "envelope" })?;
        let head = entries.last().ok_or(Error::NotFound { what: "envelope" })?.hash()?;
        let trail = views(&entries, &state, spoken.words.language)?;
        let name = self.tenant_name(&scope.tenant).await?;
        let report = report(&scope.envelope, &state, &trail, spoken, issued, &name);
        let identity = Arc::new(self.seal_identity(&scope.tenant, &name).await?);
        let bytes =
            tokio::task::spawn_blocking(move || pdf::audit::report(&report)).await.map_err(Error::fault)?;
        self.seal_bytes(bytes, identity, name, head_digest(head)?).await
    }

    /// Seals a file that we made ourselves.
    async fn seal_bytes(
        &self,
        bytes: Vec<u8>,
        identity: Arc<crate::authority::Identity>,
        name: String,
        head: Digest,
    ) -> Result<Vec<u8>, Error> {
        let at = self.now();
        tokio::task::spawn_blocking(move || {
            let source: Arc<dyn pdf::Source> = Arc::new(bytes.clone());
            let job = Job {
                document: 1,
                base: digest(&bytes),
                widgets: Vec::new(),
                fills: Vec::new(),
                signature: plan::seal(),
                name: Some(name),
                reason: None,
                at,
                head,
            };
            let signed = signing::sign(source, &identity, job)?;
            let mut whole = bytes;
            whole.extend(&signed.tail_bytes);
            Ok(whole)
        })
        .await
        .map_err(Error::fault)?
    }
}

//! Put the tenant's seal on the documents.

use super::signing::Job;
use super::signing_key::SigningKey;
use crate::documents::plan;
use crate::effects::Queued;
use crate::envelopes::story::Words;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::fault_point;
use crate::record::head_digest;
use crate::server::Service;
use envelope::commands::record_seal::RecordSeal;
use envelope::{Actor, Command, Refusal, Status};
use std::sync::Arc;

impl Service {
    pub(crate) async fn carry_out_seal(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        let loaded = self.load(&scope).await?;
        let state = &loaded.envelope;
        let Status::Finishing(progress) = &state.status else { return self.complete(job).await };
        let name = self.tenant_name(&job.tenant).await?;
        let identity = Arc::new(SigningKey::Here(self.seal_identity(&job.tenant, &name).await?));
        let mut revisions = Vec::with_capacity(progress.documents.len());
        for document in state.document_numbers() {
            let base = progress.head(document).ok_or_else(|| Error::fault("a document has no head"))?.digest;
            let signing = Job {
                document,
                base,
                widgets: Vec::new(),
                fills: plan::at_completion(state, progress, document),
                signature: plan::seal(),
                name: Some(name.clone()),
                reason: state.test.then(|| Words::of(&state.draft.language).report.test.clone()),
                at: self.now(),
                head: head_digest(loaded.head)?,
            };
            revisions.push(self.sign_revision(&job.tenant, &identity, signing).await?);
        }
        let files =
            self.seal_files(&scope.tenant, state, progress, &identity, head_digest(loaded.head)?).await?;
        fault_point::reach("seal.stored");
        let commands = [Command::RecordSeal(RecordSeal { certificate: identity.facts(), revisions, files })];
        let change = Change::of(&scope, &Actor::System, &commands).finishing(job);
        match self.execute(&change).await {
            Err(Error::Refused(Refusal::NothingPending)) => self.complete(job).await,
            Err(error) => Err(error),
            Ok(_) => {
                fault_point::reach("seal.recorded");
                Ok(())
            }
        }
    }
}

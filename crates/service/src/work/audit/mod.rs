//! Make the audit trail of an envelope: told from its events alone, sealed by the tenant.

mod consent;
mod events;
mod language;
mod people;
mod read;
mod report;
mod seal;

use self::report::{Told, report};
use crate::effects::Queued;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::record::digest;
use crate::server::Service;
use envelope::commands::record_audit_trail::RecordAuditTrail;
use envelope::{Actor, Command, Refusal};
pub use language::TrailWish;
pub(crate) use language::known as known_language;
pub use read::Trail;

impl Service {
    /// Issues the record of an envelope that has ended, in the language of the envelope.
    pub(crate) async fn issue_audit_trail(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        let loaded = self.load(&scope).await?;
        if loaded.envelope.audit_trail.is_some() {
            return self.complete(job).await;
        }
        let spoken = language::on_paper(&loaded.envelope.draft.language);
        let sealed = self.told_and_sealed(&scope, spoken, None).await?;
        self.store().blobs().put_bytes(&job.tenant, sealed.clone()).await?;
        let record = RecordAuditTrail { digest: digest(&sealed), length: sealed.len() as u64 };
        let commands = [Command::RecordAuditTrail(record)];
        let change = Change::of(&scope, &Actor::System, &commands).finishing(job);
        match self.execute(&change).await {
            Err(Error::Refused(Refusal::NothingPending)) => self.complete(job).await,
            other => other.map(drop),
        }
    }
}

//! Make and change drafts.

use super::draft::DraftInput;
use super::view::EnvelopeView;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::{Mode, Service};
use envelope::commands::{create::CreateEnvelope, revise::ReviseDraft};
use envelope::{Actor, Command, Sender};

impl Service {
    /// Makes a draft: in the caller's mode, or for the desk, which has none, as `test` says.
    pub async fn create_envelope(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        test: bool,
        actor: &Actor,
        sender: Sender,
        input: DraftInput,
    ) -> Result<EnvelopeView, Error> {
        let draft = self.complete_draft(tenant, mode, input).await?;
        let scope = Scope { tenant: tenant.to_owned(), envelope: self.new_id("env"), mode: None };
        let test = mode.map_or(test, |mode| mode == Mode::Test);
        let command = Command::Create(CreateEnvelope { sender, test, draft });
        let changed = self.execute_first(&scope, actor, &command).await?;
        self.view(&scope, changed.envelope).await
    }

    /// Replaces what a draft holds. `version` is the one that the change was made on.
    pub async fn revise_draft(
        &self,
        scope: &Scope,
        actor: &Actor,
        version: Option<u64>,
        input: DraftInput,
    ) -> Result<EnvelopeView, Error> {
        let draft = self.complete_draft(&scope.tenant, scope.mode, input).await?;
        let commands = [Command::Revise(ReviseDraft { version, draft })];
        let change = Change { scope, actor, commands: &commands, job: None, kept: None };
        let changed = self.execute(&change).await?;
        self.view(scope, changed.envelope).await
    }
}

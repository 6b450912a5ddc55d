//! Make and change drafts.

use super::draft::{Completing, DraftInput};
use super::view::EnvelopeView;
use crate::accounts::Reply;
use crate::error::Error;
use crate::execute::{Beside, Change, Scope};
use crate::server::{Mode, Service};
use crate::webhooks::NewWebhook;
use envelope::commands::{create::CreateEnvelope, revise::ReviseDraft};
use envelope::{Actor, Command, Sender};

/// Who wants a draft made.
pub struct Asking<'a> {
    /// The tenant.
    pub tenant: &'a str,
    /// A caller in one mode makes envelopes of that mode; the desk has none.
    pub mode: Option<Mode>,
    /// What the desk says: a test envelope or one in earnest.
    pub test: bool,
    /// Who asks.
    pub actor: &'a Actor,
    /// In whose name it is sent.
    pub sender: Sender,
    /// Who is to be told of what happens in it.
    pub webhooks: Vec<NewWebhook>,
    /// What is kept, in the same transaction, for the same request made again.
    pub reply: Option<Reply<EnvelopeView>>,
}

impl Service {
    /// Makes a draft.
    pub async fn create_envelope(
        &self,
        asking: Asking<'_>,
        input: DraftInput,
    ) -> Result<EnvelopeView, Error> {
        let Asking { tenant, mode, test, actor, sender, webhooks, reply } = asking;
        let test = mode.map_or(test, |mode| mode == Mode::Test);
        let (draft, anchored) =
            self.complete_draft(tenant, Completing { mode, test, held: None }, input, None).await?;
        let scope = Scope { tenant: tenant.to_owned(), envelope: self.new_id("env"), mode: None };
        let webhooks = self.webhooks_of_draft(&scope, test, webhooks).await?;
        let command = Command::Create(CreateEnvelope { sender, test, draft });
        let beside = Beside { webhooks: &webhooks, reply: reply.as_ref(), made_from: None };
        let made = self.execute_first(&scope, actor, &command, beside).await;
        made.map_err(|error| anchored.blame(error))
    }

    /// Replaces what a draft holds. `version` is the one that the change was made on.
    pub async fn revise_draft(
        &self,
        scope: &Scope,
        actor: &Actor,
        version: Option<u64>,
        input: DraftInput,
    ) -> Result<EnvelopeView, Error> {
        self.revise(scope, actor, version, input, false).await
    }

    /// The same, also for the holder of an address for editing the draft.
    pub(crate) async fn revise(
        &self,
        scope: &Scope,
        actor: &Actor,
        version: Option<u64>,
        input: DraftInput,
        by_edit_link: bool,
    ) -> Result<EnvelopeView, Error> {
        let before = self.load(scope).await?.envelope;
        let asker = Completing { mode: scope.mode, test: before.test, held: by_edit_link.then_some(scope) };
        let (draft, anchored) = self.complete_draft(&scope.tenant, asker, input, Some(&before.draft)).await?;
        let commands = [Command::Revise(ReviseDraft { version, draft, by_edit_link })];
        let change = Change::of(scope, actor, &commands);
        let changed = self.execute(&change).await.map_err(|error| anchored.blame(error))?;
        self.view(scope, changed.envelope).await
    }
}

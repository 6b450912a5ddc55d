//! Cancel an envelope.

use super::view::EnvelopeView;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::Service;
use envelope::commands::cancel::CancelEnvelope;
use envelope::{Actor, Command};

impl Service {
    /// Cancels an envelope with a reason.
    pub async fn cancel_envelope(
        &self,
        scope: &Scope,
        actor: &Actor,
        reason: &str,
    ) -> Result<EnvelopeView, Error> {
        let commands = [Command::Cancel(CancelEnvelope { reason: reason.to_owned() })];
        let change = Change::of(scope, actor, &commands);
        let changed = self.execute(&change).await?;
        self.view(scope, changed.envelope).await
    }
}

//! The recipient declines.

use super::visit::Visit;
use crate::error::Error;
use crate::execute::Change;
use crate::server::Service;
use envelope::Command;
use envelope::commands::decline::Decline;

impl Service {
    /// Declines with a reason.
    pub async fn decline(&self, visit: &Visit, reason: &str) -> Result<(), Error> {
        let commands = [Command::Decline(Decline { recipient: visit.recipient, reason: reason.to_owned() })];
        self.execute(&Change {
            scope: &visit.scope,
            actor: &visit.actor(),
            commands: &commands,
            job: None,
            kept: None,
        })
        .await?;
        Ok(())
    }
}

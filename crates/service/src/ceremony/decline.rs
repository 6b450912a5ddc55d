//! The recipient declines.

use super::visit::Visit;
use crate::error::Error;
use crate::server::Service;
use envelope::Command;
use envelope::commands::decline::Decline;

impl Service {
    /// Declines with a reason.
    pub async fn decline(&self, visit: &Visit, reason: &str) -> Result<(), Error> {
        let commands = [Command::Decline(Decline { recipient: visit.recipient, reason: reason.to_owned() })];
        self.execute_as(visit, &commands, None).await?;
        Ok(())
    }
}

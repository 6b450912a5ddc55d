//! The recipient fills fields.

use super::visit::Visit;
use crate::error::Error;
use crate::server::Service;
use envelope::commands::fill::FillFields;
use envelope::{Command, FieldId};
use std::collections::BTreeMap;

impl Service {
    /// Keeps what was filled so far.
    pub async fn fill(&self, visit: &Visit, values: BTreeMap<FieldId, String>) -> Result<(), Error> {
        let commands = [Command::Fill(FillFields { recipient: visit.recipient, values })];
        self.execute_as(visit, &commands, None).await?;
        Ok(())
    }
}

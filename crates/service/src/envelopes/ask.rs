//! What a sender asks of an envelope that needs nothing but the rules' answer.

use super::view::EnvelopeView;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::Service;
use crate::telephone;
use envelope::{Actor, Command};

impl Service {
    /// Executes a sender's command and gives what stands then.
    pub async fn ask(
        &self,
        scope: &Scope,
        actor: &Actor,
        mut command: Command,
    ) -> Result<EnvelopeView, Error> {
        match &mut command {
            Command::Correct(it) => telephone::dial(&mut it.phone)?,
            Command::Replace(it) => {
                self.take_phone(scope, it).await?;
                telephone::dial(&mut it.phone)?;
            }
            _ => {}
        }
        let commands = [command];
        let changed = self.execute(&Change::of(scope, actor, &commands)).await?;
        self.view(scope, changed.envelope).await
    }
}

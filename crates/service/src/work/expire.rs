//! Expire an envelope whose time has come.

use crate::effects::Queued;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::server::Service;
use envelope::commands::expire::ExpireEnvelope;
use envelope::{Actor, Command};

impl Service {
    pub(crate) async fn carry_out_expiry(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        let commands = [Command::Expire(ExpireEnvelope)];
        let change = Change {
            scope: &scope,
            actor: &Actor::System,
            commands: &commands,
            job: Some(job),
            kept: None,
            link: None,
        };
        self.execute(&change).await.map(drop)
    }
}

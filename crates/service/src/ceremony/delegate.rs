//! The recipient names somebody else, or takes their consent back.

use super::view::CeremonyView;
use super::visit::Visit;
use crate::error::Error;
use crate::server::Service;
use envelope::Command;
use envelope::commands::{delegate::Delegate, withdraw_consent::WithdrawConsent};

impl Service {
    /// Asks that somebody else act in the recipient's place.
    pub async fn delegate(
        &self,
        visit: &Visit,
        name: String,
        email: String,
        reason: String,
    ) -> Result<CeremonyView, Error> {
        let delegate = Delegate { recipient: visit.recipient, name, email, reason };
        self.execute_as(visit, &[Command::Delegate(delegate)], None).await?;
        self.ceremony(visit).await
    }

    /// Takes back the recipient's agreement to sign electronically.
    pub async fn withdraw_consent(&self, visit: &Visit) -> Result<CeremonyView, Error> {
        let withdraw = WithdrawConsent { recipient: visit.recipient };
        self.execute_as(visit, &[Command::WithdrawConsent(withdraw)], None).await?;
        self.ceremony(visit).await
    }
}

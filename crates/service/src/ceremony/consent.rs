//! The recipient presses the first button.

use super::view::CeremonyView;
use super::visit::Visit;
use crate::error::{Class, Error};
use crate::server::Service;
use envelope::Command;
use envelope::commands::{consent::GiveConsent, open::OpenEnvelope};

impl Service {
    /// Begins the visit and records the consent, with the words that were read.
    pub async fn consent(&self, visit: &Visit, version: &str) -> Result<CeremonyView, Error> {
        let in_force = self.ceremony(visit).await?.consent;
        if version != in_force.version {
            return Err(Error::Wrong {
                class: Class::Conflict,
                code: "consent_moved",
                sentence: "The text changed meanwhile; load the page again and read it.".to_owned(),
            });
        }
        let commands = [
            Command::Open(OpenEnvelope { recipient: visit.recipient }),
            Command::Consent(GiveConsent {
                recipient: visit.recipient,
                version: in_force.version,
                text: in_force.text,
            }),
        ];
        self.execute_as(visit, &commands, None).await?;
        self.ceremony(visit).await
    }
}

//! The signer places their own fields.

use super::visit::Visit;
use crate::error::Error;
use crate::server::Service;
use envelope::commands::place_fields::PlaceFields;
use envelope::{Command, PlacedField};

impl Service {
    /// Keeps the fields that a signer has placed, in place of those that they had placed before.
    pub async fn place_fields(&self, visit: &Visit, fields: Vec<PlacedField>) -> Result<(), Error> {
        let commands = [Command::PlaceFields(PlaceFields { recipient: visit.recipient, fields })];
        self.execute_as(visit, &commands, None).await
    }
}

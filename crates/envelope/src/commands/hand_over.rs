//! Another user becomes its sender.

use crate::decision::Decision;
use crate::event::Event;
use crate::model::draft::Sender;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Hands an envelope over to another user of the tenant, who gets its mails from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverEnvelope {
    /// Who.
    pub to: Sender,
}

impl HandOverEnvelope {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        if state.sender == self.to {
            return Ok(Decision::default());
        }
        Ok(Decision::of(Event::EnvelopeHandedOver { to: self.to.clone() }))
    }
}

//! Another user becomes its sender.

use crate::decision::Decision;
use crate::event::Event;
use crate::model::draft::Sender;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Hands an envelope over to another user of the tenant, who gets its mails from then on. Its own sender may, and who
/// looks after the tenant's people; a colleague does not take it, or push it to somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverEnvelope {
    /// To whom.
    pub to: Sender,
    /// Who asks.
    pub asked_by: HandOverAsker,
}

/// Who asks that an envelope is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOverAsker {
    /// A program of the tenant, an admin or an owner: they answer for everybody's envelopes.
    ForTheTenant,
    /// A user who sends, and no more.
    User {
        /// Their id.
        user: String,
    },
}

impl HandOverEnvelope {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        match &self.asked_by {
            HandOverAsker::User { user } if *user != state.sender.user => {
                return Err(Refusal::EnvelopeOfAnotherSender);
            }
            _ => {}
        }
        if state.sender == self.to {
            return Ok(Decision::default());
        }
        Ok(Decision::of(Event::EnvelopeHandedOver { to: self.to.clone() }))
    }
}

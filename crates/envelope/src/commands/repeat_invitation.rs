//! The sender has an invitation sent again.

use super::sender::{in_turn, mailed};
use crate::decision::{Decision, Effect};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Sends the invitation of a recipient whose turn it is again, with a new link; the old one goes on working.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepeatInvitation {
    /// Number of the recipient.
    pub recipient: u16,
}

impl RepeatInvitation {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        in_turn(state, self.recipient)?;
        mailed(state, self.recipient)?;
        Ok(Decision::of(Event::InvitationRepeated { recipient: self.recipient })
            .with(Effect::InvitationMail { recipient: self.recipient }))
    }
}

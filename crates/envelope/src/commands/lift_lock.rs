//! The sender lets a recipient try again.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Lifts the lock that too many wrong answers put on a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiftLock {
    /// Number of the recipient.
    pub recipient: u16,
}

impl LiftLock {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        if turn::may_prove(state, self.recipient, context)?.lock.is_none() {
            return Err(Refusal::NotLocked);
        }
        Ok(Decision::of(Event::RecipientUnlocked { recipient: self.recipient }))
    }
}

//! A recipient takes back their agreement to sign electronically.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Takes back the consent of a recipient who has not finished; they can give it again, or decline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithdrawConsent {
    /// Number of the recipient.
    pub recipient: u16,
}

impl WithdrawConsent {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        turn::with_consent(state, self.recipient, context)?;
        Ok(Decision::of(Event::ConsentWithdrawn { recipient: self.recipient }))
    }
}

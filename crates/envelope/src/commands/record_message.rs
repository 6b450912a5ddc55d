//! A worker has delivered a message.

use crate::decision::Decision;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Records that a mail server accepted a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordMessage {
    /// Number of the recipient; the sender where there is none.
    pub recipient: Option<u16>,
    /// What it was about.
    pub purpose: String,
    /// Its Message-ID.
    pub message: String,
}

impl RecordMessage {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        if self.recipient.is_some_and(|recipient| !state.recipient_numbers().any(|it| it == recipient)) {
            return Err(Refusal::RecipientUnknown);
        }
        Ok(Decision::of(Event::MessageSent {
            recipient: self.recipient,
            purpose: self.purpose.clone(),
            message: self.message.clone(),
        }))
    }
}

//! A mail server has refused a message for good.

use super::record_bounce::told_to_sender;
use crate::decision::Decision;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Records that a mail server will never take a message. It is not sent again by itself, and the sender is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRefusedMessage {
    /// Number of the recipient; the sender where there is none.
    pub recipient: Option<u16>,
    /// What it was about.
    pub purpose: String,
    /// Its Message-ID.
    pub message: String,
    /// The server's codes, such as `550 5.1.1`, and none of its words, in which servers repeat addresses. Nothing
    /// where no mail could be made for the address at all.
    pub reply: Option<String>,
}

impl RecordRefusedMessage {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        if self.recipient.is_some_and(|recipient| !state.recipient_numbers().any(|it| it == recipient)) {
            return Err(Refusal::RecipientUnknown);
        }
        let refused = Decision::of(Event::MessageRefused {
            recipient: self.recipient,
            purpose: self.purpose.clone(),
            message: self.message.clone(),
            reply: self.reply.clone(),
        });
        Ok(match self.recipient {
            Some(recipient) => told_to_sender(refused, state, recipient),
            None => refused,
        })
    }
}

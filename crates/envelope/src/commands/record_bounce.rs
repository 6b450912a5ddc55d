//! A mail came back.

use crate::decision::{Decision, Effect};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::{Envelope, Status};

/// Records that a mail could not be delivered, as a delivery status notification (RFC 3464) or a provider says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordBounce {
    /// Number of the recipient; the sender where there is none.
    pub recipient: Option<u16>,
    /// Its Message-ID.
    pub message: String,
    /// It will never arrive; else it may yet.
    pub permanent: bool,
    /// The status of the report (RFC 3463), such as `5.1.1`.
    pub status: String,
}

impl RecordBounce {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        if self.recipient.is_some_and(|recipient| state.recipient(recipient).is_none()) {
            return Err(Refusal::RecipientUnknown);
        }
        let bounced = Decision::of(Event::MessageBounced {
            recipient: self.recipient,
            message: self.message.clone(),
            permanent: self.permanent,
            status: self.status.clone(),
        });
        match self.recipient {
            Some(recipient) if self.permanent && matches!(state.status, Status::InProgress(_)) => {
                Ok(bounced.with(Effect::BouncedMail { recipient }))
            }
            _ => Ok(bounced),
        }
    }
}

//! A mail came back.

use crate::decision::{Decision, Effect};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::{Envelope, Status};

/// Records that a mail could not be delivered, as a delivery status notification (RFC 3464) or a provider says. Reports
/// come more than once: what is known already is not told again.
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
    /// The recipient's address as it is now, masked.
    pub destination: String,
}

impl RecordBounce {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        if self.recipient.is_some_and(|recipient| state.recipient(recipient).is_none()) {
            return Err(Refusal::RecipientUnknown);
        }
        if state.post.has_returned(&self.message) {
            return Ok(Decision::default());
        }
        let outdated = state.post.is_outdated(&self.message);
        let bounced = Decision::of(Event::MessageBounced {
            recipient: self.recipient,
            message: self.message.clone(),
            permanent: self.permanent,
            status: self.status.clone(),
            destination: if outdated { "".into() } else { self.destination.clone().into() },
        });
        Ok(match self.recipient {
            Some(recipient) if self.permanent && !outdated => told_to_sender(bounced, state, recipient),
            _ => bounced,
        })
    }
}

/// The sender is told once of an address that takes no mail, as long as it can still be corrected.
pub(super) fn told_to_sender(decision: Decision, state: &Envelope, recipient: u16) -> Decision {
    let Status::InProgress(progress) = &state.status else { return decision };
    match progress.person(recipient) {
        Some(person) if person.bounced_at.is_none() => decision.with(Effect::BouncedMail { recipient }),
        _ => decision,
    }
}

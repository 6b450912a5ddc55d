//! A code did not reach its recipient.

use crate::decision::Decision;
use crate::event::Event;
use crate::model::method::MethodKind;
use crate::refusal::Refusal;
use crate::state::Envelope;
use jiff::Timestamp;

/// Records that a code did not arrive, as a provider's receipt or a mail server says. Of a code that was used or has a
/// newer one in its place nothing is recorded, and of the same one only once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordUndeliveredCode {
    /// Number of the recipient.
    pub recipient: u16,
    /// By which way it was sent.
    pub method: MethodKind,
    /// When it was made.
    pub sent_at: Timestamp,
    /// Where it was sent, masked.
    pub destination: String,
    /// What the provider or the mail server calls the reason: a number, a code.
    pub reason: Option<String>,
}

impl RecordUndeliveredCode {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        if state.recipient(self.recipient).is_none() {
            return Err(Refusal::RecipientUnknown);
        }
        let person = state.status.progress().and_then(|progress| progress.person(self.recipient));
        let waits = person.filter(|person| person.undelivered.is_none()).and_then(|person| person.challenge);
        // A code is made in the change that asks for it, after the moment of its event and before the next one.
        if !waits.is_some_and(|out| out.method == self.method && out.at <= self.sent_at) {
            return Ok(Decision::default());
        }
        Ok(Decision::of(Event::CodeUndelivered {
            recipient: self.recipient,
            method: self.method,
            destination: self.destination.clone().into(),
            reason: self.reason.clone(),
        }))
    }
}

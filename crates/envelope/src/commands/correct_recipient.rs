//! An address or a telephone number is corrected.

use super::draft_recipients::person_findings;
use super::sender::{new_links, still_there};
use crate::decision::Decision;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Corrects where the same person is reached. Links that went to the old address end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectRecipient {
    /// Number of the recipient.
    pub recipient: u16,
    /// Their address.
    pub email: String,
    /// Their telephone; empty where none is known.
    pub phone: String,
}

impl CorrectRecipient {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        let (progress, _) = still_there(state, self.recipient)?;
        let place = state.recipient(self.recipient).ok_or(Refusal::RecipientUnknown)?;
        Refusal::unless_empty(person_findings(place, place.name.text(), &self.email, &self.phone, None))?;
        let (email, phone) = (self.email.trim(), self.phone.trim());
        if email == place.email.text() && phone == place.phone.text() {
            return Ok(Decision::default());
        }
        let corrected =
            Event::RecipientCorrected { recipient: self.recipient, email: email.into(), phone: phone.into() };
        let mut decision = Decision::of(corrected);
        if email != place.email.text() {
            decision.effects = new_links(state, progress, self.recipient);
        }
        Ok(decision)
    }
}

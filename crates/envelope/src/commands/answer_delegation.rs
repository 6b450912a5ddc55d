//! The sender agrees that somebody else acts in a recipient's place, or does not.

use super::delegate::take_over;
use super::draft_recipients::person_findings;
use super::sender::in_turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Answers what a recipient asked with [`super::delegate::Delegate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerDelegation {
    /// Number of the recipient.
    pub recipient: u16,
    /// The other person takes the place.
    pub accept: bool,
}

impl AnswerDelegation {
    pub(crate) fn decide(&self, state: &Envelope, _: &Context) -> Result<Decision, Refusal> {
        let person = in_turn(state, self.recipient)?.person(self.recipient);
        let asked = person.and_then(|person| person.delegation.as_ref());
        let delegate = asked.ok_or(Refusal::NoDelegationAsked)?;
        if self.accept {
            // Where a code is sent by telephone the sender names the new person, and their number, in full.
            let place = state.recipient(self.recipient).ok_or(Refusal::RecipientUnknown)?;
            let (name, email) = (delegate.name.text(), delegate.email.text());
            Refusal::unless_empty(person_findings(place, name, email, "", None))?;
            return Ok(take_over(state, self.recipient));
        }
        Ok(Decision::of(Event::DelegationRefused { recipient: self.recipient }))
    }
}

//! Another person takes a recipient's place, or a role gets its person.

use super::draft_recipients::person_findings;
use super::sender::{new_links, still_there};
use super::settle::settle;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::part::Part;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Puts another person in a recipient's place, as long as nobody has acted in it. Links of the person before end;
/// what they filled is forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplaceRecipient {
    /// Number of the recipient.
    pub recipient: u16,
    /// Name of the new person.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their telephone; empty where none is known.
    pub phone: String,
    /// Their language; that of the place where nothing is said.
    pub language: Option<String>,
}

impl ReplaceRecipient {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let (progress, part) = still_there(state, self.recipient)?;
        let place = state.recipient(self.recipient).ok_or(Refusal::RecipientUnknown)?;
        Refusal::unless_empty(person_findings(
            place,
            &self.name,
            &self.email,
            &self.phone,
            self.language.as_deref(),
        ))?;
        let replaced = Event::RecipientReplaced {
            recipient: self.recipient,
            name: self.name.trim().into(),
            email: self.email.trim().into(),
            phone: self.phone.trim().into(),
            language: self.language.clone(),
        };
        let effects = new_links(state, progress, self.recipient);
        let decision = Decision { events: vec![replaced], effects };
        // It may have been this person that the next step waited for.
        match part {
            Part::Waiting | Part::Copy => Ok(decision.then(state, context, |next| settle(next, context))),
            _ => Ok(decision),
        }
    }
}

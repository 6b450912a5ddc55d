//! A recipient names somebody else to act in their place.

use super::decline::reason_findings;
use super::draft_recipients::person_findings;
use super::sender::new_links;
use super::turn;
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::rules::Delegation;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Names somebody else; they take the place at once, or as soon as the sender agrees, as the rules say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegate {
    /// Number of the recipient.
    pub recipient: u16,
    /// Name of the other person.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Why.
    pub reason: String,
}

impl Delegate {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        turn::of(state, self.recipient, context)?;
        if state.draft.rules.delegation == Delegation::Refused {
            return Err(Refusal::DelegationNotAllowed);
        }
        let place = state.recipient(self.recipient).ok_or(Refusal::RecipientUnknown)?;
        let mut found = person_findings(place, &self.name, &self.email, "", None);
        // A code by telephone went to the person before; the sender has to name the other one's number.
        found.retain(|it| it.pointer != "/phone");
        found.extend(reason_findings(&self.reason));
        Refusal::unless_empty(found)?;
        let asked = Event::DelegationAsked {
            recipient: self.recipient,
            name: self.name.trim().into(),
            email: self.email.trim().into(),
            reason: self.reason.trim().into(),
        };
        let decision = Decision::of(asked);
        let by_telephone = place.authentication.iter().any(|it| it.kind().needs_phone());
        if state.draft.rules.delegation == Delegation::WithConsent || by_telephone {
            return Ok(decision.with(Effect::DelegationMail { recipient: self.recipient }));
        }
        Ok(decision.then(state, context, |next| take_over(next, self.recipient)))
    }
}

/// The person whom the recipient named takes the place.
pub(crate) fn take_over(state: &Envelope, recipient: u16) -> Decision {
    let person = state.status.progress().and_then(|it| it.person(recipient));
    let Some(delegate) = person.and_then(|person| person.delegation.clone()) else {
        return Decision::default();
    };
    let replaced = Event::RecipientReplaced {
        recipient,
        name: delegate.name,
        email: delegate.email,
        phone: "".into(),
        language: None,
    };
    let effects = state.status.progress().map(|progress| new_links(state, progress, recipient));
    Decision { events: vec![replaced], effects: effects.unwrap_or_default() }
}

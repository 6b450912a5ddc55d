//! A recipient is asked to prove who they are.

use super::answer_challenge::next_visit;
use super::{identity, turn};
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::method::MethodKind;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Sends the code that comes next in a recipient's visit, or leads them to the identity provider. A visit begins with it
/// where the context names none. Other methods need no beginning: their answer is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginChallenge {
    /// Number of the recipient.
    pub recipient: u16,
    /// The method that is to begin; refused where another one comes next.
    pub method: MethodKind,
    /// Where a code goes, masked; of an identity provider, its issuer.
    pub destination: String,
}

impl BeginChallenge {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let person = turn::may_prove(state, self.recipient, context)?;
        let asked = state.asked_of(self.recipient, context).ok_or(Refusal::NothingAsked)?;
        if person.lock.is_some() {
            return Err(Refusal::RecipientLocked);
        }
        if asked.method.kind() != self.method || !self.method.is_begun() {
            return Err(Refusal::AuthenticationMissing { method: asked.method.kind() });
        }
        let visit = match context.visit {
            Some(visit) if person.visit(visit).is_some() => visit,
            Some(_) => return Err(Refusal::NothingAsked),
            None => next_visit(person)?,
        };
        if let Some(at) = identity::next_begin_at(person, self.method, context.now) {
            return Err(Refusal::CodeTooSoon { at });
        }
        let telephone = state.draft.rules.telephone;
        if self.method.needs_phone()
            && !telephone.overage
            && telephone.monthly_allowance.is_some_and(|most| context.telephone_used >= most)
        {
            return Err(Refusal::TelephoneAllowanceUsed);
        }
        let sent = Event::ChallengeIssued {
            recipient: self.recipient,
            visit,
            method: self.method,
            destination: self.destination.clone().into(),
        };
        let begun = Decision::of(sent);
        if !self.method.sends_code() {
            return Ok(begun);
        }
        Ok(begun.with(Effect::SendCode { recipient: self.recipient, visit, method: self.method }))
    }
}

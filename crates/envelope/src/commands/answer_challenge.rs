//! A recipient answers.

use super::identity::{ATTEMPTS_MAX, CODE_LIFE};
use super::turn;
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::method::MethodKind;
use crate::model::personal::Personal;
use crate::part::Person;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Records whether an answer was right. Those who keep the secret compare; here it is decided what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerChallenge {
    /// Number of the recipient.
    pub recipient: u16,
    /// What was answered.
    pub method: MethodKind,
    /// Whether the answer was right.
    pub right: bool,
    /// What was learnt of who answered; never a secret.
    pub detail: String,
}

impl AnswerChallenge {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let (person, visit) = self.answerable(state, context)?;
        let (recipient, method) = (self.recipient, self.method);
        let detail = Personal::from(self.detail.clone());
        if self.right {
            return Ok(Decision::of(Event::ChallengePassed { recipient, visit, method, detail }));
        }
        let attempts_left = ATTEMPTS_MAX.saturating_sub(person.wrong().saturating_add(1));
        let failed = Decision::of(Event::ChallengeFailed { recipient, visit, method, attempts_left, detail });
        if attempts_left > 0 {
            return Ok(failed);
        }
        let mut locked = failed.with(Effect::LockedMail { recipient });
        locked.events.push(Event::RecipientLocked { recipient, method });
        Ok(locked)
    }

    /// Whether an answer can be taken at all; asked before it is compared, so that a guess on a code that is over tells
    /// nothing and costs nothing.
    pub fn answerable<'s>(
        &self,
        state: &'s Envelope,
        context: &Context,
    ) -> Result<(&'s Person, u16), Refusal> {
        let person = turn::may_prove(state, self.recipient, context)?;
        if person.lock.is_some() {
            return Err(Refusal::RecipientLocked);
        }
        let visit = self.visit(person, context)?;
        let asked = state.asked_of(self.recipient, context).ok_or(Refusal::NothingAsked)?;
        if asked.method.kind() != self.method {
            return Err(Refusal::AuthenticationMissing { method: asked.method.kind() });
        }
        if self.method.is_begun() {
            let challenge = person.challenge.ok_or(Refusal::CodeExpired)?;
            let alive = context.now.duration_since(challenge.at) < CODE_LIFE;
            if challenge.method != self.method || challenge.visit != visit || !alive {
                return Err(Refusal::CodeExpired);
            }
        }
        Ok((person, visit))
    }

    /// The visit that answers. One in which nothing has to be begun begins with its first answer.
    fn visit(&self, person: &Person, context: &Context) -> Result<u16, Refusal> {
        match context.visit {
            Some(visit) if person.visit(visit).is_some() => Ok(visit),
            None if !self.method.is_begun() => next_visit(person),
            _ => Err(Refusal::NothingAsked),
        }
    }
}

/// The number of a visit that begins now.
pub(crate) fn next_visit(person: &Person) -> Result<u16, Refusal> {
    u16::try_from(person.visits.len() + 1).map_err(|_| Refusal::RecipientLocked)
}

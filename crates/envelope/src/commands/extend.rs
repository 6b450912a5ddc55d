//! The sender gives it more time.

use super::draft_findings::lifetime;
use super::send::{expiry, out_of_trash};
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::draft::{Draft, Expiry};
use crate::part::Part;
use crate::refusal::Refusal;
use crate::state::{Envelope, Outcome, Shelf, Status};

/// Sets another end for an envelope that runs; one that has expired lives again by it, and those whose turn it was
/// are invited anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtendEnvelope {
    /// When it ends by itself, counted from now.
    pub expiry: Expiry,
}

impl ExtendEnvelope {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let revived = match &state.status {
            Status::Draft => return Err(Refusal::NotSent),
            Status::Finishing(_) => return Err(Refusal::AlreadyFinishing),
            Status::InProgress(progress) => match progress.ending {
                Some(outcome) => return Err(Refusal::EnvelopeEnded(outcome)),
                None => None,
            },
            Status::Ended(ending) => match (ending.outcome, &ending.progress) {
                (Outcome::Expired, Some(progress)) => Some(progress),
                (outcome, _) => return Err(Refusal::EnvelopeEnded(outcome)),
            },
        };
        if state.shelf == Shelf::Deleted {
            return Err(Refusal::EnvelopeDeleted);
        }
        let mut found = Vec::new();
        lifetime(self.expiry, &mut found);
        Refusal::unless_empty(found)?;
        let asked = Draft { expiry: self.expiry, ..state.draft.clone() };
        let expires_at = expiry(&asked, context.now).map_err(|finding| Refusal::Invalid(vec![finding]))?;
        let mut decision = Decision::of(Event::ExpiryExtended { expires_at });
        let Some(progress) = revived else { return Ok(decision) };
        decision.events.extend(out_of_trash(state));
        let asked = state.recipient_numbers().filter(|it| progress.part(*it).is_some_and(Part::may_act));
        for recipient in asked.filter(|it| state.recipient(*it).is_some_and(|it| it.is_mailed())) {
            decision = decision.with(Effect::InvitationMail { recipient });
        }
        // What expired between two steps goes on with the next one.
        Ok(decision.then(state, context, |next| super::settle::settle(next, context)))
    }
}

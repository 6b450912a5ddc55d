//! The sender cancels.

use super::decline::reason_findings;
use super::settle::{everybody_has_acted, settle};
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::{Envelope, Status};

/// Cancels an envelope. A draft goes at once and without a reason; one that was sent ends as soon as the
/// acts acknowledged before are in the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelEnvelope {
    /// In the sender's words; recipients read it.
    pub reason: String,
}

impl CancelEnvelope {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        match &state.status {
            Status::Draft => return Ok(Decision::of(Event::EnvelopeCancelled {})),
            Status::Finishing(_) => return Err(Refusal::AlreadyFinishing),
            Status::Ended(ending) => return Err(Refusal::EnvelopeEnded(ending.outcome)),
            Status::InProgress(progress) => {
                if let Some(outcome) = progress.ending {
                    return Err(Refusal::EnvelopeEnded(outcome));
                }
                if everybody_has_acted(progress) {
                    return Err(Refusal::AlreadyFinishing);
                }
            }
        }
        Refusal::unless_empty(reason_findings(&self.reason))?;
        let requested = Event::CancelRequested { reason: self.reason.trim().into() };
        Ok(Decision::of(requested).then(state, context, |next| settle(next, context)))
    }
}

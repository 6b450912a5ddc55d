//! An envelope's time has come.

use super::settle::{everybody_has_acted, settle};
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::{Envelope, Status};

/// Ends an envelope whose time has come. Where it has ended otherwise, or all have signed, there is
/// nothing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpireEnvelope;

impl ExpireEnvelope {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let progress = match &state.status {
            Status::Draft => return Err(Refusal::NotSent),
            Status::Finishing(_) | Status::Ended(_) => return Ok(Decision::default()),
            Status::InProgress(progress) => progress,
        };
        if progress.ending.is_some() || everybody_has_acted(progress) {
            return Ok(Decision::default());
        }
        if context.now < progress.expires_at {
            return Err(Refusal::NotYetExpired);
        }
        Ok(Decision::of(Event::ExpiryReached {}).then(state, context, settle))
    }
}

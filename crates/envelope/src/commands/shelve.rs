//! The sender puts it away.

use crate::decision::{Decision, Effect};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::{Envelope, Shelf, Status};

/// Puts an envelope into the archive or the trash, takes it back, or deletes its documents for good. Whatever
/// happens, its events stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShelveEnvelope {
    /// Where it goes.
    pub shelf: Shelf,
}

impl ShelveEnvelope {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        let runs = matches!(state.status, Status::InProgress(_) | Status::Finishing(_));
        match (state.shelf, self.shelf) {
            (Shelf::Deleted, _) => return Err(Refusal::EnvelopeDeleted),
            (from, to) if from == to => return Ok(Decision::default()),
            // Who was invited would stand before a closed door without being told why.
            (_, Shelf::Trash | Shelf::Deleted) if runs => return Err(Refusal::StillRunning),
            _ => {}
        }
        let shelved = Decision::of(Event::EnvelopeShelved { shelf: self.shelf });
        if self.shelf == Shelf::Deleted {
            return Ok(shelved.with(Effect::DeleteDocuments));
        }
        Ok(shelved)
    }
}

//! Change a draft.

use super::draft_findings::findings;
use crate::decision::Decision;
use crate::edit_link;
use crate::event::Event;
use crate::model::draft::Draft;
use crate::refusal::Refusal;
use crate::state::{Envelope, Shelf, Status};

/// Replaces what a draft holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviseDraft {
    /// The version that the change was made on; refused when the draft has moved on since.
    pub version: Option<u64>,
    /// What it holds from now on.
    pub draft: Draft,
    /// It is asked by an address for editing this draft, which does not let everything be changed.
    pub by_edit_link: bool,
}

impl ReviseDraft {
    pub(crate) fn decide(&self, state: &Envelope) -> Result<Decision, Refusal> {
        match &state.status {
            Status::Draft => {}
            Status::Ended(ending) => return Err(Refusal::EnvelopeEnded(ending.outcome)),
            Status::InProgress(_) | Status::Finishing(_) => return Err(Refusal::AlreadySent),
        }
        if state.shelf == Shelf::Deleted {
            return Err(Refusal::EnvelopeDeleted);
        }
        if self.version.is_some_and(|version| version != state.version) {
            return Err(Refusal::DraftMoved);
        }
        let mut found = findings(&self.draft);
        if self.by_edit_link {
            found.extend(edit_link::beyond(&state.draft, &self.draft));
        }
        Refusal::unless_empty(found)?;
        if self.draft == state.draft {
            return Ok(Decision::default());
        }
        Ok(Decision::of(Event::DraftRevised { draft: Box::new(self.draft.clone()) }))
    }
}

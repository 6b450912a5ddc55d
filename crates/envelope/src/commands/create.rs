//! Make a draft.

use super::draft_findings::findings;
use crate::decision::Decision;
use crate::event::Event;
use crate::model::draft::{Draft, Sender};
use crate::refusal::Refusal;

/// Makes an envelope as a draft. It may be incomplete; what is there has to be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateEnvelope {
    /// By whom.
    pub sender: Sender,
    /// A test envelope sends nothing outside, and its documents are marked.
    pub test: bool,
    /// What it holds.
    pub draft: Draft,
}

impl CreateEnvelope {
    pub(crate) fn decide(&self) -> Result<Decision, Refusal> {
        Refusal::unless_empty(findings(&self.draft))?;
        Ok(Decision::of(Event::EnvelopeCreated {
            sender: self.sender.clone(),
            test: self.test,
            draft: Box::new(self.draft.clone()),
        }))
    }
}

//! A worker has put a filler's values into the documents.

use super::record_act::made_on_heads;
use super::settle::tell_sender;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::revision::NewRevision;
use crate::part::ActKind;
use crate::refusal::Refusal;
use crate::state::{Envelope, Status};

/// Records that a filler's values are in the documents, after their bytes were stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFill {
    /// Number of the recipient.
    pub recipient: u16,
    /// The revisions that show the values.
    pub revisions: Vec<NewRevision>,
}

impl RecordFill {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let Status::InProgress(progress) = &state.status else { return Err(Refusal::NothingPending) };
        let act = progress.act(self.recipient).filter(|act| act.kind == ActKind::Fill);
        let act = act.ok_or(Refusal::NothingPending)?;
        if !made_on_heads(progress, &self.revisions, &act.documents) {
            return Err(Refusal::HeadMoved);
        }
        let filled = Event::RecipientFilled { recipient: self.recipient, revisions: self.revisions.clone() };
        Ok(tell_sender(Decision::of(filled), state, self.recipient, context))
    }
}

//! A recipient takes a file away again.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::field::FieldId;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Takes a file away from a field. Where there is none, nothing happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveFile {
    /// Number of the recipient.
    pub recipient: u16,
    /// The field.
    pub field: FieldId,
}

impl RemoveFile {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let progress = turn::with_consent(state, self.recipient, context)?;
        let theirs = state.fields_of(self.recipient).any(|it| it.id == self.field);
        if !theirs || !progress.files.contains_key(&self.field) {
            return Ok(Decision::default());
        }
        Ok(Decision::of(Event::FileRemoved { recipient: self.recipient, field: self.field.clone() }))
    }
}

//! A filler finishes.

use super::settle::after_act;
use super::{fill, shown, turn};
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::digest::Digest;
use crate::model::field::FieldId;
use crate::model::role::Role;
use crate::refusal::{Finding, Refusal};
use crate::state::Envelope;
use std::collections::BTreeMap;

/// The act of a filler: their values go into the documents without a signature, which the next one covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishFilling {
    /// Number of the recipient.
    pub recipient: u16,
    /// Last values, on top of what was filled before.
    pub values: BTreeMap<FieldId, String>,
    /// The revision of each document that they were shown.
    pub shown: BTreeMap<u16, Digest>,
    /// What was found wrong with the letters of a value by those who draw them.
    pub drawing_findings: Vec<Finding>,
}

impl FinishFilling {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let progress = turn::with_consent(state, self.recipient, context)?;
        if state.recipient(self.recipient).is_none_or(|it| it.role != Role::Filler) {
            return Err(Refusal::OtherAct);
        }
        let documents = state.documents_with_fields_of(self.recipient);
        shown::check(state, progress, self.recipient, &self.shown, documents.iter().copied())?;
        let values = fill::all_values(state, progress, self.recipient, &self.values, context.now);
        let mut found = fill::findings(state, self.recipient, &self.values);
        fill::missing(state, progress, self.recipient, &self.values, &mut found);
        found.extend(self.drawing_findings.iter().cloned());
        Refusal::unless_empty(found)?;
        let recipient = self.recipient;
        if documents.is_empty() {
            let filled = Event::RecipientFilled { recipient, revisions: Vec::new() };
            return Ok(after_act(Decision::of(filled), state, recipient, context));
        }
        let intent = Event::FillingIntended { recipient, documents, shown: self.shown.clone(), values };
        Ok(Decision::of(intent).with(Effect::EndLink { recipient }).with(Effect::CarryOutAct { recipient }))
    }
}

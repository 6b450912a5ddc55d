//! A recipient approves, or has read.

use super::settle::after_act;
use super::{shown, turn};
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::digest::Digest;
use crate::model::role::Role;
use crate::refusal::Refusal;
use crate::state::Envelope;
use std::collections::BTreeMap;

/// The act of an approver (they agree to the documents) or of a viewer (they opened and read them). It leaves no
/// mark in the documents, so that it is done when it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approve {
    /// Number of the recipient.
    pub recipient: u16,
    /// The revision of each document that they were shown; all that they see are named.
    pub shown: BTreeMap<u16, Digest>,
}

impl Approve {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let progress = turn::with_consent(state, self.recipient, context)?;
        shown::check(state, progress, self.recipient, &self.shown, state.documents_seen_by(self.recipient))?;
        let (recipient, shown) = (self.recipient, self.shown.clone());
        let done = match state.recipient(recipient).map(|it| it.role) {
            Some(Role::Approver) => Event::RecipientApproved { recipient, shown },
            Some(Role::Viewer) => Event::RecipientViewed { recipient, shown },
            _ => return Err(Refusal::OtherAct),
        };
        Ok(after_act(Decision::of(done), state, recipient, context))
    }
}

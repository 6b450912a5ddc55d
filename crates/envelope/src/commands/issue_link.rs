//! The sender asks for a link, to take the person to their page themselves.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Hands a signing link for a recipient whose turn it is to whoever asks on the sender's side. The caller makes
/// the link in the transaction that writes the event: none is handed out that the trail does not tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueLink {
    /// Number of the recipient.
    pub recipient: u16,
}

impl IssueLink {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        turn::asked(state, self.recipient, context)?;
        Ok(Decision::of(Event::LinkIssued { recipient: self.recipient }))
    }
}

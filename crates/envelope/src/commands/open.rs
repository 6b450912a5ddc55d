//! A recipient begins their visit.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::part::Part;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Begins a recipient's visit. It is asked when the person presses the first button: following the link
/// alone, as mail scanners do, is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEnvelope {
    /// Number of the recipient.
    pub recipient: u16,
}

impl OpenEnvelope {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let (_, part) = turn::of(state, self.recipient, context)?;
        if *part != Part::Invited {
            return Ok(Decision::default());
        }
        Ok(Decision::of(Event::RecipientOpened { recipient: self.recipient }))
    }
}

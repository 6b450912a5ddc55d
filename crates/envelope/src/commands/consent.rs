//! A recipient agrees to sign electronically.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::consent::ConsentText;
use crate::part::Part;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Records the consent of a recipient whose visit has begun. To agree twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveConsent {
    /// Number of the recipient.
    pub recipient: u16,
    /// Version of the text they agreed to.
    pub version: String,
    /// The text, as they read it.
    pub text: ConsentText,
}

impl GiveConsent {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let (_, part) = turn::of(state, self.recipient, context)?;
        if *part == Part::Consented {
            return Ok(Decision::default());
        }
        let (version, text) = (self.version.clone(), Some(self.text.clone()));
        let given = Event::ConsentGiven { recipient: self.recipient, version, text };
        Ok(match part {
            Part::Invited => Decision {
                events: vec![Event::RecipientOpened { recipient: self.recipient }, given],
                effects: Vec::new(),
            },
            _ => Decision::of(given),
        })
    }
}

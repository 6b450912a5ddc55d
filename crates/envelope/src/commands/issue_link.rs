//! The sender asks for a link, to take the person to their page themselves.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::recipient::Arrival;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Hands a signing link for a recipient whose turn it is to whoever asks on the sender's side. The caller makes
/// the link in the transaction that writes the event: none is handed out that the trail does not tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueLink {
    /// Number of the recipient.
    pub recipient: u16,
    /// Who asks.
    pub asked_by: LinkAsker,
}

/// Who asks for a link on the sender's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkAsker {
    /// A program of the tenant, which answers for whom it hands the link to.
    Program,
    /// A person who works for the tenant. They may see the envelope, and are no other person in it: they get their
    /// own link, and those of recipients of whom was said that the sender hands the link over.
    Person {
        /// The address under which they work.
        email: String,
    },
}

impl IssueLink {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        self.refuse_others(state)?;
        turn::asked(state, self.recipient, context)?;
        Ok(Decision::of(Event::LinkIssued { recipient: self.recipient }))
    }

    /// One who is not there is nobody's, and refused as such.
    fn refuse_others(&self, state: &Envelope) -> Result<(), Refusal> {
        let (LinkAsker::Person { email }, Some(recipient)) =
            (&self.asked_by, state.recipient(self.recipient))
        else {
            return Ok(());
        };
        let email = email.trim();
        let own = !email.is_empty() && recipient.email.text().trim().eq_ignore_ascii_case(email);
        if own || recipient.arrival == Arrival::Handed {
            return Ok(());
        }
        Err(Refusal::LinkOfAnotherPerson)
    }
}

//! How a recipient proves who they are is settled, or changed, after sending.

use super::draft_methods;
use super::sender::{new_links, still_there};
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::draft::Draft;
use crate::model::method::Method;
use crate::model::recipient::{Arrival, RecipientDraft};
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Sets how a recipient comes to their page and proves who they are, as long as they have not acted. What was
/// proved before counts no more, and links end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAuthentication {
    /// Number of the recipient.
    pub recipient: u16,
    /// The methods, in their order.
    pub authentication: Vec<Method>,
    /// How they come to their page; as before where nothing is said.
    pub arrival: Option<Arrival>,
}

impl SetAuthentication {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        still_there(state, self.recipient)?;
        let place = state.recipient(self.recipient).ok_or(Refusal::RecipientUnknown)?;
        let authentication = self.authentication.clone();
        let arrival = self.arrival.clone().unwrap_or_else(|| place.arrival.clone());
        if authentication == place.authentication && arrival == place.arrival {
            return Ok(Decision::default());
        }
        let changed = RecipientDraft { authentication, arrival, ..place.clone() };
        let index = usize::from(self.recipient - 1);
        let mut draft = Draft::clone(&state.draft);
        draft.recipients.splice(index..=index, [changed.clone()]);
        let mut found = Vec::new();
        draft_methods::findings(&draft, index, &changed, &mut found);
        draft_methods::complete(&draft, index, &changed, &mut found);
        Refusal::unless_empty(found)?;
        let set = Event::AuthenticationSet {
            recipient: self.recipient,
            authentication: changed.authentication,
            arrival: changed.arrival,
        };
        Ok(Decision::of(set).then(state, context, |next| {
            let progress = next.status.progress();
            let effects = progress.map(|progress| new_links(next, progress, self.recipient));
            Decision { events: Vec::new(), effects: effects.unwrap_or_default() }
        }))
    }
}

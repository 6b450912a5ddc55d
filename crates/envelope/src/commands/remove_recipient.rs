//! The sender takes a recipient out.

use super::sender::still_to_act;
use super::settle::settle;
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::rules::Completion;
use crate::part::Part;
use crate::refusal::Refusal;
use crate::state::Envelope;

/// Takes out a recipient who has not acted; their fields stay blank. Somebody who signs has to be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoveRecipient {
    /// Number of the recipient.
    pub recipient: u16,
}

impl RemoveRecipient {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let (progress, _) = still_to_act(state, self.recipient)?;
        let all_count = state.draft.rules.completion != Completion::Required;
        let will_sign = |number| all_count || state.recipient(number).is_some_and(|it| !it.optional);
        let signs = |number: u16, part: &Part| {
            let open = part.is_open() && will_sign(number);
            state.is_signer(number) && (open || matches!(part, Part::Signed { .. }))
        };
        let others: Vec<(u16, &Part)> =
            state.recipient_numbers().zip(&progress.parts).filter(|(it, _)| *it != self.recipient).collect();
        if !others.iter().any(|(number, part)| signs(*number, part)) {
            return Err(Refusal::LastSigner);
        }
        // A witness of nobody, and somebody without their host, could never act.
        let leans_on_them = |number: u16| {
            state
                .recipient(number)
                .is_some_and(|it| it.witness_of == Some(self.recipient) || it.host == Some(self.recipient))
        };
        if others.iter().any(|(number, part)| part.is_open() && leans_on_them(*number)) {
            return Err(Refusal::RecipientNeeded);
        }
        Ok(Decision::of(Event::RecipientRemoved { recipient: self.recipient })
            .with(Effect::EndLink { recipient: self.recipient })
            .then(state, context, |next| settle(next, context)))
    }
}

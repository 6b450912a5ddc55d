//! Whether it is a recipient's turn.

use crate::decision::Context;
use crate::refusal::Refusal;
use crate::state::{Envelope, Outcome, Part, Progress, Status};

/// The progress and the part of a recipient whose turn it is.
pub(crate) fn of<'s>(
    state: &'s Envelope,
    recipient: u16,
    context: &Context,
) -> Result<(&'s Progress, &'s Part), Refusal> {
    if !state.recipient_numbers().any(|number| number == recipient) {
        return Err(Refusal::RecipientUnknown);
    }
    let progress = state.status.progress();
    let part = progress.and_then(|progress| progress.part(recipient));
    // What a person has done is done, whatever became of the envelope since.
    match part {
        Some(Part::Signing | Part::Signed { .. } | Part::Declined { .. }) => {
            return Err(Refusal::AlreadyActed);
        }
        Some(Part::Copy) => return Err(Refusal::RecipientHasNoAct),
        _ => {}
    }
    let (progress, part) = match &state.status {
        Status::Draft => return Err(Refusal::NotSent),
        Status::Ended(ending) => return Err(Refusal::EnvelopeEnded(ending.outcome)),
        Status::InProgress(progress) | Status::Finishing(progress) => {
            (progress, part.ok_or(Refusal::RecipientUnknown)?)
        }
    };
    if let Some(outcome) = progress.ending {
        return Err(Refusal::EnvelopeEnded(outcome));
    }
    if context.now >= progress.expires_at {
        return Err(Refusal::EnvelopeEnded(Outcome::Expired));
    }
    if *part == Part::Waiting {
        return Err(Refusal::RecipientOutOfTurn);
    }
    Ok((progress, part))
}

/// The same, and they have agreed to sign electronically.
pub(crate) fn with_consent<'s>(
    state: &'s Envelope,
    recipient: u16,
    context: &Context,
) -> Result<&'s Progress, Refusal> {
    match of(state, recipient, context)? {
        (progress, Part::Consented) => Ok(progress),
        _ => Err(Refusal::ConsentMissing),
    }
}

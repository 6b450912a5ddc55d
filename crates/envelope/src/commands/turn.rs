//! Whether it is a recipient's turn, and whether it is them.

use super::identity;
use crate::decision::Context;
use crate::part::{Part, Person};
use crate::refusal::Refusal;
use crate::state::{Ending, Envelope, Outcome, Progress, Status};

/// The progress and the part of a recipient whose turn it is and who has proved who they are.
pub(crate) fn of<'s>(
    state: &'s Envelope,
    recipient: u16,
    context: &Context,
) -> Result<(&'s Progress, &'s Part), Refusal> {
    let (progress, part) = asked(state, recipient, context)?;
    identity::require(state, progress, recipient, context)?;
    Ok((progress, part))
}

/// The progress and the part of a recipient whose turn it is, whoever comes in their name.
pub(crate) fn asked<'s>(
    state: &'s Envelope,
    recipient: u16,
    context: &Context,
) -> Result<(&'s Progress, &'s Part), Refusal> {
    if state.recipient(recipient).is_none() {
        return Err(Refusal::RecipientUnknown);
    }
    let progress = state.status.progress();
    let part = progress.and_then(|progress| progress.part(recipient));
    // What a person has done is done, whatever became of the envelope since.
    match part {
        Some(Part::Copy) => return Err(Refusal::RecipientHasNoAct),
        Some(Part::Released) => return Err(Refusal::RecipientReleased),
        Some(Part::Removed { .. }) => return Err(Refusal::RecipientRemoved),
        Some(part) if !part.is_open() || *part == Part::Signing => return Err(Refusal::AlreadyActed),
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
    if context.now >= state.ends_by_itself_at(progress) {
        return Err(Refusal::EnvelopeEnded(Outcome::Expired));
    }
    if *part == Part::Waiting || witnesses_what_is_to_come(state, progress, recipient) {
        return Err(Refusal::RecipientOutOfTurn);
    }
    Ok((progress, part))
}

/// Where optional recipients hold nobody up, a witness can be invited before the one whose act they are to see.
fn witnesses_what_is_to_come(state: &Envelope, progress: &Progress, recipient: u16) -> bool {
    let witnessed = state.recipient(recipient).and_then(|it| it.witness_of);
    witnessed.and_then(|number| progress.part(number)).is_some_and(Part::is_open)
}

/// The person behind a recipient who may be asked who they are: in their turn, and to read what came out.
pub(crate) fn may_prove<'s>(
    state: &'s Envelope,
    recipient: u16,
    context: &Context,
) -> Result<&'s Person, Refusal> {
    let reads = |part: &Part| !matches!(part, Part::Declined { .. } | Part::Removed { .. });
    let progress = match &state.status {
        Status::Ended(Ending { outcome: Outcome::Completed, progress: Some(progress), .. })
            if progress.part(recipient).is_some_and(reads) =>
        {
            progress
        }
        _ => asked(state, recipient, context)?.0,
    };
    progress.person(recipient).ok_or(Refusal::RecipientUnknown)
}

/// It is their turn, it is them, and they have agreed to sign electronically.
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

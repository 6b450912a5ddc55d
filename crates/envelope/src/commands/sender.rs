//! What the sender of an envelope may touch.

use crate::decision::Effect;
use crate::part::Part;
use crate::refusal::{Finding, Refusal};
use crate::state::{Envelope, Progress, Status};

/// The progress of an envelope that runs.
pub(crate) fn running(state: &Envelope) -> Result<&Progress, Refusal> {
    let progress = match &state.status {
        Status::Draft => return Err(Refusal::NotSent),
        Status::Ended(ending) => return Err(Refusal::EnvelopeEnded(ending.outcome)),
        Status::Finishing(_) => return Err(Refusal::AlreadyFinishing),
        Status::InProgress(progress) => progress,
    };
    match progress.ending {
        Some(outcome) => Err(Refusal::EnvelopeEnded(outcome)),
        None => Ok(progress),
    }
}

/// The progress and part of a recipient of whom something is still to come, and whose act is not on its way.
pub(crate) fn still_to_act(state: &Envelope, recipient: u16) -> Result<(&Progress, &Part), Refusal> {
    let progress = running(state)?;
    match progress.part(recipient) {
        None => Err(Refusal::RecipientUnknown),
        Some(Part::Copy) => Err(Refusal::RecipientHasNoAct),
        Some(Part::Released) => Err(Refusal::RecipientReleased),
        Some(Part::Removed { .. }) => Err(Refusal::RecipientRemoved),
        Some(part) if part.may_act() || *part == Part::Waiting => Ok((progress, part)),
        Some(_) => Err(Refusal::AlreadyActed),
    }
}

/// The same, and also those who receive copies or host others: who they are can change as well.
pub(crate) fn still_there(state: &Envelope, recipient: u16) -> Result<(&Progress, &Part), Refusal> {
    let progress = running(state)?;
    match progress.part(recipient) {
        Some(part @ Part::Copy) => Ok((progress, part)),
        _ => still_to_act(state, recipient),
    }
}

/// New links in place of those that went to this recipient: their own in their turn, and those of the people whom
/// they host.
pub(crate) fn new_links(state: &Envelope, progress: &Progress, recipient: u16) -> Vec<Effect> {
    let theirs = |number: &u16| {
        *number == recipient || state.recipient(*number).is_some_and(|it| it.host == Some(recipient))
    };
    let in_turn = |number: &u16| progress.part(*number).is_some_and(Part::may_act);
    let mut effects = Vec::new();
    for recipient in state.recipient_numbers().filter(theirs).filter(in_turn) {
        effects.push(Effect::EndLink { recipient });
        if state.recipient(recipient).is_some_and(|it| it.is_mailed()) {
            effects.push(Effect::InvitationMail { recipient });
        }
    }
    effects
}

/// Refuses mails to those who get none.
pub(crate) fn mailed(state: &Envelope, recipient: u16) -> Result<(), Refusal> {
    if state.recipient(recipient).is_some_and(|it| it.is_mailed()) {
        return Ok(());
    }
    Err(Refusal::Invalid(vec![Finding::new(
        "/recipient",
        "recipient_not_mailed",
        "This recipient gets their link from you and no mail from here; hand it to them again.",
    )]))
}

/// The progress of a recipient whose turn it is.
pub(crate) fn in_turn(state: &Envelope, recipient: u16) -> Result<&Progress, Refusal> {
    match still_to_act(state, recipient)? {
        (_, Part::Waiting) => Err(Refusal::RecipientOutOfTurn),
        (progress, _) => Ok(progress),
    }
}

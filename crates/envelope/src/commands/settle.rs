//! What follows by itself: the next step, the seal, the end.

use crate::decision::{Decision, Effect};
use crate::event::Event;
use crate::state::{Envelope, Outcome, Part, Progress, Status};

/// After an act was recorded or somebody left: opens the next step, asks for the seal, or ends it. Acts
/// that were acknowledged are always waited for.
pub(crate) fn settle(state: &Envelope) -> Decision {
    let Status::InProgress(progress) = &state.status else { return Decision::default() };
    if !progress.acts.is_empty() {
        return Decision::default();
    }
    match progress.ending {
        Some(outcome) => end(state, progress, outcome),
        None if step_is_done(progress) => open_step(state),
        None => Decision::default(),
    }
}

/// Opens the first step that nobody has been invited to; asks for the seal when there is none left.
pub(crate) fn open_step(state: &Envelope) -> Decision {
    let Status::InProgress(progress) = &state.status else { return Decision::default() };
    let waiting = || state.recipient_numbers().filter(|it| progress.part(*it) == Some(&Part::Waiting));
    let step_of = |number: u16| state.draft.recipients.get(usize::from(number - 1)).map(|it| it.step);
    let Some(step) = waiting().filter_map(step_of).min() else { return finish(state, progress) };
    // Nobody could act in a step that opens too late; better no invitation than one to a closed door.
    if state.updated_at >= progress.expires_at {
        let mut late = end(state, progress, Outcome::Expired);
        late.events.insert(0, Event::ExpiryReached {});
        return late;
    }
    let recipients: Vec<u16> = waiting().filter(|it| step_of(*it) == Some(step)).collect();
    let mails = recipients.iter().map(|recipient| Effect::InvitationMail { recipient: *recipient });
    let effects = mails.collect();
    Decision { events: vec![Event::StepOpened { step, recipients }], effects }
}

fn step_is_done(progress: &Progress) -> bool {
    !progress.parts.iter().any(|part| matches!(part, Part::Invited | Part::Opened | Part::Consented))
}

/// Whether nobody is left who could still act, though an act may be on its way into the documents. What ends
/// an envelope comes too late then: its signers were told that they have signed.
pub(crate) fn everybody_has_acted(progress: &Progress) -> bool {
    step_is_done(progress) && !progress.parts.contains(&Part::Waiting)
}

/// Everybody has acted. Where all of them declined there is nothing to seal.
fn finish(state: &Envelope, progress: &Progress) -> Decision {
    if progress.parts.iter().any(|part| matches!(part, Part::Signed { .. })) {
        return Decision::of(Event::SealingIntended {}).with(Effect::CarryOutSeal);
    }
    let last = progress.parts.iter().zip(state.recipient_numbers()).filter_map(|(part, number)| match part {
        Part::Declined { at, .. } => Some((*at, number)),
        _ => None,
    });
    let recipient = last.max().map_or(0, |(_, number)| number);
    end(state, progress, Outcome::Declined { recipient })
}

fn end(state: &Envelope, progress: &Progress, outcome: Outcome) -> Decision {
    let event = match outcome {
        Outcome::Completed => Event::EnvelopeCompleted {},
        Outcome::Declined { recipient } => Event::EnvelopeDeclined { recipient },
        Outcome::Cancelled => Event::EnvelopeCancelled {},
        Outcome::Expired => Event::EnvelopeExpired {},
    };
    let told = |part: &Part| match part {
        Part::Copy | Part::Waiting => outcome == Outcome::Completed,
        Part::Declined { .. } => false,
        _ => true,
    };
    let mut decision = Decision::of(event).with(Effect::EndAllLinks).with(Effect::AuditTrail);
    let recipients = state.recipient_numbers().zip(&progress.parts).filter(|(_, part)| told(part));
    for (recipient, _) in recipients {
        decision = decision.with(Effect::OutcomeMail { recipient: Some(recipient) });
    }
    decision.with(Effect::OutcomeMail { recipient: None })
}

/// The end after the seal.
pub(crate) fn completed(state: &Envelope) -> Decision {
    match &state.status {
        Status::Finishing(progress) => end(state, progress, Outcome::Completed),
        _ => Decision::default(),
    }
}

//! What follows by itself: the next step, the seal, the end.

use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::role::Role;
use crate::model::rules::Completion;
use crate::part::Part;
use crate::state::{Envelope, Outcome, Progress, Status};
use std::collections::BTreeMap;

/// Ends the recipient's link and adds what follows from an act that is done.
pub(crate) fn after_act(done: Decision, state: &Envelope, recipient: u16, context: &Context) -> Decision {
    tell_sender(done.with(Effect::EndLink { recipient }), state, recipient, context)
}

/// What follows from an act, and a mail about it to the sender, unless another one about the end comes anyway.
pub(crate) fn tell_sender(done: Decision, state: &Envelope, recipient: u16, context: &Context) -> Decision {
    done.then(state, context, |next| {
        let follows = settle(next, context);
        let ends = next.status.progress().is_some_and(|progress| progress.ending.is_some());
        let over = follows.effects.iter().any(|it| matches!(it, Effect::CarryOutSeal | Effect::EndAllLinks));
        if ends || over || next.draft.mails.to_sender == Some(false) {
            return follows;
        }
        follows.with(Effect::ActedMail { recipient })
    })
}

/// After an act was recorded or somebody left: opens the next step, asks for the seal, or ends it. Acts
/// that were acknowledged are always waited for.
pub(crate) fn settle(state: &Envelope, context: &Context) -> Decision {
    let Status::InProgress(progress) = &state.status else { return Decision::default() };
    if !progress.acts.is_empty() {
        return Decision::default();
    }
    if let Some(outcome) = progress.ending {
        return end(state, progress, outcome);
    }
    let idle = |number| has_nothing_to_witness(state, progress, number);
    let without = release(state, progress, idle);
    if !without.events.is_empty() {
        return without.then(state, context, |next| settle(next, context));
    }
    match state.draft.rules.completion {
        Completion::All if somebody_may_act(state, progress, |_| true) => Decision::default(),
        Completion::All => open_step(state, context),
        Completion::Required => {
            if !still_needed(state, progress) {
                let_go(state, progress, context, |_| true)
            } else if somebody_may_act(state, progress, |number| is_required(state, number)) {
                Decision::default()
            } else {
                open_step(state, context)
            }
        }
        Completion::AnyOfDocument if somebody_signed(progress) => let_go(state, progress, context, |_| true),
        Completion::AnyOfStep
            if somebody_did(state, progress, |number| is_of_open_step(state, progress, number)) =>
        {
            let_go(state, progress, context, |number| is_of_open_step(state, progress, number))
        }
        Completion::AnyOfStep | Completion::AnyOfDocument => {
            if somebody_may_act(state, progress, |_| true) {
                Decision::default()
            } else {
                open_step(state, context)
            }
        }
    }
}

fn is_required(state: &Envelope, number: u16) -> bool {
    state.recipient(number).is_some_and(|it| !it.optional)
}

fn is_of_open_step(state: &Envelope, progress: &Progress, number: u16) -> bool {
    state.recipient(number).is_some_and(|it| progress.step.is_some_and(|open| open.step == it.step))
}

fn parts<'p>(state: &Envelope, progress: &'p Progress) -> impl Iterator<Item = (u16, &'p Part)> {
    state.recipient_numbers().zip(&progress.parts)
}

fn somebody_may_act(state: &Envelope, progress: &Progress, of: impl Fn(u16) -> bool) -> bool {
    parts(state, progress).any(|(number, part)| part.may_act() && of(number))
}

fn somebody_did(state: &Envelope, progress: &Progress, of: impl Fn(u16) -> bool) -> bool {
    parts(state, progress).any(|(number, part)| part.done_at().is_some() && of(number))
}

fn somebody_signed(progress: &Progress) -> bool {
    progress.parts.iter().any(|part| matches!(part, Part::Signed { .. }))
}

/// Whether a witness waits for an act that will never come.
fn has_nothing_to_witness(state: &Envelope, progress: &Progress, number: u16) -> bool {
    let witnessed = state.recipient(number).and_then(|it| it.witness_of);
    witnessed
        .and_then(|witnessed| progress.part(witnessed))
        .is_some_and(|part| !part.is_open() && part.done_at().is_none())
}

/// Whether an act of somebody who is not optional is still to come.
fn still_needed(state: &Envelope, progress: &Progress) -> bool {
    parts(state, progress).any(|(number, part)| part.is_open() && is_required(state, number))
}

/// Lets those go whose act is not needed any more.
fn release(state: &Envelope, progress: &Progress, of: impl Fn(u16) -> bool) -> Decision {
    let recipients: Vec<u16> = parts(state, progress)
        .filter(|(number, part)| (part.may_act() || **part == Part::Waiting) && of(*number))
        .map(|(number, _)| number)
        .collect();
    if recipients.is_empty() {
        return Decision::default();
    }
    let effects = recipients.iter().map(|recipient| Effect::EndLink { recipient: *recipient }).collect();
    Decision { events: vec![Event::RecipientsReleased { recipients }], effects }
}

/// Lets those go whose act is not needed any more, and goes on without them.
fn let_go(state: &Envelope, progress: &Progress, context: &Context, of: impl Fn(u16) -> bool) -> Decision {
    let gone = release(state, progress, of);
    if gone.events.is_empty() {
        return open_step(state, context);
    }
    gone.then(state, context, |next| settle(next, context))
}

/// Opens the first step that nobody has been invited to; asks for the seal when there is none left. Where a role
/// of that step has no person yet, it waits for the sender to name one.
pub(crate) fn open_step(state: &Envelope, context: &Context) -> Decision {
    let Status::InProgress(progress) = &state.status else { return Decision::default() };
    let waiting = || state.recipient_numbers().filter(|it| progress.part(*it) == Some(&Part::Waiting));
    let step_of = |number: u16| state.recipient(number).map(|it| it.step);
    let Some(step) = waiting().filter_map(step_of).min() else { return finish(state, progress) };
    // Nobody could act in a step that opens too late; better no invitation than one to a closed door.
    if state.updated_at >= progress.expires_at {
        let mut late = end(state, progress, Outcome::Expired);
        late.events.insert(0, Event::ExpiryReached {});
        return late;
    }
    let recipients: Vec<u16> = waiting().filter(|it| step_of(*it) == Some(step)).collect();
    if let Some(recipient) = recipients.iter().find_map(|it| vacant_role(state, *it)) {
        return Decision { events: Vec::new(), effects: vec![Effect::VacantRoleMail { recipient }] };
    }
    let mut opened = Decision::of(Event::StepOpened { step, recipients: recipients.clone() });
    for number in recipients {
        let Some(recipient) = state.recipient(number) else { continue };
        if recipient.role == Role::AutomaticSigner {
            opened.events.push(by_mandate(state, progress, number, context));
            opened = opened.with(Effect::CarryOutAct { recipient: number });
        } else if recipient.is_mailed() {
            opened = opened.with(Effect::InvitationMail { recipient: number });
        }
    }
    // A step of optional recipients alone holds nobody up.
    if state.draft.rules.completion == Completion::Required {
        return opened.then(state, context, |next| settle(next, context));
    }
    opened
}

/// The recipient, or their host, as long as that is a role without a person.
fn vacant_role(state: &Envelope, recipient: u16) -> Option<u16> {
    let is_vacant = |number: &u16| state.recipient(*number).is_some_and(|it| it.is_vacant());
    let host = state.recipient(recipient).and_then(|it| it.host);
    [Some(recipient), host].into_iter().flatten().find(is_vacant)
}

/// The intent of a signer who signs by mandate: what stands there is what they sign.
fn by_mandate(state: &Envelope, progress: &Progress, recipient: u16, context: &Context) -> Event {
    let documents = state.documents_signed_by(recipient);
    let heads = documents.iter().filter_map(|number| Some((*number, progress.head(*number)?.digest)));
    Event::SigningIntended {
        recipient,
        shown: heads.collect(),
        values: super::fill::all_values(state, progress, recipient, &BTreeMap::new(), context.now),
        documents,
        signature: None,
        initials: None,
        meaning: None,
    }
}

/// Whether nobody is left who could still act, though an act may be on its way into the documents. What ends
/// an envelope comes too late then: its signers were told that they have signed.
pub(crate) fn everybody_has_acted(progress: &Progress) -> bool {
    !progress.parts.iter().any(|part| part.may_act() || *part == Part::Waiting)
}

/// Everybody has acted. Where somebody declined and nobody signed there is nothing to seal, whoever approved it.
fn finish(state: &Envelope, progress: &Progress) -> Decision {
    let declines = parts(state, progress).filter_map(|(number, part)| match part {
        Part::Declined { at, .. } => Some((*at, number)),
        _ => None,
    });
    match declines.max() {
        Some((_, recipient)) if !somebody_signed(progress) => {
            end(state, progress, Outcome::Declined { recipient })
        }
        _ => Decision::of(Event::SealingIntended {}).with(Effect::CarryOutSeal),
    }
}

fn end(state: &Envelope, progress: &Progress, outcome: Outcome) -> Decision {
    let event = match outcome {
        Outcome::Completed => Event::EnvelopeCompleted {},
        Outcome::Declined { recipient } => Event::EnvelopeDeclined { recipient },
        Outcome::Cancelled => Event::EnvelopeCancelled {},
        Outcome::Expired => Event::EnvelopeExpired {},
    };
    let told = |number: u16, part: &Part| {
        let Some(recipient) = state.recipient(number) else { return false };
        let reachable = !recipient.email.text().is_empty() && recipient.role != Role::Host;
        reachable
            && match part {
                Part::Copy | Part::Waiting => outcome == Outcome::Completed,
                Part::Declined { .. } | Part::Removed { .. } => false,
                _ => true,
            }
    };
    let mut decision = Decision::of(event).with(Effect::EndAllLinks).with(Effect::AuditTrail);
    for (recipient, _) in parts(state, progress).filter(|(number, part)| told(*number, part)) {
        decision = decision.with(Effect::OutcomeMail { recipient: Some(recipient) });
    }
    if state.draft.mails.to_sender == Some(false) {
        return decision;
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

//! What holds for people of every role, under every rule of completion, however they prove who they are.

use super::deeds::{Deed, deeds, parties};
use super::play::{History, Move};
use crate::given::wake;
use envelope::{
    Completion, Draft, Envelope, Event, MethodKind, Outcome, Part, Placeholders, Recorded, Role, Shelf,
    Status, VISIT,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

fn done(draft: Draft, deeds: &[Deed]) -> History {
    let mut history = History::begin(draft);
    history.play(&Move::Send);
    assert!(matches!(history.events[1].event, Event::EnvelopeSent { .. }), "it can be sent");
    for deed in deeds {
        history.deed(deed);
    }
    history
}

/// The recipient of whom this event is the one act that they have.
fn act_of(event: &Event) -> Option<u16> {
    match event {
        Event::SigningIntended { recipient, .. }
        | Event::FillingIntended { recipient, .. }
        | Event::RecipientApproved { recipient, .. }
        | Event::RecipientViewed { recipient, .. }
        | Event::RecipientDeclined { recipient, .. } => Some(*recipient),
        // A filler without fields finishes in one go.
        Event::RecipientFilled { recipient, revisions } if revisions.is_empty() => Some(*recipient),
        _ => None,
    }
}

/// The recipient who did this themselves.
fn visitor(event: &Event) -> Option<u16> {
    match event {
        Event::RecipientOpened { recipient }
        | Event::ConsentGiven { recipient, .. }
        | Event::ConsentWithdrawn { recipient }
        | Event::FieldsFilled { recipient, .. }
        | Event::FieldsPlaced { recipient, .. }
        | Event::DelegationAsked { recipient, .. } => Some(*recipient),
        _ => act_of(event),
    }
}

/// Whether one visit of the recipient, as it is now, has passed this chain in its order and not too long ago.
fn proved(before: &[Recorded], recipient: u16, chain: &[MethodKind], at: jiff::Timestamp) -> bool {
    let mut visits: Vec<(u16, Vec<MethodKind>, jiff::Timestamp)> = Vec::new();
    for it in before {
        match &it.event {
            Event::RecipientReplaced { recipient: who, .. }
            | Event::AuthenticationSet { recipient: who, .. }
                if *who == recipient =>
            {
                visits.clear();
            }
            Event::ChallengePassed { recipient: who, visit, method, .. } if *who == recipient => {
                match visits.iter_mut().find(|(number, ..)| number == visit) {
                    Some((_, passed, last)) => {
                        if it.at.duration_since(*last) >= VISIT {
                            passed.clear();
                        }
                        passed.push(*method);
                        *last = it.at;
                    }
                    None => visits.push((*visit, vec![*method], it.at)),
                }
            }
            _ => {}
        }
    }
    visits.iter().any(|(_, passed, last)| passed.starts_with(chain) && at.duration_since(*last) < VISIT)
}

fn is_vacant(state: &Envelope, number: u16) -> bool {
    state.recipient(number).is_some_and(|it| it.is_vacant())
}

/// Whether the step that comes next waits for a role that has no person.
fn waits_for_a_person(state: &Envelope) -> bool {
    let Some(progress) = state.status.progress() else { return false };
    let waiting = || state.recipient_numbers().filter(|it| progress.part(*it) == Some(&Part::Waiting));
    let step = waiting().filter_map(|it| state.recipient(it)).map(|it| it.step).min();
    waiting().filter_map(|it| Some((it, state.recipient(it)?))).any(|(number, place)| {
        let vacant = is_vacant(state, number) || place.host.is_some_and(|host| is_vacant(state, host));
        Some(place.step) == step && vacant
    })
}

proptest! {
    #[test]
    fn the_fold_of_the_events_is_the_state_that_was_kept(draft in parties(), deeds in deeds()) {
        let history = done(draft, &deeds);
        prop_assert_eq!(Envelope::fold(&history.events), Some(history.state.clone()));
        prop_assert_eq!(history.state.version, history.events.len() as u64);
    }

    #[test]
    fn nobody_acts_twice(draft in parties(), deeds in deeds()) {
        let history = done(draft, &deeds);
        for recipient in history.state.recipient_numbers() {
            let acts = history.events.iter().filter(|it| act_of(&it.event) == Some(recipient));
            prop_assert!(acts.count() <= 1);
        }
    }

    #[test]
    fn nobody_acts_without_having_proved_who_they_are(draft in parties(), deeds in deeds()) {
        let history = done(draft, &deeds);
        for (index, it) in history.events.iter().enumerate() {
            let Some(recipient) = visitor(&it.event) else { continue };
            let before = Envelope::fold(&history.events[..index]).expect("it begins with the making");
            let place = before.recipient(recipient).expect("only recipients act");
            let chain: Vec<MethodKind> = place.asked_methods().map(envelope::Method::kind).collect();
            if place.role != Role::AutomaticSigner && !chain.is_empty() {
                prop_assert!(proved(&history.events[..index], recipient, &chain, it.at), "{:?}", it.event);
            }
        }
    }

    #[test]
    fn an_acknowledged_act_is_in_the_documents_before_the_end(draft in parties(), deeds in deeds()) {
        let mut history = done(draft, &deeds);
        history.finish_what_waits();
        for recipient in history.state.recipient_numbers() {
            let at = |wanted: fn(&Event) -> Option<u16>| {
                history.events.iter().position(|it| wanted(&it.event) == Some(recipient))
            };
            let meant = at(|event| match event {
                Event::SigningIntended { recipient, .. } | Event::FillingIntended { recipient, .. } => Some(*recipient),
                _ => None,
            });
            let stored = at(|event| match event {
                Event::RecipientSigned { recipient, .. } | Event::RecipientFilled { recipient, .. } => Some(*recipient),
                _ => None,
            });
            prop_assert!(meant.is_none() || stored.is_some());
            let over = history.events.iter().position(|it| matches!(it.event, Event::SealingIntended {}));
            prop_assert!(over.is_none() || stored < over);
        }
    }

    #[test]
    fn no_envelope_is_ever_stuck(draft in parties(), deeds in deeds()) {
        let mut history = done(draft, &deeds);
        history.finish_what_waits();
        // Each deadline that comes does something, until there is none.
        for _ in 0..200 {
            let Status::InProgress(progress) = &history.state.status else { break };
            prop_assert!(progress.ending.is_none());
            let somebody = progress.parts.iter().any(Part::may_act);
            prop_assert!(somebody || waits_for_a_person(&history.state), "nobody can act: {:?}", progress.parts);
            let at = history.state.next_deadline();
            prop_assert!(at.is_some(), "it wakes");
            let (at, events) = (at.unwrap_or(history.now), history.events.len());
            if at > history.now {
                history.ask_in(None, &wake());
                prop_assert_eq!(history.events.len(), events, "nothing happens before");
                history.now = at;
            }
            history.ask_in(None, &wake());
            prop_assert!(history.events.len() > events, "a deadline that does nothing");
            history.finish_what_waits();
        }
        prop_assert!(matches!(history.state.status, Status::Ended(_)), "it ends by itself");
        prop_assert_eq!(history.state.next_deadline(), None);
    }

    #[test]
    fn how_it_ended_is_what_its_people_did(draft in parties(), deeds in deeds()) {
        let mut history = done(draft, &deeds);
        history.finish_what_waits();
        let Status::Ended(ending) = &history.state.status else { return Ok(()) };
        let progress = ending.progress.as_ref().expect("it was sent");
        match ending.outcome {
            Outcome::Declined { recipient } => {
                let declined = matches!(progress.part(recipient), Some(Part::Declined { .. }));
                prop_assert!(declined, "{recipient}");
            }
            Outcome::Completed => {
                let rules = &history.state.draft.rules;
                prop_assert!(!progress.parts.iter().any(Part::is_open));
                let signed = progress.parts.iter().any(|it| matches!(it, Part::Signed { .. }));
                prop_assert!(signed || rules.completion == Completion::AnyOfStep);
                for (part, place) in progress.parts.iter().zip(&history.state.draft.recipients) {
                    let needed = match rules.completion {
                        Completion::All => place.role != Role::Witness,
                        Completion::Required => !place.optional && place.role != Role::Witness,
                        Completion::AnyOfStep | Completion::AnyOfDocument => false,
                    };
                    prop_assert!(!needed || *part != Part::Released, "{:?}", place);
                }
            }
            Outcome::Cancelled | Outcome::Expired => {}
        }
    }

    #[test]
    fn what_runs_lies_in_no_trash_and_no_turn_comes_to_nobody(draft in parties(), deeds in deeds()) {
        let history = done(draft, &deeds);
        prop_assert_eq!(history.state.draft.rules.placeholders, Placeholders::Turn);
        if let Status::InProgress(progress) | Status::Finishing(progress) = &history.state.status {
            prop_assert!(!matches!(history.state.shelf, Shelf::Trash | Shelf::Deleted));
            for number in history.state.recipient_numbers() {
                let came = progress.part(number).is_some_and(|it| it.may_act() || it.done_at().is_some());
                prop_assert!(!came || !is_vacant(&history.state, number));
                let host = history.state.recipient(number).and_then(|it| it.host);
                prop_assert!(!came || !host.is_some_and(|host| is_vacant(&history.state, host)));
            }
        }
    }
}

/// What happens in some history, sooner or later.
const WANTED: [&str; 8] = [
    "envelope_created envelope_sent step_opened recipient_opened consent_given consent_withdrawn",
    "challenge_issued challenge_passed challenge_failed recipient_locked recipient_unlocked",
    "signing_intended recipient_signed filling_intended recipient_filled recipient_approved recipient_viewed",
    "recipient_declined recipients_released recipient_removed recipient_replaced recipient_corrected authentication_set",
    "delegation_asked delegation_refused recipients_reminded invitation_repeated message_bounced",
    "expiry_extended expiry_reached envelope_expired envelope_shelved envelope_handed_over cancel_requested",
    "envelope_cancelled envelope_declined sealing_intended envelope_sealed envelope_completed",
    "audit_trail_issued",
];

/// A property of histories in which nothing happens would hold of anything.
#[test]
fn the_deeds_make_everything_happen_that_can() {
    let mut runner = TestRunner::deterministic();
    let mut wanted: BTreeSet<&str> = WANTED.iter().flat_map(|words| words.split(' ')).collect();
    for _ in 0..1000 {
        let draft = parties().new_tree(&mut runner).expect("a draft").current();
        let deeds = deeds().new_tree(&mut runner).expect("deeds").current();
        let mut history = done(draft, &deeds);
        history.finish_what_waits();
        for recorded in &history.events {
            let json = serde_json::to_value(&recorded.event).expect("events can be written");
            wanted.remove(json["type"].as_str().unwrap_or_default());
        }
        if wanted.is_empty() {
            break;
        }
    }
    assert!(wanted.is_empty(), "these never happened: {wanted:?}");
}

//! What holds whatever is asked, by whom, and in which order.

mod deeds;
mod play;
mod whatever;

use crate::given::*;
use envelope::{
    DeclineEnds, Draft, Envelope, Event, FieldDraft, Outcome, Part, Recorded, Role, Rules, Status,
};
use play::{History, Move, moves};
use proptest::prelude::*;

prop_compose! {
    /// One to four signers in up to three steps and perhaps one who receives copies; one or two documents.
    fn drafts()(
        steps in prop::collection::vec(1u16..=3, 1..=4),
        places in prop::collection::vec(1u16..=3, 4),
        copies in any::<bool>(),
        place_required in any::<bool>(),
        tolerant in any::<bool>(),
    ) -> Draft {
        let mut recipients: Vec<_> =
            steps.iter().enumerate().map(|(at, step)| signer(&format!("Signer{at}"), *step)).collect();
        let mut fields = Vec::new();
        for ((number, _), places) in (1u16..).zip(&steps).zip(places) {
            // 1: a place in the first document, 2: in the second, 3: in both.
            for document in [1, 2].into_iter().filter(|document| places & document != 0) {
                fields.push(FieldDraft { document, ..place(&format!("f{number}-{document}"), number) });
            }
        }
        if copies {
            recipients.push(copy("Copy"));
        }
        let decline_ends = if tolerant { DeclineEnds::Recipient } else { DeclineEnds::Envelope };
        if !place_required {
            fields.retain(|field| field.recipient != 1);
        }
        let rules = Rules { place_required, decline_ends, ..Rules::default() };
        Draft { documents: vec![document(1), document(2)], recipients, fields, rules, ..draft() }
    }
}

fn played(draft: Draft, moves: &[Move]) -> History {
    let mut history = History::begin(draft);
    for it in moves {
        history.play(it);
    }
    history
}

fn position(history: &History, wanted: impl Fn(&Event) -> bool) -> Option<usize> {
    history.events.iter().position(|it| wanted(&it.event))
}

fn is_end(event: &Event) -> bool {
    matches!(
        event,
        Event::EnvelopeCompleted {}
            | Event::EnvelopeDeclined { .. }
            | Event::EnvelopeCancelled {}
            | Event::EnvelopeExpired {}
    )
}

fn signs(event: &Event, recipient: u16) -> bool {
    matches!(event, Event::RecipientSigned { recipient: who, .. } if *who == recipient)
}

fn intends(event: &Event, recipient: u16) -> bool {
    matches!(event, Event::SigningIntended { recipient: who, .. } if *who == recipient)
}

proptest! {
    #[test]
    fn the_fold_of_the_events_is_the_state_that_was_kept(draft in drafts(), moves in moves()) {
        let history = played(draft, &moves);
        prop_assert_eq!(Envelope::fold(&history.events), Some(history.state.clone()));
        prop_assert_eq!(history.state.version, history.events.len() as u64);
    }

    #[test]
    fn nobody_signs_twice_and_nobody_without_having_meant_to(draft in drafts(), moves in moves()) {
        let history = played(draft, &moves);
        for recipient in history.state.recipient_numbers() {
            let count = |wanted: fn(&Event, u16) -> bool| {
                history.events.iter().filter(|it| wanted(&it.event, recipient)).count()
            };
            prop_assert!(count(intends) <= 1);
            prop_assert!(count(signs) <= count(intends));
            let (intent, act) = (
                position(&history, |it| intends(it, recipient)),
                position(&history, |it| signs(it, recipient)),
            );
            prop_assert!(act.is_none() || intent < act);
        }
    }

    #[test]
    fn an_acknowledged_act_is_in_the_documents_before_the_end(draft in drafts(), moves in moves()) {
        let mut history = played(draft, &moves);
        history.finish_what_waits();
        let end = position(&history, is_end);
        for recipient in history.state.recipient_numbers() {
            if position(&history, |it| intends(it, recipient)).is_some() {
                let act = position(&history, |it| signs(it, recipient));
                prop_assert!(act.is_some());
                prop_assert!(end.is_none() || act < end);
            }
        }
    }

    #[test]
    fn nothing_but_messages_and_the_audit_trail_happens_after_the_end(draft in drafts(), moves in moves()) {
        let history = played(draft, &moves);
        if let Some(end) = position(&history, is_end) {
            for later in &history.events[end + 1..] {
                prop_assert!(
                    matches!(
                        later.event,
                        Event::MessageSent { .. } | Event::MessageRefused { .. } | Event::AuditTrailIssued { .. }
                    ),
                    "{:?}", later.event
                );
            }
            let issued = history.events.iter().filter(|it| matches!(it.event, Event::AuditTrailIssued { .. }));
            prop_assert!(issued.count() <= 1);
        }
    }

    #[test]
    fn what_is_completed_was_signed_by_all_but_those_whom_the_rules_let_go(
        draft in drafts(), moves in moves()
    ) {
        let mut history = played(draft, &moves);
        history.finish_what_waits();
        let Status::Ended(ending) = &history.state.status else { return Ok(()) };
        if ending.outcome != Outcome::Completed {
            return Ok(());
        }
        let progress = ending.progress.as_ref().expect("what is completed was sent");
        let tolerant = history.state.draft.rules.decline_ends == DeclineEnds::Recipient;
        let mut signed = 0;
        for (part, recipient) in progress.parts.iter().zip(&history.state.draft.recipients) {
            match part {
                Part::Copy => prop_assert_eq!(recipient.role, Role::Copy),
                Part::Signed { .. } => signed += 1,
                Part::Declined { .. } => prop_assert!(tolerant),
                other => prop_assert!(false, "{other:?}"),
            }
        }
        prop_assert!(signed > 0);
        // The upload, the blank fields, one revision for each act in it, and the seal.
        for (history_of, number) in progress.documents.iter().zip(1..) {
            let acts = history.events.iter().filter(|it| match &it.event {
                Event::RecipientSigned { revisions, .. } => revisions.iter().any(|it| it.document == number),
                _ => false,
            });
            prop_assert_eq!(history_of.len(), 3 + acts.count());
        }
    }

    #[test]
    fn the_next_step_never_opens_before_the_one_before_it_is_done(draft in drafts(), moves in moves()) {
        let history = played(draft, &moves);
        let mut state = None::<Envelope>;
        for recorded in &history.events {
            if let (Event::StepOpened { step, recipients }, Some(before)) = (&recorded.event, &state) {
                let progress = before.status.progress().expect("a step opens after sending");
                prop_assert!(progress.acts.is_empty());
                prop_assert!(recorded.at < progress.expires_at);
                for (number, (part, recipient)) in
                    (1..).zip(progress.parts.iter().zip(&before.draft.recipients))
                {
                    let asked = recipients.contains(&number);
                    prop_assert_eq!(asked, *part == Part::Waiting && recipient.step == *step);
                    match part {
                        Part::Waiting => prop_assert!(recipient.step >= *step),
                        Part::Copy | Part::Declined { .. } => {}
                        Part::Signed { .. } => prop_assert!(recipient.step < *step),
                        other => prop_assert!(false, "{other:?} while step {step} opens"),
                    }
                }
            }
            match &mut state {
                Some(state) => state.apply(recorded),
                None => state = Envelope::begin(recorded),
            }
        }
    }

    #[test]
    fn each_revision_is_made_on_the_head_before_it(draft in drafts(), moves in moves()) {
        let history = played(draft, &moves);
        let mut heads = [digest(1), digest(2)];
        for recorded in &history.events {
            let (Event::EnvelopeSent { revisions, .. }
            | Event::RecipientSigned { revisions, .. }
            | Event::EnvelopeSealed { revisions, .. }) = &recorded.event
            else {
                continue;
            };
            for new in revisions {
                let head = &mut heads[usize::from(new.document) - 1];
                prop_assert_eq!(new.base, *head);
                prop_assert_ne!(new.digest, *head);
                *head = new.digest;
            }
        }
    }

    #[test]
    fn no_envelope_is_ever_stuck(draft in drafts(), moves in moves()) {
        let mut history = played(draft, &moves);
        history.finish_what_waits();
        if let Status::InProgress(progress) = &history.state.status {
            prop_assert!(progress.ending.is_none());
            let asked = |part: &Part| matches!(part, Part::Invited | Part::Opened | Part::Consented);
            prop_assert!(progress.parts.iter().any(asked), "somebody can act");
            history.play(&Move::ExpireInTheEnd);
        }
        prop_assert!(!matches!(history.state.status, Status::InProgress(_) | Status::Finishing(_)));
    }

    #[test]
    fn acts_that_may_be_prepared_side_by_side_share_no_document(draft in drafts(), moves in moves()) {
        let history = played(draft, &moves);
        let Some(progress) = history.state.status.progress() else { return Ok(()) };
        // None of them has had its time yet.
        let Some(now) = progress.acts.iter().map(|act| act.at).min() else { return Ok(()) };
        let preparable: Vec<_> =
            progress.acts.iter().filter(|act| progress.may_prepare(act.recipient, now)).collect();
        prop_assert!(!preparable.is_empty(), "the oldest can always be prepared");
        for (at, one) in preparable.iter().enumerate() {
            for other in &preparable[at + 1..] {
                prop_assert!(one.documents.iter().all(|document| !other.documents.contains(document)));
            }
        }
    }

    #[test]
    fn events_in_any_order_are_folded_without_harm(
        draft in drafts(), moves in moves(), seed in any::<prop::sample::Index>(), repeat in 0usize..3
    ) {
        let history = played(draft, &moves);
        let mut events: Vec<Recorded> = history.events[1..].to_vec();
        if !events.is_empty() {
            let at = seed.index(events.len());
            events.rotate_left(at);
            events.extend(events.clone().into_iter().take(repeat));
        }
        let mut state = Envelope::begin(&history.events[0]).expect("it begins with the making");
        let mut ended = None;
        for event in &events {
            state.apply(event);
            if let Status::Ended(ending) = &state.status {
                prop_assert_eq!(ended.get_or_insert_with(|| ending.clone()), ending);
            }
        }
    }
}

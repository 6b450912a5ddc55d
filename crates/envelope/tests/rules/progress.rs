//! The fold: from events to state.

use crate::given::*;
use envelope::{Envelope, Event, FieldKind, NewRevision, Outcome, Part, Personal, Recorded, Status};

#[test]
fn no_events_and_a_wrong_first_event_make_no_envelope() {
    assert_eq!(Envelope::fold(&[]), None);
    let first = Recorded { at: time(NOW), event: opened(1) };
    assert_eq!(Envelope::begin(&first), None);
    assert_eq!(Envelope::fold([&first]), None);
}

#[test]
fn each_event_is_one_version_and_its_time_is_kept() {
    let first = Recorded { at: time(NOW), event: created(draft()).remove(0) };
    let mut envelope = Envelope::begin(&first).expect("it begins with the making");
    let later = time("2026-03-02T10:00:05Z");
    envelope.apply(&Recorded { at: later, event: opened(1) });
    assert_eq!((envelope.version, envelope.created_at, envelope.updated_at), (2, time(NOW), later));
}

#[test]
fn the_times_of_sending_acting_and_ending_are_those_of_their_events() {
    let mut envelope = given(created(draft())).state();
    let mut apply = |second: u8, event: &Event| {
        let at = time(&format!("2026-03-02T10:00:{second:02}Z"));
        envelope.apply(&Recorded { at, event: event.clone() });
        at
    };
    let sent_at = apply(1, &sent(draft())[1]);
    apply(2, &step_opened(1, [1]));
    let finished_at = apply(3, &intended(1));
    let signed_at = apply(4, &signed(1, blank(1)));
    apply(5, &step_opened(2, [2]));
    let declined_at = apply(6, &declined(2));
    let ended_at = apply(7, &Event::EnvelopeDeclined { recipient: 2 });
    let Status::Ended(ending) = envelope.status else { unreachable!("it ended") };
    let progress = ending.progress.expect("it was sent");
    assert_eq!((progress.sent_at, ending.at), (sent_at, ended_at));
    assert_eq!(progress.parts[0], Part::Signed { at: signed_at });
    assert_eq!(progress.parts[1], Part::Declined { at: declined_at, reason: "No.".into() });
    assert!(finished_at < signed_at);
}

#[test]
fn an_event_that_does_not_belong_where_it_stands_changes_no_status() {
    let stray = || {
        let mut events = vec![
            Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: prepared(&draft()) },
            Event::SealingIntended {},
            sealed(blank(1)),
            Event::EnvelopeCompleted {},
            Event::EnvelopeDeclined { recipient: 1 },
            Event::EnvelopeCancelled {},
            Event::EnvelopeExpired {},
            Event::ExpiryReached {},
            cancel_requested(),
            declined(1),
            opened(1),
            consented(1),
            filled(1, "ada", "x"),
            intended(1),
            signed(1, blank(1)),
            step_opened(1, [1]),
        ];
        events.extend(created(parallel()));
        events
    };
    let unmoved = |given: Given, belongs: &dyn Fn(&Event) -> bool| {
        let before = given.state();
        for event in stray().into_iter().filter(|it| !belongs(it)) {
            let after = given.clone().and([event.clone()]).state();
            assert_eq!((&after.status, &after.draft), (&before.status, &before.draft), "{event:?}");
        }
    };
    unmoved(given(created(draft())), &|event| {
        matches!(event, Event::EnvelopeSent { .. } | Event::EnvelopeCancelled {})
    });
    unmoved(given(all_signed()), &|event| {
        matches!(event, Event::EnvelopeSealed { .. } | Event::EnvelopeCompleted {})
    });
    unmoved(given(completed()), &|_| false);
    unmoved(given(created(draft())).and([Event::EnvelopeCancelled {}]), &|_| false);
    let sent = given(sent(draft())).state();
    for event in [
        Event::EnvelopeCompleted {},
        sealed(blank(1)),
        Event::AuditTrailIssued { digest: digest(1), length: 1 },
    ] {
        let mut after = sent.clone();
        after.apply(&Recorded { at: time(NOW), event });
        assert_eq!((after.status, after.audit_trail), (sent.status.clone(), None));
    }
    let revised = Event::DraftRevised { draft: Box::new(parallel()) };
    let mut after = sent.clone();
    after.apply(&Recorded { at: time(NOW), event: revised });
    assert_eq!(after.draft, draft());
}

#[test]
fn numbers_that_name_nobody_and_nothing_are_harmless() {
    let before = given(sent(draft()));
    let parts = |given: &Given| given.state().status.progress().map(|it| it.parts.clone());
    for number in [0, 3, u16::MAX] {
        let strays = [opened(number), consented(number), declined(number), step_opened(1, [number])];
        for event in strays {
            assert_eq!(parts(&before.clone().and([event])), parts(&before));
        }
        let strange: NewRevision = revision(number, blank(1), digest(99));
        let after = before.clone().and([signed_with(1, [strange])]).state();
        let documents = after.status.progress().map(|it| it.documents.clone());
        assert_eq!(documents, before.state().status.progress().map(|it| it.documents.clone()));
    }
}

#[test]
fn an_end_is_asked_for_before_it_comes() {
    let ending = |event| given(sent(draft())).and([event]).state().status.progress().and_then(|it| it.ending);
    assert_eq!(ending(cancel_requested()), Some(Outcome::Cancelled));
    assert_eq!(ending(Event::ExpiryReached {}), Some(Outcome::Expired));
    assert_eq!(ending(declined(1)), Some(Outcome::Declined { recipient: 1 }));
    assert_eq!(ending(opened(1)), None);
}

#[test]
fn the_reason_of_a_cancel_is_kept_for_those_who_read_of_it() {
    let reason = |given: Given| given.state().status.progress().map(|it| it.cancel_reason.clone());
    assert_eq!(reason(given(sent(draft()))), Some("".into()));
    let cancelled = given(sent(draft())).and([cancel_requested(), Event::EnvelopeCancelled {}]);
    assert_eq!(reason(cancelled), Some("Enough.".into()));
}

#[test]
fn heads_and_parts_are_counted_from_one() {
    let state = given(sent(two_documents())).state();
    let progress = state.status.progress().expect("it was sent");
    let heads = [0, 1, 2, 3].map(|number| progress.head(number).map(|head| head.digest));
    assert_eq!(heads, [None, Some(blank(1)), Some(blank(2)), None]);
    let parts = [0, 1, 2, 3].map(|number| progress.part(number));
    assert_eq!(parts, [None, Some(&Part::Invited), Some(&Part::Invited), None]);
    assert_eq!(state.document_numbers().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(state.recipient_numbers().collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn the_base_of_a_step_counts_the_revisions_before_it() {
    let base = |given: Given| given.state().status.progress().map(|it| it.step_base.clone());
    let first = given(sent(two_documents()));
    assert_eq!(base(first.clone()), Some(vec![2, 2]));
    let second = first.and([signed(1, blank(1)), step_opened(2, [2])]);
    assert_eq!(base(second), Some(vec![3, 2]));
}

#[test]
fn a_recipients_fields_are_found_by_recipient_and_kind() {
    let mut draft = draft();
    draft.fields.push(field("text", FieldKind::Text, 1));
    let state = given(created(draft)).state();
    let ids = |number| state.fields_of(number).map(|it| it.id.0.clone()).collect::<Vec<_>>();
    assert_eq!((ids(1), ids(2), ids(3)), (vec!["ada".into(), "text".into()], vec!["ben".into()], vec![]));
    assert!(state.has_field(1, FieldKind::Text) && state.has_field(1, FieldKind::Signature));
    assert!(!state.has_field(2, FieldKind::Text) && !state.has_field(1, FieldKind::Checkbox));
}

#[test]
fn a_revised_draft_is_sent_with_what_it_holds_now() {
    let revised = Event::DraftRevised { draft: Box::new(two_documents()) };
    let state = given(created(draft()))
        .and([
            revised,
            Event::EnvelopeSent { expires_at: time(EXPIRY), revisions: prepared(&two_documents()) },
        ])
        .state();
    let progress = state.status.progress().expect("it was sent");
    assert_eq!((progress.documents.len(), progress.parts.clone()), (2, vec![Part::Waiting, Part::Waiting]));
}

#[test]
fn an_erased_reason_stays_erased() {
    let event = Event::RecipientDeclined { recipient: 1, reason: Personal::Erased };
    let part = given(sent(draft())).and([event]).state().status.progress().and_then(|it| it.part(1).cloned());
    assert_eq!(part, Some(Part::Declined { at: time(NOW), reason: Personal::Erased }));
}

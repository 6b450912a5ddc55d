//! Making a draft.

use crate::given::*;
use envelope::commands::create::CreateEnvelope;
use envelope::{Command, Draft, Event, Refusal, Status};

#[test]
fn a_draft_is_made_as_it_was_given_and_nobody_hears_of_it() {
    given([]).when(create(draft())).then(created(draft()), []);
}

#[test]
fn a_draft_may_be_empty_while_it_is_being_written() {
    given([]).when(create(empty())).then(created(empty()), []);
}

#[test]
fn a_test_envelope_is_one_from_its_first_event() {
    let command = Command::Create(CreateEnvelope { sender: sender(), test: true, draft: draft() });
    let event = Event::EnvelopeCreated { sender: sender(), test: true, draft: Box::new(draft()) };
    given([]).when(command).then([event.clone()], []);
    assert!(given([event]).state().test);
    assert!(!given(created(draft())).state().test);
}

#[test]
fn all_that_is_wrong_is_said_at_once_each_with_its_place() {
    let wrong = Draft {
        title: "x".repeat(201),
        language: "tlh".into(),
        recipients: vec![signer("Ada", 0)],
        fields: vec![place("ada", 2)],
        ..draft()
    };
    given([]).when(create(wrong)).then_found([
        ("/title", "text_too_long"),
        ("/language", "language_unknown"),
        ("/recipients/0/step", "step_malformed"),
        ("/fields/0/recipient", "field_without_recipient"),
    ]);
}

#[test]
fn nothing_but_a_making_can_be_asked_of_what_does_not_exist() {
    for command in [
        revise(1, draft()),
        send(&draft()),
        open(1),
        consent(1),
        fill(1, []),
        sign(1),
        decline(1),
        cancel(),
        wake(),
        record_act(1, blank(1)),
        record_seal(blank(1)),
        record_audit_trail(),
        record_message(None),
    ] {
        given([]).when(command).then_refused(Refusal::NotSent);
    }
}

#[test]
fn a_new_envelope_is_a_draft_of_its_sender_in_its_first_version() {
    let state = given(created(draft())).state();
    assert_eq!(state.status, Status::Draft);
    assert_eq!((state.sender, state.draft, state.version), (sender(), draft(), 1));
    assert_eq!((state.created_at, state.updated_at, state.audit_trail), (time(NOW), time(NOW), None));
}

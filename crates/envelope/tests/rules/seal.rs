//! The seal and the audit trail.

use crate::given::*;
use envelope::commands::record_seal::RecordSeal;
use envelope::{Command, Draft, Effect, Event, Refusal, RevisionKind, Status};

#[test]
fn the_seal_completes_the_envelope_and_everybody_hears_of_it() {
    given(all_signed()).when(record_seal(signed_by(2, 1))).then(
        [sealed(signed_by(2, 1)), Event::EnvelopeCompleted {}],
        [
            Effect::EndAllLinks,
            Effect::AuditTrail,
            Effect::OutcomeMail { recipient: Some(1) },
            Effect::OutcomeMail { recipient: Some(2) },
            Effect::OutcomeMail { recipient: None },
        ],
    );
}

#[test]
fn the_sealed_revision_is_the_head_of_what_is_completed() {
    let state = given(completed()).state();
    assert_eq!(state.status.word(), "completed");
    let head = state.status.progress().and_then(|it| it.head(1).cloned()).expect("it has a document");
    assert_eq!((head.kind, head.digest), (RevisionKind::Seal, with_seal(1)));
}

#[test]
fn the_seal_goes_onto_the_head_of_every_document_in_their_order() {
    let draft =
        Draft { recipients: vec![signer("Ada", 1)], fields: vec![place("ada", 1)], ..two_documents() };
    let waits = given(sent(draft))
        .and(went_to_sign(1, blank(1)))
        .and([signed(1, blank(1)), Event::SealingIntended {}]);
    let first = revision(1, signed_by(1, 1), with_seal(1));
    let second = revision(2, blank(2), with_seal(2));
    for wrong in [
        vec![],
        vec![first.clone()],
        vec![second.clone(), first.clone()],
        vec![revision(1, blank(1), with_seal(1)), second.clone()],
        vec![first.clone(), revision(2, blank(2), blank(2))],
    ] {
        let command =
            Command::RecordSeal(RecordSeal { certificate: certificate(), revisions: wrong, files: vec![] });
        waits.when(command).then_refused(Refusal::HeadMoved);
    }
    waits.when(record_seal_with([first, second])).then_allowed();
}

#[test]
fn nothing_is_sealed_before_everybody_acted_and_nothing_twice() {
    let refused = |given: Given, base| given.when(record_seal(base)).then_refused(Refusal::NothingPending);
    refused(given(created(draft())), digest(1));
    refused(given(sent(draft())), blank(1));
    refused(given(completed()), with_seal(1));
}

#[test]
fn while_the_seal_is_put_on_nothing_else_can_be_done() {
    let finishing = given(all_signed());
    assert!(matches!(finishing.state().status, Status::Finishing(_)));
    finishing.when(cancel()).then_refused(Refusal::AlreadyFinishing);
    finishing.when(record_act(2, signed_by(2, 1))).then_refused(Refusal::NothingPending);
    finishing.at(EXPIRY).when(wake()).then_nothing();
}

#[test]
fn the_audit_trail_is_made_once_after_the_end() {
    let issued = Event::AuditTrailIssued { digest: digest(8888), length: 4096 };
    given(completed()).when(record_audit_trail()).then([issued.clone()], []);
    let cancelled = given(sent(draft())).and([Event::EnvelopeCancelled {}]);
    cancelled.when(record_audit_trail()).then([issued.clone()], []);
    let made = given(completed()).and([issued]);
    assert_eq!(made.state().audit_trail, Some(digest(8888)));
    made.when(record_audit_trail()).then_refused(Refusal::NothingPending);
}

#[test]
fn there_is_no_audit_trail_before_the_end() {
    for given in [given(created(draft())), given(sent(draft())), given(all_signed())] {
        given.when(record_audit_trail()).then_refused(Refusal::NothingPending);
    }
}

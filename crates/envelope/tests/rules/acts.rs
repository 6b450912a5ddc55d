//! Acts on their way into the documents, and what opens when they are there.

use crate::given::*;
use envelope::commands::record_act::RecordAct;
use envelope::{Command, Draft, Effect, Event, FieldDraft, Part, Refusal, RevisionKind};
use jiff::SignedDuration;

/// Both of one step have finished, and neither is in the documents yet.
fn both_wait(draft: Draft) -> Given {
    given(sent(draft)).and(went_to_sign(1, blank(1))).and(went_to_sign(2, blank(1)))
}

fn invitation(recipient: u16) -> Effect {
    Effect::InvitationMail { recipient }
}

/// Two documents; the first signer signs both, the second only the second one.
fn overlapping() -> Draft {
    let fields = vec![
        place("ada", 1),
        FieldDraft { document: 2, ..place("ada-2", 1) },
        FieldDraft { document: 2, ..place("ben-2", 2) },
    ];
    Draft { fields, ..two_documents() }
}

/// Seed: xodo-sign.txt:78
/// Seed: consigno-cloud.txt:67
/// Seed: consigno-cloud.txt:169
#[test]
fn the_next_step_opens_when_the_revision_is_stored() {
    given(sent(draft()))
        .and(went_to_sign(1, blank(1)))
        .when(record_act(1, blank(1)))
        .then([signed(1, blank(1)), step_opened(2, [2])], [invitation(2), acted(1)]);
}

/// Seed: consigno-cloud.txt:169
#[test]
fn a_step_is_over_when_the_last_of_it_has_acted() {
    let mut three = parallel();
    three.recipients.push(signer("Cleo", 2));
    three.fields.push(place("cleo", 3));
    let half = given(sent(three)).and(went_to_sign(1, blank(1)));
    for part in [vec![], vec![opened(2)], vec![opened(2), consented(2)]] {
        half.clone().and(part).when(record_act(1, blank(1))).then([signed(1, blank(1))], [acted(1)]);
    }
    half.and([signed(1, blank(1))])
        .and(went_to_sign(2, blank(1)))
        .when(record_act(2, signed_by(1, 1)))
        .then([signed(2, signed_by(1, 1)), step_opened(2, [3])], [invitation(3), acted(2)]);
}

#[test]
fn a_step_waits_for_an_act_that_is_on_its_way() {
    let mut three = parallel();
    three.recipients.push(signer("Cleo", 2));
    three.fields.push(place("cleo", 3));
    let both = both_wait(three);
    both.when(record_act(1, blank(1))).then([signed(1, blank(1))], [acted(1)]);
    both.and([signed(1, blank(1))])
        .when(record_act(2, signed_by(1, 1)))
        .then([signed(2, signed_by(1, 1)), step_opened(2, [3])], [invitation(3), acted(2)]);
}

#[test]
fn steps_need_not_follow_each_other_in_number() {
    let mut gaps = Draft { recipients: vec![signer("Ada", 2), signer("Ben", 9)], ..draft() };
    gaps.recipients.push(signer("Cleo", 5));
    gaps.fields.push(place("cleo", 3));
    let first = given(sent(gaps)).and(went_to_sign(1, blank(1)));
    first
        .when(record_act(1, blank(1)))
        .then([signed(1, blank(1)), step_opened(5, [3])], [invitation(3), acted(1)]);
}

#[test]
fn after_the_last_act_the_seal_is_intended() {
    given(sent(parallel()))
        .and(went_to_sign(1, blank(1)))
        .and([signed(1, blank(1))])
        .and(went_to_sign(2, blank(1)))
        .when(record_act(2, signed_by(1, 1)))
        .then([signed(2, signed_by(1, 1)), Event::SealingIntended {}], [Effect::CarryOutSeal]);
}

#[test]
fn an_act_is_recorded_once() {
    let once = given(sent(parallel())).and(went_to_sign(1, blank(1)));
    once.when(record_act(1, blank(1))).then_allowed();
    let twice = once.and([signed(1, blank(1))]);
    twice.when(record_act(1, blank(1))).then_refused(Refusal::NothingPending);
    twice.when(record_act(1, signed_by(1, 1))).then_refused(Refusal::NothingPending);
}

#[test]
fn what_nobody_asked_for_is_not_recorded() {
    let refused = |given: Given| given.when(record_act(1, blank(1))).then_refused(Refusal::NothingPending);
    refused(given(created(draft())));
    refused(given(sent(draft())));
    refused(given(sent(draft())).and([opened(1), consented(1)]));
    refused(given(all_signed()));
    refused(given(completed()));
}

#[test]
fn an_act_made_on_a_head_that_moved_is_made_anew() {
    let moved = both_wait(parallel()).and([signed(1, blank(1))]);
    moved.when(record_act(2, blank(1))).then_refused(Refusal::HeadMoved);
    moved.when(record_act(2, signed_by(1, 1))).then_allowed();
}

#[test]
fn an_act_brings_a_revision_of_each_document_that_it_signs_and_no_other() {
    let both = [(1, blank(1)), (2, blank(2))];
    let waits = given(sent(two_documents())).and([opened(1), consented(1), intended_on(1, &both)]);
    let first = revision(1, blank(1), signed_by(1, 1));
    let second = revision(2, blank(2), signed_by(1, 2));
    let third = revision(3, blank(2), signed_by(1, 3));
    for wrong in [
        vec![],
        vec![first.clone()],
        vec![second.clone()],
        vec![second.clone(), first.clone()],
        vec![first.clone(), first.clone()],
        vec![first.clone(), second.clone(), third.clone()],
        vec![first.clone(), third],
        vec![first.clone(), revision(2, digest(99), signed_by(1, 2))],
        vec![revision(1, digest(99), signed_by(1, 1)), second.clone()],
    ] {
        let command =
            Command::RecordAct(RecordAct { recipient: 1, certificate: certificate(), revisions: wrong });
        waits.when(command).then_refused(Refusal::HeadMoved);
    }
    let both = [first, second];
    waits.when(record_act_with(1, both.clone())).then([signed_with(1, both)], [acted(1)]);
}

#[test]
fn an_act_that_adds_nothing_is_no_act() {
    let waits = given(sent(draft())).and(went_to_sign(1, blank(1)));
    let unchanged = revision(1, blank(1), blank(1));
    waits.when(record_act_with(1, [unchanged])).then_refused(Refusal::HeadMoved);
}

#[test]
fn a_recorded_act_is_the_head_of_its_document() {
    let given = given(sent(draft())).and(went_to_sign(1, blank(1))).and([signed(1, blank(1))]);
    let state = given.state();
    let progress = state.status.progress().expect("it was sent");
    let head = progress.head(1).expect("there is a first document");
    assert_eq!((head.kind, head.digest), (RevisionKind::Act { recipient: 1 }, signed_by(1, 1)));
    assert_eq!(progress.part(1), Some(&Part::Signed { at: time(NOW) }));
    assert_eq!(progress.acts, []);
}

#[test]
fn per_document_one_act_is_prepared_at_a_time() {
    let state = both_wait(parallel()).state();
    let progress = state.status.progress().expect("it was sent");
    assert!(progress.may_prepare(1, time(NOW)));
    assert!(!progress.may_prepare(2, time(NOW)));
    let state = both_wait(parallel()).and([signed(1, blank(1))]).state();
    let progress = state.status.progress().expect("it was sent");
    assert!(!progress.may_prepare(1, time(NOW)), "it is in the documents already");
    assert!(progress.may_prepare(2, time(NOW)));
}

#[test]
fn an_act_that_takes_longer_than_its_time_holds_back_nobody() {
    let state = both_wait(parallel()).state();
    let progress = state.status.progress().expect("it was sent");
    let after = |micros: i64| time(NOW) + SignedDuration::from_micros(micros);
    assert!(!progress.may_prepare(2, after(4_999_999)));
    assert!(progress.may_prepare(2, after(5_000_000)));
    assert!(progress.may_prepare(1, after(5_000_000)), "it goes on all the same");
    // A clock that was set back lets nobody overtake.
    assert!(!progress.may_prepare(2, after(-60_000_000)));
}

#[test]
fn acts_on_different_documents_are_prepared_side_by_side() {
    let fields = vec![place("ada", 1), FieldDraft { document: 2, ..place("ben", 2) }];
    let given = given(sent(Draft { fields, ..two_documents() }))
        .and([opened(1), consented(1), intended_on(1, &[(1, blank(1))])])
        .and([opened(2), consented(2), intended_on(2, &[(2, blank(2))])]);
    let state = given.state();
    let progress = state.status.progress().expect("it was sent");
    assert!(progress.may_prepare(1, time(NOW)) && progress.may_prepare(2, time(NOW)));
    let second = revision(2, blank(2), signed_by(2, 2));
    given.when(record_act_with(2, [second.clone()])).then([signed_with(2, [second])], [acted(2)]);
}

#[test]
fn one_shared_document_is_enough_to_wait_in_the_queue() {
    let given = given(sent(overlapping()))
        .and([opened(1), consented(1), intended_on(1, &[(1, blank(1)), (2, blank(2))])])
        .and([opened(2), consented(2), intended_on(2, &[(2, blank(2))])]);
    let state = given.state();
    let progress = state.status.progress().expect("it was sent");
    assert!(progress.may_prepare(1, time(NOW)) && !progress.may_prepare(2, time(NOW)));
}

#[test]
fn an_act_that_shares_its_last_document_only_waits_too() {
    let given = given(sent(overlapping()))
        .and([opened(2), consented(2), intended_on(2, &[(2, blank(2))])])
        .and([opened(1), consented(1), intended_on(1, &[(1, blank(1)), (2, blank(2))])]);
    let state = given.state();
    let progress = state.status.progress().expect("it was sent");
    assert!(progress.may_prepare(2, time(NOW)) && !progress.may_prepare(1, time(NOW)));
}

#[test]
fn a_step_that_nobody_could_act_in_any_more_is_not_opened() {
    let waits = given(sent(draft())).and(went_to_sign(1, blank(1)));
    let before = waits.clone().at("2026-04-01T21:59:59.999999Z").when(record_act(1, blank(1)));
    before.then([signed(1, blank(1)), step_opened(2, [2])], [invitation(2), acted(1)]);
    waits.at(EXPIRY).when(record_act(1, blank(1))).then(
        [signed(1, blank(1)), Event::ExpiryReached {}, Event::EnvelopeExpired {}],
        [
            Effect::EndAllLinks,
            Effect::AuditTrail,
            Effect::OutcomeMail { recipient: Some(1) },
            Effect::OutcomeMail { recipient: None },
        ],
    );
}

#[test]
fn an_act_acknowledged_in_time_is_recorded_and_sealed_after_the_end() {
    given(sent(draft()))
        .and(went_to_sign(1, blank(1)))
        .and([signed(1, blank(1)), step_opened(2, [2])])
        .and(went_to_sign(2, signed_by(1, 1)))
        .at("2026-04-02T00:00:00Z")
        .when(record_act(2, signed_by(1, 1)))
        .then([signed(2, signed_by(1, 1)), Event::SealingIntended {}], [Effect::CarryOutSeal]);
}

//! The sender cancels.

use crate::given::*;
use envelope::commands::cancel::CancelEnvelope;
use envelope::{Command, Effect, Event, Outcome, Refusal, Status};

fn for_a_reason(reason: &str) -> Command {
    Command::Cancel(CancelEnvelope { reason: reason.into() })
}

fn mail(recipient: u16) -> Effect {
    Effect::OutcomeMail { recipient: Some(recipient) }
}

const TO_SENDER: Effect = Effect::OutcomeMail { recipient: None };

#[test]
fn a_draft_goes_at_once_without_a_reason_and_nobody_hears_of_it() {
    given(created(draft())).when(for_a_reason("")).then([Event::EnvelopeCancelled {}], []);
    let state = given(created(draft())).and([Event::EnvelopeCancelled {}]).state();
    assert_eq!(state.status.word(), "cancelled");
    assert_eq!(state.status.progress(), None);
}

/// Seed: xodo-sign.txt:103
#[test]
fn what_was_sent_ends_at_once_and_those_who_were_asked_hear_of_it() {
    given(sent(parallel())).when(cancel()).then(
        [cancel_requested(), Event::EnvelopeCancelled {}],
        [Effect::EndAllLinks, Effect::AuditTrail, mail(1), mail(2), TO_SENDER],
    );
}

#[test]
fn who_was_not_asked_yet_hears_nothing() {
    for part in [vec![], vec![opened(1)], vec![opened(1), consented(1)]] {
        given(sent(draft())).and(part).when(cancel()).then(
            [cancel_requested(), Event::EnvelopeCancelled {}],
            [Effect::EndAllLinks, Effect::AuditTrail, mail(1), TO_SENDER],
        );
    }
}

#[test]
fn acts_acknowledged_before_are_finished_first() {
    let waits = given(sent(draft())).and(went_to_sign(1, blank(1)));
    waits.when(cancel()).then([cancel_requested()], []);
    waits.and([cancel_requested()]).when(record_act(1, blank(1))).then(
        [signed(1, blank(1)), Event::EnvelopeCancelled {}],
        [Effect::EndAllLinks, Effect::AuditTrail, mail(1), TO_SENDER],
    );
}

#[test]
fn every_act_acknowledged_before_is_waited_for() {
    let mut draft = parallel();
    draft.recipients.push(signer("Cleo", 2));
    draft.fields.push(place("cleo", 3));
    let waits = given(sent(draft)).and(went_to_sign(1, blank(1))).and(went_to_sign(2, blank(1)));
    let cancelled = waits.and([cancel_requested()]);
    cancelled.when(record_act(1, blank(1))).then([signed(1, blank(1))], []);
    cancelled.and([signed(1, blank(1))]).when(record_act(2, signed_by(1, 1))).then(
        [signed(2, signed_by(1, 1)), Event::EnvelopeCancelled {}],
        [Effect::EndAllLinks, Effect::AuditTrail, mail(1), mail(2), TO_SENDER],
    );
}

#[test]
fn when_everybody_has_finished_it_is_too_late_to_cancel() {
    let last = given(sent(draft())).and(went_to_sign(1, blank(1))).and([
        signed(1, blank(1)),
        step_opened(2, [2]),
        opened(2),
        consented(2),
    ]);
    last.when(cancel()).then_allowed();
    // The last act is on its way: its signer was told that they have signed.
    let finished = last.and([intended_on(2, &[(1, signed_by(1, 1))])]);
    finished.when(cancel()).then_refused(Refusal::AlreadyFinishing);
    given(all_signed()).when(cancel()).then_refused(Refusal::AlreadyFinishing);
}

#[test]
fn it_is_cancelled_once() {
    let waits = given(sent(draft())).and(went_to_sign(1, blank(1))).and([cancel_requested()]);
    waits.when(cancel()).then_refused(Refusal::EnvelopeEnded(Outcome::Cancelled));
    let ended = given(sent(draft())).and([cancel_requested(), Event::EnvelopeCancelled {}]);
    ended.when(cancel()).then_refused(Refusal::EnvelopeEnded(Outcome::Cancelled));
    let draft = given(created(draft())).and([Event::EnvelopeCancelled {}]);
    draft.when(cancel()).then_refused(Refusal::EnvelopeEnded(Outcome::Cancelled));
}

#[test]
fn what_has_ended_otherwise_is_not_cancelled() {
    given(completed()).when(cancel()).then_refused(Refusal::EnvelopeEnded(Outcome::Completed));
    let declined = given(sent(draft())).and([declined(1), Event::EnvelopeDeclined { recipient: 1 }]);
    declined.when(cancel()).then_refused(Refusal::EnvelopeEnded(Outcome::Declined { recipient: 1 }));
}

#[test]
fn what_was_sent_is_cancelled_with_a_reason_of_at_most_two_thousand_characters() {
    let given = given(sent(draft()));
    given.when(for_a_reason(" ")).then_found([("/reason", "reason_missing")]);
    given.when(for_a_reason(&"x".repeat(2001))).then_found([("/reason", "text_too_long")]);
    given.when(for_a_reason(&"x".repeat(2000))).then_allowed();
    let events = given.when(for_a_reason(" Enough. ")).events();
    assert_eq!(events[0], cancel_requested());
}

#[test]
fn the_end_remembers_what_had_happened() {
    let before = given(sent(draft())).and([opened(1)]);
    let progress = before.state().status.progress().cloned();
    let state = before.and([Event::EnvelopeCancelled {}]).state();
    let Status::Ended(ending) = state.status else { unreachable!("it was cancelled") };
    assert_eq!((ending.outcome, ending.at, ending.progress), (Outcome::Cancelled, time(NOW), progress));
}

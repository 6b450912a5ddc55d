//! An envelope's time comes.

use crate::given::*;
use envelope::{Effect, Event};

const BEFORE: &str = "2026-04-01T21:59:59.999999Z";

fn mail(recipient: u16) -> Effect {
    Effect::OutcomeMail { recipient: Some(recipient) }
}

const TO_SENDER: Effect = Effect::OutcomeMail { recipient: None };

/// Seed: xodo-sign.txt:104
#[test]
fn at_its_end_it_expires_and_a_microsecond_before_it_does_not() {
    given(sent(draft())).at(BEFORE).when(wake()).then_nothing();
    for late in [EXPIRY, "2026-05-01T00:00:00Z"] {
        given(sent(draft())).at(late).when(wake()).then(
            [Event::ExpiryReached {}, Event::EnvelopeExpired {}],
            [Effect::EndAllLinks, Effect::AuditTrail, mail(1), TO_SENDER],
        );
    }
}

#[test]
fn acts_acknowledged_before_are_finished_first() {
    let waits = given(sent(draft())).and(went_to_sign(1, blank(1))).at(EXPIRY);
    waits.when(wake()).then([Event::ExpiryReached {}], []);
    waits.and([Event::ExpiryReached {}]).when(record_act(1, blank(1))).then(
        [signed(1, blank(1)), Event::EnvelopeExpired {}],
        [Effect::EndAllLinks, Effect::AuditTrail, mail(1), TO_SENDER],
    );
}

#[test]
fn when_everybody_has_finished_in_time_it_does_not_wake() {
    let last = given(sent(draft()))
        .and(went_to_sign(1, blank(1)))
        .and([signed(1, blank(1)), step_opened(2, [2]), opened(2), consented(2)])
        .at(EXPIRY);
    last.when(wake()).then_allowed();
    // The last act is on its way: how quick the worker was does not decide how it ends.
    last.and([intended_on(2, &[(1, signed_by(1, 1))])]).when(wake()).then_nothing();
    given(all_signed()).at(EXPIRY).when(wake()).then_nothing();
}

#[test]
fn one_who_has_not_acted_is_enough_to_wake() {
    let one = given(sent(parallel())).and(went_to_sign(1, blank(1))).at(EXPIRY);
    for part in [vec![], vec![opened(2)], vec![opened(2), consented(2)]] {
        one.clone().and(part).when(wake()).then([Event::ExpiryReached {}], []);
    }
}

#[test]
fn what_is_ending_or_has_ended_does_not_expire_again() {
    let ending = given(sent(draft())).and(went_to_sign(1, blank(1))).and([cancel_requested()]);
    ending.at(EXPIRY).when(wake()).then_nothing();
    given(completed()).at(EXPIRY).when(wake()).then_nothing();
    let expired = given(sent(draft())).and([Event::ExpiryReached {}, Event::EnvelopeExpired {}]);
    expired.at(EXPIRY).when(wake()).then_nothing();
    given(created(draft())).and([Event::EnvelopeCancelled {}]).at(EXPIRY).when(wake()).then_nothing();
}

#[test]
fn a_draft_does_not_wake() {
    given(created(draft())).at(EXPIRY).when(wake()).then_nothing();
}

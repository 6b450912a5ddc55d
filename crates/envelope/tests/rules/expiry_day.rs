//! The instant at which an envelope ends by itself.

use crate::given::*;
use envelope::{Draft, Event, Expiry};
use jiff::Timestamp;

/// Sent at `now`, when does it end?
#[track_caller]
fn end(draft: Draft, now: &str) -> Timestamp {
    let events = given(created(draft.clone())).at(now).when(send(&draft)).events();
    let Some(Event::EnvelopeSent { expires_at, .. }) = events.into_iter().next() else {
        unreachable!("sending begins with EnvelopeSent")
    };
    expires_at
}

fn days(days: u16, zone: &str) -> Draft {
    Draft { expiry: Expiry::Days(days), time_zone: zone.into(), ..draft() }
}

fn until(at: &str) -> Draft {
    Draft { expiry: Expiry::At(time(at)), ..draft() }
}

#[test]
fn the_whole_last_day_counts() {
    assert_eq!(end(days(1, "UTC"), "2026-06-01T00:00:00Z"), time("2026-06-03T00:00:00Z"));
    assert_eq!(end(days(1, "UTC"), "2026-06-01T23:59:59.999999Z"), time("2026-06-03T00:00:00Z"));
}

/// Seed: xodo-sign.txt:122
#[test]
fn days_are_those_of_the_envelopes_time_zone() {
    // 23:30 UTC on 1 June is 2 June in Paris already, and 1 June in New York still.
    let now = "2026-06-01T23:30:00Z";
    assert_eq!(end(days(1, "Europe/Paris"), now), time("2026-06-03T22:00:00Z"));
    assert_eq!(end(days(1, "America/New_York"), now), time("2026-06-03T04:00:00Z"));
}

#[test]
fn a_last_day_of_23_or_25_hours_counts_whole() {
    // Paris: 29 March 2026 has 23 hours, 25 October 2026 has 25.
    assert_eq!(end(days(1, "Europe/Paris"), "2026-03-28T12:00:00Z"), time("2026-03-29T22:00:00Z"));
    assert_eq!(end(days(2, "Europe/Paris"), "2026-03-26T12:00:00Z"), time("2026-03-28T23:00:00Z"));
    assert_eq!(end(days(1, "Europe/Paris"), "2026-10-24T12:00:00Z"), time("2026-10-25T23:00:00Z"));
    assert_eq!(end(days(2, "Europe/Paris"), "2026-10-22T12:00:00Z"), time("2026-10-24T22:00:00Z"));
}

#[test]
fn where_midnight_is_skipped_the_day_begins_with_its_first_instant() {
    // Cairo: clocks go from 00:00 to 01:00 as 24 April 2026 begins.
    assert_eq!(end(days(1, "Africa/Cairo"), "2026-04-22T12:00:00Z"), time("2026-04-23T22:00:00Z"));
}

#[test]
fn one_day_and_365_pass_and_none_and_366_are_refused() {
    assert_eq!(end(days(365, "UTC"), "2026-06-01T10:00:00Z"), time("2027-06-02T00:00:00Z"));
    for wrong in [0, 366, u16::MAX] {
        let draft = days(wrong, "UTC");
        let answers =
            [given([]).when(create(draft.clone())), given(created(draft.clone())).when(send(&draft))];
        for answer in answers {
            answer.then_told(
                "/expires_in_days",
                "expiry_malformed",
                "It can live 1 to 365 days; choose a number between them.",
            );
        }
    }
}

#[test]
fn an_end_in_a_microsecond_passes_and_one_now_is_refused() {
    let now = "2026-03-02T10:00:00Z";
    let next = "2026-03-02T10:00:00.000001Z";
    assert_eq!(end(until(next), now), time(next));
    for past in [now, "2026-03-02T09:59:59.999999Z"] {
        let draft = until(past);
        given(created(draft.clone())).at(now).when(send(&draft)).then_told(
            "/expires_at",
            "expiry_in_the_past",
            "The time at which it expires has passed; choose a later one.",
        );
    }
}

#[test]
fn an_end_after_365_days_passes_and_one_later_is_refused() {
    let now = "2026-03-02T10:00:00Z";
    // In Paris, 2 March 2027 is the 365th day and ends at 23:00 UTC.
    assert_eq!(end(until("2027-03-02T23:00:00Z"), now), time("2027-03-02T23:00:00Z"));
    let draft = until("2027-03-02T23:00:00.000001Z");
    given(created(draft.clone())).at(now).when(send(&draft)).then_told(
        "/expires_at",
        "expiry_malformed",
        "It can live 365 days at most; choose an earlier time.",
    );
}

#[test]
fn an_unknown_time_zone_is_said_once() {
    let draft = days(1, "Mars/Olympus");
    given(created(draft.clone())).when(send(&draft)).then_found([("/time_zone", "time_zone_unknown")]);
}

//! What happens by itself, and when: the end, limits of steps, reminders.

use crate::given::*;
use envelope::commands::extend::ExtendEnvelope;
use envelope::{
    Command, Draft, Effect, Event, Expiry, Outcome, Part, RecipientDraft, Refusal, Reminders, StepLimit,
};

fn reminding(reminders: Reminders) -> Given {
    going(Draft { reminders, ..draft() })
}

fn weekly() -> Reminders {
    Reminders { first_after_days: 3, every_days: 7, ..Reminders::default() }
}

fn limited(step: u16, days: u16) -> Draft {
    Draft { step_limits: vec![StepLimit { step, days }], ..draft() }
}

#[track_caller]
fn wakes_at(given: &Given, at: &str) {
    assert_eq!(given.deadline().as_deref(), Some(at));
}

fn reminded<const N: usize>(recipients: [u16; N]) -> Event {
    Event::RecipientsReminded { recipients: recipients.into() }
}

fn reminder(recipient: u16) -> Effect {
    Effect::ReminderMail { recipient }
}

fn expired() -> [Event; 2] {
    [Event::ExpiryReached {}, Event::EnvelopeExpired {}]
}

#[test]
fn it_wakes_at_its_end_where_nothing_comes_before() {
    wakes_at(&going(draft()), EXPIRY);
    assert_eq!(given(created(draft())).deadline(), None);
    for over in [given(completed()), given(all_signed()), going(draft()).did(cancel())] {
        assert_eq!(over.deadline(), None);
    }
    // What waits for an act on its way into the documents waits for nothing else.
    assert_eq!(going(draft()).meant(1).did(cancel()).deadline(), None);
    let last = going(draft()).signed(1).meant(2);
    assert_eq!(last.deadline(), None);
    wakes_at(&going(draft()).meant(1), EXPIRY);
}

#[test]
fn a_step_has_its_own_limit_counted_from_its_opening() {
    let first = going(limited(1, 2));
    wakes_at(&first, "2026-03-04T23:00:00Z");
    first.clone().at("2026-03-04T22:59:59.999999Z").when(wake()).then_nothing();
    let effects = [Effect::EndAllLinks, Effect::AuditTrail, outcome(1), outcome(None)];
    first.clone().at("2026-03-04T23:00:00Z").when(wake()).then(expired(), effects);
    let second = going(limited(2, 2));
    wakes_at(&second, EXPIRY);
    // Across the change of clocks on 29 March the whole last day counts.
    wakes_at(&second.at("2026-03-28T10:00:00Z").signed(1), "2026-03-30T22:00:00Z");
    // No step lives longer than the envelope.
    wakes_at(&going(limited(1, 300)), EXPIRY);
}

#[test]
fn after_the_limit_of_a_step_nobody_acts_in_it_even_before_it_wakes() {
    let first = going(limited(1, 2));
    first.clone().at("2026-03-04T22:59:59Z").when(open(1)).then_allowed();
    let late = first.at("2026-03-04T23:00:00Z");
    late.when(open(1)).then_refused(Refusal::EnvelopeEnded(Outcome::Expired));
}

#[test]
fn the_limit_of_a_step_binds_only_as_long_as_somebody_of_it_may_act() {
    let meant = going(limited(1, 2)).meant(1);
    wakes_at(&meant, EXPIRY);
    meant.at("2026-03-05T10:00:00Z").when(wake()).then_nothing();
    let done = going(limited(1, 2)).signed(1);
    wakes_at(&done, EXPIRY);
    done.at("2026-03-05T10:00:00Z").when(open(2)).then_allowed();
    // One of two is enough.
    let both = Draft { step_limits: vec![StepLimit { step: 1, days: 2 }], ..parallel() };
    wakes_at(&going(both).signed(2), "2026-03-04T23:00:00Z");
}

/// Seed: xodo-sign.txt:53
#[test]
fn reminders_come_by_schedule_over_weeks() {
    let mut given = reminding(weekly());
    for at in ["2026-03-05T08:00:00Z", "2026-03-12T08:00:00Z", "2026-03-19T08:00:00Z", "2026-03-26T08:00:00Z"]
    {
        wakes_at(&given, at);
        given.clone().at(at).when(wake()).then([reminded([1])], [reminder(1)]);
        given = given.at(at).did(wake());
        assert_eq!(given.person(1).reminded_at, Some(time(at)));
        // Twice is once.
        given.when(wake()).then_nothing();
    }
    // The next one, 2 April at 9 in Paris, would come after the end.
    wakes_at(&given, EXPIRY);
}

#[test]
fn a_reminder_too_early_is_none_and_one_too_late_is_sent_once() {
    let given = reminding(weekly());
    given.clone().at("2026-03-05T07:59:59.999999Z").when(wake()).then_nothing();
    // Asleep over three of them.
    let late = given.at("2026-03-20T03:00:00Z");
    late.when(wake()).then([reminded([1])], [reminder(1)]);
    let after = late.did(wake());
    after.when(wake()).then_nothing();
    wakes_at(&after, "2026-03-26T08:00:00Z");
}

#[test]
fn without_a_first_reminder_there_is_none_and_without_a_rhythm_there_is_one() {
    wakes_at(&reminding(Reminders { every_days: 7, ..Reminders::default() }), EXPIRY);
    let once = reminding(Reminders { first_after_days: 3, ..Reminders::default() });
    wakes_at(&once, "2026-03-05T08:00:00Z");
    wakes_at(&once.at("2026-03-05T08:00:00Z").did(wake()), EXPIRY);
    let soon = Reminders { first_after_days: 7, every_days: 3, ..Reminders::default() };
    wakes_at(&reminding(soon).at("2026-03-09T08:00:00Z").did(wake()), "2026-03-12T08:00:00Z");
    let daily = reminding(Reminders { first_after_days: 1, every_days: 1, ..Reminders::default() });
    let given = daily.at("2026-03-03T08:00:00Z").did(wake());
    wakes_at(&given, "2026-03-04T08:00:00Z");
}

#[test]
fn reminders_go_on_in_their_rhythm_whatever_was_sent_between() {
    let given = reminding(weekly()).at("2026-03-04T20:00:00Z").did(remind(1));
    wakes_at(&given, "2026-03-05T08:00:00Z");
    let given = given.at("2026-03-12T09:30:00Z").did(wake());
    wakes_at(&given, "2026-03-19T08:00:00Z");
}

#[test]
fn before_the_end_it_reminds_as_well() {
    let reminders = Reminders { before_expiry_days: vec![2, 7], hour: Some(18), ..Reminders::default() };
    let given = reminding(reminders);
    // The end is the first instant of 2 April in Paris, which has summer time from 29 March on.
    wakes_at(&given, "2026-03-26T17:00:00Z");
    let given = given.at("2026-03-26T17:00:00Z").did(wake());
    wakes_at(&given, "2026-03-31T16:00:00Z");
    let given = given.at("2026-03-31T16:00:00Z").did(wake());
    wakes_at(&given, EXPIRY);
    // Of both kinds the next one comes.
    let reminders = Reminders { before_expiry_days: vec![28], ..weekly() };
    let given = reminding(reminders);
    wakes_at(&given, "2026-03-05T08:00:00Z");
    // On the day of the end, after it, there is none.
    let reminders = Reminders { before_expiry_days: vec![0], ..Reminders::default() };
    wakes_at(&reminding(reminders), EXPIRY);
}

#[test]
fn the_hour_is_that_of_the_recipient_also_when_clocks_change() {
    let at_home = |zone: &str, reminders: Reminders| {
        let ada = RecipientDraft { time_zone: Some(zone.into()), ..signer("Ada", 1) };
        going(Draft { recipients: vec![ada, signer("Ben", 2)], reminders, ..draft() })
    };
    let first = |days| Reminders { first_after_days: days, ..Reminders::default() };
    wakes_at(&at_home("Asia/Tokyo", first(3)), "2026-03-05T00:00:00Z");
    // New York changes on 8 March.
    wakes_at(&at_home("America/New_York", first(5)), "2026-03-07T14:00:00Z");
    wakes_at(&at_home("America/New_York", first(6)), "2026-03-08T13:00:00Z");
    // An hour that the change leaves out is made up for.
    let in_the_gap = Reminders { hour: Some(2), ..first(27) };
    wakes_at(&at_home("Europe/Paris", in_the_gap), "2026-03-29T01:00:00Z");
    let midnight = Reminders { hour: Some(0), ..first(1) };
    wakes_at(&at_home("Europe/Paris", midnight), "2026-03-02T23:00:00Z");
}

#[test]
fn all_who_are_due_are_reminded_at_once_and_nobody_else() {
    let given = going(Draft { reminders: weekly(), ..parallel() }).at("2026-03-05T08:00:00Z");
    given.when(wake()).then([reminded([1, 2])], [reminder(1), reminder(2)]);
    given.clone().meant(1).when(wake()).then([reminded([2])], [reminder(2)]);
    // Who comes later is reminded later.
    let second = reminding(weekly()).at("2026-03-04T10:00:00Z").signed(1);
    wakes_at(&second, "2026-03-07T08:00:00Z");
    // Who gets no mail gets no reminder.
    let mut handed = Draft { reminders: weekly(), ..draft() };
    handed.recipients[0].arrival = envelope::Arrival::Handed;
    wakes_at(&going(handed), EXPIRY);
}

#[test]
fn nothing_happens_by_itself_after_the_end() {
    let late = reminding(weekly()).at(EXPIRY);
    assert_eq!(late.when(wake()).events(), expired());
    let over = late.did(wake());
    over.when(wake()).then_nothing();
    assert_eq!(over.deadline(), None);
}

fn extended(at: &str) -> Event {
    Event::ExpiryExtended { expires_at: time(at) }
}

#[test]
fn what_runs_is_given_more_time_or_less() {
    let given = going(draft()).at("2026-03-10T10:00:00Z");
    given.when(extend(60)).then([extended("2026-05-09T22:00:00Z")], []);
    wakes_at(&given.clone().did(extend(60)), "2026-05-09T22:00:00Z");
    given.when(extend(1)).then([extended("2026-03-11T23:00:00Z")], []);
    let at = |text: &str| Command::Extend(ExtendEnvelope { expiry: Expiry::At(time(text)) });
    given.when(at("2026-03-10T10:00:01Z")).then([extended("2026-03-10T10:00:01Z")], []);
    given.when(at("2026-03-10T10:00:00Z")).then_found([("/expires_at", "expiry_in_the_past")]);
    for days in [0, 366] {
        given.when(extend(days)).then_found([("/expires_in_days", "expiry_malformed")]);
    }
    given.when(extend(365)).then_allowed();
    // The open step gets its whole time once more.
    let step = going(limited(1, 2)).at("2026-03-03T10:00:00Z").did(extend(30));
    wakes_at(&step, "2026-03-05T23:00:00Z");
}

#[test]
fn what_was_not_sent_or_is_over_in_another_way_is_not_given_more_time() {
    given(created(draft())).when(extend(5)).then_refused(Refusal::NotSent);
    given(all_signed()).when(extend(5)).then_refused(Refusal::AlreadyFinishing);
    for (over, outcome) in [
        (given(completed()), Outcome::Completed),
        (going(draft()).did(cancel()), Outcome::Cancelled),
        (going(draft()).did(decline(1)), Outcome::Declined { recipient: 1 }),
        (going(draft()).meant(1).did(cancel()), Outcome::Cancelled),
        (given(created(draft())).and([Event::EnvelopeCancelled {}]), Outcome::Cancelled),
    ] {
        over.when(extend(5)).then_refused(Refusal::EnvelopeEnded(outcome));
    }
}

#[test]
fn what_has_expired_lives_again_as_it_was() {
    let given = going(Draft { reminders: weekly(), ..parallel() }).did(consent(1)).signed(2);
    let over = given.at(EXPIRY).did(wake()).did(record_audit_trail());
    let now = over.at("2026-04-10T10:00:00Z");
    now.when(extend(10)).then([extended("2026-04-20T22:00:00Z")], [invite(1)]);
    let alive = now.did(extend(10));
    assert_eq!(alive.state().status.word(), "in_progress");
    assert_eq!(alive.state().audit_trail, None);
    assert_eq!((alive.part(1), alive.part(2).word()), (Part::Consented, "signed"));
    assert_eq!(alive.progress().ending, None);
    // Invited now, they are not reminded of what was due before.
    assert_eq!(alive.person(1).invited_at, Some(time("2026-04-10T10:00:00Z")));
    assert_eq!(alive.person(2).invited_at, Some(time(NOW)));
    alive.when(wake()).then_nothing();
    wakes_at(&alive, "2026-04-13T07:00:00Z");
    let sealing = alive.signed(1);
    assert_eq!(sealing.state().status.word(), "finishing");
}

#[test]
fn what_expired_by_the_limit_of_a_step_lives_again_with_the_whole_limit() {
    let over = going(limited(1, 2)).at("2026-03-05T10:00:00Z").did(wake());
    let alive = over.at("2026-03-06T10:00:00Z").did(extend(30));
    alive.when(wake()).then_nothing();
    alive.when(open(1)).then_allowed();
    wakes_at(&alive, "2026-03-08T23:00:00Z");
}

#[test]
fn what_expired_between_two_steps_goes_on_with_the_next_one() {
    let over = going(draft()).meant(1).at(EXPIRY).did(record_act(1, blank(1)));
    assert_eq!(over.state().status.word(), "expired");
    let now = over.at("2026-04-10T10:00:00Z");
    now.when(extend(10)).then([extended("2026-04-20T22:00:00Z"), step_opened(2, [2])], [invite(2)]);
    // Who gets their link from the sender is not mailed.
    let mut handed = draft();
    handed.recipients[0].arrival = envelope::Arrival::Handed;
    let now = going(handed).at(EXPIRY).did(wake());
    now.when(extend(10)).then_done([]);
}

#[test]
fn reminders_and_limits_lie_within_what_an_envelope_can_live() {
    let fine = |draft: Draft| given([]).when(create(draft)).then_allowed();
    let told = |draft: Draft, pointer: &str, code, sentence: &str| {
        given([]).when(create(draft)).then_told(pointer, code, sentence);
    };
    let with = |reminders: Reminders| Draft { reminders, ..draft() };
    fine(with(Reminders {
        hour: Some(23),
        first_after_days: 365,
        every_days: 365,
        before_expiry_days: vec![365; 5],
    }));
    const HOUR: &str = "An hour is a number from 0 to 23.";
    told(with(Reminders { hour: Some(24), ..weekly() }), "/reminders/hour", "hour_malformed", HOUR);
    const DAYS: &str = "Reminders lie within 365 days, and 5 of them before the end; choose fewer.";
    for wrong in [
        Reminders { first_after_days: 366, ..weekly() },
        Reminders { every_days: 366, ..weekly() },
        Reminders { before_expiry_days: vec![1, 366], ..weekly() },
        Reminders { before_expiry_days: vec![1; 6], ..weekly() },
    ] {
        told(with(wrong), "/reminders", "reminders_malformed", DAYS);
    }
    let steps = |limits: &[(u16, u16)]| {
        let step_limits = limits.iter().map(|(step, days)| StepLimit { step: *step, days: *days }).collect();
        Draft { step_limits, ..draft() }
    };
    fine(steps(&[(1, 1), (2, 365)]));
    const LIMIT: &str = "A step has one limit of 1 to 365 days; correct this one.";
    told(steps(&[(1, 0)]), "/step_limits/0", "step_limit_malformed", LIMIT);
    told(steps(&[(1, 366)]), "/step_limits/0", "step_limit_malformed", LIMIT);
    told(steps(&[(1, 5), (1, 6)]), "/step_limits/1", "step_limit_malformed", LIMIT);
}

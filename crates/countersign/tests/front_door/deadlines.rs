//! What happens by itself, days ahead: reminders by their schedule, the limit of a step, the end in the envelope's time
//! zone; and a server that was off when it should have happened loses none of it.

use crate::given::{on_both, place};
use crate::judges::now;
use crate::parts::{draft, somebody};
use crate::people::ask;
use crate::refusals::assert_refused;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Value, json};
use testkit::server::{Api, Server, Setup, wait_for};

const ADA: &str = "ada@example.org";
const SENDER: &str = "owner@example.org";

on_both!(
    reminders_come_once_each_by_their_schedule_at_the_hour_of_the_recipient,
    reminders_come_once_each_by_their_schedule_at_the_hour_of_the_recipient_on_postgresql,
    reminded
);
on_both!(
    the_limit_of_a_step_ends_it_and_more_time_revives_it,
    the_limit_of_a_step_ends_it_and_more_time_revives_it_on_postgresql,
    limited
);
on_both!(
    it_expires_at_the_end_of_the_day_in_its_own_time_zone,
    it_expires_at_the_end_of_the_day_in_its_own_time_zone_on_postgresql,
    expired
);
on_both!(
    a_server_that_slept_over_a_reminder_and_over_the_end_makes_up_for_both,
    a_server_that_slept_over_a_reminder_and_over_the_end_makes_up_for_both_on_postgresql,
    slept_over
);

/// An envelope for people who sign, one after the other, with more to say of it.
fn sent(api: &Api, people: &[(&str, Value)], more: Value) -> String {
    let numbered = || (1u16..).zip(people);
    let everybody: Vec<_> =
        numbered().map(|(step, (name, more))| somebody(name, step, more.clone())).collect();
    let places: Vec<_> =
        numbered().map(|(it, _)| place(4, 100 + 70 * u32::from(it), usize::from(it))).collect();
    let mut draft = draft(api, json!(everybody), json!(places));
    draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    api.sent(&draft)
}

/// Starts the server anew at this time, a moment later rather than earlier.
fn at(server: &mut Server, time: Timestamp) {
    let ahead = time.duration_since(now()).as_secs() + 1;
    server.start_with(&[("COUNTERSIGN_CLOCK_AHEAD_S", &ahead.to_string())]);
}

fn instant(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// When events of this kind happened.
fn times(api: &Api, id: &str, kind: &str) -> Vec<Timestamp> {
    api.events(id).iter().filter(|it| it["type"] == kind).map(|it| instant(&it["at"])).collect()
}

/// Subjects of the mails that went there.
fn subjects(server: &Server, to: &str, word: &str) -> usize {
    let mails = server.outbox(to);
    mails.iter().filter(|it| it["subject"].as_str().unwrap().contains(word)).count()
}

/// Waits until so many mails about this went there.
fn mailed(server: &Server, to: &str, word: &str, times: usize) {
    wait_for(&format!("{times} mails to {to} about {word}"), || {
        (subjects(server, to, word) == times).then_some(())
    });
}

fn reminded(setup: Setup) {
    let mut server = setup.start();
    let api = server.api();
    let schedule = json!({"first_after_days": 1, "every_days": 3, "before_expiry_days": [1], "hour": 17});
    let people = [("Ada", json!({"time_zone": "Asia/Tokyo"}))];
    let more = json!({"time_zone": "America/New_York", "expires_in_days": 6, "reminders": schedule});
    let id = sent(&api, &people, more);
    mailed(&server, ADA, "asks you to sign", 1);
    let envelope = api.envelope(&id);
    let tokyo = zone("Asia/Tokyo");
    let day = |of: &Value, days: i64| {
        let date = instant(of).to_zoned(tokyo.clone()).date().checked_add(days.days()).unwrap();
        date.at(17, 0, 0, 0).to_zoned(tokyo.clone()).unwrap().timestamp()
    };
    let ends = instant(&envelope["expires_at"]);
    let mut due: Vec<_> = [1, 4, 7].iter().map(|it| day(&envelope["sent_at"], *it)).collect();
    due.push(day(&envelope["expires_at"], -1));
    due.retain(|it| *it < ends);
    due.sort_unstable();
    due.dedup();
    assert!(due.len() >= 3, "{due:?}");

    for (number, due) in (1..).zip(&due) {
        at(&mut server, *due - SignedDuration::from_mins(1));
        assert_eq!(subjects(&server, ADA, "Reminder"), number - 1);
        at(&mut server, *due);
        mailed(&server, ADA, "Reminder", number);
    }
    at(&mut server, ends);
    api.wait_until(&id, "expired");
    mailed(&server, ADA, "The time to sign", 1);
    assert_eq!(subjects(&server, ADA, "Reminder"), due.len(), "none came twice");
    let came = times(&api, &id, "recipients_reminded");
    assert_eq!(came.len(), due.len());
    for (came, due) in came.iter().zip(&due) {
        assert!(came >= due && came.duration_since(*due) < SignedDuration::from_mins(10), "{came} for {due}");
    }
}

fn limited(setup: Setup) {
    let mut server = setup.start();
    let api = server.api();
    let limits = json!([{"step": 1, "days": 3}, {"step": 2, "days": 1}]);
    let more = json!({"time_zone": "Pacific/Auckland", "expires_in_days": 30, "step_limits": limits});
    let id = sent(&api, &[("Ada", json!({})), ("Ben", json!({}))], more);
    server.visit(ADA).sign();
    let opened = wait_for("the second step", || times(&api, &id, "step_opened").get(1).copied());
    let limit = end_of_day(opened, 1, "Pacific/Auckland");
    at(&mut server, limit - SignedDuration::from_mins(1));
    assert_eq!(api.envelope(&id)["status"], "in_progress");
    let ben = server.visit("ben@example.org");
    ben.consent().expect(200);

    at(&mut server, limit);
    assert_refused(&ben.finish(), 409, "envelope_ended");
    api.wait_until(&id, "expired");
    mailed(&server, SENDER, "Not signed in time", 1);
    assert!(times(&api, &id, "envelope_expired")[0] >= limit);

    // More time: the step has its whole time once more, from now on.
    let before = server.outbox("ben@example.org").len();
    let revived = ask(&api, &id, "extend", &json!({"expires_in_days": 9})).expect(200).json();
    assert_eq!(revived["status"], "in_progress");
    // The link of before has ended; the new one comes with a mail.
    wait_for("the new link", || (server.outbox("ben@example.org").len() > before).then_some(()));
    let again = end_of_day(times(&api, &id, "expiry_extended")[0], 1, "Pacific/Auckland");
    at(&mut server, again - SignedDuration::from_mins(1));
    server.visit("ben@example.org").sign();
    api.wait_until(&id, "completed");
    assert_eq!(times(&api, &id, "envelope_expired").len(), 1);
    assert_eq!(subjects(&server, SENDER, "Not signed in time"), 1);
}

fn expired(setup: Setup) {
    let mut server = setup.start();
    let api = server.api();
    // Two ends of the world: the same wish ends at other instants.
    let places = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];
    let ids = places
        .map(|place| sent(&api, &[("Ada", json!({}))], json!({"time_zone": place, "expires_in_days": 2})));
    let mut ends = Vec::new();
    for (id, place) in ids.iter().zip(places) {
        let envelope = api.envelope(id);
        let end = instant(&envelope["expires_at"]);
        assert_eq!(end, end_of_day(instant(&envelope["sent_at"]), 2, place));
        ends.push(end);
    }
    assert!(ends[0] < ends[1]);
    at(&mut server, ends[0] - SignedDuration::from_mins(1));
    let visits = [1, 2].map(|it| api.visit(&ids[it - 1], 1));
    for visit in &visits {
        assert_eq!(visit.consent().expect(200).json()["state"], "ready", "the whole last day counts");
    }
    let acts = visits.clone().map(|it| it.whole_act());
    at(&mut server, ends[0]);
    assert_refused(&visits[0].ask("POST", "/finish", &acts[0]), 409, "envelope_ended");
    api.wait_until(&ids[0], "expired");
    // It is still the day before, there.
    visits[1].ask("POST", "/finish", &acts[1]).expect(200);
    api.wait_until(&ids[1], "completed");
}

fn slept_over(setup: Setup) {
    let mut server = setup.start();
    let api = server.api();
    let more = json!({
        "time_zone": "Europe/Paris", "expires_in_days": 4,
        "reminders": {"first_after_days": 1, "every_days": 1, "hour": 3},
    });
    let id = sent(&api, &[("Ada", json!({}))], more);
    mailed(&server, ADA, "asks you to sign", 1);
    let envelope = api.envelope(&id);
    let (sent_at, ends) = (instant(&envelope["sent_at"]), instant(&envelope["expires_at"]));

    // Off over two reminders: of several that passed, one is sent.
    assert!(server.stop().success());
    at(&mut server, end_of_day(sent_at, 1, "Europe/Paris") + SignedDuration::from_hours(4));
    mailed(&server, ADA, "Reminder", 1);
    // Off over the last ones and the end.
    server.kill();
    at(&mut server, ends + SignedDuration::from_hours(50));
    api.wait_until(&id, "expired");
    mailed(&server, ADA, "The time to sign", 1);
    mailed(&server, SENDER, "Not signed in time", 1);
    assert_eq!(subjects(&server, ADA, "Reminder"), 1, "who is late is not reminded of it");
    let happened = times(&api, &id, "envelope_expired");
    assert_eq!(happened.len(), 1);
    assert!(happened[0] >= ends);

    // A clock that was wrong and is set right again ends nothing twice, and takes nothing back.
    server.start();
    assert_eq!(api.envelope(&id)["status"], "expired");
    ask(&api, &id, "extend", &json!({"expires_in_days": 5})).expect(200);
    api.visit(&id, 1).sign();
    api.wait_until(&id, "completed");
    assert_eq!(times(&api, &id, "envelope_expired").len(), 1);
}

/// The first instant after the day that is so many days later, there.
fn end_of_day(from: Timestamp, days: i64, place: &str) -> Timestamp {
    let day = from.to_zoned(zone(place)).date().checked_add((days + 1).days()).unwrap();
    day.to_zoned(zone(place)).unwrap().timestamp()
}

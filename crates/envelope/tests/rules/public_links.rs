//! What can be said of a public link, each limit with its twin.

use envelope::template::{LINKS_MAX, PublicLink, has_room_for_link, public_link_findings};
use jiff::{SignedDuration, Timestamp};

fn now() -> Timestamp {
    "2026-05-01T12:00:00Z".parse().expect("a time")
}

#[track_caller]
fn fine(link: &PublicLink<'_>) {
    assert_eq!(public_link_findings(link, now()), []);
}

#[track_caller]
fn told(link: &PublicLink<'_>, pointer: &str, code: &str, sentence: &str) {
    let found = public_link_findings(link, now());
    let found: Vec<_> = found.iter().map(|it| (it.pointer.as_str(), it.code, it.sentence.as_str())).collect();
    assert_eq!(found, [(pointer, code, sentence)]);
}

#[test]
fn a_link_of_which_nothing_is_said_is_fine() {
    fine(&PublicLink::default());
}

#[test]
fn a_label_is_one_line_of_at_most_200_characters() {
    let (most, more) = ("\u{e9}".repeat(200), "\u{e9}".repeat(201));
    fine(&PublicLink { label: &most, ..PublicLink::default() });
    for label in [more.as_str(), "two\nlines"] {
        let sentence = "The label is one line of at most 200 characters; shorten it.";
        told(&PublicLink { label, ..PublicLink::default() }, "/label", "text_malformed", sentence);
    }
}

#[test]
fn a_link_has_one_to_a_million_uses() {
    for uses in [1, 1_000_000] {
        fine(&PublicLink { uses_max: Some(uses), ..PublicLink::default() });
    }
    for uses in [0, -1, 1_000_001] {
        let sentence = "A link has 1 to 1,000,000 uses; choose a number between them.";
        told(
            &PublicLink { uses_max: Some(uses), ..PublicLink::default() },
            "/uses_max",
            "uses_malformed",
            sentence,
        );
    }
}

#[test]
fn a_link_ends_later_than_now() {
    let a_moment = SignedDuration::from_micros(1);
    fine(&PublicLink { expires_at: Some(now() + a_moment), ..PublicLink::default() });
    for at in [now(), now() - a_moment] {
        let sentence = "The time at which it ends has passed; choose a later one.";
        let link = PublicLink { expires_at: Some(at), ..PublicLink::default() };
        told(&link, "/expires_at", "expiry_in_the_past", sentence);
    }
}

#[test]
fn a_password_has_4_to_200_characters() {
    let (most, more) = ("\u{e9}".repeat(200), "\u{e9}".repeat(201));
    for password in ["\u{e9}t\u{e9}s", most.as_str()] {
        fine(&PublicLink { password: Some(password), ..PublicLink::default() });
    }
    for password in ["", "abc", more.as_str()] {
        let sentence = "A password has 4 to 200 characters; choose another one.";
        told(
            &PublicLink { password: Some(password), ..PublicLink::default() },
            "/password",
            "password_malformed",
            sentence,
        );
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let link = PublicLink { label: "\u{7}", uses_max: Some(0), expires_at: Some(now()), password: Some("") };
    let pointers: Vec<String> = public_link_findings(&link, now()).into_iter().map(|it| it.pointer).collect();
    assert_eq!(pointers, ["/label", "/uses_max", "/expires_at", "/password"]);
}

#[test]
fn a_template_has_50_links_that_are_on_and_not_one_more() {
    assert_eq!(LINKS_MAX, 50);
    assert!(has_room_for_link(49));
    assert!(!has_room_for_link(50));
}

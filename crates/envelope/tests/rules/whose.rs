//! Which personal values in the events speak of one person.

use crate::given::*;
use envelope::commands::delegate::Delegate;
use envelope::commands::hand_over::{HandOverAsker, HandOverEnvelope};
use envelope::{Actor, Command, Delegation, Event, Recorded, Rules, Sender, Whereabouts};

fn recorded(events: &[Event]) -> Vec<Recorded> {
    events.iter().map(|event| Recorded { at: time(NOW), event: event.clone() }).collect()
}

fn actor(recipient: u16) -> Actor {
    let (address, user_agent) = ("::1".into(), "Firefox".into());
    Actor::Recipient { recipient, address, user_agent, methods: Vec::new() }
}

fn user() -> Actor {
    Actor::User { user: "usr_1".into(), address: "::1".into(), user_agent: "".into() }
}

/// Ada is asked to sign, corrected, asks that Dora act for her, is replaced by Dora, and Dora signs.
fn story() -> Vec<Event> {
    let mut events = sent(draft());
    events.extend([
        Event::RecipientCorrected { recipient: 1, email: "Ada@new.example".into(), phone: "".into() },
        opened(1),
        filled(1, "town", "Paris"),
        delegation_asked(1),
        replaced(1),
        filled(1, "town", "Rome"),
        declined(1),
        Event::EnvelopeHandedOver { to: other_user() },
    ]);
    events
}

fn other_user() -> Sender {
    Sender { user: "usr_2".into(), name: "Hopper".into(), email: "hopper@example.org".into() }
}

fn at(wanted: impl Fn(&Event) -> bool) -> usize {
    story().iter().rposition(wanted).expect("it happened")
}

fn owns(email: &str, index: usize, by: &Actor, pointer: &str) -> bool {
    let events = story();
    Whereabouts::of(&recorded(&events), email).owns(index, by, &events[index], pointer)
}

#[test]
fn of_the_files_that_were_sealed_each_has_their_own() {
    let mut events = sent(draft());
    events.push(sealed_with(blank(1), [sealed_file("a", 1), sealed_file("b", 2)]));
    let last = events.len() - 1;
    let owns = |email: &str, pointer: &str| {
        Whereabouts::of(&recorded(&events), email).owns(last, &Actor::System, &events[last], pointer)
    };
    assert!(owns("ada@example.org", "/body/files/0/digest") && owns("ada@example.org", "/body/files/0/tail"));
    assert!(
        !owns("ada@example.org", "/body/files/1/digest") && owns("ben@example.org", "/body/files/1/tail")
    );
    assert!(!owns("ada@example.org", "/body/files/2/digest") && !owns("ada@example.org", "/body/files/x"));
}

#[test]
fn in_the_draft_each_has_the_values_of_their_own_place() {
    assert!(owns("ada@example.org", 0, &user(), "/body/draft/recipients/0/name"));
    assert!(owns(" ADA@example.org", 0, &user(), "/body/draft/recipients/0/authentication/0/question"));
    assert!(!owns("ada@example.org", 0, &user(), "/body/draft/recipients/1/name"));
    assert!(owns("ben@example.org", 0, &user(), "/body/draft/recipients/1/name"));
    for other in ["/body/draft/message", "/body/draft/recipients/x/name", "/body/sender/name"] {
        assert!(!owns("ada@example.org", 0, &user(), other), "{other}");
    }
}

#[test]
fn an_address_that_was_corrected_is_of_the_same_person() {
    let filled = story().iter().position(|it| matches!(it, Event::FieldsFilled { .. })).expect("filled");
    let corrected = at(|it| matches!(it, Event::RecipientCorrected { .. }));
    for email in ["ada@example.org", "ada@new.example"] {
        assert!(owns(email, 0, &user(), "/body/draft/recipients/0/name"), "{email}");
        assert!(owns(email, corrected, &user(), "/body/email"), "{email}");
        assert!(owns(email, filled, &actor(1), "/body/values/town"), "{email}");
        assert!(owns(email, filled, &actor(1), "/actor/address"), "{email}");
    }
    assert!(!owns("ben@example.org", filled, &actor(1), "/body/values/town"));
}

#[test]
fn who_takes_a_place_has_what_comes_after_and_nothing_before() {
    let (first, last) = (
        story().iter().position(|it| matches!(it, Event::FieldsFilled { .. })).expect("filled"),
        at(|it| matches!(it, Event::FieldsFilled { .. })),
    );
    let replaced = at(|it| matches!(it, Event::RecipientReplaced { .. }));
    let told = |email| {
        [
            owns(email, first, &actor(1), "/body/values/town"),
            owns(email, replaced, &user(), "/body/name"),
            owns(email, replaced, &actor(1), "/actor/address"),
            owns(email, last, &actor(1), "/body/values/town"),
            owns(email, last + 1, &actor(1), "/body/reason"),
        ]
    };
    assert_eq!(told("ada@example.org"), [true, false, true, false, false]);
    assert_eq!(told("dora@example.org"), [false, true, false, true, true]);
}

#[test]
fn of_a_delegation_the_reason_is_of_who_asked_and_the_rest_of_who_was_named() {
    let asked = at(|it| matches!(it, Event::DelegationAsked { .. }));
    let told =
        |email| ["name", "email", "reason"].map(|key| owns(email, asked, &actor(1), &format!("/body/{key}")));
    assert_eq!(told("ada@example.org"), [false, false, true]);
    assert_eq!(told("dora@example.org"), [true, true, false]);
    // Who was only ever named is found as well.
    let rules = Rules { delegation: Delegation::WithConsent, ..Rules::default() };
    let given = going(under(rules, draft()));
    let only_named = given.when(Command::Delegate(Delegate { ..delegating(1) })).events();
    let mut events = sent(draft());
    events.extend(only_named);
    let found = Whereabouts::of(&recorded(&events), "dora@example.org");
    assert!(found.is_named() && found.places().is_empty());
}

#[test]
fn who_sends_has_their_name_and_their_visits() {
    assert!(owns("grace@example.org", 0, &user(), "/body/sender/email"));
    assert!(owns("grace@example.org", 0, &user(), "/actor/address"));
    assert!(!owns("ada@example.org", 0, &user(), "/actor/address"));
    let over = at(|it| matches!(it, Event::EnvelopeHandedOver { .. }));
    assert!(owns("hopper@example.org", over, &user(), "/body/to/name"));
    assert!(!owns("hopper@example.org", over, &user(), "/actor/address"), "usr_1 is Grace");
    assert!(!owns("grace@example.org", over, &Actor::System, "/actor/address"));
    let Actor::User { address, user_agent, .. } = user() else { unreachable!("a user is one") };
    let hopper = Actor::User { user: "usr_2".into(), address, user_agent };
    assert!(owns("hopper@example.org", over, &hopper, "/actor/address"));
    let guest = Actor::EditLink {
        link: "edl_1".into(),
        handed_out_by: "usr_1".into(),
        address: "::1".into(),
        user_agent: "".into(),
    };
    assert!(!owns("grace@example.org", over, &guest, "/actor/address"), "who handed it out was not there");
    let asked_by = HandOverAsker::ForTheTenant;
    let same = going(draft()).when(Command::HandOver(HandOverEnvelope { to: other_user(), asked_by }));
    assert_eq!(same.events(), [Event::EnvelopeHandedOver { to: other_user() }]);
}

#[test]
fn what_one_recipient_fills_is_not_anothers() {
    let mut events = sent(draft());
    events.push(filled(2, "town", "Paris"));
    let last = events.len() - 1;
    let owns = |email: &str| {
        Whereabouts::of(&recorded(&events), email).owns(
            last,
            &Actor::System,
            &events[last],
            "/body/values/town",
        )
    };
    assert!(owns("ben@example.org") && !owns("ada@example.org"));
}

#[test]
fn what_stands_in_a_field_beforehand_is_of_whoever_fills_it() {
    let of = |pointer| {
        (owns("ada@example.org", 0, &user(), pointer), owns("ben@example.org", 0, &user(), pointer))
    };
    assert_eq!(of("/body/draft/fields/0/value"), (true, false));
    assert_eq!(of("/body/draft/fields/1/value"), (false, true));
    for other in ["/body/draft/fields/2/value", "/body/draft/fields/x/value"] {
        assert_eq!(of(other), (false, false), "{other}");
    }
}

#[test]
fn the_places_are_those_held_at_the_end_and_a_stranger_is_nowhere() {
    let find = |email: &str| Whereabouts::of(&recorded(&story()), email);
    assert_eq!((find("ada@example.org").places(), find("ada@example.org").is_named()), (vec![], true));
    assert_eq!(find("dora@example.org").places(), [1]);
    assert_eq!(find("ben@example.org").places(), [2]);
    assert!(!find("nobody@example.org").is_named());
    assert!(!find("").is_named(), "a role without a person is nobody");
    // A draft that was changed counts as it is now.
    let revised = [created(draft()), vec![Event::DraftRevised { draft: Box::new(empty()) }]].concat();
    assert!(Whereabouts::of(&recorded(&revised), "ada@example.org").places().is_empty());
}

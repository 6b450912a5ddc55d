//! A recipient declines.

use crate::given::*;
use envelope::commands::decline::Decline;
use envelope::{Command, DeclineEnds, Draft, Effect, Event, Outcome, Part, Refusal, Rules};

fn for_a_reason(reason: &str) -> Command {
    Command::Decline(Decline { recipient: 1, reason: reason.into() })
}

/// A decline ends the part of who declines.
fn tolerant(draft: Draft) -> Draft {
    Draft { rules: Rules { decline_ends: DeclineEnds::Recipient, ..Rules::default() }, ..draft }
}

fn ended_by(recipient: u16) -> Event {
    Event::EnvelopeDeclined { recipient }
}

fn link(recipient: u16) -> Effect {
    Effect::EndLink { recipient }
}

fn mail(recipient: u16) -> Effect {
    Effect::OutcomeMail { recipient: Some(recipient) }
}

const TO_SENDER: Effect = Effect::OutcomeMail { recipient: None };

/// Seed: xodo-sign.txt:146
#[test]
fn a_decline_ends_the_envelope_at_once_and_those_who_were_asked_hear_of_it() {
    given(sent(parallel())).when(decline(1)).then(
        [declined(1), ended_by(1)],
        [link(1), Effect::EndAllLinks, Effect::AuditTrail, mail(2), TO_SENDER],
    );
}

#[test]
fn who_was_not_asked_yet_and_who_receives_copies_hear_nothing_of_a_decline() {
    let mut draft = draft();
    draft.recipients.push(copy("Cleo"));
    given(sent(draft))
        .when(decline(1))
        .then([declined(1), ended_by(1)], [link(1), Effect::EndAllLinks, Effect::AuditTrail, TO_SENDER]);
}

#[test]
fn who_signed_before_hears_of_it() {
    given(sent(draft()))
        .and(went_to_sign(1, blank(1)))
        .and([signed(1, blank(1)), step_opened(2, [2])])
        .when(decline(2))
        .then(
            [declined(2), ended_by(2)],
            [link(2), Effect::EndAllLinks, Effect::AuditTrail, mail(1), TO_SENDER],
        );
}

#[test]
fn to_say_no_needs_no_consent() {
    for before in [vec![], vec![opened(1)], vec![opened(1), consented(1)]] {
        given(sent(draft())).and(before).when(decline(1)).then_allowed();
    }
}

#[test]
fn an_act_acknowledged_before_is_finished_first() {
    let waits = given(sent(parallel())).and(went_to_sign(2, blank(1)));
    waits.when(decline(1)).then([declined(1)], [link(1)]);
    waits.and([declined(1)]).when(record_act(2, blank(1))).then(
        [signed(2, blank(1)), ended_by(1)],
        [Effect::EndAllLinks, Effect::AuditTrail, mail(2), TO_SENDER],
    );
}

#[test]
fn nobody_acts_while_a_decline_waits_for_the_last_act() {
    let mut three = parallel();
    three.recipients.push(signer("Cleo", 1));
    three.fields.push(place("cleo", 3));
    let refusal = Refusal::EnvelopeEnded(Outcome::Declined { recipient: 1 });
    let waits = given(sent(three)).and(went_to_sign(2, blank(1))).and([declined(1)]);
    for command in [open(3), consent(3), decline(3), cancel()] {
        waits.when(command).then_refused(refusal.clone());
    }
    waits.when(decline(1)).then_refused(Refusal::AlreadyActed);
}

#[test]
fn two_thousand_characters_of_a_reason_pass_and_one_more_is_refused() {
    given(sent(draft())).when(for_a_reason(&"é".repeat(2000))).then_allowed();
    given(sent(draft())).when(for_a_reason(&format!("  {}  ", "x".repeat(2000)))).then_allowed();
    given(sent(draft())).when(for_a_reason(&"é".repeat(2001))).then_told(
        "/reason",
        "text_too_long",
        "The reason is longer than 2000 characters; shorten it.",
    );
}

#[test]
fn a_reason_says_something() {
    for nothing in ["", "  \n"] {
        given(sent(draft())).when(for_a_reason(nothing)).then_told(
            "/reason",
            "reason_missing",
            "Say in a few words why; the others read it.",
        );
    }
    given(sent(draft())).when(for_a_reason("x")).then_allowed();
}

#[test]
fn a_reason_has_lines_and_no_other_control_characters() {
    given(sent(draft())).when(for_a_reason("One.\r\n\tTwo.")).then_allowed();
    given(sent(draft())).when(for_a_reason("a\u{0}b")).then_told(
        "/reason",
        "text_malformed",
        "This holds a control character other than a line break; remove it.",
    );
}

#[test]
fn a_reason_is_kept_without_the_space_around_it() {
    let events = given(sent(draft())).when(for_a_reason(" No. \n")).events();
    assert_eq!(events[0], declined(1));
    let part = given(sent(draft())).and(events).state().status.progress().and_then(|it| it.part(1).cloned());
    assert_eq!(part, Some(Part::Declined { at: time(NOW), reason: "No.".into() }));
}

#[test]
fn where_the_rules_say_so_a_decline_ends_one_part_only() {
    given(sent(tolerant(parallel()))).when(decline(1)).then([declined(1)], [link(1), acted(1)]);
    given(sent(tolerant(draft()))).when(decline(1)).then(
        [declined(1), step_opened(2, [2])],
        [link(1), Effect::InvitationMail { recipient: 2 }, acted(1)],
    );
}

#[test]
fn what_is_left_after_a_tolerated_decline_is_sealed() {
    given(sent(tolerant(draft())))
        .and([declined(1), step_opened(2, [2])])
        .and(went_to_sign(2, blank(1)))
        .when(record_act(2, blank(1)))
        .then([signed(2, blank(1)), Event::SealingIntended {}], [Effect::CarryOutSeal]);
    given(sent(tolerant(parallel())))
        .and(went_to_sign(1, blank(1)))
        .and([signed(1, blank(1))])
        .when(decline(2))
        .then([declined(2), Event::SealingIntended {}], [link(2), Effect::CarryOutSeal]);
}

#[test]
fn a_tolerated_decline_waits_for_an_act_on_its_way() {
    let waits = given(sent(tolerant(parallel()))).and(went_to_sign(1, blank(1)));
    waits.when(decline(2)).then([declined(2)], [link(2), acted(2)]);
    waits
        .and([declined(2)])
        .when(record_act(1, blank(1)))
        .then([signed(1, blank(1)), Event::SealingIntended {}], [Effect::CarryOutSeal]);
}

#[test]
fn where_all_declined_there_is_nothing_to_seal_and_the_last_one_is_named() {
    given(sent(tolerant(draft())))
        .and([declined(1), step_opened(2, [2])])
        .when(decline(2))
        .then([declined(2), ended_by(2)], [link(2), Effect::EndAllLinks, Effect::AuditTrail, TO_SENDER]);
    // The later decline counts, not the later place in the list.
    given(sent(tolerant(parallel())))
        .and([declined(2)])
        .at("2026-03-02T10:00:01Z")
        .when(decline(1))
        .then([declined(1), ended_by(1)], [link(1), Effect::EndAllLinks, Effect::AuditTrail, TO_SENDER]);
}

#[test]
fn who_declined_hears_nothing_of_a_completion_and_who_receives_copies_does() {
    let mut draft = tolerant(parallel());
    draft.recipients.push(copy("Cleo"));
    given(sent(draft))
        .and(went_to_sign(1, blank(1)))
        .and([signed(1, blank(1)), declined(2), Event::SealingIntended {}])
        .when(record_seal(signed_by(1, 1)))
        .then(
            [sealed(signed_by(1, 1)), Event::EnvelopeCompleted {}],
            [Effect::EndAllLinks, Effect::AuditTrail, mail(1), mail(3), TO_SENDER],
        );
}

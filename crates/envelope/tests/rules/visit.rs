//! A recipient's visit until they sign: open, consent, fill.

use crate::given::*;
use envelope::{Command, Draft, Event, FieldKind, Outcome, Part, Personal, Refusal};

/// Two signers in one step; the first has a text, a box to tick, a date and initials as well.
fn form() -> Draft {
    let mut draft = parallel();
    for (id, kind) in [
        ("text", FieldKind::Text),
        ("box", FieldKind::Checkbox),
        ("date", FieldKind::DateSigned),
        ("initials", FieldKind::Initials),
    ] {
        draft.fields.push(field(id, kind, 1));
    }
    draft
}

fn filling() -> Given {
    given(sent(form())).and([opened(1), consented(1)])
}

/// What a person whose turn it is can ask.
fn asks(recipient: u16) -> [Command; 5] {
    [open(recipient), consent(recipient), fill(recipient, []), sign(recipient), decline(recipient)]
}

#[test]
fn a_visit_begins_once() {
    given(sent(draft())).when(open(1)).then([opened(1)], []);
    given(sent(draft())).and([opened(1)]).when(open(1)).then_nothing();
    given(sent(draft())).and([opened(1), consented(1)]).when(open(1)).then_nothing();
}

#[test]
fn consent_is_given_once() {
    given(sent(draft())).and([opened(1)]).when(consent(1)).then([consented(1)], []);
    given(sent(draft())).and([opened(1), consented(1)]).when(consent(1)).then_nothing();
}

#[test]
fn consent_begins_the_visit_where_nothing_did() {
    given(sent(draft())).when(consent(1)).then([opened(1), consented(1)], []);
}

#[test]
fn a_recipient_who_does_not_exist_can_ask_nothing() {
    for given in [given(created(draft())), given(sent(draft())), given(all_signed()), given(completed())] {
        for number in [0, 3] {
            for command in asks(number) {
                given.when(command).then_refused(Refusal::RecipientUnknown);
            }
        }
    }
}

#[test]
fn who_only_receives_copies_can_ask_nothing() {
    let mut draft = draft();
    draft.recipients.push(copy("Cleo"));
    for command in asks(3) {
        given(sent(draft.clone())).when(command).then_refused(Refusal::RecipientHasNoAct);
    }
}

#[test]
fn a_draft_waits_for_nobody() {
    for command in asks(1) {
        given(created(draft())).when(command).then_refused(Refusal::NotSent);
    }
}

#[test]
fn who_is_not_yet_asked_is_out_of_turn() {
    for command in asks(2) {
        given(sent(draft())).when(command).then_refused(Refusal::RecipientOutOfTurn);
    }
}

#[test]
fn what_a_person_has_done_is_done_whatever_became_of_the_envelope() {
    let signing = given(sent(draft())).and(went_to_sign(1, blank(1)));
    let done = signing.clone().and([signed(1, blank(1)), step_opened(2, [2])]);
    let gone = given(sent(draft())).and([declined(1), Event::EnvelopeDeclined { recipient: 1 }]);
    for given in [signing, done, gone, given(all_signed()), given(completed())] {
        for command in asks(1) {
            given.when(command).then_refused(Refusal::AlreadyActed);
        }
    }
}

#[test]
fn after_the_end_nobody_can_ask_anything() {
    let ended = |event| given(sent(draft())).and([event]);
    for (given, outcome) in [
        (ended(Event::EnvelopeCancelled {}), Outcome::Cancelled),
        (ended(Event::EnvelopeExpired {}), Outcome::Expired),
        (ended(Event::EnvelopeDeclined { recipient: 1 }), Outcome::Declined { recipient: 1 }),
        (given(created(draft())).and([Event::EnvelopeCancelled {}]), Outcome::Cancelled),
    ] {
        for command in asks(2) {
            given.when(command).then_refused(Refusal::EnvelopeEnded(outcome));
        }
    }
}

#[test]
fn who_did_not_act_before_the_end_was_asked_for_comes_too_late() {
    let waits = given(sent(parallel())).and(went_to_sign(1, blank(1)));
    for (event, outcome) in
        [(cancel_requested(), Outcome::Cancelled), (Event::ExpiryReached {}, Outcome::Expired)]
    {
        for command in asks(2) {
            waits.clone().and([event.clone()]).when(command).then_refused(Refusal::EnvelopeEnded(outcome));
        }
    }
}

#[test]
fn a_microsecond_before_its_end_it_is_open_and_at_its_end_it_is_not() {
    let ready = given(sent(parallel())).and([opened(1), consented(1)]);
    let (before, end, after) = ("2026-04-01T21:59:59.999999Z", EXPIRY, "2026-04-01T22:00:00.000001Z");
    for command in [open(2), consent(2), decline(2), sign(1), fill(1, [])] {
        ready.clone().at(before).when(command.clone()).then_allowed();
        for late in [end, after] {
            let refusal = Refusal::EnvelopeEnded(Outcome::Expired);
            ready.clone().at(late).when(command.clone()).then_refused(refusal);
        }
    }
}

#[test]
fn nothing_is_filled_before_consent() {
    given(sent(form())).when(fill(1, [("text", "x")])).then_refused(Refusal::ConsentMissing);
    given(sent(form())).and([opened(1)]).when(fill(1, [("text", "x")])).then_refused(Refusal::ConsentMissing);
    filling().when(fill(1, [("text", "x")])).then([filled(1, "text", "x")], []);
}

#[test]
fn only_what_changed_is_written() {
    let half = filling().and([filled(1, "text", "x")]);
    half.when(fill(1, [("text", "x")])).then_nothing();
    half.when(fill(1, [])).then_nothing();
    half.when(fill(1, [("text", "x"), ("box", "true")])).then([filled(1, "box", "true")], []);
    half.when(fill(1, [("text", "y")])).then([filled(1, "text", "y")], []);
}

#[test]
fn the_last_value_of_a_field_is_the_one_that_stands() {
    let state = filling().and([filled(1, "text", "x"), filled(1, "text", "y")]).state();
    let values = state.status.progress().expect("it was sent").values.clone();
    assert_eq!(values, personal([("text", "y")]));
}

#[test]
fn a_thousand_characters_of_text_pass_and_one_more_is_refused() {
    filling().when(fill(1, [("text", &"é".repeat(1000))])).then_allowed();
    filling().when(fill(1, [("text", &"é".repeat(1001))])).then_told(
        "/values/text",
        "text_too_long",
        "This is longer than 1000 characters; shorten it.",
    );
}

#[test]
fn a_line_of_text_holds_no_line_break() {
    for stray in ["a\nb", "a\u{0}b"] {
        filling().when(fill(1, [("text", stray)])).then_told(
            "/values/text",
            "text_malformed",
            "This holds a line break or another control character; remove it.",
        );
    }
}

#[test]
fn a_box_is_ticked_or_not() {
    for value in ["true", "false"] {
        filling().when(fill(1, [("box", value)])).then([filled(1, "box", value)], []);
    }
    for value in ["", "yes", "TRUE"] {
        filling().when(fill(1, [("box", value)])).then_told(
            "/values/box",
            "checkbox_malformed",
            "A box is ticked (true) or not (false); send one of them.",
        );
    }
}

#[test]
fn what_the_act_fills_is_not_filled_by_hand() {
    for id in ["ada", "initials", "date"] {
        filling().when(fill(1, [(id, "x")])).then_told(
            &format!("/values/{id}"),
            "field_not_fillable",
            "This field is filled by the act of signing; leave it out.",
        );
    }
}

#[test]
fn the_fields_of_others_are_not_filled() {
    const SENTENCE: &str = "There is no such field for this recipient; load the page again.";
    let both = filling().and([opened(2), consented(2)]);
    both.when(fill(2, [("text", "x")])).then_told("/values/text", "field_unknown", SENTENCE);
    both.when(fill(1, [("nowhere", "x")])).then_told("/values/nowhere", "field_unknown", SENTENCE);
}

#[test]
fn the_place_of_an_unknown_field_is_a_valid_pointer() {
    filling().when(fill(1, [("a/b~c", "x")])).then_found([("/values/a~1b~0c", "field_unknown")]);
}

#[test]
fn a_value_that_was_erased_can_be_written_again() {
    let erased = Event::FieldsFilled { recipient: 1, values: [("text".into(), Personal::Erased)].into() };
    filling().and([erased]).when(fill(1, [("text", "x")])).then([filled(1, "text", "x")], []);
}

#[test]
fn parts_follow_the_visit() {
    let part = |given: &Given| given.state().status.progress().and_then(|it| it.part(1).cloned());
    let sent = given(sent(draft()));
    assert_eq!(part(&sent), Some(Part::Invited));
    let sent = sent.and([opened(1)]);
    assert_eq!(part(&sent), Some(Part::Opened));
    let sent = sent.and([consented(1)]);
    assert_eq!(part(&sent), Some(Part::Consented));
    let sent = sent.and([intended(1)]);
    assert_eq!(part(&sent), Some(Part::Signing));
    let sent = sent.and([signed(1, blank(1))]);
    assert_eq!(part(&sent), Some(Part::Signed { at: time(NOW) }));
}

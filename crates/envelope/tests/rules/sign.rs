//! A recipient finishes and signs.

use crate::given::*;
use envelope::commands::sign::Sign;
use envelope::{
    Act, ActKind, Command, Draft, Effect, Event, FieldDraft, FieldId, FieldKind, Finding, Part, Personal,
    Refusal, Rules,
};
use std::collections::BTreeMap;

fn ready(draft: Draft) -> Given {
    given(sent(draft)).and([opened(1), consented(1)])
}

/// The draft with one more field of the first recipient.
fn with(field: FieldDraft) -> Draft {
    let mut draft = draft();
    draft.fields.push(field);
    draft
}

/// What signing with these values leads to.
fn intent(values: BTreeMap<FieldId, Personal>) -> Event {
    Event::SigningIntended {
        recipient: 1,
        documents: vec![1],
        shown: [(1, blank(1))].into(),
        values,
        signature: Some(Personal::Known(digest(5001))),
        initials: None,
        meaning: None,
    }
}

fn homework() -> [Effect; 2] {
    [Effect::EndLink { recipient: 1 }, Effect::CarryOutAct { recipient: 1 }]
}

fn values<const N: usize>(values: [(&str, &str); N]) -> Command {
    let values = values.into_iter().map(|(id, value)| (id.into(), value.to_owned())).collect();
    Command::Sign(Sign { values, ..signing(1) })
}

#[test]
fn the_intent_is_an_event_and_the_act_is_homework() {
    ready(draft()).when(sign(1)).then([intent([].into())], homework());
}

#[test]
fn an_act_that_is_acknowledged_waits_to_be_carried_out() {
    let mut drawn = intent(personal([("text", "x")]));
    if let Event::SigningIntended { initials, .. } = &mut drawn {
        *initials = Some(Personal::Known(digest(6001)));
    }
    let state = ready(draft()).and([drawn]).state();
    let progress = state.status.progress().expect("it was sent");
    let act = Act {
        recipient: 1,
        at: time(NOW),
        documents: vec![1],
        kind: ActKind::Sign,
        signature: Some(Personal::Known(digest(5001))),
        initials: Some(Personal::Known(digest(6001))),
    };
    assert_eq!(progress.acts.len(), 1);
    assert_eq!(progress.act(1), Some(&act));
    assert_eq!(progress.act(2), None);
    assert_eq!(progress.values, personal([("text", "x")]));
    assert_eq!(progress.part(1), Some(&Part::Signing));
}

#[test]
fn nobody_signs_before_consent() {
    given(sent(draft())).when(sign(1)).then_refused(Refusal::ConsentMissing);
    given(sent(draft())).and([opened(1)]).when(sign(1)).then_refused(Refusal::ConsentMissing);
}

#[test]
fn nobody_signs_twice() {
    ready(draft()).and([intended(1)]).when(sign(1)).then_refused(Refusal::AlreadyActed);
}

#[test]
fn who_does_not_say_that_they_mean_it_does_not_sign() {
    let command = Command::Sign(Sign { agreed: false, ..signing(1) });
    ready(draft()).when(command).then_told(
        "/agreed",
        "not_agreed",
        "Confirm that you mean to sign, then finish.",
    );
}

#[test]
fn a_signature_is_needed_where_a_place_requires_it() {
    let without = || Command::Sign(Sign { signature: None, ..signing(1) });
    ready(draft()).when(without()).then_told(
        "/signature",
        "field_required",
        "\u{201c}ada\u{201d} is still empty; fill it, then finish.",
    );
    let mut optional = draft();
    optional.fields[0].required = false;
    let mut unsigned = intent([].into());
    if let Event::SigningIntended { signature, .. } = &mut unsigned {
        *signature = None;
    }
    ready(optional).when(without()).then([unsigned], homework());
}

#[test]
fn many_places_lack_one_signature() {
    let command = Command::Sign(Sign { signature: None, ..signing(1) });
    ready(with(place("ada-2", 1))).when(command).then_found([("/signature", "field_required")]);
}

#[test]
fn initials_are_needed_where_a_place_requires_them() {
    let draft = with(FieldDraft { label: "Page 1".into(), ..field("initials", FieldKind::Initials, 1) });
    ready(draft.clone()).when(sign(1)).then_told(
        "/initials",
        "field_required",
        "\u{201c}Page 1\u{201d} is still empty; fill it, then finish.",
    );
    let mut expected = intent([].into());
    if let Event::SigningIntended { initials, .. } = &mut expected {
        *initials = Some(Personal::Known(digest(6001)));
    }
    let command = Command::Sign(Sign { initials: Some(digest(6001)), ..signing(1) });
    ready(draft).when(command).then([expected], homework());
}

#[test]
fn a_required_text_says_something() {
    let draft = with(field("text", FieldKind::Text, 1));
    const SENTENCE: &str = "\u{201c}text\u{201d} is still empty; fill it, then finish.";
    ready(draft.clone()).when(sign(1)).then_told("/values/text", "field_required", SENTENCE);
    for blank in ["", "  "] {
        let command = values([("text", blank)]);
        ready(draft.clone()).when(command).then_told("/values/text", "field_required", SENTENCE);
    }
    // The word alone ticks no box: it is text here.
    for value in ["x", "false"] {
        ready(draft.clone())
            .when(values([("text", value)]))
            .then([intent(personal([("text", value)]))], homework());
    }
}

#[test]
fn a_required_box_is_ticked() {
    let draft = with(field("box", FieldKind::Checkbox, 1));
    ready(draft.clone()).when(sign(1)).then_found([("/values/box", "field_required")]);
    ready(draft.clone()).when(values([("box", "false")])).then_found([("/values/box", "field_required")]);
    ready(draft).when(values([("box", "true")])).then([intent(personal([("box", "true")]))], homework());
}

#[test]
fn what_is_not_required_may_stay_empty() {
    let optional = |id, kind| FieldDraft { required: false, ..field(id, kind, 1) };
    let mut draft = with(optional("text", FieldKind::Text));
    draft.fields.extend([optional("box", FieldKind::Checkbox), optional("initials", FieldKind::Initials)]);
    ready(draft).when(sign(1)).then([intent([].into())], homework());
}

#[test]
fn what_others_have_to_fill_is_not_asked_of_this_signer() {
    let mut draft = parallel();
    draft.fields.push(field("bens", FieldKind::Text, 2));
    ready(draft).when(sign(1)).then_allowed();
}

#[test]
fn a_wrong_value_is_said_once_and_not_called_empty_too() {
    let draft = with(field("box", FieldKind::Checkbox, 1));
    ready(draft.clone()).when(values([("box", "")])).then_found([("/values/box", "checkbox_malformed")]);
    ready(draft)
        .when(values([("other", "x"), ("box", "true")]))
        .then_found([("/values/other", "field_unknown")]);
}

#[test]
fn what_was_filled_before_is_signed_and_the_last_word_wins() {
    let mut draft = with(field("text", FieldKind::Text, 1));
    draft.fields.push(field("more", FieldKind::Text, 1));
    let half = ready(draft).and([filled(1, "text", "old"), filled(1, "more", "kept")]);
    let expected = intent(personal([("more", "kept"), ("text", "new")]));
    half.when(values([("text", "new")])).then([expected], homework());
}

#[test]
fn an_act_holds_its_own_values_and_nobody_elses() {
    let mut draft = parallel();
    draft.fields.push(field("bens", FieldKind::Text, 2));
    let given = ready(draft).and([opened(2), consented(2), filled(2, "bens", "x")]);
    given.when(sign(1)).then([intent([].into())], homework());
}

#[test]
fn the_date_of_the_act_is_that_of_the_envelopes_time_zone() {
    for (zone, at, date) in [
        ("Europe/Paris", "2026-03-02T22:59:59Z", "2026-03-02"),
        ("Europe/Paris", "2026-03-02T23:00:00Z", "2026-03-03"),
        ("America/New_York", "2026-03-03T03:00:00Z", "2026-03-02"),
        // A zone that the draft cannot have any more is read as UTC: an act is never lost over it.
        ("Mars/Olympus", "2026-03-02T23:00:00Z", "2026-03-02"),
    ] {
        let draft = Draft { time_zone: zone.into(), ..with(field("date", FieldKind::DateSigned, 1)) };
        ready(draft).at(at).when(sign(1)).then([intent(personal([("date", date)]))], homework());
    }
}

#[test]
fn what_cannot_be_drawn_is_refused_together_with_the_rest() {
    let undrawable = Finding::new("/values/text", "text_not_drawable", "Draw it.");
    let command =
        Command::Sign(Sign { agreed: false, drawing_findings: vec![undrawable.clone()], ..signing(1) });
    ready(draft())
        .when(command)
        .then_found([("/agreed", "not_agreed"), ("/values/text", "text_not_drawable")]);
    let command = Command::Sign(Sign { drawing_findings: vec![undrawable.clone()], ..signing(1) });
    ready(draft()).when(command).then_refused(Refusal::Invalid(vec![undrawable]));
}

#[test]
fn what_was_shown_is_what_is_signed() {
    let moved = Refusal::RevisionMoved { document: 1 };
    for shown in [digest(1), digest(99)] {
        ready(draft()).when(sign_on(1, [(1, shown)])).then_refused(moved.clone());
    }
    ready(draft()).when(sign_on(1, [])).then_refused(moved);
}

#[test]
fn every_document_of_the_act_was_shown() {
    let both = [(1, blank(1)), (2, blank(2))];
    let given = ready(two_documents());
    given.when(sign_on(1, both)).then([intended_on(1, &both)], homework());
    given.when(sign_on(1, [(1, blank(1))])).then_refused(Refusal::RevisionMoved { document: 2 });
    given.when(sign_on(1, [(2, blank(2))])).then_refused(Refusal::RevisionMoved { document: 1 });
}

#[test]
fn what_others_signed_in_the_same_step_may_lie_between() {
    let moved = ready(parallel()).and(went_to_sign(2, blank(1))).and([signed(2, blank(1))]);
    moved.when(sign_on(1, [(1, blank(1))])).then([intended(1)], homework());
    let on_top = [(1, signed_by(2, 1))];
    moved.when(sign_on(1, on_top)).then([intended_on(1, &on_top)], homework());
}

#[test]
fn what_was_signed_in_a_step_before_has_to_be_shown() {
    let second = given(sent(draft())).and(went_to_sign(1, blank(1))).and([
        signed(1, blank(1)),
        step_opened(2, [2]),
        opened(2),
        consented(2),
    ]);
    second.when(sign_on(2, [(1, blank(1))])).then_refused(Refusal::RevisionMoved { document: 1 });
    second.when(sign_on(2, [(1, signed_by(1, 1))])).then_allowed();
}

#[test]
fn a_document_that_the_act_does_not_sign_is_named_only_as_it_was() {
    let draft = Draft { fields: vec![place("ada", 1), place("ben", 2)], ..two_documents() };
    let given = ready(draft);
    let mut both = intended(1);
    if let Event::SigningIntended { shown, .. } = &mut both {
        shown.insert(2, blank(2));
    }
    given.when(sign_on(1, [(1, blank(1)), (2, blank(2))])).then([both], homework());
    for (document, wrong) in [(2, digest(99)), (0, blank(1)), (3, blank(3))] {
        let refusal = Refusal::RevisionMoved { document };
        given.when(sign_on(1, [(1, blank(1)), (document, wrong)])).then_refused(refusal);
    }
}

#[test]
fn an_act_signs_the_documents_with_a_field_and_all_of_them_without_any() {
    let flexible = Draft {
        rules: Rules { place_required: false, ..Rules::default() },
        fields: vec![FieldDraft { document: 2, ..place("ada", 1) }],
        ..two_documents()
    };
    let both = [(1, blank(1)), (2, blank(2))];
    let given = given(sent(flexible)).and([opened(1), consented(1), opened(2), consented(2)]);
    given.when(sign_on(1, [(2, blank(2))])).then([intended_on(1, &[(2, blank(2))])], homework());
    let events = given.when(sign_on(2, both)).events();
    assert_eq!(events, [intended_on(2, &both)]);
    assert_eq!(given.state().documents_signed_by(1), [2]);
    assert_eq!(given.state().documents_signed_by(2), [1, 2]);
}

#[test]
fn two_fields_in_one_document_are_one_signature_in_it() {
    let state = ready(with(field("text", FieldKind::Text, 1))).state();
    assert_eq!(state.documents_signed_by(1), [1]);
}

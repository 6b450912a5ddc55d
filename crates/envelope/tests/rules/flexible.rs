//! Flexible signing: signers place their own fields.

use crate::given::*;
use envelope::commands::place_fields::{PLACED_FIELDS_MAX, PlaceFields};
use envelope::commands::sign::Sign;
use envelope::{
    Certification, Command, Draft, FieldDraft, FieldKind, Part, PlacedField, Placing, Refusal, Role, Rules,
    Takes,
};
use jiff::SignedDuration;

/// Two signers in one step, to whom no place was given, and what they may do about it.
fn free(draft: Draft) -> Draft {
    Draft { rules: Rules { place_required: false, ..Rules::default() }, fields: Vec::new(), ..draft }
}

/// Both have agreed to sign electronically.
fn ready(draft: Draft) -> Given {
    let both = draft.recipients.iter().all(|it| it.step == 1);
    let given = given(sent(draft)).and([opened(1), consented(1)]);
    if both { given.and([opened(2), consented(2)]) } else { given }
}

fn mine() -> PlacedField {
    own("mine", FieldKind::Signature)
}

/// The field of the envelope that this becomes.
fn as_field(placed: &PlacedField, recipient: u16) -> FieldDraft {
    FieldDraft {
        document: placed.document,
        page: placed.page,
        rect: placed.rect,
        placing: Placing::Recipient,
        ..field(&placed.id.0, placed.kind, recipient)
    }
}

fn taken(pointer: &str, document: u16) -> (String, String) {
    (
        pointer.to_owned(),
        format!(
            "Document {document} is signed already, so it takes your signature in one place and nothing more; take this \
             field away."
        ),
    )
}

/// Seed: xodo-sign.txt:56
#[test]
fn who_was_given_no_place_puts_their_signature_where_they_like() {
    let ready = ready(free(parallel()));
    ready.when(place_fields(1, [mine()])).then([placed(1, [mine()])], []);
    let state = ready.did(place_fields(1, [mine()])).state();
    assert_eq!(state.draft.fields, [as_field(&mine(), 1)]);
    assert!(state.placed_by(1).eq(&state.draft.fields), "it is theirs");
    assert_eq!(state.placed_by(2).count(), 0);
}

#[test]
fn besides_it_they_place_initials_dates_names_and_text_and_nothing_else() {
    let ready = ready(free(parallel()));
    for kind in FieldKind::ALL {
        let answer = ready.when(place_fields(1, [own("mine", kind)]));
        match PlacedField::KINDS.contains(&kind) {
            true => answer.then([placed(1, [own("mine", kind)])], []),
            false => answer.then_told(
                "/fields/0/type",
                "field_not_placeable",
                "You can place signatures, initials, the date, your name and text; choose one of them.",
            ),
        }
    }
}

#[test]
fn what_is_placed_anew_takes_the_place_of_what_was_there_and_the_same_is_no_event() {
    let once = ready(free(parallel())).did(place_fields(1, [mine()]));
    once.when(place_fields(1, [mine()])).then_nothing();
    let moved = PlacedField { rect: rect(1.0, 2.0, 100.0, 30.0), ..mine() };
    let twice = once.did(place_fields(1, [moved.clone()]));
    assert_eq!(twice.state().draft.fields, [as_field(&moved, 1)]);
    twice.when(place_fields(1, [moved.clone()])).then_nothing();
    let both = [moved.clone(), own("date", FieldKind::DateSigned)];
    twice.when(place_fields(1, both.clone())).then([placed(1, both)], []);
    let none = twice.did(place_fields(1, []));
    assert_eq!(none.state().draft.fields, []);
    none.when(place_fields(1, [])).then_nothing();
}

/// Where the sender gave a place to sign, or insists on places, theirs are the ones that count.
#[test]
fn who_was_given_a_place_or_has_to_be_given_one_places_nothing() {
    let given_one = Draft { fields: vec![place("ada", 1)], ..free(parallel()) };
    let one = ready(given_one);
    one.when(place_fields(1, [mine()])).then_refused(Refusal::PlacesGiven);
    one.when(place_fields(2, [mine()])).then_allowed();
    let required = Draft { fields: vec![place("ada", 1), place("ben", 2)], ..parallel() };
    ready(required).when(place_fields(1, [mine()])).then_refused(Refusal::PlacesGiven);
    let other_field = Draft { fields: vec![field("text", FieldKind::Text, 1)], ..free(parallel()) };
    ready(other_field).when(place_fields(1, [mine()])).then_allowed();
}

#[test]
fn only_who_signs_places_and_only_in_their_turn() {
    for (role, may) in [(Role::Signer, true), (Role::Filler, false), (Role::Approver, false)] {
        let mut draft = free(parallel());
        draft.recipients[0].role = role;
        let ready = ready(draft);
        assert_eq!(ready.state().may_place(1), may, "{role:?}");
        let answer = ready.when(place_fields(1, [mine()]));
        if may { answer.then_allowed() } else { answer.then_refused(Refusal::PlacesGiven) }
    }
    let before = given(sent(free(draft()))).and([opened(1)]);
    before.when(place_fields(1, [mine()])).then_refused(Refusal::ConsentMissing);
    before.when(place_fields(2, [mine()])).then_refused(Refusal::RecipientOutOfTurn);
    let after = ready(free(parallel())).did(sign(1));
    after.when(place_fields(1, [mine()])).then_refused(Refusal::AlreadyActed);
}

#[test]
fn places_are_judged_as_those_of_a_draft_are() {
    let ready = ready(free(parallel()));
    let off = |x, y, width, height| PlacedField { rect: rect(x, y, width, height), ..mine() };
    ready.when(place_fields(1, [off(430.0, 0.0, 165.0, 37.0)])).then_allowed();
    ready
        .when(place_fields(1, [mine(), off(430.001, 0.0, 165.0, 37.0)]))
        .then_found([("/fields/1/id", "field_id_repeated"), ("/fields/1", "field_outside_page")]);
    ready
        .when(place_fields(1, [off(0.0, 0.0, 165.0, 0.0)]))
        .then_found([("/fields/0", "field_without_size")]);
    let on = |page| PlacedField { page, rect: rect(677.0, 0.0, 165.0, 37.0), ..mine() };
    ready.when(place_fields(1, [on(2)])).then_allowed();
    ready
        .when(place_fields(1, [PlacedField { page: 3, ..mine() }]))
        .then_found([("/fields/0/page", "field_without_page")]);
    for document in [0, 2] {
        ready.when(place_fields(1, [PlacedField { document, ..mine() }])).then_told(
            "/fields/0/document",
            "field_without_document",
            &format!("Field 1 names document {document}, which does not exist; use a number from the list."),
        );
    }
}

#[test]
fn a_field_has_an_id_that_nobody_else_uses() {
    let draft = Draft { fields: vec![field("text", FieldKind::Text, 1)], ..free(parallel()) };
    let ready = ready(draft).did(place_fields(2, [own("hers", FieldKind::Signature)]));
    for (id, code) in [
        ("", "field_id_malformed"),
        ("a b", "field_id_malformed"),
        ("text", "field_id_repeated"),
        ("hers", "field_id_repeated"),
    ] {
        ready.when(place_fields(1, [own(id, FieldKind::Signature)])).then_found([("/fields/0/id", code)]);
    }
    ready.when(place_fields(2, [own("hers", FieldKind::Text)])).then_allowed();
}

#[test]
fn so_many_fields_are_placed_at_most() {
    let ready = ready(free(parallel()));
    let many = |count: usize| {
        let fields = (0..count).map(|it| own(&format!("f{it}"), FieldKind::Text)).collect();
        Command::PlaceFields(PlaceFields { recipient: 1, fields })
    };
    ready.when(many(PLACED_FIELDS_MAX)).then_allowed();
    ready.when(many(PLACED_FIELDS_MAX + 1)).then_told(
        "/fields",
        "too_many",
        "You can place 50 fields at most; take some away.",
    );
}

#[test]
fn nobody_places_on_what_they_do_not_see_and_nothing_is_told_of_it() {
    let mut second = seen_by(2, [2]);
    second.facts.signatures = 1;
    let ready = ready(Draft { documents: vec![document(1), second], ..free(parallel()) });
    let unseen = PlacedField { document: 2, ..own("text", FieldKind::Text) };
    ready.when(place_fields(1, [unseen])).then_found([("/fields/0/document", "field_without_document")]);
    ready.when(place_fields(2, [PlacedField { document: 2, ..mine() }])).then_allowed();
}

#[test]
fn a_document_that_came_signed_takes_one_signature_and_nothing_else() {
    let mut first = document(1);
    first.facts.signatures = 1;
    first.facts.certification = Some(Certification::Annotate);
    let ready = ready(Draft { documents: vec![first, document(2)], ..free(parallel()) });
    assert_eq!(
        (ready.state().takes(1, 1), ready.state().takes(1, 2)),
        (Takes::OneSignature, Takes::Anything)
    );
    ready
        .when(place_fields(1, [mine(), PlacedField { document: 2, ..own("a", FieldKind::Text) }]))
        .then_allowed();
    let (pointer, sentence) = taken("/fields/0", 1);
    ready.when(place_fields(1, [own("text", FieldKind::Text)])).then_told(
        &pointer,
        "signed_document_takes_one_place_each",
        &sentence,
    );
    ready
        .when(place_fields(1, [mine(), own("again", FieldKind::Signature)]))
        .then_found([("/fields/1", "signed_document_takes_one_place_each")]);
}

#[test]
fn a_certified_document_takes_nothing_visible_and_is_signed_all_the_same() {
    let mut first = document(1);
    first.facts.signatures = 1;
    first.facts.certification = Some(Certification::FillForms);
    let ready = ready(Draft { documents: vec![first, document(2)], ..free(parallel()) });
    assert_eq!(ready.state().takes(1, 1), Takes::Nothing);
    ready.when(place_fields(1, [mine()])).then_told(
        "/fields/0",
        "certified_document_takes_invisible_signatures_only",
        "Document 1 is certified and nothing visible can be added to it; take field 1 away, you sign it all the same.",
    );
    let second = PlacedField { document: 2, ..mine() };
    assert_eq!(ready.did(place_fields(1, [second])).state().documents_signed_by(1), [1, 2]);
}

/// Where they sign is theirs to say; what they sign is what they were sent.
#[test]
fn who_places_their_signature_in_one_document_signs_all_that_they_see() {
    let documents = vec![document(1), document(2), seen_by(3, [2])];
    let ready = ready(Draft { documents, ..free(parallel()) }).did(place_fields(1, [mine()]));
    assert_eq!(ready.state().documents_signed_by(1), [1, 2]);
    let text = Draft {
        fields: vec![FieldDraft { document: 2, ..field("text", FieldKind::Text, 1) }],
        ..free(two_documents())
    };
    let bound = crate::flexible::ready(text);
    assert_eq!(bound.state().documents_signed_by(1), [2]);
    assert_eq!(bound.did(place_fields(1, [mine()])).state().documents_signed_by(1), [1, 2]);
}

#[test]
fn what_they_place_they_fill_before_they_finish() {
    let placed = ready(free(parallel())).did(place_fields(1, [mine(), own("text", FieldKind::Text)]));
    placed
        .when(Command::Sign(Sign { signature: None, ..signing(1) }))
        .then_found([("/signature", "field_required"), ("/values/text", "field_required")]);
    placed.when(sign(1)).then_found([("/values/text", "field_required")]);
    placed.did(fill(1, [("text", "yes")])).when(sign(1)).then_allowed();
    let without = ready(free(parallel()));
    without.when(Command::Sign(Sign { signature: None, ..signing(1) })).then_allowed();
}

#[test]
fn two_who_place_at_once_keep_what_each_of_them_placed() {
    let both = ready(free(parallel()))
        .did(place_fields(1, [mine()]))
        .did(place_fields(2, [own("hers", FieldKind::Signature)]));
    let (first, second) = (as_field(&mine(), 1), as_field(&own("hers", FieldKind::Signature), 2));
    assert_eq!(both.state().draft.fields, [first.clone(), second.clone()]);
    let elsewhere = rect(1.0, 2.0, 90.0, 20.0);
    let moved = both.did(place_fields(1, [PlacedField { page: 2, rect: elsewhere, ..mine() }])).state();
    assert_eq!(moved.draft.fields, [second, FieldDraft { page: 2, rect: elsewhere, ..first }]);
}

/// A field of another kind would change what the other one has signed, and pyHanko and Acrobat would say so.
#[test]
fn once_somebody_else_has_signed_a_document_it_takes_a_signature_alone() {
    let text = own("text", FieldKind::Text);
    let both =
        ready(free(parallel())).did(place_fields(1, [mine(), text.clone()])).did(fill(1, [("text", "yes")]));
    let found = [("/fields/1", "signed_document_takes_one_place_each")];
    let again = [own("other", FieldKind::Signature), own("again", FieldKind::Signature)];
    for after in [both.clone().did(sign(2)), both.clone().did(sign(2)).and([signed(2, blank(1))])] {
        assert_eq!(after.state().takes(1, 1), Takes::OneSignature);
        let (pointer, sentence) = taken("/values/text", 1);
        after.when(sign(1)).then_told(&pointer, "signed_document_takes_one_place_each", &sentence);
        after.when(place_fields(1, [mine(), own("date", FieldKind::DateSigned)])).then_found(found);
        after.when(place_fields(1, again.clone())).then_found(found);
        after.did(place_fields(1, [mine()])).when(sign(1)).then_allowed();
    }
    both.when(sign(1)).then_allowed();
    // What was filled without a signature binds nobody, and an act on another document says nothing of this one.
    let mut draft = free(two_documents());
    draft.fields = vec![FieldDraft { document: 2, ..place("ben", 2) }];
    let elsewhere = ready(draft).did(sign_on(2, [(2, blank(2))]));
    assert_eq!(
        (elsewhere.state().takes(1, 1), elsewhere.state().takes(1, 2)),
        (Takes::Anything, Takes::OneSignature)
    );
    let mut filled = Draft { fields: vec![field("word", FieldKind::Text, 2)], ..free(parallel()) };
    filled.recipients[1].role = Role::Filler;
    let filling = envelope::commands::finish_filling::FinishFilling {
        recipient: 2,
        values: [("word".into(), "x".to_owned())].into(),
        shown: [(1, blank(1))].into(),
        drawing_findings: Vec::new(),
    };
    let filled = ready(filled).did(Command::FinishFilling(filling));
    assert_eq!(filled.part(2), Part::Signing);
    assert_eq!(filled.state().takes(1, 1), Takes::Anything);
}

/// What is laid out after a signature would change what it covers, so nobody overtakes such an act.
#[test]
fn an_act_that_lays_fields_out_is_overtaken_by_nobody() {
    let late = time(NOW) + SignedDuration::from_secs(60);
    let after = |fields: Vec<PlacedField>| {
        let placing = Command::PlaceFields(PlaceFields { recipient: 1, fields });
        let filled = ready(free(parallel())).did(placing);
        filled.did(Command::Sign(Sign { values: [("text".into(), "yes".to_owned())].into(), ..signing(1) }))
    };
    let one_more = vec![mine(), own("text", FieldKind::Text)];
    let laid_out = after(one_more.clone()).did(sign(2)).progress();
    assert!(laid_out.may_prepare(1, late));
    assert!(!laid_out.may_prepare(2, late));
    // A second place of the signature is laid out as well; one in each document is made by the signature itself.
    let fields = |ids: &[(&str, u16)]| {
        let own = |(id, document): &(&str, u16)| PlacedField {
            document: *document,
            ..own(id, FieldKind::Signature)
        };
        ids.iter().map(own).collect::<Vec<_>>()
    };
    for (ids, lays_out) in [([("a", 1), ("b", 1)], true), ([("a", 1), ("b", 2)], false)] {
        let ready = ready(free(two_documents()));
        let placed = ready.did(Command::PlaceFields(PlaceFields { recipient: 1, fields: fields(&ids) }));
        assert_eq!(placed.progress().laying_out.contains(&1), lays_out, "{ids:?}");
        assert!(placed.did(place_fields(1, [mine()])).progress().laying_out.is_empty());
    }
}

#[test]
fn who_takes_the_part_of_another_places_anew() {
    let replaced = envelope::Event::RecipientReplaced {
        recipient: 1,
        name: "Cleo".into(),
        email: "cleo@example.org".into(),
        phone: "".into(),
        language: None,
    };
    let text = own("text", FieldKind::Text);
    let hers = own("hers", FieldKind::Text);
    let placed = ready(Draft { fields: vec![field("given", FieldKind::Text, 1)], ..free(parallel()) })
        .did(place_fields(1, [mine(), text]))
        .did(place_fields(2, [hers.clone()]))
        .and([replaced]);
    assert_eq!(placed.state().draft.fields, [field("given", FieldKind::Text, 1), as_field(&hers, 2)]);
    assert_eq!(placed.progress().laying_out, [2].into());
}

#[test]
fn no_sender_says_that_a_recipient_placed_a_field() {
    let placed = FieldDraft { placing: Placing::Recipient, ..place("ada", 1) };
    given([]).when(create(Draft { fields: vec![placed], ..draft() })).then_told(
        "/fields/0/placed_by",
        "field_placed_by_recipient",
        "Field 1 says that its recipient placed it, who alone can do that; leave this out.",
    );
}

#[test]
fn a_template_keeps_what_the_sender_placed() {
    let text = field("given", FieldKind::Text, 1);
    let ready =
        ready(Draft { fields: vec![text.clone()], ..free(parallel()) }).did(place_fields(1, [mine()]));
    let template = envelope::template::as_template(&ready.state().draft, None).expect("a template");
    assert_eq!(template.fields, [text]);
}

#[test]
fn what_a_document_takes_is_told_in_words_that_stay() {
    let words = [Takes::Anything, Takes::OneSignature, Takes::Nothing].map(Takes::word);
    assert_eq!(words, ["anything", "one_signature", "nothing"]);
}

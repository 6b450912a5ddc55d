//! Who sees which document.

use crate::given::*;
use envelope::commands::approve::Approve;
use envelope::commands::finish_filling::FinishFilling;
use envelope::{
    Command, Condition, Draft, Event, FieldDraft, FieldId, FieldKind, Formula, RecipientDraft, Refusal, Role,
    Rules, Test,
};

/// Ada signs both of two documents, Ben the first one alone and does not see the second.
fn restricted() -> Draft {
    let fields = vec![place("ada", 1), FieldDraft { document: 2, ..place("ada-2", 1) }, place("ben", 2)];
    Draft { documents: vec![document(1), seen_by(2, [1])], fields, ..parallel() }
}

fn with(draft: Draft, recipient: RecipientDraft) -> Draft {
    let mut draft = draft;
    draft.recipients.push(recipient);
    draft
}

fn with_field(draft: Draft, field: FieldDraft) -> Draft {
    let mut draft = draft;
    draft.fields.push(field);
    draft
}

fn consented(draft: Draft, recipient: u16) -> Given {
    going(draft).did(open(recipient)).did(consent(recipient))
}

#[test]
fn a_document_is_seen_by_everybody_where_nothing_is_said() {
    let state = going(two_documents()).state();
    for recipient in [1, 2] {
        assert!(state.documents_seen_by(recipient).eq([1, 2]));
    }
}

#[test]
fn a_document_is_seen_by_those_it_names_alone() {
    let state = going(restricted()).state();
    assert!(state.documents_seen_by(1).eq([1, 2]));
    assert!(state.documents_seen_by(2).eq([1]));
    let visible = |document, recipient| state.draft.is_visible(document, recipient);
    assert_eq!((visible(2, 1), visible(2, 2)), (true, false));
}

#[test]
fn a_document_that_does_not_exist_is_seen_by_nobody() {
    let draft = two_documents();
    assert_eq!([0, 1, 2, 3].map(|document| draft.is_visible(document, 1)), [false, true, true, false]);
}

#[test]
fn a_document_names_recipients_who_exist() {
    let seen_by_both = |numbers| Draft { documents: vec![seen_by(1, numbers)], ..draft() };
    fine(seen_by_both([1, 2]));
    for unknown in [0, 3] {
        told(
            seen_by_both([1, unknown]),
            "/documents/0/visible_to",
            "visible_to_unknown",
            &format!(
                "Document 1 is to be seen by recipient {unknown}, who does not exist; use a number from the list."
            ),
        );
    }
}

#[test]
fn a_document_that_nobody_sees_is_not_sent() {
    let draft = Draft { documents: vec![document(1), seen_by(2, [])], ..draft() };
    not_sent(
        draft,
        "/documents/1/visible_to",
        "document_without_reader",
        "Nobody sees document 2; say who does, or take it out.",
    );
}

#[test]
fn everybody_sees_a_document_before_it_is_sent() {
    let documents = || vec![seen_by(1, [1, 2]), seen_by(2, [1])];
    for role in [Role::Copy, Role::Viewer, Role::Approver, Role::Filler] {
        let blind = with(Draft { documents: documents(), ..draft() }, in_role(role, "Cleo", 3));
        not_sent(
            blind.clone(),
            "/recipients/2",
            "recipient_without_document",
            "Recipient 3 sees none of the documents; show them one, or leave them out.",
        );
        let sees = Draft { documents: vec![seen_by(1, [1, 2]), seen_by(2, [3])], ..blind };
        given(created(sees.clone())).when(send(&sees)).then_allowed();
    }
}

#[test]
fn a_host_needs_no_document_of_their_own() {
    let in_person = RecipientDraft { host: Some(3), ..in_role(Role::InPersonSigner, "Ben", 1) };
    let recipients = vec![signer("Ada", 1), in_person, in_role(Role::Host, "Hugo", 1)];
    let draft = Draft { recipients, documents: vec![seen_by(1, [1, 2])], ..draft() };
    given(created(draft.clone())).when(send(&draft)).then_allowed();
}

#[test]
fn a_witness_sees_something_of_what_they_witness() {
    let witness = RecipientDraft { witness_of: Some(1), ..in_role(Role::Witness, "Wim", 3) };
    let draft = with_field(with(restricted(), witness), FieldDraft { document: 1, ..place("wim", 3) });
    given(created(draft.clone())).when(send(&draft)).then_allowed();
    // Ada signs the second document alone, and sees the first one all the same.
    let apart = Draft {
        fields: draft.fields.iter().filter(|it| it.id != FieldId::from("ada")).cloned().collect(),
        rules: Rules { place_required: false, ..Rules::default() },
        ..draft.clone()
    };
    not_sent(
        apart.clone(),
        "/recipients/2/witness_of",
        "witness_sees_nothing_of_it",
        "Recipient 3 witnesses recipient 1 and sees none of the documents that they act in; show them one of these.",
    );
    let documents = vec![document(1), seen_by(2, [1, 3])];
    let sees = Draft { documents, ..apart };
    given(created(sees.clone())).when(send(&sees)).then_allowed();
}

#[test]
fn nobody_has_a_field_in_a_document_that_they_do_not_see() {
    let ben = FieldDraft { document: 2, ..place("ben-2", 2) };
    not_sent(
        with_field(restricted(), ben.clone()),
        "/fields/3/document",
        "field_in_unseen_document",
        "Field 4 is of recipient 2, who does not see document 2; show it to them, or remove the field.",
    );
    let seen = Draft { documents: vec![document(1), seen_by(2, [1, 2])], ..with_field(restricted(), ben) };
    given(created(seen.clone())).when(send(&seen)).then_allowed();
}

#[test]
fn words_of_the_sender_stand_in_a_document_whoever_sees_it() {
    let words = FieldDraft { document: 2, value: "Paid".into(), ..field("words", FieldKind::FreeText, 0) };
    let draft = with_field(restricted(), FieldDraft { required: false, ..words });
    given(created(draft.clone())).when(send(&draft)).then_allowed();
}

/// Ada fills a text in the second document in the first step; Ben, in the second step, leans on it.
fn leaning(ben: FieldDraft) -> Draft {
    let salary = FieldDraft { document: 2, ..field("salary", FieldKind::Text, 1) };
    let draft = Draft { recipients: vec![signer("Ada", 1), signer("Ben", 2)], ..restricted() };
    with_field(with_field(draft, salary), ben)
}

#[test]
fn nobody_learns_by_a_condition_or_a_formula_what_they_do_not_see() {
    let ben = || field("ben-text", FieldKind::Text, 2);
    let on = |id: &str| Some(Condition { field: id.into(), is: Test::Filled });
    let by_condition = FieldDraft { only_if: on("salary"), ..ben() };
    let formula = Some(Formula::Sum(vec!["salary-sum".into()]));
    for (key, ben) in [("only_if", by_condition.clone()), ("formula", FieldDraft { formula, ..ben() })] {
        let mut draft = leaning(ben);
        draft.fields[3].kind = FieldKind::Number;
        if key == "formula" {
            draft.fields[3].id = "salary-sum".into();
        }
        let id = draft.fields[3].id.0.clone();
        not_sent(
            draft,
            &format!("/fields/4/{key}"),
            "field_leans_on_unseen_document",
            &format!(
                "Field 5 depends on the field {id}, whose document recipient 2 does not see; show it to them, or take \
                 that out."
            ),
        );
    }
    let seen = Draft { documents: vec![document(1), document(2)], ..leaning(by_condition) };
    given(created(seen.clone())).when(send(&seen)).then_allowed();
    let own_side = leaning(FieldDraft { only_if: on("ada-text"), ..ben() });
    let own_side = with_field(own_side, field("ada-text", FieldKind::Text, 1));
    given(created(own_side.clone())).when(send(&own_side)).then_allowed();
}

#[test]
fn a_field_in_an_unseen_document_is_said_once_whatever_it_leans_on() {
    let ben = FieldDraft {
        document: 2,
        only_if: Some(Condition { field: "salary".into(), is: Test::Filled }),
        ..field("ben-text", FieldKind::Text, 2)
    };
    let draft = leaning(ben);
    given(created(draft.clone()))
        .when(send(&draft))
        .then_found([("/fields/4/document", "field_in_unseen_document")]);
}

#[test]
fn who_signs_without_a_place_signs_what_they_see() {
    let free = Rules { place_required: false, ..Rules::default() };
    let mut draft = under(free, restricted());
    draft.fields.truncate(2);
    let state = going(draft).state();
    assert_eq!(state.documents_signed_by(2), [1]);
    assert_eq!(state.documents_signed_by(1), [1, 2]);
}

#[test]
fn who_signs_is_shown_what_they_sign_and_nothing_that_they_do_not_see() {
    let ben = || consented(restricted(), 2);
    ben().when(sign_on(2, [(1, blank(1))])).then_allowed();
    let both = sign_on(2, [(1, blank(1)), (2, blank(2))]);
    ben().when(both.clone()).then_refused(Refusal::RevisionMoved { document: 2 });
    // The same is true where they see it.
    let open = Draft { documents: vec![document(1), document(2)], ..restricted() };
    consented(open, 2).when(both).then_allowed();
}

#[test]
fn who_approves_or_fills_is_shown_what_they_see_and_no_more() {
    let asked = |draft: &Draft, role: Role, shown: &[u16]| {
        let draft = with(draft.clone(), in_role(role, "Cleo", 1));
        let shown = shown.iter().map(|number| (*number, blank(*number))).collect();
        let command = match role {
            Role::Filler => Command::FinishFilling(FinishFilling {
                recipient: 3,
                values: [].into(),
                shown,
                drawing_findings: Vec::new(),
            }),
            _ => Command::Approve(Approve { recipient: 3, shown }),
        };
        consented(draft, 3).when(command)
    };
    for role in [Role::Approver, Role::Viewer] {
        asked(&restricted(), role, &[1]).then_allowed();
        asked(&restricted(), role, &[]).then_refused(Refusal::RevisionMoved { document: 1 });
    }
    for role in [Role::Approver, Role::Viewer, Role::Filler] {
        asked(&restricted(), role, &[1, 2]).then_refused(Refusal::RevisionMoved { document: 2 });
    }
    asked(&restricted(), Role::Filler, &[1]).then_allowed();
    asked(&two_documents(), Role::Viewer, &[1]).then_refused(Refusal::RevisionMoved { document: 2 });
    asked(&two_documents(), Role::Viewer, &[1, 2]).then_allowed();
}

#[test]
fn whoever_takes_a_place_sees_what_was_seen_from_it() {
    let replaced = Event::RecipientReplaced {
        recipient: 2,
        name: "Bea".into(),
        email: "bea@example.org".into(),
        phone: "".into(),
        language: None,
    };
    let state = going(restricted()).and([replaced]).state();
    assert!(state.documents_seen_by(2).eq([1]));
    let state = going(restricted()).and([Event::RecipientRemoved { recipient: 1 }]).state();
    assert!(state.documents_seen_by(2).eq([1]), "who leaves moves nobody's number");
}

#[test]
fn what_others_filled_is_known_to_those_who_see_its_document() {
    let text = FieldDraft { document: 2, ..field("text", FieldKind::Text, 1) };
    let draft = with_field(with_field(restricted(), text.clone()), field("first", FieldKind::Text, 1));
    let hidden = FieldDraft { id: "hidden".into(), document: 1, confidential: true, ..text };
    let state = going(with_field(draft, hidden)).state();
    let knows = |recipient, id: &str| state.may_see_field(recipient, &id.into());
    assert_eq!((knows(1, "text"), knows(2, "text")), (true, false));
    assert_eq!((knows(1, "first"), knows(2, "first")), (true, true));
    assert_eq!((knows(1, "hidden"), knows(2, "hidden")), (true, false));
    assert!(!knows(1, "nothing"));
}

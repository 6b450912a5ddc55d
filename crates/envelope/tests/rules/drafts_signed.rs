//! Documents that come signed or certified.

use crate::given::*;
use envelope::{Certification, Draft, FieldDraft, FieldKind};

fn coming(signatures: u16, certification: Option<Certification>, fields: Vec<FieldDraft>) -> Draft {
    let mut first = document(1);
    first.facts.signatures = signatures;
    first.facts.certification = certification;
    Draft { documents: vec![first], fields, ..draft() }
}

fn invisible(id: &str, recipient: u16) -> FieldDraft {
    FieldDraft { rect: rect(0.0, 0.0, 0.0, 0.0), ..place(id, recipient) }
}

fn visible_places() -> Vec<FieldDraft> {
    vec![place("ada", 1), place("ben", 2)]
}

#[test]
fn a_certified_document_that_forbids_changes_is_refused_already_as_a_draft() {
    let none = Some(Certification::NoChanges);
    given([]).when(create(coming(1, none, Vec::new()))).then_told(
        "/documents/0",
        "pdf_certified_no_changes",
        "\u{201c}Document 1\u{201d} is certified and forbids any change, also signatures; ask its author for one \
         that allows signing.",
    );
}

#[test]
fn a_certified_document_that_allows_signing_takes_signatures_that_are_not_shown() {
    let forms = Some(Certification::FillForms);
    given([]).when(create(coming(1, forms, vec![invisible("ada", 1), invisible("ben", 2)]))).then_allowed();
    given([]).when(create(coming(1, forms, vec![invisible("ada", 1), place("ben", 2)]))).then_told(
        "/fields/1",
        "certified_document_takes_invisible_signatures_only",
        "Field 2 would be visible in a certified document; give it the width and height 0.",
    );
}

#[test]
fn a_certified_document_that_allows_annotations_takes_signatures_that_are_shown() {
    given([]).when(create(coming(1, Some(Certification::Annotate), visible_places()))).then_allowed();
}

#[test]
fn a_signed_document_takes_signatures_and_nothing_else() {
    given([]).when(create(coming(1, None, visible_places()))).then_allowed();
    for kind in [FieldKind::Initials, FieldKind::Text, FieldKind::DateSigned, FieldKind::Checkbox] {
        let fields = vec![place("ada", 1), field("x", kind, 2)];
        given([]).when(create(coming(0, None, fields.clone()))).then_allowed();
        given([]).when(create(coming(1, None, fields))).then_told(
            "/fields/1",
            "signed_document_takes_signatures_only",
            "Field 2 would change a document that is signed already; only signatures can be added to it.",
        );
    }
}

#[test]
fn in_a_signed_document_each_signer_has_one_place() {
    let twice = vec![place("ada", 1), place("ada-2", 1), place("ada-3", 1), place("ben", 2)];
    let signed = coming(1, None, twice.clone());
    given(created(signed.clone())).when(send(&signed)).then_told(
        "/documents/0",
        "signed_document_takes_one_place_each",
        "Document 1 is signed already, so recipient 1 can have one place in it; remove 2.",
    );
    let unsigned = coming(0, None, twice);
    given(created(unsigned.clone())).when(send(&unsigned)).then_allowed();
    let once = coming(1, None, visible_places());
    given(created(once.clone())).when(send(&once)).then_allowed();
}

#[test]
fn places_in_another_document_do_not_count_in_the_signed_one() {
    let mut draft = Draft { documents: vec![document(1), document(2)], ..draft() };
    draft.documents[1].facts.signatures = 1;
    for (id, document) in [("ada-2", 1), ("ada-3", 2), ("ben-2", 2)] {
        let recipient = if id.starts_with("ada") { 1 } else { 2 };
        draft.fields.push(FieldDraft { document, ..place(id, recipient) });
    }
    given(created(draft.clone())).when(send(&draft)).then_allowed();
    draft.fields.push(FieldDraft { document: 2, ..place("ben-3", 2) });
    given(created(draft.clone())).when(send(&draft)).then_told(
        "/documents/1",
        "signed_document_takes_one_place_each",
        "Document 2 is signed already, so recipient 2 can have one place in it; remove 1.",
    );
}

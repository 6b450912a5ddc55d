//! Where fields stand, and what they are called.

use crate::given::*;
use envelope::{Draft, FieldDraft, FieldId, FieldKind, Points, Rect};

fn with(second: FieldDraft) -> Draft {
    Draft { fields: vec![place("ada", 1), second], ..draft() }
}

fn at(rect: Rect) -> Draft {
    with(FieldDraft { rect, ..place("ben", 2) })
}

fn called(id: &str) -> Draft {
    with(place(id, 2))
}

#[test]
fn a_field_id_has_one_to_sixty_four_plain_characters() {
    for id in ["x", "sig-1_B", &"x".repeat(64)] {
        given([]).when(create(called(id))).then_allowed();
    }
    for id in ["", &"x".repeat(65), "a b", "é", "a/b", "a~b", "a.b"] {
        given([]).when(create(called(id))).then_told(
            "/fields/1/id",
            "field_id_malformed",
            "A field id has 1 to 64 letters, digits, hyphens or underscores; choose another one.",
        );
    }
}

#[test]
fn each_field_has_an_id_of_its_own() {
    given([]).when(create(called("ada"))).then_told(
        "/fields/1/id",
        "field_id_repeated",
        "The field id ada is used twice; give each field its own.",
    );
    given([]).when(create(called("Ada"))).then_allowed();
}

#[test]
fn a_field_names_a_recipient_who_exists() {
    given([]).when(create(with(place("x", 2)))).then_allowed();
    for number in [0, 3] {
        given([]).when(create(with(place("x", number)))).then_told(
            "/fields/1/recipient",
            "field_without_recipient",
            &format!("Field 2 names recipient {number}, who does not exist; use a number from the list."),
        );
    }
}

#[test]
fn a_field_names_a_document_that_exists() {
    given([]).when(create(with(FieldDraft { document: 1, ..place("x", 2) }))).then_allowed();
    for number in [0, 2] {
        given([]).when(create(with(FieldDraft { document: number, ..place("x", 2) }))).then_told(
            "/fields/1/document",
            "field_without_document",
            &format!("Field 2 names document {number}, which does not exist; use a number from the list."),
        );
    }
}

#[test]
fn a_field_names_a_page_that_exists() {
    given([]).when(create(with(FieldDraft { page: 2, ..place("x", 2) }))).then_allowed();
    for page in [0, 3, u32::MAX] {
        given([]).when(create(with(FieldDraft { page, ..place("x", 2) }))).then_told(
            "/fields/1/page",
            "field_without_page",
            &format!("Field 2 is on page {page}, and the document has 2 pages; move it to one of them."),
        );
    }
}

#[test]
fn a_field_may_fill_its_page_and_not_reach_beyond_it() {
    given([]).when(create(at(rect(0.0, 0.0, 595.0, 842.0)))).then_allowed();
    for outside in [
        rect(0.001, 0.0, 595.0, 842.0),
        rect(0.0, 0.001, 595.0, 842.0),
        rect(-0.001, 0.0, 10.0, 10.0),
        rect(0.0, -0.001, 10.0, 10.0),
        rect(10.0, 10.0, -5.0, 10.0),
        Rect { x: Points(i64::MAX), ..rect(0.0, 0.0, 10.0, 10.0) },
    ] {
        given([]).when(create(at(outside))).then_told(
            "/fields/1",
            "field_outside_page",
            "Field 2 lies outside its page of 595 by 842 points; move it onto the page.",
        );
    }
}

#[test]
fn a_field_is_measured_on_its_own_page() {
    let wide = FieldDraft { page: 2, rect: rect(0.0, 0.0, 842.0, 595.0), ..place("ben", 2) };
    given([]).when(create(with(wide.clone()))).then_allowed();
    given([])
        .when(create(with(FieldDraft { page: 1, ..wide })))
        .then_found([("/fields/1", "field_outside_page")]);
}

#[test]
fn a_signature_is_shown_or_not_shown_and_nothing_between() {
    const SENTENCE: &str = "Field 2 has no size; only a signature may have none, in both directions.";
    given([]).when(create(at(rect(5.0, 5.0, 0.0, 0.0)))).then_allowed();
    given([]).when(create(at(rect(5.0, 5.0, 0.001, 0.001)))).then_allowed();
    for flat in [rect(5.0, 5.0, 10.0, 0.0), rect(5.0, 5.0, 0.0, 10.0)] {
        given([]).when(create(at(flat))).then_told("/fields/1", "field_without_size", SENTENCE);
    }
}

#[test]
fn what_is_no_signature_always_has_a_size() {
    for kind in [FieldKind::Initials, FieldKind::Text, FieldKind::DateSigned, FieldKind::Checkbox] {
        given([]).when(create(with(field("x", kind, 2)))).then_allowed();
        for flat in [rect(5.0, 5.0, 0.0, 0.0), rect(5.0, 5.0, 10.0, 0.0), rect(5.0, 5.0, 0.0, 10.0)] {
            let flat = FieldDraft { rect: flat, ..field("x", kind, 2) };
            given([]).when(create(with(flat))).then_found([("/fields/1", "field_without_size")]);
        }
    }
}

#[test]
fn a_field_with_several_faults_names_each() {
    let wrong = FieldDraft {
        id: FieldId(String::new()),
        page: 1,
        rect: rect(600.0, 0.0, 0.0, 10.0),
        recipient: 9,
        label: "a\nb".into(),
        ..field("", FieldKind::Text, 9)
    };
    given([]).when(create(with(wrong))).then_found([
        ("/fields/1/label", "text_malformed"),
        ("/fields/1/id", "field_id_malformed"),
        ("/fields/1/recipient", "field_without_recipient"),
        ("/fields/1", "field_outside_page"),
        ("/fields/1", "field_without_size"),
    ]);
}

//! What may become of the text that a field was made from.

use crate::given::*;
use envelope::{Draft, FieldDraft, Rect, TagText, TagTextWish};

fn with(text: TagText) -> Draft {
    let field = FieldDraft { tag_text: Some(text), ..place("ada", 1) };
    Draft { fields: vec![field, place("ben", 2)], ..draft() }
}

fn on(page: u32, places: Vec<Rect>) -> Draft {
    with(TagText { what: TagTextWish::Cover, page, places })
}

fn line() -> Rect {
    rect(72.0, 100.0, 80.0, 12.0)
}

#[test]
fn it_has_places_on_a_page_of_the_document() {
    const SENTENCE: &str = "The text that field 1 was made from has 1 to 50 places on one page of its document; give \
                            tag_text as it was found.";
    for what in [TagTextWish::Cover, TagTextWish::Remove] {
        fine(with(TagText { what, page: 1, places: vec![line()] }));
    }
    fine(on(2, vec![line(); 50]));
    fine(on(1, vec![rect(0.0, 0.0, 595.0, 842.0)]));
    for wrong in [
        on(0, vec![line()]),
        on(3, vec![line()]),
        on(1, Vec::new()),
        on(1, vec![line(); 51]),
        on(1, vec![line(), rect(0.001, 0.0, 595.0, 10.0)]),
        on(1, vec![rect(72.0, 100.0, 0.0, 12.0)]),
        on(1, vec![rect(72.0, 100.0, 80.0, 0.0)]),
    ] {
        told(wrong, "/fields/0/tag_text", "tag_text_malformed", SENTENCE);
    }
}

#[test]
fn it_stays_in_a_document_that_is_signed() {
    let signed = |signatures| {
        let mut draft = on(1, vec![line()]);
        draft.documents[0].facts.signatures = signatures;
        draft
    };
    fine(signed(0));
    told(
        signed(1),
        "/fields/0/tag_text",
        "tag_text_in_signed_document",
        "The text of document 1 cannot be changed, since it is signed already; leave tag_text of field 1 out.",
    );
}

#[test]
fn of_a_field_in_no_document_only_that_is_said() {
    let mut draft = on(9, Vec::new());
    draft.fields[0].document = 2;
    given([]).when(create(draft)).then_found([("/fields/0/document", "field_without_document")]);
}

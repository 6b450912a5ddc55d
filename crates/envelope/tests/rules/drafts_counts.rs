//! How much a draft may hold.

use crate::given::*;
use envelope::{Draft, FieldDraft};

fn with_documents(count: u16) -> Draft {
    Draft { documents: (1..=count).map(document).collect(), ..draft() }
}

fn with_recipients(count: u16) -> Draft {
    let mut recipients = draft().recipients;
    recipients.extend((3..=count).map(|number| copy(&format!("Copy{number}"))));
    Draft { recipients, ..draft() }
}

fn with_fields(count: usize) -> Draft {
    let fields: Vec<FieldDraft> = (0..count).map(|number| place(&format!("f{number}"), 1)).collect();
    Draft { fields, ..draft() }
}

#[test]
fn fifty_documents_pass_and_fifty_one_are_refused() {
    given([]).when(create(with_documents(50))).then_allowed();
    given([]).when(create(with_documents(51))).then_told(
        "/documents",
        "too_many",
        "There are 51 documents, and 50 is the most; split it in two.",
    );
}

#[test]
fn fifty_recipients_pass_and_fifty_one_are_refused() {
    given([]).when(create(with_recipients(50))).then_allowed();
    given([]).when(create(with_recipients(51))).then_told(
        "/recipients",
        "too_many",
        "There are 51 recipients, and 50 is the most; split it in two.",
    );
}

#[test]
fn two_thousand_fields_pass_and_one_more_is_refused() {
    given([]).when(create(with_fields(2000))).then_allowed();
    given([]).when(create(with_fields(2001))).then_told(
        "/fields",
        "too_many",
        "There are 2001 fields, and 2000 is the most; split it in two.",
    );
}

#[test]
fn one_document_and_fifty_are_sent_each_with_its_blank_fields() {
    for count in [1, 50] {
        let draft = with_documents(count);
        let state = given(sent(draft.clone())).state();
        given(created(draft.clone())).when(send(&draft)).then_allowed();
        let progress = state.status.progress().expect("it was sent");
        assert_eq!(progress.documents.len(), usize::from(count));
        assert_eq!(progress.head(count).map(|head| head.digest), Some(blank(count)));
    }
}

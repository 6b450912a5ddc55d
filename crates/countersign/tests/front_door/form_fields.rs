//! The fields that a document brings along, as the editor imports them.

use crate::given::{one_signer, server};
use serde_json::json;
use testkit::Pdf;
use testkit::pdf::Form;

#[test]
fn the_fields_of_a_documents_own_form_are_listed_with_their_places() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&Pdf::one_page().form(Form::TextField).bytes());

    let fields = api.get(&format!("/v1/uploads/{upload}/form-fields")).expect(200).json();

    let field = &fields["items"][0];
    assert_eq!(
        (&field["name"], &field["type"], &field["page"]),
        (&json!("existing.name"), &json!("text"), &json!(1))
    );
    assert!(field["width"].as_f64().unwrap() > 10.0, "{field}");
    assert_eq!((&field["closed"], &field["required"]), (&json!(false), &json!(false)));
}

#[test]
fn a_document_without_a_form_has_no_fields_and_an_unknown_upload_is_not_found() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&Pdf::one_page().bytes());

    assert_eq!(
        api.get(&format!("/v1/uploads/{upload}/form-fields")).expect(200).json(),
        json!({"items": []})
    );
    assert_eq!(api.get("/v1/uploads/upl_nothing/form-fields").expect(404).code(), "not_found");
}

#[test]
fn a_draft_says_what_a_certification_of_its_document_allows() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&Pdf::one_page().bytes());

    let draft = api.post("/v1/envelopes", &one_signer(&upload)).expect(201).json();

    assert_eq!(draft["documents"][0]["certification"], json!(null));
    assert!(draft["documents"][0].as_object().unwrap().contains_key("certification"));
}

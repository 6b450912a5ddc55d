//! Test and live: what a key of one kind brings in is not there for the other; the desk works with both.

use crate::given::{one_signer, server};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Answer, Api, request};

fn content(upload: &str) -> String {
    format!("/v1/uploads/{upload}/content")
}

fn assert_unknown(answer: &Answer) {
    assert_eq!((answer.status, answer.code().as_str()), (422, "upload_unknown"), "{}", answer.text());
}

#[test]
fn an_upload_of_one_mode_is_not_there_for_the_other() {
    let server = server();
    let test = server.api();
    let live = server.api_with(&server.setup().live_key());
    let file = Pdf::one_page().bytes();
    let uploads = [test.uploaded(&file), live.uploaded(&file)];
    for (own, (ours, theirs)) in [(&test, (&uploads[0], &uploads[1])), (&live, (&uploads[1], &uploads[0]))] {
        assert_eq!(own.get(&content(ours)).expect(200).body, file);
        let hidden = own.get(&content(theirs));
        assert_eq!((hidden.status, hidden.code().as_str()), (404, "not_found"), "{}", hidden.text());
        assert_eq!(hidden.body, own.get(&content("upl_nothing")).body, "as if it had never been");

        let draft = own.post("/v1/envelopes", &one_signer(ours)).expect(201).json();
        assert_unknown(&own.post("/v1/envelopes", &one_signer(theirs)));
        let path = format!("/v1/envelopes/{}", draft["id"].as_str().unwrap());
        let change = |upload: &str| own.ask("PUT", &path, &[], one_signer(upload).to_string().as_bytes());
        assert_unknown(&change(theirs));
        change(ours).expect(200);
    }
}

#[test]
fn the_desk_uses_uploads_of_both_modes_and_its_own_serve_both() {
    let server = server();
    let (test, live) = (server.api(), server.api_with(&server.setup().live_key()));
    let cookie = crate::desk::signed_in(&server);
    let desk = |method: &str, path: &str, body: &[u8]| {
        let headers = [("Cookie", cookie.as_str()), ("X-Countersign-Desk", "1")];
        request(server.port(), method, path, &headers, body).unwrap()
    };
    let file = Pdf::one_page().bytes();
    let at_the_desk =
        desk("POST", "/v1/uploads", &file).expect(201).json()["id"].as_str().unwrap().to_owned();
    let of_the_keys = [test.uploaded(&file), live.uploaded(&file)];
    for upload in of_the_keys.iter().chain([&at_the_desk]) {
        assert_eq!(desk("GET", &content(upload), &[]).expect(200).body, file);
        for test in [true, false] {
            let mut draft = one_signer(upload);
            draft["test"] = test.into();
            let made = desk("POST", "/v1/envelopes", draft.to_string().as_bytes()).expect(201).json();
            assert_eq!(made["test"], test);
        }
    }
    let uses = |api: &Api| -> Value {
        assert_eq!(api.get(&content(&at_the_desk)).expect(200).body, file);
        api.post("/v1/envelopes", &one_signer(&at_the_desk)).expect(201).json()["test"].clone()
    };
    assert_eq!((uses(&test), uses(&live)), (json!(true), json!(false)));
}

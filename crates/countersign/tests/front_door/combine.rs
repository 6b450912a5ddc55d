//! Several uploads become one, which is sent and signed like every other.

use crate::given::{one_signer, server};
use crate::judges::{self, Bench};
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::pdf::Page;
use testkit::server::{Answer, Api};

fn paper(api: &Api, words: &str) -> String {
    api.uploaded(&Pdf::new(vec![Page::a4().line(72.0, 700.0, words)]).bytes())
}

fn combine(api: &Api, uploads: &[String]) -> Answer {
    api.post("/v1/uploads/combine", &json!({"uploads": uploads, "name": "Both papers.pdf"}))
}

#[test]
fn what_was_made_of_two_is_searched_sent_and_signed_like_every_other() {
    let server = server();
    let api = server.api();
    let made = combine(&api, &[paper(&api, "The first paper"), paper(&api, "The second paper")]).expect(201);
    let made = made.json();
    assert_eq!(
        (made["filename"].as_str(), made["pages"].as_array().map(Vec::len)),
        (Some("Both papers.pdf"), Some(2))
    );
    let upload = made["id"].as_str().unwrap();
    let found = api.get(&format!("/v1/uploads/{upload}/text?find=second")).expect(200).json();
    assert_eq!(found["occurrences"][0]["page"], 2);

    let id = api.sent(&one_signer(upload));
    api.visit(&id, 1).sign();
    assert_eq!(api.wait_until(&id, "completed")["problem"], Value::Null);
    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let file = bench.lay("file.pdf", &api.file(&id, "documents/1"));
    judges::pyhanko_accepts(&file, &root, 2);
    judges::readers_accept(&file, 2);
}

#[test]
fn a_signed_file_an_unknown_one_and_one_alone_are_not_combined() {
    let server = server();
    let api = server.api();
    let one = paper(&api, "One");
    let id = api.sent(&one_signer(&one));
    api.visit(&id, 1).sign();
    api.wait_until(&id, "completed");
    let signed = api.uploaded(&api.file(&id, "documents/1"));
    let refused = combine(&api, &[one.clone(), signed]);
    assert_eq!(refused.json()["errors"][0]["pointer"], "/uploads/1");
    assert_refused(&refused, 422, "combine_signed");
    assert_refused(&combine(&api, &[one.clone(), "upl_x".to_owned()]), 422, "upload_unknown");
    assert_refused(&combine(&api, std::slice::from_ref(&one)), 422, "uploads_malformed");
    assert_refused(&combine(&api, &vec![one; 51]), 422, "uploads_malformed");
}

//! Who sees which document: nothing of one that somebody does not see leaves for them, in no form and on no way.

use crate::exports_zip::unzipped;
use crate::given::{place, server, setup};
use crate::judges::{self, Bench, said};
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use std::process::Command;
use testkit::Pdf;
use testkit::pdf::Page;
use testkit::server::{Api, Mail, Mailbox, Server, Setup, Visit, wait_for};

fn paper(api: &Api, words: &str) -> String {
    api.uploaded(&Pdf::new(vec![Page::a4().line(72.0, 700.0, words)]).bytes())
}

fn in_document(mut field: Value, document: u16) -> Value {
    field["document"] = json!(document);
    field
}

/// Ada signs both documents, Ben the first; the second, with Ada's paper, is hers alone.
fn draft(api: &Api) -> Value {
    json!({
        "title": "Two papers",
        "documents": [
            {"upload": paper(api, "Read by everybody"), "title": "Rules of the house"},
            {"upload": paper(api, "Read by Ada alone"), "title": "Salary of Ada", "visible_to": [1]},
        ],
        "recipients": [
            {"name": "Ada", "email": "ada@example.org"}, {"name": "Ben", "email": "ben@example.org"},
            {"name": "Cleo", "email": "cleo@example.org", "role": "copy"},
        ],
        "fields": [
            place(1, 500, 1), in_document(place(1, 500, 1), 2), place(1, 600, 2),
            in_document(json!({"id": "proof", "type": "attachment", "page": 1, "x": 72, "y": 100, "recipient": 1,
                               "label": "Proof"}), 2),
        ],
        "mails": {"attach_documents": true},
    })
}

fn seen(visit: &Visit) -> Vec<u64> {
    let page = visit.read().expect(200).json();
    page["documents"].as_array().unwrap().iter().map(|it| it["number"].as_u64().unwrap()).collect()
}

#[test]
fn documents_are_put_into_another_order_and_given_other_names_as_long_as_it_is_a_draft() {
    let server = server();
    let api = server.api();
    let mut draft = draft(&api);
    draft["fields"].as_array_mut().unwrap().truncate(3);
    let id = api.post("/v1/envelopes", &draft).expect(201).json()["id"].as_str().unwrap().to_owned();
    draft["documents"].as_array_mut().unwrap().reverse();
    draft["documents"][1]["title"] = json!("House rules");
    for (field, document) in [(0, 2), (1, 1), (2, 2)] {
        draft["fields"][field]["document"] = json!(document);
    }
    api.ask("PUT", &format!("/v1/envelopes/{id}"), &[], &serde_json::to_vec(&draft).unwrap()).expect(200);
    api.post(&format!("/v1/envelopes/{id}/send"), &json!({})).expect(200);
    let sent = api.envelope(&id);
    let titles: Vec<_> = sent["documents"].as_array().unwrap().iter().map(|it| &it["title"]).collect();
    assert_eq!(titles, ["Salary of Ada", "House rules"]);
    let visit = server.visit("ben@example.org");
    visit.consent().expect(200);
    let page = visit.read().json();
    assert_eq!(
        (&page["documents"][0]["number"], &page["documents"][0]["title"]),
        (&json!(2), &json!("House rules"))
    );
}

/// What every way to the second document answers.
fn second(visit: &Visit) -> [u16; 3] {
    ["/documents/2", "/documents/2/pages/1.png", "/files/proof"]
        .map(|path| visit.ask("GET", path, &Value::Null).status)
}

fn downloader(server: &Server, to: &str) -> Visit {
    wait_for("the finished documents", || {
        let visit = server.visit(to);
        (visit.read().json()["state"] == "download").then_some(visit)
    })
}

fn nothing_of_it_leaves(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = api.sent(&draft(&api));
    let envelope = api.envelope(&id);
    assert_eq!(
        [&envelope["documents"][0]["visible_to"], &envelope["documents"][1]["visible_to"]],
        [&Value::Null, &json!([1])]
    );

    let ben = server.visit("ben@example.org");
    ben.consent().expect(200);
    assert_eq!((seen(&ben), second(&ben)), (vec![1], [404, 404, 404]));
    assert_eq!(ben.ask("GET", "/documents/1", &Value::Null).status, 200);
    // Nor can they say that they were shown it.
    let mut act = ben.whole_act();
    act["revisions"]["2"] = envelope["documents"][1]["revision"].clone();
    assert_refused(&ben.ask("POST", "/finish", &act), 409, "revision_moved");
    ben.finish().expect(200);

    let ada = server.visit("ada@example.org");
    ada.consent().expect(200);
    assert_eq!(seen(&ada), [1, 2]);
    let bearer = format!("Bearer {}", ada.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/octet-stream")];
    let path = "/v1/ceremony/files/proof?filename=proof.pdf";
    let file = Pdf::one_page().bytes();
    testkit::server::request(ada.port, "PUT", path, &headers, &file).unwrap().expect(200);
    ada.finish().expect(200);
    let done = api.wait_until(&id, "completed");
    assert_eq!(done["problem"], Value::Null);

    let [ada, ben, cleo] = ["ada", "ben", "cleo"].map(|it| downloader(&server, &format!("{it}@example.org")));
    assert_eq!((seen(&ada), second(&ada)), (vec![1, 2], [200, 200, 200]));
    for other in [&ben, &cleo] {
        assert_eq!((seen(other), second(other)), (vec![1], [404, 404, 404]));
        assert_eq!(other.read().json()["files"], json!([]));
    }
    let zipped = |who: &Visit| -> Vec<String> {
        let answer = who.ask("GET", "/documents.zip", &Value::Null).expect(200);
        unzipped(&answer.body).into_keys().filter(|it| !it.contains("audit trail")).collect()
    };
    assert_eq!(zipped(&ada), ["Rules of the house.pdf", "Salary of Ada.pdf", "proof.pdf"]);
    assert_eq!([zipped(&ben), zipped(&cleo)], [["Rules of the house.pdf"], ["Rules of the house.pdf"]]);
    // The audit trail is one for all, and names the second document by its digests alone.
    let bench = Bench::new();
    let trail = wait_for("the audit trail", || {
        let answer = ben.ask("GET", "/audit.pdf", &Value::Null);
        (answer.status == 200).then_some(answer.body)
    });
    let trail = bench.lay("audit.pdf", &trail);
    let read = said(&Command::new("pdftotext").arg(&trail).arg("-").output().unwrap());
    assert!(read.contains("Rules of the house") && !read.contains("Salary"), "{read}");
    let digest = done["documents"][1]["digest"].as_str().unwrap();
    assert!(read.split_whitespace().collect::<String>().contains(digest), "{read}");
    for to in ["ben@example.org", "cleo@example.org"] {
        let mails = serde_json::to_string(&server.outbox(to)).unwrap();
        assert!(!mails.contains("Salary"), "{mails}");
    }
    // The sender has both; each carries the signatures of those who see it, and the seal.
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    for (number, signatures) in [(1, 3), (2, 2)] {
        let file = bench.lay(&format!("{number}.pdf"), &api.file(&id, &format!("documents/{number}")));
        judges::pyhanko_accepts(&file, &root, signatures);
    }
}

#[test]
fn nothing_of_a_document_leaves_for_those_who_do_not_see_it() {
    nothing_of_it_leaves(setup());
}

#[test]
fn nothing_of_a_document_leaves_for_those_who_do_not_see_it_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "visibility");
    nothing_of_it_leaves(setup().at("--database", &schema.address()));
}

#[test]
fn a_draft_that_shows_somebody_nothing_or_asks_them_in_what_they_do_not_see_is_not_sent() {
    let server = server();
    let api = server.api();
    let mut wrong = draft(&api);
    wrong["documents"][0]["visible_to"] = json!([1, 3]);
    let id = api.post("/v1/envelopes", &wrong).expect(201).json()["id"].as_str().unwrap().to_owned();
    let answer = api.post(&format!("/v1/envelopes/{id}/send"), &json!({})).expect(422).json();
    let codes: Vec<_> = answer["errors"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert_eq!(codes, ["recipient_without_document", "field_in_unseen_document"]);
    wrong["documents"][0]["visible_to"] = json!([9]);
    assert_refused(&api.post("/v1/envelopes", &wrong), 422, "visible_to_unknown");
}

#[test]
fn the_last_mail_brings_what_its_reader_sees() {
    let mailbox = Mailbox::open();
    let server = setup().in_earnest().with_all(mailbox.settings()).start();
    let api = server.api_with(&server.setup().live_key());
    let mut draft = draft(&api);
    draft["fields"].as_array_mut().unwrap().truncate(3);
    let id = api.sent(&draft);
    for recipient in [1, 2] {
        api.visit(&id, recipient).sign();
    }
    api.wait_until(&id, "completed");
    let last = |to: &str| {
        let named = |mail: &Mail| mail.to == to && mail.text.contains("Rules of the house.pdf");
        wait_for(to, || mailbox.mails().into_iter().find(named))
    };
    for (to, both) in [("ada", true), ("owner", true), ("ben", false), ("cleo", false)] {
        let mail = last(&format!("{to}@example.org"));
        assert_eq!(mail.text.contains("Salary of Ada.pdf"), both, "{to}: {}", mail.text);
    }
}

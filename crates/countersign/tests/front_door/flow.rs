//! From an uploaded contract to a signed PDF that a stranger can verify.

use crate::given::{sent_to_two, server, two_in_order};
use crate::judges::{self, Bench, said};
use serde_json::Value;
use testkit::server::{Api, Server, wait_for};
use testkit::{Page, Pdf};

fn parts(envelope: &Value) -> Vec<&str> {
    envelope["recipients"].as_array().unwrap().iter().map(|it| it["status"].as_str().unwrap()).collect()
}

/// Both sign; the revision that stood after the first one is given.
fn both_sign(server: &Server, api: &Api, id: &str) -> Vec<u8> {
    server.visit("ada@example.org").sign();
    let first = api.file(id, "documents/1");
    server.visit("emile@example.org").sign();
    api.wait_until(id, "completed");
    first
}

/// Seed: xodo-sign.txt:149
/// Seed: xodo-sign.txt:171
/// Seed: xodo-sign.txt:217
/// Seed: consigno-cloud.txt:65
/// Seed: consigno-cloud.txt:199
/// Seed: consigno-cloud.txt:210
/// Seed: secured-signing.txt:113
#[test]
fn mails_go_out_in_order_and_following_a_link_changes_nothing() {
    let server = server();
    let api = server.api();
    let id = sent_to_two(&api);

    let visit = server.visit("ada@example.org");
    assert!(server.outbox("emile@example.org").is_empty(), "it is not their turn");
    wait_for("the mail to be noted", || api.happened(&id).contains(&"message_sent".into()).then_some(()));
    let before = api.events(&id).len();
    for _ in 0..3 {
        let page = server.get(&format!("/s/{}", visit.token));
        assert!([200, 503].contains(&page.status), "the page, or that it is not built");
        assert_eq!(visit.read().expect(200).json()["state"], "consent");
    }
    assert_eq!(visit.ask("GET", "/documents/1", &Value::Null).code(), "consent_missing");
    assert_eq!(api.events(&id).len(), before);

    assert_eq!(visit.consent().expect(200).json()["state"], "ready");
    let (shown, kept) = (visit.ask("GET", "/documents/1", &Value::Null), api.file(&id, "documents/1"));
    assert_eq!(shown.expect(200).body, kept, "what is shown is what stands");
    assert_eq!(visit.finish().expect(200).json()["state"], "signed");
    let envelope = api.envelope(&id);
    assert_eq!(
        (envelope["status"].as_str(), parts(&envelope)),
        (Some("in_progress"), vec!["signed", "invited"])
    );

    let second = server.visit("emile@example.org");
    assert_eq!(second.read().json()["language"], "fr");
    second.sign();
    api.wait_until(&id, "completed");
    let done = ["ada@example.org", "emile@example.org", "owner@example.org"];
    for to in done {
        wait_for("everybody to hear of it", || {
            let mails = server.outbox(to);
            // The owner hears of Ada's act and of the end, the others of their turn and of the end.
            (mails.len() == 2).then_some(())
        });
    }
    let download = server.visit("ada@example.org");
    assert_eq!(download.read().json()["state"], "download");
    let file = download.ask("GET", "/documents/1", &Value::Null).expect(200);
    assert_eq!(file.body, api.file(&id, "documents/1"));
    // It is issued a moment after the end; the file is waited for first.
    let audit = api.file(&id, "audit.pdf");
    assert_eq!(download.ask("GET", "/audit.pdf", &Value::Null).expect(200).body, audit);
}

#[test]
fn what_comes_out_is_accepted_by_those_who_know_nothing_of_us() {
    let server = server();
    let api = server.api();
    let id = sent_to_two(&api);
    let first = both_sign(&server, &api, &id);
    let last = api.file(&id, "documents/1");
    assert!(last.starts_with(&first), "a later revision begins with the one before it");
    let upload = api.get(&format!("/v1/envelopes/{id}/documents/1?revision=upload")).body;
    assert!(
        upload == Pdf::contract().bytes() && last.starts_with(&upload),
        "the upload is kept byte for byte"
    );

    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let audit = bench.lay("audit.pdf", &api.file(&id, "audit.pdf"));
    let (first, last) = (bench.lay("first.pdf", &first), bench.lay("last.pdf", &last));
    for (file, signatures) in [(&first, 1), (&last, 3), (&audit, 1)] {
        judges::pyhanko_accepts(file, &root, signatures);
        judges::readers_accept(file, signatures);
        let verdict =
            judges::countersign(&["verify", file.to_str().unwrap(), "--trust", root.to_str().unwrap()]);
        assert_eq!(verdict.status.code(), Some(0), "{}", said(&verdict));
    }
}

#[test]
fn the_evidence_fits_the_file_for_both_checkers_and_a_flipped_byte_does_not() {
    let server = server();
    let api = server.api();
    let id = sent_to_two(&api);
    both_sign(&server, &api, &id);
    let (pdf, evidence) = (api.file(&id, "documents/1"), api.file(&id, "evidence.json"));

    let report = judges::evidence(&evidence, &[&pdf]).unwrap();
    assert_eq!((report.envelope.as_str(), report.undisclosed), (id.as_str(), 0));
    assert_eq!(report.pdfs[0].event_heads.len(), 3, "one under each signature");
    let bench = Bench::new();
    let (evidence_file, pdf_file) = (bench.lay("evidence.json", &evidence), bench.lay("last.pdf", &pdf));
    let python = judges::python_checker(&evidence_file, &[&pdf_file]);
    assert_eq!(said(&python).trim(), format!("ok {}", report.head));

    for part in 1..20 {
        let (mut bad_pdf, mut bad_evidence) = (pdf.clone(), evidence.clone());
        bad_pdf[pdf.len() * part / 20] ^= 1;
        bad_evidence[evidence.len() * part / 20] ^= 1;
        assert!(judges::evidence(&evidence, &[&bad_pdf]).is_err());
        assert!(judges::evidence(&bad_evidence, &[&pdf]).is_err());
        let (bad_pdf, bad_evidence) = (bench.lay("bad.pdf", &bad_pdf), bench.lay("bad.json", &bad_evidence));
        assert!(!judges::python_checker(&evidence_file, &[&bad_pdf]).status.success());
        assert!(!judges::python_checker(&bad_evidence, &[&pdf_file]).status.success());
    }
}

/// Seed: consigno-cloud.txt:165
#[test]
fn those_of_one_step_sign_in_any_order_each_in_every_document_of_theirs() {
    let server = server();
    let api = server.api();
    let uploads =
        [Pdf::contract(), Pdf::new(vec![Page::letter().rotated(90)])].map(|it| api.uploaded(&it.bytes()));
    let mut draft = two_in_order(&uploads[0]);
    draft["documents"] = serde_json::json!([{"upload": uploads[0]}, {"upload": uploads[1]}]);
    draft["recipients"][1]["step"] = 1.into();
    for recipient in [1, 2] {
        let mut place = crate::given::place(1, 100 * recipient, recipient as usize);
        place["document"] = 2.into();
        draft["fields"].as_array_mut().unwrap().push(place);
    }
    let id = api.sent(&draft);
    let (ada, emile) = (server.visit("ada@example.org"), server.visit("emile@example.org"));
    ada.consent().expect(200);
    emile.consent().expect(200);
    // Both were shown the same revision; the second act lies upon the first, which is in the events.
    let (first, second) = (emile.whole_act(), ada.whole_act());
    emile.ask("POST", "/finish", &first).expect(200);
    ada.ask("POST", "/finish", &second).expect(200);
    api.wait_until(&id, "completed");

    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").body);
    let files: Vec<_> = (1..=2).map(|number| api.file(&id, &format!("documents/{number}"))).collect();
    judges::evidence(&api.file(&id, "evidence.json"), &[&files[0], &files[1]]).unwrap();
    for file in &files {
        let file = bench.lay("file.pdf", file);
        judges::pyhanko_accepts(&file, &root, 3);
        judges::readers_accept(&file, 3);
    }
}

//! Wrong input: each has its code and its sentence, and loses nothing.

use crate::given::{one_signer, place, server, setup};
use crate::judges::{Bench, countersign, said};
use serde_json::{Value, json};
use std::process::Command;
use testkit::pdf::{Form, truncated, with_startxref_off_by};
use testkit::server::Answer;
use testkit::{Page, Pdf};

/// A problem as every refusal is written (RFC 9457).
pub fn assert_refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    let problem = answer.json();
    let sentence = problem["detail"].as_str().unwrap();
    assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
    assert_eq!(problem["status"], status);
}

/// A key and a certificate of its own, made by openssl.
fn identity(bench: &Bench) -> String {
    let openssl = |line: &str| {
        let output =
            Command::new("openssl").args(line.split(' ')).current_dir(bench.path("")).output().unwrap();
        assert!(output.status.success(), "{line}: {}", said(&output));
    };
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout k.pem -subj /CN=Notary -days 30 -out c.pem");
    openssl("pkcs12 -export -inkey k.pem -in c.pem -passout pass: -out id.p12");
    bench.path("id.p12").to_str().unwrap().to_owned()
}

/// A file that was certified, and what it then allows.
pub fn certified(level: &str) -> Vec<u8> {
    let bench = Bench::new();
    let (file, out) = (bench.lay("in.pdf", &Pdf::one_page().bytes()), bench.path("out.pdf"));
    let (file, out) = (file.to_str().unwrap(), out.to_str().unwrap());
    let signed = countersign(&["sign", file, "-o", out, "--key", &identity(&bench), "--certify", level]);
    assert!(signed.status.success(), "{}", said(&signed));
    std::fs::read(out).unwrap()
}

/// A file that qpdf encrypted for this password.
fn encrypted(password: &str) -> Vec<u8> {
    let bench = Bench::new();
    let (file, out) = (bench.lay("in.pdf", &Pdf::one_page().bytes()), bench.path("out.pdf"));
    let mut qpdf = Command::new("qpdf");
    let done = qpdf.args(["--encrypt", password, "owner", "256", "--"]).arg(file).arg(&out).output().unwrap();
    assert!(done.status.success(), "{}", said(&done));
    std::fs::read(out).unwrap()
}

#[test]
fn a_file_that_cannot_be_signed_is_refused_with_its_reason() {
    let server = setup().with("COUNTERSIGN_UPLOAD_BYTES_MAX", "300000").start();
    let api = server.api();
    let whole = certified("2");
    for (file, status, code) in [
        (b"A letter, not a PDF.".to_vec(), 422, "not_a_pdf"),
        (Vec::new(), 422, "not_a_pdf"),
        (truncated(&Pdf::contract().bytes(), 12), 422, "not_a_pdf"),
        (encrypted("secret"), 422, "pdf_needs_password"),
        (certified("1"), 422, "pdf_certified_no_changes"),
        (with_startxref_off_by(&whole, 9), 422, "pdf_damaged_and_signed"),
        (Pdf::new(Vec::new()).bytes(), 422, "pdf_without_pages"),
        (Pdf::one_page().form(Form::DynamicXfa).bytes(), 422, "pdf_dynamic_xfa"),
        (Pdf::one_page().ballast(300_000).bytes(), 413, "upload_too_large"),
    ] {
        assert_refused(&api.upload(&file), status, code);
    }
}

#[test]
fn a_file_that_is_damaged_or_encrypted_without_a_password_is_signed_all_the_same() {
    let server = server();
    let api = server.api();
    let damaged = with_startxref_off_by(&Pdf::contract().bytes(), 7);
    let upload = api.upload(&damaged).expect(201).json();
    assert!(upload["rewritten"].is_string(), "{upload}");
    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").body);
    for (file, upload) in [(damaged, upload), {
        let open = encrypted("");
        let upload = api.upload(&open).expect(201).json();
        assert_eq!((&upload["encrypted"], &upload["rewritten"]), (&json!(true), &Value::Null));
        (open, upload)
    }] {
        let id = api.sent(&one_signer(upload["id"].as_str().unwrap()));
        api.visit(&id, 1).sign();
        api.wait_until(&id, "completed");
        let kept = api.get(&format!("/v1/envelopes/{id}/documents/1?revision=upload")).expect(200).body;
        assert!(kept == file, "the upload is kept byte for byte");
        let signed = bench.lay("signed.pdf", &api.file(&id, "documents/1"));
        crate::judges::pyhanko_accepts(&signed, &root, 2);
    }
}

#[test]
fn a_draft_with_something_wrong_in_it_is_refused_at_its_place() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&Pdf::new(vec![Page::a4()]).bytes());
    let foreign = server.api_with(&server.setup().tenant("Others", "others@example.org"));
    let foreign = foreign.uploaded(&Pdf::one_page().bytes());
    let sound = one_signer(&upload);
    for (pointer, value, code) in [
        ("/fields/0", place(1, 800, 1), "field_outside_page"),
        ("/fields/0", place(2, 600, 1), "field_without_page"),
        ("/fields/0", place(1, 600, 2), "field_without_recipient"),
        ("/fields/0/width", json!(0), "field_without_size"),
        ("/fields/0/x", json!(-1), "field_outside_page"),
        ("/fields", json!([]), "place_missing"),
        ("/recipients/0/role", json!("copy"), "signer_missing"),
        ("/recipients/0/role", json!("copy"), "copy_with_fields"),
        ("/recipients/0/email", json!("ada at home"), "email_malformed"),
        ("/documents", json!([]), "field_without_document"),
        ("/documents/0/upload", json!("upl_nothing"), "upload_unknown"),
        ("/documents/0/upload", json!(foreign), "upload_unknown"),
        ("/time_zone", json!("Mars/Olympus_Mons"), "time_zone_unknown"),
        ("/language", json!("tlh"), "language_unknown"),
        ("/expires_in_days", json!(0), "expiry_malformed"),
        ("/expires_at", json!("2001-01-01T00:00:00Z"), "expiry_in_the_past"),
        ("/expires_at", json!("tomorrow"), "time_malformed"),
        ("/title", json!(""), "title_missing"),
        ("/frame_origins", json!(["javascript:alert(1)"]), "origin_malformed"),
    ] {
        let mut draft = sound.clone();
        let place = pointer.rsplit_once('/').unwrap();
        match draft.pointer_mut(place.0).unwrap() {
            Value::Array(list) => list[place.1.parse::<usize>().unwrap()] = value,
            other => other[place.1] = value,
        }
        let mut answer = api.post("/v1/envelopes", &draft);
        if answer.status == 201 {
            // What is only missing may be missing in a draft.
            let id = answer.json()["id"].as_str().unwrap().to_owned();
            answer = api.post(&format!("/v1/envelopes/{id}/send"), &Value::Null);
            assert_eq!(api.happened(&id), ["envelope_created"]);
        }
        let found: Vec<String> = answer.json()["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| it["code"].as_str().unwrap().to_owned())
            .collect();
        assert!(found.contains(&code.to_owned()), "{pointer}: {}", answer.text());
        assert_refused(&answer, 422, &found[0]);
    }
    let empty = api.post("/v1/envelopes", &json!({})).expect(201).json()["id"].as_str().unwrap().to_owned();
    let answer = api.post(&format!("/v1/envelopes/{empty}/send"), &Value::Null);
    assert_refused(&answer, 422, "title_missing");
    let codes =
        answer.json()["errors"].as_array().unwrap().iter().map(|it| it["code"].clone()).collect::<Vec<_>>();
    assert_eq!(codes, ["title_missing", "document_missing", "signer_missing"], "all at once");
}

#[test]
fn a_body_that_is_no_json_or_has_what_nobody_knows_is_refused_where_it_stops() {
    let server = server();
    let api = server.api();
    for body in ["{\"title\": \"Lease\",", "[]", "\"\"", "{\"tilte\": \"Lease\"}", "{\"title\": 7}", "\u{0}"]
    {
        let answer =
            api.ask("POST", "/v1/envelopes", &[("Content-Type", "application/json")], body.as_bytes());
        assert_refused(&answer, 400, "json_malformed");
    }
    // PostgreSQL keeps U+0000 in no text; what one engine cannot keep is refused on both.
    for (path, body) in [
        ("/v1/envelopes", "{\"documents\": [{\"upload\": \"\\u0000\"}]}"),
        ("/v1/sign-in", "{\"email\": \"ada\\u0000@example.org\"}"),
    ] {
        assert_refused(&api.ask("POST", path, &[], body.as_bytes()), 400, "json_malformed");
    }
    let huge = format!("{{\"title\": \"{}\"}}", "x".repeat(17 << 20));
    assert_refused(&api.ask("POST", "/v1/envelopes", &[], huge.as_bytes()), 413, "body_too_large");
}

#[test]
fn an_address_that_cannot_be_read_is_refused_like_all_else() {
    let server = server();
    let api = server.api();
    for (method, path, status, code) in [
        ("GET", "/v1/envelopes?limit=many", 400, "query_malformed"),
        ("GET", "/v1/envelopes/env_x/documents/many", 404, "not_found"),
        ("GET", "/v1/envelopes?cursor=nonsense", 400, "cursor_malformed"),
        ("GET", "/v1/envelopes?q=%00", 400, "address_malformed"),
        ("GET", "/v1/envelopes/%00", 400, "address_malformed"),
        ("GET", "/v1/test-messages?to=%00", 400, "address_malformed"),
        ("PATCH", "/v1/envelopes", 405, "method_not_allowed"),
        ("GET", "/v1/nothing", 404, "not_found"),
    ] {
        assert_refused(&api.ask(method, path, &[], &[]), status, code);
    }
}

#[test]
fn what_belongs_to_others_is_not_there() {
    let server = server();
    let api = server.api();
    let id = crate::given::sent_to_one(&api);
    for key in
        ["", "cs_test_", "cs_live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &api.key[..api.key.len() - 1]]
    {
        assert_refused(&server.api_with(key).get(&format!("/v1/envelopes/{id}")), 401, "not_authenticated");
    }
    let stranger = server.api_with(&server.setup().tenant("Others", "others@example.org"));
    let live = server.api_with(&server.setup().live_key());
    let live_id = crate::given::sent_to_one(&live);
    for (caller, id) in [(&stranger, &id), (&api, &live_id), (&live, &id), (&api, &"env_nothing".to_owned())]
    {
        let path = format!("/v1/envelopes/{id}");
        for name in ["", "/events", "/documents/1", "/audit.pdf", "/evidence.json"] {
            assert_refused(&caller.get(&format!("{path}{name}")), 404, "not_found");
        }
        for name in ["/send", "/cancel", "/recipients/1/links"] {
            assert_refused(&caller.post(&format!("{path}{name}"), &json!({})), 404, "not_found");
        }
        let items = caller.get("/v1/envelopes").expect(200).json()["items"].clone();
        assert!(items.as_array().unwrap().iter().all(|it| it["id"] != **id), "{items}");
    }
    for id in [(&api, &id), (&live, &live_id)] {
        assert_eq!(id.0.envelope(id.1)["status"], "in_progress", "nothing was lost");
    }
}

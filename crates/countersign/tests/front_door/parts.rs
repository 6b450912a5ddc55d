//! What each role does at its page, and what it leaves in the documents.

use crate::given::{place, server, setup};
use crate::judges::{self, Bench, said};
use crate::person::Person;
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use std::process::Command;
use testkit::Pdf;
use testkit::server::{Api, Server, Setup, Visit, wait_for};

/// A draft of the contract of four pages for these people and fields.
pub fn draft(api: &Api, recipients: Value, fields: Value) -> Value {
    let upload = api.uploaded(&Pdf::contract().bytes());
    json!({
        "title": "Services agreement", "documents": [{"upload": upload, "title": "Agreement"}],
        "recipients": recipients, "fields": fields,
    })
}

/// Somebody of this name, in this step, with more to say of them.
pub fn somebody(name: &str, step: u16, more: Value) -> Value {
    let mut person = json!({"name": name, "email": address(name), "step": step});
    person.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    person
}

pub fn address(name: &str) -> String {
    format!("{}@example.org", name.to_lowercase())
}

/// Waits until it is their turn.
fn turn(api: &Api, id: &str, number: usize) {
    wait_for("their turn", || (status(api, id, number) == "invited").then_some(()));
}

pub fn status(api: &Api, id: &str, number: usize) -> String {
    api.envelope(id)["recipients"][number - 1]["status"].as_str().unwrap().to_owned()
}

/// Consents and finishes at a page that asks for this act.
fn does(visit: &Visit, act: &str) -> Value {
    let page = visit.read().expect(200).json();
    assert_eq!((&page["act"], &page["state"]), (&json!(act), &json!("consent")));
    visit.sign().json()
}

/// Lays the finished document on the bench; everybody who knows nothing of us accepts its signatures.
fn accepted(server: &Server, api: &Api, id: &str, signatures: usize) -> (Bench, std::path::PathBuf) {
    let envelope = api.wait_until(id, "completed");
    assert_eq!(envelope["problem"], Value::Null);
    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let file = bench.lay("file.pdf", &api.file(id, "documents/1"));
    judges::pyhanko_accepts(&file, &root, signatures);
    judges::readers_accept(&file, signatures);
    judges::evidence(&api.file(id, "evidence.json"), &[&std::fs::read(&file).unwrap()]).unwrap();
    (bench, file)
}

/// What stands in the file's objects, uncompressed.
fn objects(bench: &Bench, file: &std::path::Path) -> String {
    let out = bench.path("plain.pdf");
    let done = Command::new("qpdf")
        .args(["--qdf", "--object-streams=disable"])
        .arg(file)
        .arg(&out)
        .output()
        .unwrap();
    assert!(out.exists(), "{}", said(&done));
    String::from_utf8_lossy(&std::fs::read(&out).unwrap()).into_owned()
}

#[test]
fn an_approver_and_a_viewer_leave_no_mark_and_the_signer_comes_after_them() {
    let server = server();
    let api = server.api();
    let people = json!([
        somebody("Ann", 1, json!({"role": "approver"})),
        somebody("Vic", 2, json!({"role": "viewer"})),
        somebody("Ada", 3, json!({})),
    ]);
    let id = api.sent(&draft(&api, people, json!([place(4, 240, 3)])));
    let before = api.file(&id, "documents/1");
    assert_eq!(does(&server.visit("ann@example.org"), "approve")["state"], "signed");
    turn(&api, &id, 2);
    does(&server.visit("vic@example.org"), "view");
    turn(&api, &id, 3);
    assert!(api.file(&id, "documents/1") == before, "nothing was changed");
    does(&server.visit("ada@example.org"), "sign");
    accepted(&server, &api, &id, 2);
    assert_eq!([1, 2, 3].map(|it| status(&api, &id, it)), ["approved", "viewed", "signed"]);
}

#[test]
fn an_approver_who_declines_ends_it() {
    let server = server();
    let api = server.api();
    let people = json!([somebody("Ann", 1, json!({"role": "approver"})), somebody("Ada", 2, json!({}))]);
    let id = api.sent(&draft(&api, people, json!([place(4, 240, 2)])));
    let ann = server.visit("ann@example.org");
    ann.consent().expect(200);
    ann.ask("POST", "/decline", &json!({"reason": "Not like this."})).expect(200);
    api.wait_until(&id, "declined");
    assert!(server.outbox("ada@example.org").is_empty());
}

/// Seed: consigno-cloud.txt:65
/// Seed: consigno-cloud.txt:139
#[test]
fn what_a_filler_fills_stands_in_the_document_before_it_is_signed_and_the_signature_covers_it() {
    filled_and_signed(setup());
}

#[test]
fn what_a_filler_fills_stands_in_the_document_before_it_is_signed_and_the_signature_covers_it_on_postgresql()
{
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "filler");
    filled_and_signed(setup().at("--database", &schema.address()));
}

fn filled_and_signed(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let text = json!({"type": "text", "page": 1, "x": 320, "y": 100, "width": 120, "height": 20, "recipient": 1, "label": "IBAN"});
    let tick =
        json!({"type": "checkbox", "page": 1, "x": 320, "y": 140, "width": 20, "height": 20, "recipient": 1});
    let people = json!([somebody("Phil", 1, json!({"role": "filler"})), somebody("Ada", 2, json!({}))]);
    let id = api.sent(&draft(&api, people, json!([text, tick, place(4, 240, 2)])));
    let phil = server.visit("phil@example.org");
    phil.consent().expect(200);
    let mut act = phil.whole_act();
    act.as_object_mut().unwrap().retain(|key, _| key != "signature" && key != "initials");
    let mut empty = act.clone();
    empty["values"] = json!({});
    assert_refused(&phil.ask("POST", "/finish", &empty), 422, "field_required");
    phil.ask("POST", "/finish", &act).expect(200);
    turn(&api, &id, 2);
    assert_eq!(status(&api, &id, 1), "filled");

    let ada = server.visit("ada@example.org");
    ada.consent().expect(200);
    let shown = ada.ask("GET", "/documents/1", &Value::Null).expect(200).body;
    let bench = Bench::new();
    let shown = bench.lay("shown.pdf", &shown);
    let read =
        said(&Command::new("pdftotext").args(["-f", "1", "-l", "1"]).arg(&shown).arg("-").output().unwrap());
    assert!(read.contains("Acmé 42"), "the next one reads it: {read}");
    ada.finish().expect(200);
    let (_bench, file) = accepted(&server, &api, &id, 2);
    let signed = std::fs::read(&file).unwrap();
    assert!(signed.starts_with(&std::fs::read(&shown).unwrap()), "the signature covers what was filled");
}

#[test]
fn a_filler_between_two_signers_and_one_after_them_break_no_signature() {
    let server = server();
    let api = server.api();
    let field = |kind: &str, y: u32, recipient: usize| json!({"type": kind, "page": 1, "x": 320, "y": y, "width": 120, "height": 20, "recipient": recipient});
    let filler = json!({"role": "filler"});
    let people = json!([
        somebody("Ada", 1, json!({})),
        somebody("Phil", 2, filler.clone()),
        somebody("Ben", 3, json!({})),
        somebody("Fay", 4, filler),
    ]);
    let fields = json!([
        place(4, 140, 1),
        field("text", 100, 1),
        field("text", 140, 2),
        field("checkbox", 180, 2),
        place(4, 240, 3),
        field("text", 220, 4)
    ]);
    let id = api.sent(&draft(&api, people, fields));
    for name in ["Ada", "Phil", "Ben", "Fay"] {
        server.visit(&address(name)).sign();
    }
    accepted(&server, &api, &id, 3);
}

#[test]
fn a_witness_signs_after_the_act_that_they_saw() {
    let server = server();
    let api = server.api();
    let people = json!([
        somebody("Ada", 1, json!({})),
        somebody("Will", 2, json!({"role": "witness", "witness_of": 1}))
    ]);
    let id = api.sent(&draft(&api, people, json!([place(4, 240, 1), place(4, 320, 2)])));
    assert_eq!(
        api.post(&format!("/v1/envelopes/{id}/recipients/2/links"), &Value::Null).code(),
        "recipient_out_of_turn"
    );
    does(&server.visit("ada@example.org"), "sign");
    turn(&api, &id, 2);
    let page = server.visit("will@example.org");
    assert_eq!(page.read().json()["role"], "witness");
    does(&page, "sign");
    accepted(&server, &api, &id, 3);
}

#[test]
fn who_signs_in_person_gets_no_mail_and_their_host_does() {
    let server = server();
    let api = server.api();
    let guest = json!({"name": "Gus Guest", "role": "in_person_signer", "host": 2});
    let people = json!([guest, somebody("Hal", 1, json!({"role": "host"}))]);
    let id = api.sent(&draft(&api, people, json!([place(4, 240, 1)])));
    let visit = server.visit("hal@example.org");
    let page = visit.read().expect(200).json();
    assert_eq!((&page["recipient"]["name"], &page["host"]), (&json!("Gus Guest"), &json!("Hal")));
    does(&visit, "sign");
    let (_bench, file) = accepted(&server, &api, &id, 2);
    let words = said(&Command::new("pdfsig").arg("-nocert").arg(&file).output().unwrap());
    assert!(words.contains("Gus Guest"), "{words}");
}

#[test]
fn an_automatic_signer_signs_by_its_mandate_in_its_turn() {
    let server = server();
    let api = server.api();
    let mandate = "Board resolution 12 of 2026";
    let people = json!([
        somebody("Ada", 1, json!({})),
        somebody("Robot", 2, json!({"role": "automatic_signer", "mandate": mandate})),
    ]);
    let id = api.sent(&draft(&api, people, json!([place(4, 240, 1), place(4, 320, 2)])));
    assert_eq!(status(&api, &id, 2), "waiting");
    does(&server.visit("ada@example.org"), "sign");
    let (bench, file) = accepted(&server, &api, &id, 3);
    assert!(objects(&bench, &file).contains(mandate), "the reason names the mandate");
    let words = said(&Command::new("pdfsig").arg("-nocert").arg(&file).output().unwrap());
    assert!(words.contains("Authenticated by mandate"), "{words}");
    let invited = api
        .events(&id)
        .into_iter()
        .filter(|it| it["summary"].as_str().unwrap().contains("(invitation) to Robot"));
    assert_eq!(invited.count(), 0);
}

#[test]
fn it_is_completed_without_those_who_are_optional_or_by_one_of_many() {
    let server = server();
    let api = server.api();
    for (completion, optional, left) in [
        ("required", true, "released"),
        ("any_of_step", false, "released"),
        ("any_of_document", false, "released"),
    ] {
        let people =
            json!([somebody("Ada", 1, json!({})), somebody("Emil", 1, json!({"optional": optional}))]);
        let mut draft = draft(&api, people, json!([place(4, 240, 1), place(4, 320, 2)]));
        draft["rules"] = json!({ "completion": completion });
        let id = api.sent(&draft);
        let late = api.visit(&id, 2);
        late.consent().expect(200);
        let act = late.whole_act();
        does(&api.visit(&id, 1), "sign");
        accepted(&server, &api, &id, 2);
        assert_eq!(status(&api, &id, 2), left, "{completion}");
        assert_refused(&late.ask("POST", "/finish", &act), 409, "recipient_released");
        assert_eq!(late.read().expect(200).json()["state"], "not_needed");
    }
}

#[test]
fn under_part_11_the_meaning_is_chosen_and_printed_and_they_prove_themselves_once_more() {
    let server = server();
    let api = server.api();
    let people = json!([somebody("Ada", 1, json!({"authentication": [{"method": "pin", "pin": "246810"}]}))]);
    let mut draft = draft(&api, people, json!([place(4, 240, 1)]));
    draft["rules"] = json!({"part_11": {"meanings": ["Reviewed and released", "Approved"]}});
    let id = api.sent(&draft);
    let mut ada = Person::mailed(&server, "ada@example.org");
    ada.answer("pin", "246810").expect(200);
    ada.consent().expect(200);
    let page = ada.read();
    assert_eq!(page["meanings"], json!(["Reviewed and released", "Approved"]));
    assert_eq!((&page["state"], &page["challenge"]["again"]), (&json!("ready"), &json!(true)));
    let mut act = ada.act();
    assert_refused(&ada.post("/finish", &act), 422, "meaning_missing");
    act["meaning"] = "Because".into();
    assert_refused(&ada.post("/finish", &act), 422, "meaning_missing");
    act["meaning"] = "Reviewed and released".into();
    assert_refused(&ada.post("/finish", &act), 409, "authentication_outdated");
    assert_refused(&ada.answer("pin", "246811"), 422, "answer_wrong");
    ada.answer("pin", "246810").expect(200);
    ada.post("/finish", &act).expect(200);
    let (bench, file) = accepted(&server, &api, &id, 2);
    assert!(objects(&bench, &file).contains("Reviewed and released"), "/Reason");
    let printed =
        said(&Command::new("pdftotext").args(["-f", "4", "-l", "4"]).arg(&file).arg("-").output().unwrap());
    assert!(printed.contains("Reviewed and released") && printed.contains("Ada"), "{printed}");
}

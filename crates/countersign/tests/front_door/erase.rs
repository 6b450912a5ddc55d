//! A person's data are erased, and the evidence verifies as before.

use crate::audit::Browser;
use crate::given::{place, setup};
use crate::judges::{self, Bench, said};
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use std::process::Output;
use testkit::Pdf;
use testkit::server::{Api, Server, Setup, wait_for};

const ADA: &str = "ada@example.org";

/// Ada proves herself by a code and fills in where she lives; Ben signs after her.
fn sent(api: &Api) -> String {
    api.sent(&json!({
        "title": "Lease",
        "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
        "recipients": [
            {"name": "Ada Lovelace", "email": "Ada@example.org", "step": 1,
             "authentication": [{"method": "email_code"}, {"method": "pin", "pin": "4711"}]},
            {"name": "Ben Hecht", "email": "ben@example.org", "step": 2},
        ],
        "fields": [
            place(1, 500, 1), place(1, 600, 2),
            {"type": "text", "page": 1, "x": 72, "y": 100, "width": 180, "height": 20, "recipient": 1},
        ],
    }))
}

/// Both sign; what is left is Ada's link.
fn completed(server: &Server, api: &Api) -> (String, Browser) {
    let id = sent(api);
    let mut ada = Browser::of(server, "Ada@example.org");
    ada.prove_by_mail(api, "Ada@example.org");
    ada.answer("pin", "4711").expect(200);
    ada.finish();
    Browser::of(server, "ben@example.org").finish();
    api.wait_until(&id, "completed");
    api.file(&id, "audit.pdf");
    (id, ada)
}

fn erase(server: &Server, more: &[&str]) -> Output {
    let command = ["admin", "erase", "--tenant", "Example Inc.", "--person", ADA, "--json"];
    server.setup().command(&[&command[..], more].concat())
}

fn erased(server: &Server, more: &[&str]) -> Value {
    let answer = erase(server, more);
    assert!(answer.status.success(), "{}", said(&answer));
    serde_json::from_slice(&answer.stdout).unwrap()
}

fn tells_of_ada(text: &str) -> bool {
    ["Ada", "ada@", "Acmé 42"].iter().any(|it| text.contains(it))
}

#[test]
fn what_is_known_of_a_person_goes_and_the_evidence_stays() {
    goes_and_stays(setup());
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "erased");
    goes_and_stays(setup().at("--database", &schema.address()));
}

fn goes_and_stays(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let (id, mut ada) = completed(&server, &api);
    let evidence = |name: &str| String::from_utf8(api.file(&id, name)).unwrap();
    // The chain ends with the mails to both and to the sender.
    let before = wait_for("the last mails", || {
        let now = evidence("evidence.json");
        (now.matches("\"purpose\":\"completed\"").count() == 3).then_some(now)
    });
    let pdf = api.file(&id, "documents/1");
    assert!(tells_of_ada(&before) && before.contains("Ben Hecht"));

    let ada_in_the_book = json!({"name": "Ada Lovelace", "email": "Ada@example.org"});
    api.post("/v1/contacts", &ada_in_the_book).expect(201);
    let counted = erased(&server, &["--dry-run"]);
    assert!(counted["values"].as_u64() > Some(10) && counted["links"].as_u64() > Some(0), "{counted}");
    assert_eq!(evidence("evidence.json"), before, "a dry run changes nothing");
    let done = erased(&server, &[]);
    for key in ["envelopes", "values", "links", "authenticators", "messages", "contacts", "files"] {
        assert_eq!(done[key], counted[key], "{key}");
    }

    let after = evidence("evidence.json");
    assert!(!tells_of_ada(&after) && after.contains("Ben Hecht"), "{after}");
    let report = judges::evidence(after.as_bytes(), &[&pdf]).unwrap();
    let whole = judges::evidence(before.as_bytes(), &[&pdf]).unwrap();
    assert_eq!((&report.head, report.undisclosed as u64), (&whole.head, done["values"].as_u64().unwrap()));
    let bench = Bench::new();
    let (file, pdf) = (bench.lay("evidence.json", after.as_bytes()), bench.lay("last.pdf", &pdf));
    assert_eq!(said(&judges::python_checker(&file, &[&pdf])).trim(), format!("ok {}", report.head));

    for shown in [api.envelope(&id).to_string(), json!(api.events(&id)).to_string()] {
        assert!(!tells_of_ada(&shown), "{shown}");
    }
    let listed = |q: &str| {
        api.get(&format!("/v1/envelopes?q={q}")).expect(200).json()["items"].as_array().unwrap().len()
    };
    assert_eq!((listed("lovelace"), listed("hecht")), (0, 1));
    assert_eq!(done["contacts"], 1);
    assert_eq!(api.get("/v1/contacts").expect(200).json()["items"], json!([]));
    assert!(server.outbox(ADA).is_empty());
    assert_eq!(ada.ask("GET", "", &Value::Null).status, 404, "her link is gone");
    assert_eq!(api.get(&format!("/v1/envelopes/{id}/audit.pdf")).code(), "audit_trail_erased");
    let rebuilt = server.setup().command(&["admin", "rebuild"]);
    assert!(rebuilt.status.success(), "{}", said(&rebuilt));
    assert_eq!(listed("lovelace"), 0);
    let again = erased(&server, &[]);
    assert_eq!((&again["values"], &again["envelopes"]), (&json!(0), &json!([])), "once is enough");
}

#[test]
fn who_is_still_needed_is_not_erased() {
    let server = setup().start();
    let api = server.api();
    let (done, _) = completed(&server, &api);
    let running = sent(&api);
    for more in [&["--dry-run"][..], &[]] {
        let refused = erase(&server, more);
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(said(&refused).contains(&running) && !said(&refused).contains(&done), "{}", said(&refused));
    }
    assert!(tells_of_ada(&String::from_utf8(api.file(&done, "evidence.json")).unwrap()));
    api.post(&format!("/v1/envelopes/{running}/cancel"), &json!({"reason": "Enough."})).expect(200);
    api.file(&running, "audit.pdf");
    assert_eq!(erased(&server, &[])["envelopes"].as_array().unwrap().len(), 2);
    for id in [done, running] {
        assert!(!tells_of_ada(&String::from_utf8(api.file(&id, "evidence.json")).unwrap()));
    }
}

#[test]
fn after_its_time_an_envelope_keeps_nothing_of_its_people() {
    let mut server = setup().start();
    let api = server.api();
    let (done, _) = completed(&server, &api);
    let running = sent(&api);
    let before = api.file(&done, "evidence.json");
    let kept = |server: &Server, more: &[&str]| {
        let command = ["admin", "retention", "--tenant", "Example Inc.", "--json"];
        server.setup().json(&[&command[..], more].concat())["retention_days"].clone()
    };
    assert_eq!((kept(&server, &[]), kept(&server, &["--days", "30"])), (Value::Null, json!(30)));
    server.kill();
    let mut server = server.setup().clone().start();
    let api = server.api();
    wait_for("the workers to look", || server.log().contains("listening").then_some(()));
    assert_eq!(api.file(&done, "evidence.json"), before, "its thirty days have only begun");

    assert_eq!(kept(&server, &["--days", "0"]), json!(0));
    server.kill();
    let server = server.setup().clone().start();
    let api = server.api();
    let after = wait_for("everything personal to go", || {
        let now = String::from_utf8(api.file(&done, "evidence.json")).unwrap();
        (!tells_of_ada(&now) && !now.contains("Ben")).then_some(now)
    });
    judges::evidence(after.as_bytes(), &[]).unwrap();
    assert!(api.happened(&done).contains(&"envelope_shelved".to_owned()));
    wait_for("the documents to go", || {
        (api.get(&format!("/v1/envelopes/{done}/documents/1")).status != 200).then_some(())
    });
    assert!(tells_of_ada(&String::from_utf8(api.file(&running, "evidence.json")).unwrap()), "it still runs");
    assert_eq!(kept(&server, &["--off"]), Value::Null);
}

//! Places that are left to the signers: what they put where is kept, stands in the file, and is read back; judged by
//! programs that know nothing of us.

use crate::given::{on_both, place, setup};
use crate::judges::{self, Bench, said};
use crate::parts::somebody;
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use testkit::Pdf;
use testkit::server::{Answer, Api, Setup, Visit};

/// Sent to these without a single field, to be placed by those who sign; its id.
fn left_open(api: &Api, recipients: &Value) -> String {
    let upload = api.uploaded(&Pdf::contract().bytes());
    api.sent(&json!({
        "title": "Lease", "documents": [{"upload": upload}], "recipients": recipients,
        "rules": {"place_required": false}, "time_zone": "Europe/Paris",
    }))
}

fn both(second_step: u16) -> Value {
    json!([somebody("Ada", 1, json!({})), somebody("Ben", second_step, json!({}))])
}

fn own(id: &str, kind: &str, page: u32, x: f64, y: f64) -> Value {
    json!({"id": id, "type": kind, "document": 1, "page": page, "x": x, "y": y, "width": 150, "height": 40})
}

fn put(visit: &Visit, fields: &Value) -> Answer {
    visit.ask("PUT", "/fields", &json!({"fields": fields}))
}

/// The fields of a file as pypdf reads them: type, value, page from 1, and the box from the bottom left corner.
fn boxes(file: &Path) -> Option<Value> {
    let python = std::env::var("COUNTERSIGN_PYTHON").ok()?;
    let script = "import json, sys, pypdf\n\
        found = {}\n\
        for number, page in enumerate(pypdf.PdfReader(sys.argv[1]).pages, 1):\n\
        \x20   for one in page.get('/Annots', []):\n\
        \x20       it = one.get_object()\n\
        \x20       value = it.get('/V')\n\
        \x20       found[it['/T']] = [it['/FT'], value if isinstance(value, str) else None, number, *map(float, it['/Rect'])]\n\
        print(json.dumps(found))";
    let output = Command::new(python).args(["-c", script]).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    serde_json::from_slice(&output.stdout).ok()
}

/// Where [`own`] comes to lie on a page of A4 (595 by 842), as a PDF counts.
fn lies(page: u32, x: f64, y: f64) -> [f64; 5] {
    [f64::from(page), x, 842.0 - y - 40.0, x + 150.0, 842.0 - y]
}

#[track_caller]
fn assert_lies(found: &Value, kind: &str, expected: [f64; 5]) {
    assert_eq!(found[0], kind, "{found}");
    for (at, wanted) in expected.iter().enumerate() {
        let is = found[at + 2].as_f64().unwrap();
        assert!((is - wanted).abs() < 0.01, "{at}: {found}, and not {expected:?}");
    }
}

on_both!(
    what_signers_place_stands_where_they_put_it,
    what_signers_place_stands_where_they_put_it_on_postgresql,
    placed_and_signed
);

fn placed_and_signed(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = left_open(&api, &both(2));
    let ada = api.visit(&id, 1);
    ada.consent().expect(200);
    let read = ada.read().json();
    assert_eq!(read["placing"]["documents"], json!([{"number": 1, "takes": "anything"}]));
    assert_eq!(
        read["placing"]["types"],
        json!(["signature", "initials", "date_signed", "recipient_name", "text"])
    );

    let hers = json!([
        own("a1", "signature", 2, 300.0, 500.0),
        own("a2", "initials", 1, 60.0, 700.0),
        own("a3", "date_signed", 2, 300.0, 560.0),
        own("a4", "recipient_name", 2, 300.0, 620.0),
        own("a5", "text", 2, 60.0, 620.0),
    ]);
    put(&ada, &hers).expect(204);
    put(&ada, &hers).expect(204);
    let told = ada.read().json()["fields"].clone();
    assert_eq!(told.as_array().unwrap().len(), 5);
    assert!(
        told.as_array().unwrap().iter().all(|it| it["placed"] == true && it["required"] == true),
        "{told}"
    );
    assert_eq!((&told[0]["page"], &told[0]["x"], &told[0]["y"]), (&json!(2), &json!(300.0), &json!(500.0)));
    ada.finish().expect(200);

    let ben = api.visit(&id, 2);
    ben.consent().expect(200);
    assert_eq!(ben.read().json()["placing"]["documents"], json!([{"number": 1, "takes": "one_signature"}]));
    let his = own("b1", "signature", 4, 72.0, 100.0);
    let refused = put(&ben, &json!([his, own("b2", "text", 4, 72.0, 200.0)]));
    assert_refused(&refused, 422, "signed_document_takes_one_place_each");
    assert_eq!(refused.json()["errors"][0]["pointer"], "/fields/1");
    put(&ben, &json!([his])).expect(204);
    ben.finish().expect(200);
    let envelope = api.wait_until(&id, "completed");

    let fields = envelope["fields"].as_array().unwrap();
    let told: Vec<_> =
        fields.iter().map(|it| (it["id"].as_str().unwrap(), &it["placed_by"], &it["recipient"])).collect();
    let by = json!("recipient");
    let (one, two) = (json!(1), json!(2));
    let expected = [
        ("a1", &by, &one),
        ("a2", &by, &one),
        ("a3", &by, &one),
        ("a4", &by, &one),
        ("a5", &by, &one),
        ("b1", &by, &two),
    ];
    assert_eq!(told, expected);
    let events = api.events(&id);
    let placed: Vec<_> = events.iter().filter(|it| it["type"] == "fields_placed").collect();
    assert_eq!(placed.len(), 2, "the same once more is no event");
    assert_eq!(placed[0]["actor"]["recipient"], 1);

    let bench = Bench::new();
    let bytes = api.file(&id, "documents/1");
    let file = bench.lay("signed.pdf", &bytes);
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    judges::pyhanko_accepts(&file, &root, 3);
    judges::readers_accept(&file, 3);
    judges::evidence(&api.file(&id, "evidence.json"), &[&bytes]).unwrap();
    let Some(boxes) = boxes(&file) else { return };
    assert_lies(&boxes["signer1_signature1"], "/Sig", lies(2, 300.0, 500.0));
    assert_lies(&boxes["signer1_initials1"], "/Btn", lies(1, 60.0, 700.0));
    assert_lies(&boxes["signer1_date1"], "/Tx", lies(2, 300.0, 560.0));
    assert_lies(&boxes["signer1_recipient_name1"], "/Tx", lies(2, 300.0, 620.0));
    assert_lies(&boxes["signer1_text1"], "/Tx", lies(2, 60.0, 620.0));
    assert_lies(&boxes["signer2_signature1"], "/Sig", lies(4, 72.0, 100.0));
    assert_eq!(
        (&boxes["signer1_recipient_name1"][1], &boxes["signer1_text1"][1]),
        (&json!("Ada"), &json!("Acmé 42"))
    );
}

on_both!(
    two_who_place_at_once_both_sign_where_they_put_it,
    two_who_place_at_once_both_sign_where_they_put_it_on_postgresql,
    at_once
);

fn at_once(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = left_open(&api, &both(1));
    let visits = [api.visit(&id, 1), api.visit(&id, 2)];
    let places = [own("a1", "signature", 2, 60.0, 100.0), own("b1", "signature", 2, 300.0, 100.0)];
    let instant = std::sync::Barrier::new(2);
    std::thread::scope(|scope| {
        for (visit, place) in visits.iter().zip(&places) {
            let instant = &instant;
            scope.spawn(move || {
                visit.consent().expect(200);
                instant.wait();
                put(visit, &json!([place])).expect(204);
                let act = visit.whole_act();
                instant.wait();
                visit.ask("POST", "/finish", &act).expect(200);
            });
        }
    });
    api.wait_until(&id, "completed");
    let bench = Bench::new();
    let file = bench.lay("signed.pdf", &api.file(&id, "documents/1"));
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    judges::pyhanko_accepts(&file, &root, 3);
    let Some(boxes) = boxes(&file) else { return };
    assert_lies(&boxes["signer1_signature1"], "/Sig", lies(2, 60.0, 100.0));
    assert_lies(&boxes["signer2_signature1"], "/Sig", lies(2, 300.0, 100.0));
}

/// Of two who have placed more than a signature, who finishes second would change what the first has signed.
/// Seed: xodo-sign.txt:56
#[test]
fn who_finishes_second_is_told_to_take_away_what_would_change_the_signed_document() {
    let server = setup().start();
    let api = server.api();
    let id = left_open(&api, &both(1));
    let [ada, ben] = [api.visit(&id, 1), api.visit(&id, 2)];
    for (visit, whose) in [(&ada, "a"), (&ben, "b")] {
        visit.consent().expect(200);
        let signature = own(&format!("{whose}1"), "signature", 2, 60.0, 100.0);
        put(visit, &json!([signature, own(&format!("{whose}2"), "text", 2, 60.0, 200.0)])).expect(204);
    }
    ada.finish().expect(200);
    let late = ben.finish();
    assert_refused(&late, 422, "signed_document_takes_one_place_each");
    assert_eq!(late.json()["errors"][0]["pointer"], "/values/b2");
    put(&ben, &json!([own("b1", "signature", 2, 300.0, 100.0)])).expect(204);
    ben.finish().expect(200);
    api.wait_until(&id, "completed");
    let bench = Bench::new();
    let file = bench.lay("signed.pdf", &api.file(&id, "documents/1"));
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    judges::pyhanko_accepts(&file, &root, 3);
}

#[test]
fn places_that_are_none_are_refused_where_they_stand() {
    let server = setup().start();
    let api = server.api();
    let visit = api.visit(&left_open(&api, &both(1)), 1);
    assert_refused(&put(&visit, &json!([])), 409, "consent_missing");
    visit.consent().expect(200);
    let at = |field: Value| {
        let refused = put(&visit, &json!([own("fine", "signature", 1, 60.0, 60.0), field]));
        refused.expect(422).json()["errors"][0].clone()
    };
    for (field, code, pointer) in [
        (own("a", "signature", 9, 60.0, 60.0), "field_without_page", "/fields/1/page"),
        (own("a", "signature", 1, 500.0, 60.0), "field_outside_page", "/fields/1"),
        (own("a", "signature", 1, 1e300, 60.0), "length_malformed", "/fields/1"),
        (own("a", "checkbox", 1, 60.0, 60.0), "field_not_placeable", "/fields/1/type"),
        (own("fine", "text", 1, 60.0, 60.0), "field_id_repeated", "/fields/1/id"),
    ] {
        let found = at(field);
        assert_eq!((&found["code"], &found["pointer"]), (&json!(code), &json!(pointer)), "{found}");
    }
    assert_eq!(visit.read().json()["fields"], json!([]), "nothing of a list that is refused is kept");
    let given = api.sent(&json!({
        "title": "Lease", "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
        "recipients": [somebody("Ada", 1, json!({}))], "fields": [place(1, 600, 1)],
    }));
    let visit = api.visit(&given, 1);
    visit.consent().expect(200);
    assert_eq!(visit.read().json()["placing"], Value::Null);
    assert_refused(&put(&visit, &json!([])), 409, "places_given");
}

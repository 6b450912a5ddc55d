//! All that came out of an envelope as one zip, judged by those who read zips.

use crate::attached::{add, downloader};
use crate::given::{place, setup};
use crate::judges::{Bench, said};
use crate::parts::somebody;
use crate::refusals::assert_refused;
use crate::templates::on_both;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;
use testkit::Pdf;
use testkit::server::{Api, Setup};

/// Documents that would lie on top of each other, lead out of a folder, or be a device.
const TITLES: [&str; 4] = ["Bail n\u{ba} 1", "bail n\u{ba} 1.pdf", "../../etc/passwd", "con"];

fn sent(api: &Api) -> String {
    let document =
        |title: &&str| json!({"upload": api.uploaded(&Pdf::one_page().title(title).bytes()), "title": title});
    let licence =
        json!({"id": "licence", "type": "attachment", "page": 1, "x": 72, "y": 100, "recipient": 1});
    api.sent(&json!({
        "title": "Lease: \u{201e}M\u{fc}ller\u{201c}",
        "documents": TITLES.iter().map(document).collect::<Vec<_>>(),
        "recipients": [somebody("Ada", 1, json!({})), somebody("Ben", 1, json!({}))],
        "fields": [place(1, 600, 1), place(1, 700, 2), licence],
    }))
}

/// Name and content of each file; `unzip` and Python have to find nothing wrong.
pub fn unzipped(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let bench = Bench::new();
    let file = bench.lay("all.zip", zip);
    let unzip = Command::new("unzip").arg("-tqq").arg(&file).output().unwrap();
    assert!(unzip.status.success(), "{}", said(&unzip));
    if let Some(python) = std::env::var_os("COUNTERSIGN_PYTHON") {
        let script = "import sys, zipfile\n\
            file = zipfile.ZipFile(sys.argv[1])\n\
            assert file.testzip() is None\n\
            for it in file.infolist():\n\
            \x20   assert it.filename.isascii() or it.flag_bits & 0x800, it\n\
            \x20   assert not it.is_dir() and '/' not in it.filename and '\\\\' not in it.filename, it\n\
            \x20   assert it.date_time[0] >= 2026, it";
        let output = Command::new(python).args(["-c", script]).arg(&file).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        assert_eq!(files.insert(entry.name().unwrap().into_owned(), bytes), None, "no two have one name");
    }
    files
}

const NAMES: [&str; 4] = ["Bail n\u{ba} 1.pdf", "bail n\u{ba} 1 (2).pdf", "etc passwd.pdf", "_con.pdf"];

#[test]
fn everything_comes_in_one_zip_for_the_sender_and_for_who_gets_the_documents() {
    on_both("exports_zip", everything_comes_in_one_zip);
}

fn everything_comes_in_one_zip(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = sent(&api);
    let path = format!("/v1/envelopes/{id}/documents.zip");
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    let sorted = |more: &[&str]| {
        let mut all: Vec<String> = NAMES.iter().chain(more).map(|it| (*it).to_owned()).collect();
        all.sort();
        all
    };
    let before = unzipped(&api.get(&path).expect(200).body);
    assert_eq!(names(&before), sorted(&["evidence.json"]), "what there is so far");
    assert_eq!(before[NAMES[0]], api.file(&id, "documents/1"));

    let ada = api.visit(&id, 1);
    ada.consent().expect(200);
    let licence = Pdf::one_page().title("Licence").bytes();
    add(&ada, "licence", "con.pdf", &licence).expect(200);
    let early = ada.ask("GET", "/documents.zip", &Value::Null);
    assert_refused(&early, 410, "link_ended");
    ada.finish().expect(200);
    api.visit(&id, 2).sign();
    api.wait_until(&id, "completed");
    let trail = api.file(&id, "audit.pdf");

    let answer = api.get(&path).expect(200);
    assert_eq!(answer.header("content-type"), Some("application/zip"));
    let disposition = answer.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment; ") && disposition.contains("M%C3%BCller"), "{disposition}");
    let all = unzipped(&answer.body);
    let audit = "Lease  \u{201e}M\u{fc}ller\u{201c} - audit trail.pdf";
    assert_eq!(names(&all), sorted(&["_con (2).pdf", "evidence.json", audit]));
    for (number, name) in (1..).zip(NAMES) {
        assert_eq!(all[name], api.file(&id, &format!("documents/{number}")), "{name}");
    }
    assert!(all["_con (2).pdf"].starts_with(&licence), "what she gave, and the seal behind it");
    assert_eq!((&all["_con (2).pdf"], &all[audit]), (&api.file(&id, "files/licence"), &trail));
    let evidence: Value = serde_json::from_slice(&all["evidence.json"]).unwrap();
    assert!(evidence.to_string().contains(&id), "it is this one's");

    let ben = downloader(&server, "ben@example.org");
    let his = unzipped(&ben.ask("GET", "/documents.zip", &Value::Null).expect(200).body);
    assert_eq!(names(&his), sorted(&["_con (2).pdf", audit]), "the evidence tells of everybody");
    assert!(his.iter().all(|(name, bytes)| all[name] == *bytes));
}

#[test]
fn what_was_deleted_or_erased_is_in_no_zip() {
    let server = setup().start();
    let api = server.api();
    let id = sent(&api);
    let path = format!("/v1/envelopes/{id}/documents.zip");
    let ada = api.visit(&id, 1);
    ada.consent().expect(200);
    add(&ada, "licence", "licence.pdf", &Pdf::one_page().bytes()).expect(200);
    ada.finish().expect(200);
    api.visit(&id, 2).sign();
    api.wait_until(&id, "completed");
    api.file(&id, "audit.pdf");
    assert_eq!(unzipped(&api.get(&path).expect(200).body).len(), 7);
    let command = ["admin", "erase", "--tenant", "Example Inc.", "--person", "ada@example.org", "--json"];
    let erased = server.setup().command(&command);
    assert!(erased.status.success(), "{}", said(&erased));
    let left = unzipped(&api.get(&path).expect(200).body);
    assert!(!left.contains_key("licence.pdf") && !left.keys().any(|it| it.contains("audit trail")));
    assert_eq!(left.len(), 5, "the documents are the contract, and stay");
    api.post(&format!("/v1/envelopes/{id}/trash"), &json!({})).expect(200);
    api.ask("DELETE", &format!("/v1/envelopes/{id}"), &[], &[]).expect(200);
    assert_refused(&api.get(&path), 410, "envelope_deleted");
}

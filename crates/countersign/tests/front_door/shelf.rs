//! Where a sender keeps an envelope: archive, trash, and gone for good.

use crate::given::{one_signer, setup};
use crate::judges;
use crate::people::ask;
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::Value;
use testkit::Pdf;
use testkit::server::{Server, Setup, wait_for};

/// The names of the stored files.
fn blobs(server: &Server) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![server.setup().folder().join("data").join("blobs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path.file_name().unwrap().to_string_lossy().into_owned()),
            }
        }
    }
    found
}

/// Seed: xodo-sign.txt:100
/// Seed: xodo-sign.txt:101
/// Seed: xodo-sign.txt:102
/// Seed: consigno-cloud.txt:222
#[test]
fn documents_that_are_deleted_are_gone_and_the_evidence_still_holds() {
    put_away_and_deleted(setup());
}

#[test]
fn documents_that_are_deleted_are_gone_and_the_evidence_still_holds_on_postgresql() {
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "shelf");
    put_away_and_deleted(setup().at("--database", &schema.address()));
}

fn put_away_and_deleted(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let upload = api.uploaded(&Pdf::one_page().bytes());
    let (id, sister) = (api.sent(&one_signer(&upload)), api.sent(&one_signer(&upload)));
    for what in ["trash", "archive", "restore"] {
        let answer = ask(&api, &id, what, &Value::Null);
        if what == "trash" {
            assert_refused(&answer, 409, "still_running");
        } else {
            answer.expect(200);
        }
    }
    api.visit(&id, 1).sign();
    api.wait_until(&id, "completed");
    let (signed, evidence) = (api.file(&id, "documents/1"), api.file(&id, "evidence.json"));
    let digest = api.envelope(&id)["documents"][0].clone();
    for (what, shelf) in
        [("archive", "archive"), ("restore", "desk"), ("trash", "trash"), ("restore", "desk")]
    {
        assert_eq!(ask(&api, &id, what, &Value::Null).expect(200).json()["shelf"], shelf);
        assert_eq!(api.file(&id, "documents/1"), signed);
    }
    let download = wait_for("the mail with the files", || {
        let visit = server.visit("ada@example.org");
        (visit.read().json()["state"] == "download").then_some(visit)
    });
    let kept = blobs(&server).len();
    let answer = api.ask("DELETE", &format!("/v1/envelopes/{id}"), &[], &[]).expect(200).json();
    assert_eq!(answer["shelf"], "deleted");
    for answer in [
        api.get(&format!("/v1/envelopes/{id}/documents/1")),
        download.ask("GET", "/documents/1", &Value::Null),
    ] {
        assert_refused(&answer, 410, "envelope_deleted");
    }
    wait_for("the files to go", || (blobs(&server).len() < kept).then_some(()));
    let kept = blobs(&server);
    let revision = &digest["revision"].as_str().unwrap()[2..];
    assert!(!kept.iter().any(|it| it.as_str() == revision));
    // What was downloaded before can still be checked, by the same evidence, with one event more.
    judges::evidence(&evidence, &[&signed]).unwrap();
    judges::evidence(&api.file(&id, "evidence.json"), &[&signed]).unwrap();
    assert!(api.happened(&id).contains(&"envelope_shelved".to_owned()));
    assert_refused(&ask(&api, &id, "restore", &Value::Null), 410, "envelope_deleted");

    // The sister envelope of the same upload has lost nothing.
    let before = api.file(&sister, "documents/1");
    api.visit(&sister, 1).sign();
    api.wait_until(&sister, "completed");
    assert!(api.file(&sister, "documents/1").starts_with(&before));

    // The last one takes the upload with it.
    api.ask("DELETE", &format!("/v1/envelopes/{sister}"), &[], &[]).expect(200);
    let uploaded = &digest["digest"].as_str().unwrap()[2..];
    wait_for("the upload to go", || (!blobs(&server).iter().any(|it| it.as_str() == uploaded)).then_some(()));
    assert_refused(&api.post("/v1/envelopes", &one_signer(&upload)), 422, "upload_unknown");
}

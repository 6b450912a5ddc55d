//! Files that recipients add to fields: told by their content, kept apart from the documents, and gone with them.

use crate::given::{place, setup};
use crate::judges::said;
use crate::people::ask;
use crate::refusals::assert_refused;
use crate::replicas::{Schema, service};
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Answer, Api, Server, Setup, Visit, request, wait_for};

fn field(id: &str, kind: &str, recipient: usize, more: Value) -> Value {
    let mut field = json!({"id": id, "type": kind, "page": 1, "x": 72, "y": 100, "recipient": recipient,
                           "label": format!("{kind} {id}")});
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    field
}

/// Ada is asked for a licence, a picture, and a small paper; Ben signs with her.
fn sent(api: &Api) -> String {
    api.sent(&json!({
        "title": "Lease",
        "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
        "recipients": [{"name": "Ada", "email": "ada@example.org"}, {"name": "Ben", "email": "ben@example.org"}],
        "fields": [
            place(1, 500, 1), place(1, 600, 2),
            field("licence", "attachment", 1, json!({})),
            field("face", "image", 1, json!({"required": false})),
            field("bank", "attachment", 1, json!({"required": false, "files": {"types": ["pdf"], "bytes_max": 1500}})),
        ],
    }))
}

/// Adds a file to a field.
pub fn add(visit: &Visit, field: &str, name: &str, file: &[u8]) -> Answer {
    let bearer = format!("Bearer {}", visit.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/octet-stream")];
    let path = format!("/v1/ceremony/files/{field}?filename={name}");
    request(visit.port, "PUT", &path, &headers, file).unwrap()
}

fn shown(visit: &Visit, field: &str) -> Value {
    let page = visit.read().expect(200).json();
    let fields = page["fields"].as_array().unwrap().clone();
    fields.into_iter().find(|it| it["id"] == field).unwrap()["file"].take()
}

/// One grey point.
fn png() -> Vec<u8> {
    use base64::Engine as _;
    let text = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

/// The visit by the link to the finished documents.
pub fn downloader(server: &Server, to: &str) -> Visit {
    wait_for("the finished documents", || {
        let visit = server.visit(to);
        (visit.read().json()["state"] == "download").then_some(visit)
    })
}

/// Where the stored files lie, without the strokes between the folders.
fn blobs(server: &Server) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![server.setup().folder().join("data").join("blobs")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path.to_string_lossy().replace('/', "")),
            }
        }
    }
    found
}

fn is_kept(server: &Server, digest: &str) -> bool {
    blobs(server).iter().any(|it| it.ends_with(digest))
}

#[test]
fn a_file_that_is_no_file_of_its_kind_is_refused_and_nothing_is_kept() {
    let server = setup().start();
    let api = server.api();
    let id = sent(&api);
    let (ada, ben) = (api.visit(&id, 1), api.visit(&id, 2));
    let pdf = Pdf::one_page().bytes();
    assert_refused(&add(&ada, "licence", "a.pdf", &pdf), 409, "consent_missing");
    ada.consent().expect(200);
    ben.consent().expect(200);
    let before = api.happened(&id).len();
    let words = b"Dear Sir or Madam".as_slice();
    let refused: [(&str, &[u8], &str); 7] = [
        ("licence", words, "file_unknown"),
        ("licence", b"", "file_empty"),
        ("licence", b"%PDF-1.7 but no more than that", "not_a_pdf"),
        ("licence", b"\x89PNG\r\n\x1a\n but no picture", "picture_unreadable"),
        ("face", &pdf, "file_type_not_allowed"),
        ("bank", &png(), "file_type_not_allowed"),
        ("field_1", &pdf, "field_unknown"),
    ];
    for (field, file, code) in refused {
        let answer = add(&ada, field, "scan.pdf", file);
        assert_eq!(answer.status, 422, "{field} {code}: {}", answer.text());
        let said = answer.json();
        let found = said["errors"][0]["code"].as_str().or(said["code"].as_str()).unwrap();
        assert_eq!(found, code);
    }
    assert_eq!(add(&ben, "licence", "scan.pdf", &pdf).status, 422, "it is not his to fill");
    assert_eq!(add(&ada, "bank", "x.pdf", &Pdf::one_page().ballast(3000).bytes()).status, 422, "too large");
    assert_eq!(add(&ada, "licence", "x.pdf", &vec![b'x'; 26 << 20]).status, 413);
    assert_eq!(api.happened(&id).len(), before);
}

#[test]
fn a_file_is_added_replaced_taken_away_and_read_by_those_who_may() {
    goes_its_way(setup());
    let Some(database) = service("COUNTERSIGN_TEST_PG") else { return };
    let schema = Schema::new(&database, "attached");
    goes_its_way(setup().at("--database", &schema.address()));
}

fn goes_its_way(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = sent(&api);
    let (ada, ben) = (api.visit(&id, 1), api.visit(&id, 2));
    ada.consent().expect(200);
    let licence = Pdf::one_page().title("Licence").bytes();
    let file = add(&ada, "licence", "../My%20licence.PDF", &licence).expect(200).json();
    assert_eq!((&file["name"], &file["type"]), (&json!("My licence.pdf"), &json!("pdf")));
    assert_eq!(shown(&ada, "licence"), file, "another phone shows it too");
    assert_eq!(ada.ask("GET", "/files/licence", &Value::Null).expect(200).body, licence);
    assert_eq!(ben.ask("GET", "/files/licence", &Value::Null).status, 409, "nobody else's before the end");
    let picture = add(&ada, "face", "me.jpg", &png()).expect(200).json();
    assert_eq!((&picture["name"], &picture["type"]), (&json!("me.png"), &json!("png")));
    let other = Pdf::one_page().bytes();
    add(&ada, "licence", "b.pdf", &other).expect(200);
    assert_eq!(ada.ask("GET", "/files/licence", &Value::Null).expect(200).body, other);
    ada.ask("DELETE", "/files/face", &Value::Null).expect(204);
    ada.ask("DELETE", "/files/face", &Value::Null).expect(204);
    assert_eq!(shown(&ada, "face"), Value::Null);
    ada.finish().expect(200);
    let late = add(&ada, "licence", "c.pdf", &licence);
    assert_eq!((late.status, late.code().as_str()), (409, "already_acted"), "what was signed with stays");
    ben.sign();
    api.wait_until(&id, "completed");
    let path = format!("/v1/envelopes/{id}/files/licence");
    let answer = api.get(&path).expect(200);
    assert!(answer.body.starts_with(&other) && answer.body.len() > other.len(), "with the seal behind it");
    assert_eq!(api.get(&format!("{path}?revision=upload")).expect(200).body, other);
    assert_refused(&api.get(&format!("{path}?revision=sent")), 400, "revision_unknown");
    assert!(answer.header("content-disposition").unwrap().starts_with("attachment;"));
    let happened = api.happened(&id);
    let count = |what: &str| happened.iter().filter(|it| *it == what).count();
    assert_eq!((count("file_attached"), count("file_removed")), (3, 1));
    let evidence = String::from_utf8(api.file(&id, "evidence.json")).unwrap();
    assert!(
        evidence.contains(file["digest"].as_str().unwrap()),
        "the evidence names each file by its digest"
    );
}

/// The digest of what stands behind a file.
fn tail_of(sealed: &[u8], file: &[u8]) -> String {
    let tail = sealed.strip_prefix(file).unwrap_or_else(|| unreachable!("it begins with what was added"));
    assert!(!tail.is_empty(), "it is sealed");
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, tail)
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn digest(file: &Value) -> String {
    file["digest"].as_str().unwrap().to_owned()
}

#[test]
fn a_required_file_has_to_be_there_before_the_act() {
    let server = setup().start();
    let api = server.api();
    let id = sent(&api);
    let ada = api.visit(&id, 1);
    ada.consent().expect(200);
    let missing = ada.finish();
    assert_eq!(missing.status, 422);
    assert_eq!(missing.json()["errors"][0]["pointer"], "/values/licence");
    add(&ada, "licence", "a.pdf", &Pdf::one_page().bytes()).expect(200);
    ada.ask("DELETE", "/files/licence", &Value::Null).expect(204);
    assert_eq!(shown(&ada, "licence"), Value::Null);
    assert_eq!(ada.finish().status, 422, "what was taken away is missing again");
    add(&ada, "licence", "a.png", &png()).expect(200);
    ada.finish().expect(200);
}

#[test]
fn files_go_with_the_envelope_and_with_the_person_and_never_with_anybody_elses() {
    let server = setup().start();
    let api = server.api();
    let (licence, shared) = (Pdf::one_page().title("Licence").bytes(), png());
    let mut made = Vec::new();
    for _ in 0..2 {
        let id = sent(&api);
        let (ada, ben) = (api.visit(&id, 1), api.visit(&id, 2));
        ada.consent().expect(200);
        let replaced = digest(&add(&ada, "licence", "x.png", &png()).expect(200).json());
        let kept = digest(&add(&ada, "licence", "a.pdf", &licence).expect(200).json());
        add(&ada, "face", "f.png", &shared).expect(200);
        ada.finish().expect(200);
        ben.sign();
        api.wait_until(&id, "completed");
        assert_eq!(replaced, digest(&api.envelope(&id)["files"][1]));
        made.push((id, kept, replaced));
    }
    let (first, kept, picture) = made[0].clone();
    let files = api.envelope(&first)["files"].clone();
    assert_eq!((&files[0]["field"], &files[0]["recipient"]), (&json!("licence"), &json!(1)));
    let tail = tail_of(&api.file(&first, "files/licence"), &licence);
    let second = tail_of(&api.file(&made[1].0, "files/licence"), &licence);
    assert!(is_kept(&server, &tail) && is_kept(&server, &second));
    let gone = downloader(&server, "ben@example.org");
    let his = gone.ask("GET", "/files/licence", &Value::Null).expect(200).body;
    assert!([&tail, &second].contains(&&tail_of(&his, &licence)), "finished recipients too");
    assert_eq!(gone.ask("GET", "/files/bank", &Value::Null).status, 404, "nothing was added there");
    assert_eq!(gone.read().json()["files"].as_array().unwrap().len(), 2);

    let bin = |id: &str| ask(&api, id, "trash", &Value::Null).expect(200);
    bin(&first);
    let before = blobs(&server).len();
    api.ask("DELETE", &format!("/v1/envelopes/{first}"), &[], &[]).expect(200);
    let answer = api.get(&format!("/v1/envelopes/{first}/files/licence"));
    assert_refused(&answer, 410, "envelope_deleted");
    wait_for("the documents to go", || (blobs(&server).len() < before).then_some(()));
    assert!(is_kept(&server, &kept) && is_kept(&server, &picture), "the second envelope has the same files");
    wait_for("its seal to go", || (!is_kept(&server, &tail)).then_some(()));
    assert!(is_kept(&server, &second), "the second envelope has a seal of its own on them");
    let command = ["admin", "erase", "--tenant", "Example Inc.", "--person", "ada@example.org", "--json"];
    let erased = server.setup().command(&command);
    assert!(erased.status.success(), "{}", said(&erased));
    assert!(!is_kept(&server, &kept) && !is_kept(&server, &picture), "nobody has them any more");
    assert!(!is_kept(&server, &second));
    assert_eq!(api.get(&format!("/v1/envelopes/{}/files/licence", made[1].0)).status, 404);
}

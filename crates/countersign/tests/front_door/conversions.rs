//! Files of other kinds: pictures, office documents, Word templates, PDF/A, and files from elsewhere.

use crate::given::{place, server, setup};
use crate::judges::{Bench, said};
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use std::io::{Cursor, Read, Write};
use std::net::TcpListener;
use testkit::server::{Answer, Api};
use testkit::{Page, Pdf};

fn bring(api: &Api, name: &str, bytes: &[u8]) -> Answer {
    let path = format!("/v1/uploads?filename={name}");
    api.ask("POST", &path, &[("Content-Type", "application/octet-stream")], bytes)
}

/// The words of an upload as it will be sent, told by pdftotext.
fn words(api: &Api, upload: &Value) -> String {
    let id = upload["id"].as_str().unwrap();
    let bench = Bench::new();
    let file = bench.lay("out.pdf", &api.get(&format!("/v1/uploads/{id}/content")).expect(200).body);
    let output = std::process::Command::new("pdftotext").arg(file).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|it| format!("<w:p><w:r><w:t>{it}</w:t></w:r></w:p>")).collect();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#.to_owned()),
        ("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#.to_owned()),
        ("word/document.xml", format!(r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#)),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn in_base64(bytes: &[u8]) -> String {
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes)
}

/// A picture of 3 by 2 pixels.
fn png() -> Vec<u8> {
    base64::Engine::decode(
        &base64::engine::general_purpose::STANDARD,
        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAADklEQVR4nGM4kWLEAMQADCQCvc+xI4gAAAAASUVORK5CYII=",
    )
    .unwrap()
}

#[test]
fn a_picture_and_a_word_document_are_signed_like_a_pdf() {
    let server = server();
    let api = server.api();
    let picture = bring(&api, "photo.png", &png()).expect(201).json();
    assert_eq!(picture["rewritten"], "converted_from_png", "{picture}");
    assert!(picture["pages"][0]["width"].as_f64() > picture["pages"][0]["height"].as_f64());
    let letter = bring(&api, "letter.docx", &docx(&["The lease of [[flat]]"])).expect(201).json();
    assert_eq!(letter["rewritten"], "converted_from_docx");
    assert!(words(&api, &letter).contains("The lease of [[flat]]"));

    let envelope = api.sent(&json!({
        "title": "Lease", "documents": [{"upload": picture["id"]}, {"upload": letter["id"]}],
        "recipients": [{"name": "Ada", "email": "ada@example.org"}],
        "fields": [place(1, 500, 1), {"type": "signature", "document": 2, "page": 1, "x": 72, "y": 600, "recipient": 1}],
    }));
    api.visit(&envelope, 1).sign().expect(200);
    api.wait_until(&envelope, "completed");
    let evidence: Value = serde_json::from_slice(&api.file(&envelope, "evidence.json")).unwrap();
    let facts = &evidence["entries"][0]["entry"]["body"]["draft"]["documents"][1]["facts"];
    assert_eq!(facts["digest"], letter["digest"], "the file as it came");
    assert_ne!(facts["sent"]["digest"], letter["digest"], "{facts}");
}

#[test]
fn a_word_template_is_filled_from_data_and_refused_with_its_reason() {
    let server = server();
    let api = server.api();
    let template = docx(&[
        "Dear {{client.name}}",
        "{{if vip}}",
        "Welcome back",
        "{{endif}}",
        "{{for l in lines}}",
        "{{l.what}}: {{l.price}}",
        "{{endfor}}",
    ]);
    let asked =
        |data: Value| json!({"filename": "offer.docx", "content": in_base64(&template), "data": data});
    let data = json!({"client": {"name": "Ada & Co"}, "vip": true, "lines": [{"what": "Tea", "price": 3}, {"what": "Cake", "price": 5}]});
    let made = api.post("/v1/uploads/from", &asked(data)).expect(201).json();
    let words = words(&api, &made);
    for word in ["Dear Ada & Co", "Welcome back", "Tea: 3", "Cake: 5"] {
        assert!(words.contains(word), "{word} is not in {words}");
    }
    assert!(!words.contains("{{"), "{words}");
    assert_refused(&api.post("/v1/uploads/from", &asked(json!({}))), 422, "template_data_missing");
    let pdf = json!({"content": in_base64(&Pdf::one_page().bytes()), "data": {}});
    assert_refused(&api.post("/v1/uploads/from", &pdf), 422, "template_unreadable");
}

#[test]
fn a_file_for_the_archive_becomes_pdf_a_unless_it_is_signed() {
    let server = server();
    let api = server.api();
    let plain = Pdf::one_page().bytes();
    let archived =
        api.ask("POST", "/v1/uploads?filename=a.pdf&pdfa=mandatory", &[], &plain).expect(201).json();
    assert_eq!(archived["rewritten"], "converted_to_pdfa", "{archived}");
    let content =
        api.get(&format!("/v1/uploads/{}/content", archived["id"].as_str().unwrap())).expect(200).body;
    assert!(content.windows(13).any(|it| it == b"<pdfaid:part>" || it == b"pdfaid:part='"));

    let signed = crate::refusals::certified("2");
    assert_refused(&api.ask("POST", "/v1/uploads?pdfa=mandatory", &[], &signed), 422, "pdfa_signed");
    let kept = api.ask("POST", "/v1/uploads?pdfa=preferred", &[], &signed).expect(201).json();
    assert_eq!(kept["rewritten"], Value::Null);
}

#[test]
fn without_the_programs_the_answer_says_so_and_a_pdf_goes_on() {
    let server = setup()
        .with("COUNTERSIGN_DOCUMENTS__CONVERT__OFFICE", "/nowhere/soffice")
        .with("COUNTERSIGN_DOCUMENTS__CONVERT__GHOSTSCRIPT", "/nowhere/gs")
        .start();
    let api = server.api();
    assert_refused(&bring(&api, "a.docx", &docx(&["x"])), 422, "conversion_not_installed");
    let plain = Pdf::one_page().bytes();
    assert_refused(
        &api.ask("POST", "/v1/uploads?pdfa=mandatory", &[], &plain),
        422,
        "conversion_not_installed",
    );
    let kept = api.ask("POST", "/v1/uploads?pdfa=preferred", &[], &plain).expect(201).json();
    assert_eq!(kept["rewritten"], Value::Null);
    assert_refused(&bring(&api, "a.docx", b"PK\x03\x04 nothing"), 422, "not_a_pdf");
}

/// A server that gives a file at `/contract.pdf` and redirects from everywhere else; where it listens.
fn files(file: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = [0; 1024];
            let read = stream.read(&mut head).unwrap_or(0);
            let answer = if head[..read].starts_with(b"GET /contract.pdf ") {
                let mut answer =
                    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", file.len())
                        .into_bytes();
                answer.extend_from_slice(&file);
                answer
            } else {
                b"HTTP/1.1 302 Found\r\nlocation: /contract.pdf\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec()
            };
            let _ = stream.write_all(&answer);
        }
    });
    format!("http://{address}")
}

#[test]
fn a_file_is_fetched_from_a_host_that_the_operator_allows_and_nowhere_else() {
    let pdf = Pdf::new(vec![Page::a4()]).bytes();
    let place = files(pdf.clone());
    let from = |url: String| json!({"filename": "contract.pdf", "url": url});
    let open = setup().with("COUNTERSIGN_WEBHOOKS__ALLOW", "127.0.0.0/8").start();
    let api = open.api();
    let made = api.post("/v1/uploads/from", &from(format!("{place}/contract.pdf"))).expect(201).json();
    assert_eq!(made["size"], json!(pdf.len()));
    assert_refused(&api.post("/v1/uploads/from", &from(format!("{place}/other"))), 422, "url_not_fetched");
    assert_refused(&api.post("/v1/uploads/from", &from("ftp://x".into())), 422, "url_not_fetched");
    assert_refused(&api.post("/v1/uploads/from", &json!({})), 422, "source_missing");
    assert_refused(&api.post("/v1/uploads/from", &json!({"content": "%"})), 422, "content_malformed");

    let closed = setup().with("COUNTERSIGN_DOCUMENTS__HOSTS", "files.example").start();
    let asked = from(format!("{place}/contract.pdf"));
    assert_refused(&closed.api().post("/v1/uploads/from", &asked), 422, "url_not_allowed");
}

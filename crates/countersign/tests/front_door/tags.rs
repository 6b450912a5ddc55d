//! Fields that a document itself asks for: from an upload to a document that is signed in them.

use crate::given::server;
use crate::judges::{self, Bench, said};
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use std::process::Command;
use testkit::Pdf;
use testkit::pdf::Page;
use testkit::server::Api;

fn page(lines: &[(f64, &str)]) -> Page {
    lines.iter().fold(Page::a4(), |page, (y, text)| page.line(72.0, *y, text))
}

fn tags(api: &Api, pages: Vec<Page>, query: &str) -> (String, Value) {
    let upload = api.uploaded(&Pdf::new(pages).bytes());
    let answer = api.get(&format!("/v1/uploads/{upload}/tags{query}")).expect(200).json();
    (upload, answer)
}

#[test]
fn a_draft_takes_the_fields_as_they_are_and_they_are_signed_in() {
    let server = server();
    let api = server.api();
    let pages = vec![
        page(&[(700.0, "Name of the client: {{text:client label=\"Full name\" id=name width=200}}")]),
        page(&[
            (400.0, "{{date_signed:client}}"),
            (300.0, "{{signature:client}}"),
            (200.0, "{{signature:owner}}"),
        ]),
    ];
    let (upload, found) = tags(&api, pages, "");
    assert_eq!(
        (&found["errors"], &found["warnings"], &found["places"]),
        (&json!([]), &json!([]), &json!([]))
    );
    let people: Vec<_> =
        found["recipients"].as_array().unwrap().iter().map(|it| (&it["number"], &it["word"])).collect();
    assert_eq!(people, [(&json!(1), &json!("client")), (&json!(2), &json!("owner"))]);
    let fields = found["fields"].as_array().unwrap();
    let told: Vec<_> = fields
        .iter()
        .map(|it| json!([it["id"], it["type"], it["page"], it["recipient"], it["width"], it["height"]]))
        .collect();
    assert_eq!(
        told,
        [
            json!(["name", "text", 1, 1, 200.0, 20.0]),
            json!(["tag_1", "date_signed", 2, 1, 90.0, 20.0]),
            json!(["tag_2", "signature", 2, 1, 165.0, 37.0]),
            json!(["tag_3", "signature", 2, 2, 165.0, 37.0]),
        ]
    );
    assert_eq!(fields[0]["label"], "Full name");
    assert_eq!(fields[0]["origin"], "{{text:client label=\"Full name\" id=name width=200}}");
    // Where the line begins, and below what stands before the tag in it.
    assert!((fields[2]["x"].as_f64().unwrap() - 72.0).abs() < 1.0, "{fields:?}");
    assert!(fields[0]["x"].as_f64().unwrap() > 150.0, "{fields:?}");
    let top = fields[2]["y"].as_f64().unwrap();
    assert!((842.0 - 300.0 - 12.0..842.0 - 300.0).contains(&top), "{top}");

    let id = api.sent(&json!({
        "title": "Lease", "documents": [{"upload": upload}], "fields": found["fields"],
        "recipients": [
            {"name": "Ada Lovelace", "email": "ada@example.org"}, {"name": "Grace Hopper", "email": "grace@example.org"},
        ],
    }));
    for recipient in [1, 2] {
        api.visit(&id, recipient).sign();
    }
    api.wait_until(&id, "completed");
    let sent = api.envelope(&id);
    assert_eq!(sent["fields"][0]["origin"], fields[0]["origin"]);
}

#[test]
fn each_grammar_is_looked_for_where_it_is_asked_for_and_errors_name_their_page_and_place() {
    let server = server();
    let api = server.api();
    let pages = vec![
        page(&[(700.0, "[sig|req|signer2]"), (650.0, "[[landlord_signs]]"), (600.0, "[1] {{name}}")]),
        page(&[
            (700.0, "[seal|req|signer1]"),
            (650.0, "x{{text:1}}"),
            (600.0, "<<signature: Ada, ada@example.org; order=1>>"),
        ]),
        page(&[(700.0, "[[landlord_signs]]"), (650.0, "[[two words]]")]),
    ];
    let (upload, own) = tags(&api, pages, "");
    assert_eq!(
        (own["fields"].as_array().unwrap().len(), own["warnings"][0]["code"].as_str()),
        (1, Some("tag_inside_word"))
    );
    let ask = |grammar: &str| api.get(&format!("/v1/uploads/{upload}/tags?document=2&grammar={grammar}"));

    let xodo = ask("xodo").expect(200).json();
    assert_eq!((&xodo["fields"][0]["recipient"], &xodo["fields"][0]["document"]), (&json!(2), &json!(2)));
    assert_eq!((&xodo["fields"][0]["width"], &xodo["fields"][0]["height"]), (&json!(120.0), &json!(35.0)));
    let error = &xodo["errors"][0];
    assert_eq!(
        (&error["code"], &error["page"], &error["grammar"], &error["text"]),
        (&json!("tag_type_unknown"), &json!(2), &json!("xodo"), &json!("[seal|req|signer1]"))
    );
    assert!(
        (error["x"].as_f64().unwrap() - 72.0).abs() < 1.0 && error["width"].as_f64().unwrap() > 50.0,
        "{error}"
    );

    let placeholders = ask("signatureapi").expect(200).json();
    let places = placeholders["places"].as_array().unwrap();
    assert_eq!(
        (places.len(), &places[0]["key"], &places[0]["page"]),
        (1, &json!("landlord_signs"), &json!(1))
    );
    let codes: Vec<_> = placeholders["errors"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert_eq!(codes, [&json!("tag_repeated"), &json!("tag_key_malformed")]);

    let smart = ask("securedsigning").expect(200).json();
    assert_eq!(
        smart["recipients"],
        json!([{"number": 1, "word": null, "name": "Ada", "email": "ada@example.org", "step": 1, "witness_of": null, "sms": null}])
    );
    let all = ask("own,xodo,signatureapi,securedsigning").expect(200).json();
    assert_eq!(all["fields"].as_array().unwrap().len(), 3);
    assert_refused(&ask("word"), 422, "grammar_unknown");
    assert_eq!(
        api.get(&format!("/v1/uploads/{upload}/tags?document=0")).status,
        400,
        "they are numbered from 1"
    );
    assert_refused(&api.get("/v1/uploads/upl_nowhere/tags"), 404, "not_found");
}

/// The documents of `scripts/make-tag-pdfs.py`, and where poppler finds the tags in them.
#[test]
fn the_tags_of_four_programs_are_found_alike_and_where_poppler_finds_them() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/tags");
    let told = std::fs::read_to_string(format!("{folder}/places.json")).unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    let server = server();
    let api = server.api();
    for program in ["word", "latex", "chromium", "reportlab"] {
        let upload = api.uploaded(&std::fs::read(format!("{folder}/{program}.pdf")).unwrap());
        let path = format!("/v1/uploads/{upload}/tags?grammar=own,xodo,signatureapi,securedsigning");
        let found = api.get(&path).expect(200).json();
        let mut fields: Vec<_> = found["fields"].as_array().unwrap().iter().collect();
        fields.sort_by(|one, other| {
            let place = |it: &Value| (it["page"].as_f64().unwrap(), it["y"].as_f64().unwrap());
            place(one).partial_cmp(&place(other)).unwrap()
        });
        let said: Vec<_> = fields
            .iter()
            .map(|it| json!([it["type"], it["page"], it["recipient"], it["required"], it["label"]]))
            .collect();
        let expected = json!([
            ["signature", 1, 3, true, ""],
            ["text", 1, 3, false, "Profile office AVATAR"],
            ["text", 1, 2, true, "Name"],
            ["signature", 1, 4, true, ""],
            ["initials", 2, 3, true, ""],
        ]);
        assert_eq!(json!(said), expected, "{program}");
        let (place, error) = (&found["places"][0], &found["errors"][0]);
        assert_eq!(
            (&place["key"], &error["code"]),
            (&json!("landlord_signs"), &json!("tag_type_unknown")),
            "{program}"
        );
        assert_eq!(found["errors"].as_array().unwrap().len(), 1, "{program}");

        let places = &told[program];
        let near = |tag: &str, edge: usize, at: f64| {
            let theirs = places[tag][edge].as_f64().unwrap();
            assert!((theirs - at).abs() < 1.0, "{program}: {tag} at {at}, and for poppler at {theirs}");
        };
        for field in fields {
            // What is turned begins where its line does, on its side.
            let (edge, at) = if field["page"] == 2 { (2, &field["y"]) } else { (1, &field["x"]) };
            near(field["origin"].as_str().unwrap(), edge, at.as_f64().unwrap());
        }
        for (tag, it) in [("[[landlord_signs]]", place), ("{{seal:client}}", error)] {
            near(tag, 1, it["x"].as_f64().unwrap());
            near(tag, 3, it["x"].as_f64().unwrap() + it["width"].as_f64().unwrap());
        }
    }
}

/// What poppler reads on all pages.
fn read(bench: &Bench, name: &str, bytes: &[u8]) -> String {
    let file = bench.lay(name, bytes);
    said(&Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output().unwrap())
}

#[test]
fn the_text_of_a_tag_is_taken_out_or_covered_where_that_is_asked_for() {
    let server = server();
    let api = server.api();
    let bench = Bench::new();
    for (wish, stays) in [("keep", true), ("cover", true), ("remove", false)] {
        let pages = vec![page(&[(700.0, "Signed here: {{signature:1}} by the client"), (650.0, "The end.")])];
        let (upload, found) = tags(&api, pages, &format!("?tag_text={wish}"));
        let told = &found["fields"][0]["tag_text"];
        assert_eq!(told["what"].as_str(), (wish != "keep").then_some(wish));
        let id = api.sent(&json!({
            "title": "Lease", "documents": [{"upload": upload}], "fields": found["fields"],
            "recipients": [{"name": "Ada Lovelace", "email": "ada@example.org"}],
        }));
        let prepared = api.file(&id, "documents/1");
        let words = read(&bench, "prepared.pdf", &prepared);
        assert_eq!(words.contains("{{signature:1}}"), stays, "{wish}: {words}");
        assert!(words.contains("Signed here:") && words.contains("by the client"), "{wish}: {words}");
        api.visit(&id, 1).sign();
        let done = api.wait_until(&id, "completed");
        assert_eq!(&done["fields"][0]["tag_text"], told);
        let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
        let file = bench.lay("file.pdf", &api.file(&id, "documents/1"));
        judges::pyhanko_accepts(&file, &root, 2);
        judges::readers_accept(&file, 2);
    }
}

#[test]
fn the_text_of_an_anchor_is_taken_out_and_that_of_a_signed_document_is_not() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&Pdf::new(vec![page(&[(700.0, "Sign [[here]], please")])]).bytes());
    let draft = |upload: &str| {
        json!({
            "title": "Lease", "documents": [{"upload": upload}],
            "recipients": [{"name": "Ada Lovelace", "email": "ada@example.org"}],
            "anchors": [{"text": "[[here]]", "tag_text": "remove", "field": {"type": "signature", "recipient": 1}}],
        })
    };
    let id = api.sent(&draft(&upload));
    let words = read(&Bench::new(), "prepared.pdf", &api.file(&id, "documents/1"));
    assert!(!words.contains("[[here]]") && words.contains(", please"), "{words}");

    let signed = api.sent(&json!({
        "title": "Lease", "documents": [{"upload": upload}],
        "recipients": [{"name": "Ada Lovelace", "email": "ada@example.org"}],
        "fields": [crate::given::place(1, 600, 1)],
    }));
    api.visit(&signed, 1).sign();
    api.wait_until(&signed, "completed");
    let upload = api.uploaded(&api.file(&signed, "documents/1"));
    assert_refused(&api.post("/v1/envelopes", &draft(&upload)), 422, "tag_text_in_signed_document");
    assert_refused(&api.get(&format!("/v1/uploads/{upload}/tags?tag_text=burn")), 422, "tag_text_unknown");
}

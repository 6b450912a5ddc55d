//! Anchors: fields stand wherever a text stands.

use crate::given::server;
use crate::parts::{draft, somebody};
use serde_json::{Value, json};
use testkit::server::Api;

/// A draft of the contract of four pages for Ada and Ben, with these anchors.
fn with_anchors(api: &Api, anchors: Value) -> Value {
    let people = json!([somebody("Ada", 1, json!({})), somebody("Ben", 2, json!({}))]);
    let mut draft = draft(api, people, json!([]));
    draft["anchors"] = anchors;
    draft
}

fn fields(envelope: &Value) -> Vec<(String, u64, f64, f64)> {
    let of = |field: &Value| {
        let number = |key: &str| field[key].as_f64().unwrap();
        (field["id"].as_str().unwrap().to_owned(), field["page"].as_u64().unwrap(), number("x"), number("y"))
    };
    envelope["fields"].as_array().unwrap().iter().map(of).collect()
}

fn refused(api: &Api, anchors: Value) -> Vec<(String, String)> {
    let answer = api.post("/v1/envelopes", &with_anchors(api, anchors)).expect(422).json();
    let of = |error: &Value| {
        let word = |key: &str| error[key].as_str().unwrap().to_owned();
        (word("pointer"), word("code"))
    };
    answer["errors"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn a_field_stands_where_its_text_stands_and_is_signed_there() {
    let server = server();
    let api = server.api();
    let draft = with_anchors(
        &api,
        json!([
            {"text": "For the Supplier", "offset_y": -50,
             "field": {"type": "signature", "recipient": 1, "id": "supplier"}},
            {"text": "For the Client", "offset_x": 5, "offset_y": -50,
             "field": {"type": "signature", "recipient": 2, "width": 120, "height": 40}},
        ]),
    );
    let made = api.post("/v1/envelopes", &draft).expect(201).json();
    let placed = fields(&made);
    let ids: Vec<_> = placed.iter().map(|(id, page, ..)| (id.as_str(), *page)).collect();
    assert_eq!(ids, [("supplier", 4), ("anchor_2", 4)]);
    // The upper side of the words is some ten points above their baseline, which is 318 from the top of A4.
    let (_, _, x, y) = placed[0];
    assert!((x - 72.0).abs() < 1.0 && (255.0..262.0).contains(&y), "{placed:?}");
    assert!((placed[1].2 - 335.0).abs() < 1.0, "{placed:?}");
    assert_eq!(made["fields"][0]["origin"], "For the Supplier");
    assert_eq!((&made["fields"][0]["width"], &made["fields"][1]["width"]), (&json!(165.0), &json!(120.0)));
    let id = made["id"].as_str().unwrap();
    let _ = api.post(&format!("/v1/envelopes/{id}/send"), &Value::Null).expect(200);
    api.visit(id, 1).sign();
    api.visit(id, 2).sign();
    api.wait_until(id, "completed");
}

#[test]
fn every_occurrence_counts_unless_pages_or_a_number_say_otherwise() {
    let server = server();
    let api = server.api();
    let initials = |more: Value| {
        let mut anchor =
            json!({"text": "Page", "field": {"type": "initials", "id": "here", "width": 60, "height": 30}});
        anchor.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        anchor
    };
    let pages = |more: Value| {
        let made = api.post("/v1/envelopes", &with_anchors(&api, json!([initials(more)]))).expect(201).json();
        fields(&made).into_iter().map(|(id, page, ..)| (id, page)).collect::<Vec<_>>()
    };
    let named = |places: &[(&str, u64)]| {
        places.iter().map(|(id, page)| ((*id).to_owned(), *page)).collect::<Vec<_>>()
    };
    assert_eq!(pages(json!({})), named(&[("here", 1), ("here_2", 2), ("here_3", 3), ("here_4", 4)]));
    assert_eq!(pages(json!({"pages": "2-3"})), named(&[("here", 2), ("here_2", 3)]));
    assert_eq!(pages(json!({"pages": "-1"})), named(&[("here", 4)]));
    assert_eq!(pages(json!({"occurrence": 3})), named(&[("here", 3)]));
    let skipped = json!({"text": "nowhere", "skip_if_not_found": true, "field": {"type": "initials"}});
    let made = api.post("/v1/envelopes", &with_anchors(&api, json!([skipped]))).expect(201).json();
    assert_eq!(made["fields"], json!([]));
}

#[test]
fn a_draft_that_is_changed_may_have_anchors_too() {
    let server = server();
    let api = server.api();
    let made = api.post("/v1/envelopes", &with_anchors(&api, json!([]))).expect(201).json();
    let path = format!("/v1/envelopes/{}", made["id"].as_str().unwrap());
    let anchors = json!([{"text": "For the Supplier", "field": {"type": "signature"}}]);
    let changed = with_anchors(&api, anchors).to_string();
    let answer = api.ask("PUT", &path, &[], changed.as_bytes()).expect(200).json();
    assert_eq!(fields(&answer).len(), 1);
}

#[test]
fn what_is_wrong_with_an_anchor_is_said_at_its_place() {
    let server = server();
    let api = server.api();
    let signature = json!({"type": "signature", "width": 60, "height": 30});
    let known = json!({"text": "For the Supplier", "field": signature});
    for (anchor, pointer, code) in [
        (json!({"text": "nowhere", "field": signature}), "/anchors/1/text", "anchor_not_found"),
        (json!({"text": "Page", "occurrence": 5, "field": signature}), "/anchors/1/text", "anchor_not_found"),
        (json!({"text": "Page", "pages": "7", "field": signature}), "/anchors/1/text", "anchor_not_found"),
        (
            json!({"text": "Page", "pages": "seven", "field": signature}),
            "/anchors/1/pages",
            "pages_malformed",
        ),
        (json!({"text": " ", "field": signature}), "/anchors/1/text", "anchor_malformed"),
        (
            json!({"text": "Page", "occurrence": 0, "field": signature}),
            "/anchors/1/occurrence",
            "anchor_malformed",
        ),
        (
            json!({"text": "Page", "document": 2, "field": signature}),
            "/anchors/1/document",
            "document_unknown",
        ),
    ] {
        assert_eq!(
            refused(&api, json!([known, anchor])),
            [(pointer.to_owned(), code.to_owned())],
            "{anchor}"
        );
    }
    // What the rules say of each of four fields is said once, of their anchor.
    let found = refused(
        &api,
        json!([known, {"text": "Page", "field": {"type": "signature", "recipient": 9, "width": 60, "height": 30}}]),
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.starts_with("/anchors/1/field"), "{found:?}");
}

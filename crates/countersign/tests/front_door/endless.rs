//! Drafts that are made to hurt: endless texts, chains, lists and numbers. Each is refused at its place, or taken; the
//! server goes on.

use crate::given::{one_signer, place, server};
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use testkit::Pdf;
use testkit::server::{Answer, Api};

fn with(upload: &str, fields: Value) -> Value {
    let mut draft = one_signer(upload);
    draft["fields"] = fields;
    draft
}

fn text(more: Value) -> Value {
    let mut field = json!({"id": "x", "type": "text", "page": 1, "x": 72, "y": 100, "required": false});
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    field
}

fn told(answer: &Answer, pointer: &str, code: &str) {
    let problem = answer.json();
    let found = problem["errors"].as_array().unwrap().iter();
    let of = |it: &Value| (it["pointer"].clone(), it["code"].clone());
    assert!(found.clone().any(|it| of(it) == (json!(pointer), json!(code))), "{pointer} {code}: {problem}");
    for it in found {
        let sentence = it["detail"].as_str().unwrap();
        assert!(sentence.ends_with('.') && sentence.len() < 400, "{sentence}");
    }
}

#[test]
fn a_text_of_a_hundred_thousand_characters_is_refused_wherever_it_stands() {
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&Pdf::one_page().bytes());
    let long = "x".repeat(100_000);
    for (more, key, code) in [
        (json!({"id": long}), "id", "field_id_malformed"),
        (json!({"label": long}), "label", "text_too_long"),
        (json!({"placeholder": long}), "placeholder", "text_too_long"),
        (json!({"hint": long}), "hint", "text_too_long"),
        (json!({"value": long}), "value", "text_too_long"),
        (json!({"type": "multiline_text", "value": long}), "value", "text_too_long"),
        (json!({"type": "free_text", "recipient": 0, "value": long}), "value", "text_too_long"),
        (json!({"type": "note", "value": long}), "value", "text_too_long"),
        (json!({"type": "checkbox", "group": long}), "group", "key_malformed"),
        (json!({"capture_key": long}), "capture_key", "key_malformed"),
        (json!({"merge_key": long}), "merge_key", "key_malformed"),
        (json!({"form_field": long}), "form_field", "text_too_long"),
        (json!({"origin": long}), "origin", "text_too_long"),
        (json!({"check": {"pattern": long}}), "check/pattern", "pattern_malformed"),
        (json!({"check": {"message": long}}), "check/message", "text_too_long"),
        (json!({"check": {"earliest": long}}), "check/earliest", "date_malformed"),
        (json!({"check": {"min": long}}), "check/min", "json_malformed"),
        (json!({"style": {"colour": long}}), "style/colour", "colour_malformed"),
        (
            json!({"type": "dropdown", "choices": {"options": [{"label": long}]}}),
            "choices/options/0/label",
            "text_too_long",
        ),
        (
            json!({"type": "dropdown", "choices": {"options": [{"label": "a", "value": long}]}}),
            "choices/options/0/value",
            "text_too_long",
        ),
        (json!({"formula": {"concatenation": [{"words": long}]}}), "formula", "text_too_long"),
        (json!({"only_if": {"field": "y", "is": {"one_of": [long]}}}), "only_if/is", "text_too_long"),
    ] {
        let answer = api.post("/v1/envelopes", &with(&upload, json!([text(more), text(json!({"id": "y"}))])));
        told(&answer, &format!("/fields/0/{key}"), code);
    }
}

#[test]
fn what_is_no_number_of_a_field_is_refused_where_it_stands() {
    let server = server();
    let api = server.api();
    let sound = with(&api.uploaded(&Pdf::one_page().bytes()), json!([text(json!({}))])).to_string();
    for (key, number, pointer) in [
        ("page", "4294967296", "/fields/0/page"),
        ("page", "-1", "/fields/0/page"),
        ("page", "1.5", "/fields/0/page"),
        ("x", "null", "/fields/0/x"),
        ("x", "\"5\"", "/fields/0/x"),
        ("y", "[1]", "/fields/0/y"),
        ("x", "1e308", "/fields/0"),
        ("y", "-1e308", "/fields/0"),
    ] {
        let wrong = match key {
            "page" => sound.replace("\"page\":1", &format!("\"page\":{number}")),
            "x" => sound.replace("\"x\":72", &format!("\"x\":{number}")),
            _ => sound.replace("\"y\":100", &format!("\"y\":{number}")),
        };
        assert_ne!(wrong, sound, "{key}");
        let answer = api.ask("POST", "/v1/envelopes", &[], wrong.as_bytes());
        assert!([400, 422].contains(&answer.status), "{}", answer.text());
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{}", answer.text());
    }
    for number in ["NaN", "Infinity", "1e400", "--1"] {
        let wrong = sound.replace("\"x\":72", &format!("\"x\":{number}"));
        let answer = api.ask("POST", "/v1/envelopes", &[], wrong.as_bytes());
        assert_refused(&answer, 400, "json_malformed");
    }
}

/// `f0`, and fields that lean on the one before them; the last one comes first, so that it is asked first.
fn chain(steps: usize, kind: &str, lean: impl Fn(&str) -> Value) -> Vec<Value> {
    let field = |id: String, more: Value| {
        let mut field = text(json!({"id": id, "type": kind}));
        field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        field
    };
    let leaning = (1..=steps).rev().map(|it| field(format!("f{it}"), lean(&format!("f{}", it - 1))));
    leaning.chain([field("f0".to_owned(), json!({})), place(1, 600, 1)]).collect()
}

fn filled(api: &Api, fields: Vec<Value>, value: &str) -> Answer {
    let id = api.sent(&with(&api.uploaded(&Pdf::one_page().bytes()), fields.into()));
    let visit = api.visit(&id, 1);
    visit.consent().expect(200);
    visit.ask("PUT", "/values", &json!({"values": {"f0": value}})).expect(204);
    visit.read().expect(200);
    let mut act = visit.whole_act();
    act["values"] = json!({"f0": value});
    visit.ask("POST", "/finish", &act)
}

#[test]
fn the_longest_chains_and_what_grows_in_them_are_followed_without_harm() {
    let server = server();
    let api = server.api();
    let conditions = chain(1900, "text", |before| json!({"only_if": {"field": before, "is": "filled"}}));
    filled(&api, conditions, "seen").expect(200);
    let sums = chain(1900, "number", |before| json!({"formula": {"sum": [before]}}));
    filled(&api, sums, "12.5").expect(200);
    let pieces = |before: &str| json!({"formula": {"concatenation": vec![json!({"field": before}); 200]}});
    let refused = filled(&api, chain(40, "text", pieces), "grows");
    assert_refused(&refused, 422, "computed_too_long");
    told(&refused, "/values/f2", "computed_too_long");
    assert_eq!(server.get("/readyz").status, 200);
}

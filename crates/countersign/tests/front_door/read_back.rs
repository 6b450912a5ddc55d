//! What was said of fields is told as it was said, and what is told can be sent again: nothing is lost between the editor
//! and the API.

use crate::fields_filled::{every_kind, field};
use crate::given::server;
use serde_json::{Value, json};

/// Everything that can be said of a field, each once at least, on top of every kind.
fn everything(mut draft: Value) -> Value {
    let fields = draft["fields"].as_array_mut().unwrap();
    let check = json!({
        "form": "letters_and_digits", "pattern": "[A-Z]{2}[0-9]+", "characters_min": 3, "message": "As on your card.",
    });
    fields.push(field("card", "text", (320, 620), json!({
        "placeholder": "FR12", "hint": "On the back of it", "check": check, "characters_max": 12, "tab_order": 7,
        "merge_key": "card_number", "capture_key": "card", "value": "FR12", "required": false,
        "style": {"font": "mono", "size": 9.5, "colour": "#00aa7f", "bold": true, "italic": true, "underline": true, "align": "right"},
    })));
    let bounds = json!({"min": "-2.5", "max": "1000", "decimals_max": 2});
    fields.push(field("rate", "number", (320, 650), json!({"check": bounds, "required": false})));
    let days = json!({"earliest": "2026-01-01", "latest": "2026-12-31"});
    fields.push(field("from", "date", (320, 680), json!({"check": days, "required": false})));
    let files = json!({"types": ["pdf", "png"], "bytes_max": 5000});
    fields.push(field(
        "proof",
        "attachment",
        (460, 330),
        json!({"files": files, "width": 90, "required": false}),
    ));
    for (id, at, is) in
        [("if_one", 620, json!({"one_of": ["FR12", "FR13"]})), ("if_none", 650, json!({"none_of": ["FR12"]}))]
    {
        let only_if = json!({"only_if": {"field": "card", "is": is}, "required": false});
        fields.push(field(id, "text", (60, at), only_if));
    }
    let pieces = json!([{"field": "card"}, {"words": " of "}, {"field": "firm"}]);
    let joined = json!({"formula": {"concatenation": pieces}, "width": 120, "confidential": true});
    fields.push(field("joined", "text", (60, 680), joined));
    draft
}

/// Whether all that was sent is there again; numbers are compared as numbers.
fn holds(told: &Value, sent: &Value) -> bool {
    match (told, sent) {
        (Value::Object(told), Value::Object(sent)) => {
            sent.iter().all(|(key, value)| told.get(key).is_some_and(|it| holds(it, value)))
        }
        (Value::Array(told), Value::Array(sent)) => {
            told.len() == sent.len() && told.iter().zip(sent).all(|(told, sent)| holds(told, sent))
        }
        (Value::Number(told), Value::Number(sent)) => told.as_f64() == sent.as_f64(),
        _ => told == sent,
    }
}

#[test]
fn what_was_said_of_fields_is_told_and_can_be_sent_again() {
    let server = server();
    let api = server.api();
    let draft = everything(every_kind(&api));
    let made = api.post("/v1/envelopes", &draft).expect(201).json();
    let fields = made["fields"].as_array().unwrap();
    for (told, sent) in fields.iter().zip(draft["fields"].as_array().unwrap()) {
        assert!(holds(told, sent), "sent {sent}, and told {told}");
    }
    assert!(holds(&made["groups"], &draft["groups"]), "{}", made["groups"]);

    let mut again = draft;
    (again["fields"], again["groups"]) = (made["fields"].clone(), made["groups"].clone());
    let path = format!("/v1/envelopes/{}", made["id"].as_str().unwrap());
    let changed = api.ask("PUT", &path, &[], again.to_string().as_bytes()).expect(200).json();
    assert_eq!((&changed["fields"], &changed["groups"]), (&made["fields"], &made["groups"]));

    // Each key that the API describes was said here, so that none can be lost unseen.
    let described = server.get("/v1/openapi.json").expect(200).json();
    let of = |name: &str| described["components"]["schemas"][name]["properties"].as_object().unwrap().clone();
    for schema in ["WireStyle", "Check", "FileWishes", "Choices"] {
        let key = match schema {
            "WireStyle" => "style",
            "Check" => "check",
            "FileWishes" => "files",
            _ => "choices",
        };
        for part in of(schema).keys() {
            let said = again["fields"].as_array().unwrap().iter().any(|it| {
                let value = &it[key][part];
                !value.is_null() && *value != json!([]) && *value != json!(false) && *value != json!("")
            });
            assert!(said, "{key}.{part} was said of no field");
        }
    }
    // Who placed it is only told, and has a test of its own.
    let unsaid = ["form_field", "form_option", "origin", "tag_text", "height", "placed_by"];
    for key in of("WireField").keys().filter(|it| !unsaid.contains(&it.as_str())) {
        let sent = everything(every_kind(&api));
        let said = sent["fields"].as_array().unwrap().iter().any(|it| it.get(key).is_some());
        assert!(said || *key == "document", "{key} was said of no field");
    }
}

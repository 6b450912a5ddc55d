//! Every kind of field, sent, filled and signed; judged by programs that know nothing of us.

use crate::given::{place, server};
use crate::judges::{self, Bench, said};
use crate::parts::somebody;
use crate::refusals::assert_refused;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use testkit::server::{Api, Server, Visit};
use testkit::{Page, Pdf};

/// A field at a place of the first page.
pub fn field(id: &str, kind: &str, (x, y): (u32, u32), more: Value) -> Value {
    let mut field =
        json!({"id": id, "type": kind, "page": 1, "x": x, "y": y, "label": format!("Label of {id}")});
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    field
}

/// Ada fills every kind of field; Émile comes after her; the rest is the sender's and the end's.
pub fn every_kind(api: &Api) -> Value {
    let pages = vec![Page::a4().line(60.0, 812.0, "Every kind of field"), Page::a4().rotated(90)];
    let choices =
        json!({"options": [{"label": "Belgium", "value": "BE"}, {"label": "Switzerland", "value": "CH"}]});
    let style = |it: Value| json!({"style": it});
    let with = |mut one: Value, other: Value| {
        one.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
        one
    };
    let key = |key: &str| json!({"capture_key": key});
    let turned = |id: &str, kind: &str, at, more: Value| field(id, kind, at, with(more, json!({"page": 2})));
    let only_if_agreed = json!({"only_if": {"field": "agree", "is": "filled"}, "required": false});
    let fields = json!([
        with(field("text", "text", (60, 60), style(json!({"bold": true, "colour": "#1a3c8a"}))), key("text")),
        field("lines", "multiline_text", (60, 90), style(json!({"font": "serif", "size": 11}))),
        field("boxes", "boxed_text", (60, 160), json!({"characters_max": 8, "style": {"font": "mono"}})),
        field("net", "number", (60, 190), style(json!({"align": "right", "font": "mono"}))),
        field("tax", "number", (60, 215), style(json!({"align": "right", "font": "mono"}))),
        field(
            "total",
            "number",
            (60, 240),
            json!({"formula": {"sum": ["net", "tax"]},
            "style": {"align": "right", "font": "mono", "underline": true}})
        ),
        field("mail", "email", (60, 270), json!({})),
        field("born", "date", (60, 300), json!({})),
        field("land", "dropdown", (60, 330), json!({"choices": choices, "style": {"align": "centre"}})),
        field("agree", "checkbox", (60, 360), key("agree")),
        field("why", "text", (90, 357), with(only_if_agreed.clone(), style(json!({"italic": true})))),
        field("way1", "radio", (60, 390), json!({"group": "way"})),
        field("way2", "radio", (90, 390), json!({"group": "way"})),
        field("way3", "radio", (120, 390), json!({"group": "way"})),
        field("photo", "image", (60, 420), json!({"required": false})),
        field("seal", "stamp", (200, 420), json!({"required": false})),
        field("name", "recipient_name", (320, 60), json!({})),
        field("address", "recipient_email", (320, 90), json!({})),
        field("firm", "company", (320, 120), json!({})),
        field("title", "job_title", (320, 150), json!({})),
        field("signed_on", "date_signed", (320, 180), json!({})),
        field("secret", "text", (320, 210), with(key("secret"), json!({"confidential": true}))),
        field(
            "absent",
            "text",
            (320, 240),
            json!({"required": false,
            "only_if": {"field": "agree", "is": "empty"}, "value": "never shown"})
        ),
        field("fixed", "text", (320, 270), json!({"read_only": true, "value": "As agreed"})),
        field("note", "note", (320, 300), json!({"value": "Look here."})),
        field("papers", "attachment", (320, 330), json!({"required": false})),
        field("no", "decline_button", (320, 360), json!({})),
        field("short", "initials", (320, 390), json!({})),
        turned("turned", "text", (100, 100), json!({})),
        turned("turned_boxes", "boxed_text", (100, 130), json!({"characters_max": 6})),
        turned("turned_way", "radio", (100, 160), json!({"group": "turned"})),
        turned(
            "words_turned",
            "free_text",
            (100, 190),
            json!({"value": "The sender\u{2019}s words, turned."})
        ),
        field(
            "words",
            "free_text",
            (320, 440),
            json!({"value": "These words are the sender\u{2019}s.\nThey stand on two lines.",
            "style": {"font": "serif", "italic": true}})
        ),
        field("through", "strikethrough", (56, 22), json!({})),
        field("done_on", "date_completed", (320, 520), key("done_on")),
        field("nation", "dropdown", (460, 60), json!({"width": 120, "choices": {"list": "country_names"}})),
        field("state", "dropdown", (460, 90), json!({"width": 120, "choices": {"list": "us_state_names"}})),
        field("topic1", "checkbox", (460, 120), json!({"group": "topics"})),
        field("topic2", "checkbox", (480, 120), json!({"group": "topics"})),
        field("topic3", "checkbox", (500, 120), json!({"group": "topics"})),
        field("yes", "approve_button", (460, 150), json!({})),
        place(1, 600, 1),
        with(place(1, 600, 2), json!({"x": 320})),
        field("second", "text", (320, 560), with(key("second"), json!({"recipient": 2}))),
    ]);
    json!({
        "title": "Every kind", "documents": [{"upload": api.uploaded(&Pdf::new(pages).bytes())}],
        "recipients": [somebody("Ada", 1, json!({})), somebody("Emile", 2, json!({}))],
        "groups": [{"key": "way", "label": "How shall we write to you?"}, {"key": "topics", "min": 1, "max": 2}],
        "fields": fields, "time_zone": "Europe/Paris",
    })
}

fn values() -> Value {
    json!({
        "text": "Łódź & Αθήνα", "lines": "A first line.\nA second one that is long enough to be broken by the box.",
        "boxes": "FR76AB12", "net": "1000.10", "tax": "200.02", "mail": "ada@example.org", "born": "1990-12-31",
        "land": "CH", "agree": "true", "why": "because", "way1": "false", "way2": "true", "way3": "false",
        "firm": "Analytical Engines", "title": "Countess", "secret": "4711", "turned": "Upright",
        "turned_boxes": "ABC", "turned_way": "true",
        "nation": "Côte d'Ivoire", "state": "North Dakota", "topic1": "true", "topic2": "false", "topic3": "true",
    })
}

fn finish(visit: &Visit, values: &Value) -> testkit::server::Answer {
    visit.consent().expect(200);
    let mut act = visit.whole_act();
    act["values"] = values.clone();
    visit.ask("POST", "/finish", &act)
}

/// The values of the form as another library reads them.
fn read_by_pypdf(file: &Path) -> Option<Value> {
    let python = std::env::var_os("COUNTERSIGN_PYTHON")?;
    let script = "import json, sys, pypdf\n\
        fields = pypdf.PdfReader(sys.argv[1]).get_fields()\n\
        print(json.dumps({name: str(field.get('/V', '')) for name, field in fields.items() if field.get('/FT') != '/Sig'}))";
    let output = Command::new(python).args(["-c", script]).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn completed(server: &Server, api: &Api, id: &str) -> (Bench, PathBuf) {
    let envelope = api.wait_until(id, "completed");
    assert_eq!(envelope["problem"], Value::Null);
    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let file = bench.lay("file.pdf", &api.file(id, "documents/1"));
    keep(&file);
    judges::pyhanko_accepts(&file, &root, 3);
    judges::readers_accept(&file, 3);
    // Each later act fills and signs, and changes nothing else.
    for signature in judges::pyhanko(&file, &root, None).iter().flatten() {
        let level = signature["modification_level"].as_str().unwrap();
        assert!(["NONE", "LTA_UPDATES", "FORM_FILLING"].contains(&level), "{signature}");
    }
    (bench, file)
}

/// Leaves the file and its pages as pictures where somebody asks for them.
fn keep(file: &Path) {
    let Some(folder) = std::env::var_os("COUNTERSIGN_KEEP_PDFS") else { return };
    let kept = Path::new(&folder).join("every-kind.pdf");
    std::fs::copy(file, &kept).unwrap();
    let pictures = kept.with_extension("");
    let drawn =
        Command::new("pdftoppm").args(["-png", "-r", "100"]).arg(&kept).arg(pictures).output().unwrap();
    assert!(drawn.status.success(), "{}", said(&drawn));
}

#[test]
pub fn every_kind_of_field_is_filled_signed_and_read_by_others() {
    let server = server();
    let api = server.api();
    let draft = every_kind(&api);
    let kinds = server.get("/v1/openapi.json").expect(200).json();
    for kind in kinds["components"]["schemas"]["FieldKind"]["enum"].as_array().unwrap() {
        let asked = draft["fields"].as_array().unwrap().iter().any(|it| it["type"] == *kind);
        assert!(asked, "{kind} is not among the fields of this test");
    }
    let id = api.sent(&draft);
    let ada = server.visit("ada@example.org");
    for (ticked, code) in [(["false"; 3], "group_too_few"), (["true"; 3], "group_too_many")] {
        let mut counted = values();
        for (topic, value) in ["topic1", "topic2", "topic3"].into_iter().zip(ticked) {
            counted[topic] = value.into();
        }
        assert_refused(&finish(&ada, &counted), 422, code);
    }
    finish(&ada, &values()).expect(200);
    let captures = api.envelope(&id)["captures"].clone();
    assert_eq!(captures, json!({"text": "Łódź & Αθήνα", "agree": true, "secret": "4711"}));
    finish(&server.visit("emile@example.org"), &json!({"second": "after her"})).expect(200);
    let (_bench, file) = completed(&server, &api, &id);

    let text = said(&Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output().unwrap());
    for words in
        ["Switzerland", "1200.12", "These words are the sender\u{2019}s.", "As agreed", "Countess", "because"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in ["4711", "never shown", "Look here.", "Label of"] {
        assert!(!text.contains(words), "{words}: {text}");
    }
    let Some(read) = read_by_pypdf(&file) else { return };
    let today = judges::now().to_zoned(jiff::tz::TimeZone::get("Europe/Paris").unwrap()).date();
    for (name, value) in [
        ("signer1_text1", "Łódź & Αθήνα"),
        (
            "signer1_multiline_text1",
            "A first line.\nA second one that is long enough to be broken by the box.",
        ),
        ("signer1_boxed_text1", "FR76AB12"),
        ("signer1_number1", "1000.10"),
        ("signer1_number3", "1200.12"),
        ("signer1_email1", "ada@example.org"),
        ("signer1_date_entered1", "Dec 31, 1990"),
        ("signer1_dropdown1", "CH"),
        ("signer1_checkbox1", "/Yes"),
        ("signer1_checkbox2", "/Yes"),
        ("signer1_checkbox3", "/Off"),
        ("signer1_checkbox4", "/Yes"),
        ("signer1_dropdown2", "Côte d'Ivoire"),
        ("signer1_dropdown3", "North Dakota"),
        ("signer1_radio_way", "/2"),
        ("signer1_radio_turned", "/1"),
        ("signer1_recipient_name1", "Ada"),
        ("signer1_recipient_email1", "ada@example.org"),
        ("signer1_company1", "Analytical Engines"),
        ("signer1_job_title1", "Countess"),
        ("signer1_image1", ""),
        ("signer2_text1", "after her"),
    ] {
        assert_eq!(read[name], value, "{name} in {read}");
    }
    let captures = &api.envelope(&id)["captures"];
    let completed: jiff::civil::Date = captures["done_on"].as_str().unwrap().parse().unwrap();
    assert!((today - completed).get_days() <= 1, "{completed}, and today is {today}");
    assert_eq!(read["completion_date1"], completed.strftime("%b %-d, %Y").to_string());
    assert_eq!(captures["second"], "after her");
    let names: Vec<&String> = read.as_object().unwrap().keys().collect();
    for kind in ["attachment", "note", "button", "none", "free_text"] {
        assert!(!names.iter().any(|name| name.contains(kind)), "{names:?}");
    }
}

#[test]
fn what_is_typed_in_any_script_is_filled_signed_and_read_by_others() {
    let (server, hindi) = (server(), "श्रीमती कविता शर्मा");
    let api = server.api();
    let mut draft = every_kind(&api);
    draft["title"] = "合同".into();
    draft["recipients"][0]["name"] = hindi.into();
    draft["recipients"][1]["name"] = "张伟".into();
    let land = draft["fields"].as_array_mut().unwrap().iter_mut().find(|it| it["id"] == "land").unwrap();
    land["choices"]["options"][1]["label"] = "中国".into();
    let id = api.sent(&draft);
    // Each signs with the name as it is typed.
    let mut given = values();
    let typed = json!({
        "text": "Zhang 张伟, 2026", "lines": "第一行。\nकविता शर्मा", "boxes": "张伟कAB", "firm": "محمد", "title": "क्षत्रिय शिल्पा",
    });
    given.as_object_mut().unwrap().extend(typed.as_object().unwrap().clone());
    finish(&server.visit("ada@example.org"), &given).expect(200);
    finish(&server.visit("emile@example.org"), &json!({"second": "張偉"})).expect(200);
    let (bench, file) = completed(&server, &api, &id);
    let audit = bench.lay("audit.pdf", &api.file(&id, "audit.pdf"));

    let read =
        |file: &Path| said(&Command::new("pdftotext").arg("-layout").arg(file).arg("-").output().unwrap());
    let text = read(&file);
    for words in ["Zhang 张伟, 2026", "第一行。", "कविता शर्मा", "中国", "محمد", "क्षत्रिय शिल्पा", hindi, "張偉"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let text = read(&audit);
    assert!(text.contains(hindi) && text.contains("张伟") && text.contains("合同"), "{text}");
    let Some(read) = read_by_pypdf(&file) else { return };
    for (name, value) in [
        ("signer1_text1", "Zhang 张伟, 2026"),
        ("signer1_multiline_text1", "第一行。\nकविता शर्मा"),
        ("signer1_boxed_text1", "张伟कAB"),
        ("signer1_dropdown1", "CH"),
        ("signer1_recipient_name1", hindi),
        ("signer1_company1", "محمد"),
    ] {
        assert_eq!(read[name], value, "{name} in {read}");
    }
}

/// A document whose own form asks for a name and an agreement.
fn with_own_form() -> Option<Vec<u8>> {
    let python = std::env::var_os("COUNTERSIGN_PYTHON")?;
    let bench = Bench::new();
    let out = bench.path("form.pdf");
    let script = "import sys\n\
        from reportlab.pdfgen import canvas\n\
        page = canvas.Canvas(sys.argv[1], pagesize=(595, 842))\n\
        page.drawString(60, 700, 'Name')\n\
        form = page.acroForm\n\
        form.textfield(name='person', x=120, y=690, width=200, height=24)\n\
        form.checkbox(name='agreed', x=120, y=650, size=16)\n\
        form.choice(name='colour', options=['red', 'blue'], value='red', x=120, y=600, width=120, height=24, fieldFlags='combo')\n\
        form.radio(name='way', value='mail', x=120, y=560, size=16)\n\
        form.radio(name='way', value='phone', x=150, y=560, size=16, selected=True)\n\
        page.save()";
    let output = Command::new(python).args(["-c", script]).arg(&out).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    Some(std::fs::read(out).unwrap())
}

fn into_own_form(api: &Api, form: &[u8], own: [&str; 4]) -> Value {
    let field = |kind: &str, at, name: &str, more: Value| {
        let mut field = field(kind, kind, (120, at), more);
        field["form_field"] = name.into();
        field
    };
    let choices = json!({"options": [{"label": "blue"}]});
    json!({
        "title": "Own form", "documents": [{"upload": api.uploaded(form)}],
        "recipients": [somebody("Ada", 1, json!({}))],
        "fields": [
            field("text", 130, own[0], json!({})),
            field("checkbox", 180, own[1], json!({})),
            field("dropdown", 220, own[2], json!({"choices": choices})),
            field("radio", 260, own[3], json!({"group": "way"})),
            place(1, 600, 1),
        ],
    })
}

#[test]
fn the_form_of_the_document_itself_takes_the_values() {
    let Some(form) = with_own_form() else { return };
    let server = server();
    let api = server.api();
    let id = api.sent(&into_own_form(&api, &form, ["person", "agreed", "colour", "way"]));
    let values = json!({"text": "Ada Lovelace", "checkbox": "true", "dropdown": "blue", "radio": "true"});
    finish(&server.visit("ada@example.org"), &values).expect(200);
    api.wait_until(&id, "completed");
    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let file = bench.lay("file.pdf", &api.file(&id, "documents/1"));
    judges::pyhanko_accepts(&file, &root, 2);
    judges::readers_accept(&file, 2);
    let read = read_by_pypdf(&file).unwrap();
    assert_eq!(read, json!({"person": "Ada Lovelace", "agreed": "/Yes", "colour": "blue", "way": "/mail"}));
}

/// The buttons of the group `way`, in the order of the draft: those that are imported, and which the form calls so.
fn buttons(api: &Api, form: &[u8], options: &[&str]) -> Value {
    let mut draft = into_own_form(api, form, ["person", "agreed", "colour", "way"]);
    let mut fields = draft["fields"].as_array().unwrap().clone();
    fields.retain(|it| it["type"] != "radio");
    for (option, left) in options.iter().zip([120, 150, 180]) {
        let mut button = field(option, "radio", (left, 260), json!({"group": "way"}));
        (button["form_field"], button["form_option"]) = ("way".into(), (*option).into());
        fields.push(button);
    }
    draft["fields"] = fields.into();
    draft
}

#[test]
fn the_buttons_of_a_form_are_listed_and_stay_themselves_in_whatever_order_they_are_asked() {
    let Some(form) = with_own_form() else { return };
    let server = server();
    let api = server.api();
    let upload = api.uploaded(&form);
    let listed = api.get(&format!("/v1/uploads/{upload}/form-fields")).expect(200).json();
    let items = listed["items"].as_array().unwrap();
    let way = items.iter().find(|it| it["name"] == "way").unwrap();
    let told: Vec<(&Value, &Value, f64)> = way["buttons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (&it["option"], &it["label"], it["x"].as_f64().unwrap().round()))
        .collect();
    assert_eq!(told, [(&json!("mail"), &json!("mail"), 120.0), (&json!("phone"), &json!("phone"), 150.0)]);
    assert!(items.iter().filter(|it| it["name"] != "way").all(|it| it["buttons"] == json!([])));

    // One of them was left out, or they came in another order: what is chosen is what the form calls so.
    for options in [&["phone"][..], &["phone", "mail"]] {
        let id = api.sent(&buttons(&api, &form, options));
        let values = json!({"text": "Ada Lovelace", "checkbox": "true", "dropdown": "blue", "phone": "true"});
        finish(&api.visit(&id, 1), &values).expect(200);
        api.wait_until(&id, "completed");
        let bench = Bench::new();
        let file = bench.lay("file.pdf", &api.file(&id, "documents/1"));
        assert_eq!(read_by_pypdf(&file).unwrap()["way"], "/phone", "{options:?}");
    }
}

#[test]
fn a_button_that_the_form_does_not_have_or_that_is_asked_twice_is_told_before_anybody_is_invited() {
    let Some(form) = with_own_form() else { return };
    let server = server();
    let api = server.api();
    for (options, code) in
        [(["mail", "pigeon"], "form_field_mismatched"), (["mail", "mail"], "form_field_repeated")]
    {
        let mut draft = buttons(&api, &form, &options);
        draft["fields"][5]["id"] = "second".into();
        let made = api.post("/v1/envelopes", &draft).expect(201).json();
        let path = format!("/v1/envelopes/{}/send", made["id"].as_str().unwrap());
        let refused = api.post(&path, &Value::Null).expect(422).json();
        let found: Vec<&Value> = refused["errors"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
        assert_eq!(found, [code], "{refused}");
        assert_eq!(refused["errors"][0]["pointer"], "/fields/5/form_field");
    }
}

#[test]
fn a_form_field_that_is_missing_or_takes_something_else_is_told_before_anybody_is_invited() {
    let Some(form) = with_own_form() else { return };
    let server = server();
    let api = server.api();
    let mut draft = into_own_form(&api, &form, ["nobody", "person", "colour", "agreed"]);
    draft["fields"][2]["choices"]["options"][0]["label"] = "green".into();
    let made = api.post("/v1/envelopes", &draft).expect(201).json();
    let refused = api.post(&format!("/v1/envelopes/{}/send", made["id"].as_str().unwrap()), &Value::Null);
    assert_eq!(refused.status, 422);
    let findings: Vec<(Value, Value)> = refused.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["pointer"].clone(), it["code"].clone()))
        .collect();
    assert_eq!(
        findings,
        [
            (json!("/fields/0/form_field"), json!("form_field_unknown")),
            (json!("/fields/1/form_field"), json!("form_field_mismatched")),
            (json!("/fields/2/form_field"), json!("form_field_mismatched")),
            (json!("/fields/3/form_field"), json!("form_field_mismatched")),
        ]
    );
    assert!(server.outbox("ada@example.org").is_empty());
}

#[test]
fn letters_that_cannot_be_drawn_are_refused_where_they_are_written() {
    let server = server();
    let api = server.api();
    let mut draft = every_kind(&api);
    let words = draft["fields"].as_array().unwrap().iter().position(|it| it["id"] == "words").unwrap();
    draft["fields"][words]["value"] = "\u{e2a}".into();
    let made = api.post("/v1/envelopes", &draft).expect(201).json();
    let refused = api.post(&format!("/v1/envelopes/{}/send", made["id"].as_str().unwrap()), &Value::Null);
    assert_refused(&refused, 422, "text_not_drawable");

    let _ = api.sent(&every_kind(&api));
    let ada = server.visit("ada@example.org");
    ada.consent().expect(200);
    // Kept as a draft before, and not sent again with the act.
    ada.ask("PUT", "/values", &json!({"values": {"lines": "\u{e2a}"}})).expect(204);
    let mut given = values();
    given.as_object_mut().unwrap().remove("lines");
    assert_refused(&finish(&ada, &given), 422, "text_not_drawable");
}

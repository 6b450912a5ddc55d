//! What people filled goes out as files, and other programs read in them what was filled.

use crate::attached::add;
use crate::given::place;
use crate::judges::{Bench, said};
use crate::parts::somebody;
use crate::templates::on_both;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use testkit::Pdf;
use testkit::server::{Api, Setup};

const FORMATS: [(&str, &str); 4] = [
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("csv", "text/csv; charset=utf-8; header=present"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];
const FORMULA: &str = "=HYPERLINK(\"http://evil.example\",\"x\")";
const REMARKS: &str = "a;b \"c\" <d> & ]]>\n- two \u{141}\u{f3}d\u{17a}";

/// A form: Ada fills it, and Ben says a colour.
pub fn form(api: &Api, title: &str) -> Value {
    let mut y = 40;
    let mut field = |id: &str, kind: &str, more: Value| {
        y += 28;
        let mut field = json!({"id": id, "type": kind, "page": 1, "x": 60, "y": y, "required": false});
        field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        field
    };
    let key = |key: &str| json!({ "capture_key": key });
    let land =
        json!({"options": [{"label": "Belgium", "value": "BE"}, {"label": "Switzerland", "value": "CH"}]});
    let fields = json!([
        field("wish", "text", key("wish")),
        field("net", "number", key("net")),
        field("long", "number", key("long")),
        field("lines", "multiline_text", json!({"label": "Remarks"})),
        field("born", "date", key("born")),
        field("agree", "checkbox", key("agree")),
        field("land", "dropdown", json!({"choices": land, "capture_key": "land"})),
        field("secret", "text", json!({"confidential": true, "capture_key": "secret"})),
        field("hidden", "text", json!({"confidential": true, "label": "Hidden"})),
        field("name", "text", key("title")),
        field("licence", "attachment", key("licence")),
        field("colour", "text", json!({"recipient": 2, "label": "Colour"})),
        field("again", "text", json!({"recipient": 2, "label": "Colour"})),
        field("done_on", "date_completed", key("done_on")),
        place(1, 600, 1),
        place(1, 700, 2),
    ]);
    json!({
        "title": title, "documents": [{"upload": api.uploaded(&Pdf::one_page().bytes())}],
        "recipients": [somebody("Ada", 1, json!({})), somebody("Ben", 1, json!({}))],
        "fields": fields,
    })
}

/// Both fill it; its id.
pub fn filled(api: &Api, title: &str) -> String {
    let id = api.sent(&form(api, title));
    let ada = api.visit(&id, 1);
    ada.consent().expect(200);
    add(&ada, "licence", "%3Dlicence.pdf", &Pdf::one_page().title("Licence").bytes()).expect(200);
    let mut act = ada.whole_act();
    act["values"] = json!({
        "wish": FORMULA, "net": "-5", "long": "12345678901234567.5", "lines": REMARKS, "born": "1990-12-31",
        "agree": "true", "land": "CH", "secret": "4711", "hidden": "0815", "name": "+33 6",
    });
    ada.ask("POST", "/finish", &act).expect(200);
    let ben = api.visit(&id, 2);
    ben.consent().expect(200);
    let mut act = ben.whole_act();
    act["values"] = json!({"colour": "@rot"});
    ben.ask("POST", "/finish", &act).expect(200);
    api.wait_until(&id, "completed");
    id
}

#[test]
fn what_was_filled_goes_out_in_every_format_and_other_programs_read_it() {
    on_both("exports", goes_out_in_every_format);
}

fn goes_out_in_every_format(setup: Setup) {
    let server = setup.start();
    let api = server.api();
    let id = filled(&api, "Mietvertrag \u{201e}Müller\u{201c}");
    let open = api.sent(&form(&api, "=Open"));
    let bench = Bench::new();
    for (format, kind) in FORMATS {
        let answer = api.get(&format!("/v1/values?format={format}")).expect(200);
        assert_eq!(answer.header("content-type"), Some(kind));
        assert_eq!(answer.header("content-length"), Some(answer.body.len().to_string().as_str()));
        bench.lay(&format!("values.{format}"), &answer.body);
    }
    json_says_it_all(&api, &id, &open);
    let one = api.get(&format!("/v1/envelopes/{id}/values?format=csv")).expect(200);
    assert_eq!(one.text().lines().filter(|it| it.starts_with("env_")).count(), 1);
    assert_eq!(
        one.header("content-disposition"),
        Some(
            "attachment; filename=\"Mietvertrag _M_ller_ - values.csv\"; \
             filename*=UTF-8''Mietvertrag%20%E2%80%9EM%C3%BCller%E2%80%9C%20-%20values.csv"
        )
    );
    sheet_is_read_by_calamine(&bench.path("values.xlsx"), &id);
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/values.xsd");
    others_read(&bench, &schema, &id, &open);
}

fn json_says_it_all(api: &Api, id: &str, open: &str) {
    let all = api.get("/v1/values").expect(200).json();
    let items = all["items"].as_array().unwrap();
    let of = |id: &str| items.iter().find(|it| it["envelope"] == id).unwrap();
    let (open, done) = (of(open), of(id));
    assert_eq!(items.len(), 2);
    assert_eq!(*done, api.get(&format!("/v1/envelopes/{id}/values")).expect(200).json()["items"][0]);
    let value = |of: &Value, recipient: usize, field: &str| {
        let fields = of["recipients"][recipient]["fields"].as_array().unwrap();
        fields.iter().find(|it| it["id"] == field).map(|it| it["value"].clone())
    };
    assert_eq!(value(open, 0, "wish"), Some(Value::Null), "nothing is told before somebody is done");
    assert_eq!((&open["status"], &open["completed_at"]), (&json!("in_progress"), &Value::Null));
    let envelope = api.envelope(id);
    assert_eq!((&done["completed_at"], &done["sent_at"]), (&envelope["ended_at"], &envelope["sent_at"]));
    assert_eq!(value(done, 0, "wish"), Some(json!(FORMULA)));
    assert_eq!(value(done, 0, "agree"), Some(json!(true)));
    assert_eq!(value(done, 0, "lines"), Some(json!(REMARKS)));
    assert_eq!(value(done, 0, "licence"), Some(envelope["captures"]["licence"].clone()));
    assert_eq!(value(done, 0, "secret"), Some(envelope["captures"]["secret"].clone()));
    assert_eq!(value(done, 0, "hidden"), None, "what has no key was asked for nobody's program");
    assert_eq!(value(done, 1, "colour"), Some(json!("@rot")));
    assert_eq!(done["fields"][0]["value"], envelope["captures"]["done_on"]);
    assert_eq!(done["recipients"][0]["acted_at"], envelope["recipients"][0]["acted_at"]);
}

fn sheet_is_read_by_calamine(file: &Path, id: &str) {
    use calamine::{Data, Reader};
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(file).unwrap();
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).unwrap();
    assert!(formulas.cells().all(|(.., formula)| formula.is_empty()), "nothing in it is a formula");
    let sheet = book.worksheet_range(&name).unwrap();
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let at = |heading: &str| rows[0].iter().position(|it| it == &Data::String(heading.to_owned())).unwrap();
    // What changed last comes first, and which that is the mails decide.
    let done = rows.iter().position(|it| it[0] == Data::String(id.to_owned())).unwrap();
    let cell = |heading: &str| rows[done][at(heading)].clone();
    assert_eq!(cell("wish"), Data::String(FORMULA.to_owned()));
    assert_eq!(cell("net"), Data::Float(-5.0));
    assert_eq!(cell("long"), Data::String("12345678901234567.5".to_owned()));
    assert_eq!(cell("agree"), Data::Bool(true));
    assert_eq!(rows[3 - done][at("title")], Data::String("=Open".to_owned()));
}

fn others_read(bench: &Bench, schema: &Path, id: &str, open: &str) {
    let Some(python) = std::env::var_os("COUNTERSIGN_PYTHON") else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/read_values.py");
    let output = Command::new(python).arg(script).arg(bench.path("")).arg(schema).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    let csv = |row: usize, heading: &str| {
        let at = read["csv"][0].as_array().unwrap().iter().position(|it| it == heading);
        read["csv"][row][at.expect(heading)].clone()
    };
    let row_of = |table: &str, id: Value| {
        read[table].as_array().unwrap().iter().position(|it| it[0] == id).expect("it has a row")
    };
    let (opened, done) = (row_of("csv", json!(open)), row_of("csv", json!(id)));
    for (heading, value) in [
        ("status", "completed"),
        ("recipients", "Ada <ada@example.org>; Ben <ben@example.org>"),
        ("wish", format!("'{FORMULA}").as_str()),
        ("net", "-5"),
        ("long", "12345678901234567.5"),
        ("Remarks - recipient 1", "a;b \"c\" <d> & ]]>\n'- two \u{141}\u{f3}d\u{17a}"),
        ("born", "1990-12-31"),
        ("agree", "true"),
        ("land", "CH"),
        ("secret", "4711"),
        ("title (2)", "'+33 6"),
        ("licence", "'=licence.pdf"),
        ("Colour - recipient 2", "'@rot"),
        ("Colour - recipient 2 (2)", ""),
    ] {
        assert_eq!(csv(done, heading), value, "{heading}");
    }
    assert_eq!((csv(opened, "title"), csv(opened, "net")), (json!("'=Open"), json!("")));
    assert!(!read.to_string().contains("0815"));

    let kinds = read["xlsx"][row_of("xlsx", json!(["s", id]))].as_array().unwrap();
    let of = |heading: &str| {
        let headings = read["xlsx"][0].as_array().unwrap();
        kinds[headings.iter().position(|it| it[1] == heading).unwrap()].clone()
    };
    assert_eq!(of("wish"), json!(["s", FORMULA]), "openpyxl calls a formula f");
    assert_eq!(of("net"), json!(["n", "-5"]));
    assert_eq!(of("born"), json!(["d", "1990-12-31 00:00:00"]));
    assert_eq!(of("agree"), json!(["b", "True"]));
    assert_eq!(of("Remarks - recipient 1"), json!(["s", REMARKS]));

    let xml = &read["xml"][id];
    assert_eq!((&xml["wish"], &xml["lines"]), (&json!(FORMULA), &json!(REMARKS)));
    assert_eq!((&xml["net"], &xml["licence"]), (&json!("-5"), &json!("=licence.pdf")));
    assert_eq!(read["xml"][open]["wish"], Value::Null);
    assert_eq!(read["xml"].as_object().unwrap().len(), 2);
}

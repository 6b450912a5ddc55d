//! What was said of a field is in the document: its words for a screen reader, its place in the order of tabs, its size,
//! its letters; read by a library that knows nothing of us.

use crate::given::{one_signer, place, server};
use crate::judges::{Bench, said};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use testkit::Pdf;

/// What the form fields of the first page say, in the order in which the page lists them.
fn listed(file: &Path) -> Option<Vec<Value>> {
    let python = std::env::var_os("COUNTERSIGN_PYTHON")?;
    let script = "import json, sys, pypdf\n\
        page = pypdf.PdfReader(sys.argv[1]).pages[0]\n\
        told = []\n\
        for one in (it.get_object() for it in page['/Annots']):\n\
        \x20   up = one['/Parent'].get_object() if '/T' not in one else one\n\
        \x20   sides = [float(it) for it in one['/Rect']]\n\
        \x20   told.append({'name': up['/T'], 'label': one.get('/TU', up.get('/TU', '')), 'align': int(one.get('/Q', 0)),\n\
        \x20       'letters': one.get('/DA', ''), 'required': bool(int(up.get('/Ff', 0)) & 2),\n\
        \x20       'size': [sides[2] - sides[0], sides[3] - sides[1]], 'left': sides[0], 'top': 842 - sides[3]})\n\
        print(json.dumps(told))";
    let output = Command::new(python).args(["-c", script]).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_document_says_of_its_fields_what_the_sender_said() {
    let server = server();
    let api = server.api();
    let mut draft = one_signer(&api.uploaded(&Pdf::one_page().bytes()));
    let field = |id: &str, kind: &str, (x, y): (u32, u32), more: Value| {
        let mut field =
            json!({"id": id, "type": kind, "page": 1, "x": x, "y": y, "label": format!("Label of {id}")});
        field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        field
    };
    let centred = json!({"required": false, "style": {"align": "centre", "size": 9}});
    let right = json!({"tab_order": 1, "style": {"align": "right", "size": 14.5, "colour": "#ff0080"}});
    let button = |x: u32, more: Value| {
        let mut button = field(&format!("way{x}"), "radio", (x, 300), json!({"group": "way"}));
        button.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        button
    };
    draft["fields"] = json!([
        field("low", "text", (72, 400), json!({})),
        field("high", "number", (72, 100), centred),
        field("third", "text", (300, 60), json!({"tab_order": 3})),
        button(72, json!({})),
        button(102, json!({"tab_order": 2})),
        field("first", "email", (300, 700), right),
        place(1, 600, 1),
    ]);
    let id = api.sent(&draft);
    let bench = Bench::new();
    let Some(told) = listed(&bench.lay("prepared.pdf", &api.file(&id, "documents/1"))) else { return };

    // What is numbered comes first, a group where its first button is; then from the top down.
    let order: Vec<(&str, f64)> =
        told.iter().map(|it| (it["name"].as_str().unwrap(), it["left"].as_f64().unwrap())).collect();
    let expected = [
        ("signer1_email1", 300.0),
        ("signer1_radio_way", 72.0),
        ("signer1_radio_way", 102.0),
        ("signer1_text2", 300.0),
        ("signer1_number1", 72.0),
        ("signer1_text1", 72.0),
    ];
    assert_eq!(order, expected, "{told:?}");

    let (first, high, low) = (&told[0], &told[4], &told[5]);
    assert_eq!(
        (&first["label"], &first["align"], &first["required"]),
        (&json!("Label of first"), &json!(2), &json!(true))
    );
    assert_eq!(first["letters"], "/Helv 14.5 Tf 1 0 0.5 rg");
    assert_eq!((&high["align"], &high["required"]), (&json!(1), &json!(false)));
    assert_eq!(low["align"], 0);
    assert_eq!((&first["size"], &high["size"]), (&json!([150.0, 20.0]), &json!([90.0, 20.0])));
    assert_eq!(first["top"], 700.0);
}

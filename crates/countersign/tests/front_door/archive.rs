//! PDF/A: what is converted, and what becomes of it when people fill it and sign it. Judged by PDFBox (preflight) and read
//! by pypdf.
//!
//! Preflight knows PDF/A-1b, and we make PDF/A-2b, which allows more; [`AS_OF_PART_2`] names what it has to say of that. No
//! validator of part 2 can be had from the package registries.

use crate::given::{place, server};
use crate::judges::{self, Bench, said};
use crate::parts::somebody;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use testkit::Pdf;

const JARS: [&str; 10] = [
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "commons-io",
    "javax.activation",
    "bcprov",
    "bcmail",
    "jaxb-api",
];

/// What preflight says of part 1, and part 2 sees otherwise.
const AS_OF_PART_2: [&str; 3] = [
    "part must be 1",
    // ISO 19005-2 6.2.11.4.2: optional.
    "The CIDSet entry is missing for the Composite Subset",
    // 6.3.3: not of an annotation without a size; [`widgets`] holds that no other one lacks it.
    "widget annotation lacks an appearance dictionary",
];

/// What is wrong with a file; nothing where it is PDF/A-1b in all that part 2 asks for, too. `None` where there is no
/// preflight.
#[expect(clippy::print_stdout, reason = "a skipped test has to be seen")]
fn preflight(file: &Path) -> Option<Vec<String>> {
    let jars = JARS.map(|jar| format!("/usr/share/java/{jar}.jar"));
    if let Some(missing) = jars.iter().find(|it| !Path::new(it).exists()) {
        assert!(std::env::var_os("CI").is_none(), "{missing} is not installed, and in CI it has to be");
        println!("Skipped: {missing} is not installed (scripts/setup.sh test).");
        return None;
    }
    let mut java = Command::new("java");
    let output = java
        .args(["-cp", &jars.join(":"), "org.apache.pdfbox.preflight.Validator_A1b"])
        .arg(file)
        .output()
        .expect("java is there");
    let words = said(&output);
    assert!(words.contains("PDF/A-1b file"), "a judgement: {words}");
    let of_a_fault = |line: &&str| line.starts_with(|it: char| it.is_ascii_digit()) && line.contains(" : ");
    Some(words.lines().filter(of_a_fault).map(str::to_owned).collect())
}

fn faults_of_part_2(file: &Path) -> Option<Vec<String>> {
    let mut found = preflight(file)?;
    assert!(found.iter().any(|it| it.contains("part must be 1")), "it claims part 2: {found:?}");
    found.retain(|fault| !AS_OF_PART_2.iter().any(|allowed| fault.contains(allowed)));
    Some(found)
}

/// Each widget: name, kind, flags, whether it has a size, what its appearance is, whether it leads to an action. And each
/// font that no file is embedded for, of those that the page and the appearances use.
fn widgets(file: &Path) -> Option<Value> {
    let python = std::env::var_os("COUNTERSIGN_PYTHON")?;
    let script = "import json, sys, pypdf\n\
        reader = pypdf.PdfReader(sys.argv[1])\n\
        loose, found = [], []\n\
        def fonts(resources):\n\
        \x20   resources = (resources or {}).get('/Resources', {}) or {}\n\
        \x20   resources = resources.get_object() if hasattr(resources, 'get_object') else resources\n\
        \x20   for name, font in (resources.get('/Font', {}) or {}).items():\n\
        \x20       font = font.get_object()\n\
        \x20       for real in font.get('/DescendantFonts', [font]):\n\
        \x20           files = real.get_object().get('/FontDescriptor', {})\n\
        \x20           if not any(key in files for key in ('/FontFile', '/FontFile2', '/FontFile3')):\n\
        \x20               loose.append(str(font.get('/BaseFont')))\n\
        \x20   for form in (resources.get('/XObject', {}) or {}).values():\n\
        \x20       form = form.get_object()\n\
        \x20       if form.get('/Subtype') == '/Form': fonts(form)\n\
        for page in reader.pages:\n\
        \x20   fonts(page)\n\
        \x20   for one in page.get('/Annots', []):\n\
        \x20       one = one.get_object()\n\
        \x20       field = one.get('/Parent', one).get_object()\n\
        \x20       whole = {**field, **one}\n\
        \x20       normal = whole.get('/AP', {}).get('/N') if '/AP' in whole else None\n\
        \x20       normal = normal.get_object() if normal is not None else None\n\
        \x20       streams = hasattr(normal, 'get_data')\n\
        \x20       for form in [normal] if streams else list((normal or {}).values()): fonts(form.get_object())\n\
        \x20       left, low, right, high = [float(it) for it in whole['/Rect']]\n\
        \x20       found.append({'name': whole.get('/T'), 'kind': whole.get('/FT'), 'flags': whole.get('/F'),\n\
        \x20           'size': right > left and high > low, 'acts': '/A' in whole or '/AA' in whole,\n\
        \x20           'looks': None if normal is None else 'one' if streams else 'states'})\n\
        form = reader.trailer['/Root'].get('/AcroForm', {})\n\
        print(json.dumps({'widgets': found, 'loose': loose, 'needs': bool(form.get('/NeedAppearances', False))}))";
    let output = Command::new(python).args(["-c", script]).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn a_converted_file_is_pdf_a_for_a_program_of_others() {
    let server = server();
    let api = server.api();
    let plain = Pdf::one_page().bytes();
    let made = api.ask("POST", "/v1/uploads?pdfa=mandatory", &[], &plain).expect(201).json();
    let path = format!("/v1/uploads/{}/content", made["id"].as_str().unwrap());
    let bench = Bench::new();
    let file = bench.lay("archive.pdf", &api.get(&path).expect(200).body);
    let Some(faults) = faults_of_part_2(&file) else { return };
    assert!(faults.is_empty(), "{faults:?}");
    // The judge can say no: this is what it was before.
    let before = preflight(&bench.lay("plain.pdf", &plain)).unwrap();
    assert!(before.iter().any(|it| it.contains("FontFile entry is missing")), "{before:?}");
}

#[test]
fn files_of_four_programs_become_pdf_a_for_a_program_of_others() {
    let server = server();
    let api = server.api();
    let bench = Bench::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pdf/tests/files/text");
    for name in ["word.pdf", "latex.pdf", "chromium.pdf", "reportlab.pdf"] {
        let plain = std::fs::read(folder.join(name)).unwrap();
        let path = format!("/v1/uploads?filename={name}&pdfa=mandatory");
        let made = api.ask("POST", &path, &[], &plain).expect(201).json();
        assert_eq!(made["rewritten"], "converted_to_pdfa", "{name}: {made}");
        let path = format!("/v1/uploads/{}/content", made["id"].as_str().unwrap());
        let file = bench.lay(name, &api.get(&path).expect(200).body);
        let Some(faults) = faults_of_part_2(&file) else { return };
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}

/// Ada fills one field of each kind of widget, Ben signs after her.
fn of_each_widget(upload: &Value) -> Value {
    let field = |kind: &str, y: u32, more: Value| {
        let mut field = json!({"id": kind, "type": kind, "page": 1, "x": 60, "y": y, "label": kind});
        field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        field
    };
    let options = json!({"options": [{"label": "Belgium", "value": "BE"}]});
    json!({
        "title": "For the archive", "documents": [{"upload": upload}],
        "recipients": [somebody("Ada", 1, json!({})), somebody("Ben", 2, json!({}))],
        "fields": [
            field("text", 60, json!({})), field("multiline_text", 90, json!({})),
            field("boxed_text", 160, json!({"characters_max": 4})), field("dropdown", 190, json!({"choices": options})),
            field("checkbox", 220, json!({})), field("radio", 250, json!({"group": "way"})),
            field("image", 280, json!({"required": false})), field("initials", 360, json!({})),
            field("recipient_name", 400, json!({})), field("date_signed", 430, json!({})),
            field("date_completed", 460, json!({"recipient": 0})),
            field("free_text", 490, json!({"recipient": 0, "value": "The sender's words"})),
            field("strikethrough", 520, json!({"recipient": 0})),
            place(1, 600, 1), place(1, 680, 2),
        ],
    })
}

#[test]
fn what_two_people_fill_and_sign_stays_what_pdf_a_allows() {
    let server = server();
    let api = server.api();
    let made =
        api.ask("POST", "/v1/uploads?pdfa=mandatory", &[], &Pdf::one_page().bytes()).expect(201).json();
    let id = api.sent(&of_each_widget(&made["id"]));
    let ada = server.visit("ada@example.org");
    ada.consent().expect(200);
    let mut act = ada.whole_act();
    act["values"] = json!({"text": "Łódź", "multiline_text": "Two\nlines", "boxed_text": "AB", "dropdown": "BE",
                           "checkbox": "true", "radio": "true"});
    ada.ask("POST", "/finish", &act).expect(200);
    server.visit("ben@example.org").sign();
    api.wait_until(&id, "completed");
    let bench = Bench::new();
    let root = bench.lay("ca.pem", &server.get("/pki/ca.pem").expect(200).body);
    let file = bench.lay("archive.pdf", &api.file(&id, "documents/1"));
    judges::pyhanko_accepts(&file, &root, 3);
    judges::readers_accept(&file, 3);
    if let Some(faults) = faults_of_part_2(&file) {
        assert!(faults.is_empty(), "{faults:#?}");
    }

    let Some(read) = widgets(&file) else { return };
    assert_eq!((&read["loose"], &read["needs"]), (&json!([]), &json!(false)), "{read:#}");
    let found = read["widgets"].as_array().unwrap();
    assert_eq!(found.len(), 14, "{read:#}");
    for widget in found {
        // ISO 19005-2 6.3.2: printed (4), and none of invisible (1), hidden (2), not viewed (32), toggled (256).
        let flags = widget["flags"].as_i64().unwrap();
        assert_eq!(flags & (1 | 2 | 4 | 32 | 256), 4, "{widget}");
        // 6.3.3: a button has states, every other one a single look; without a size none is needed.
        let looks = match (widget["kind"].as_str().unwrap(), widget["size"].as_bool().unwrap()) {
            ("/Btn", true) => json!("states"),
            (_, true) => json!("one"),
            (_, false) => Value::Null,
        };
        assert_eq!(widget["looks"], looks, "{widget}");
        assert_eq!(widget["acts"], false, "6.4.1: {widget}");
    }
}

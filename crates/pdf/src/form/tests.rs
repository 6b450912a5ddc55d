mod kinds;
mod scripts;

use std::process::Command;

use super::sample::{Sample, a4, appended, open};
use super::*;
use crate::appearance::{Ink, InkRefusal, TextStyle};
use crate::document::Document;
use crate::geometry::Rect;
use crate::object::{Dictionary, Object, ObjectId};

fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect { x, y, width, height }
}

fn widget(name: &str, kind: WidgetKind, page: u32, rect: Rect) -> Widget {
    Widget {
        name: name.to_owned(),
        kind,
        page,
        rect,
        label: format!("Label of {name}"),
        required: true,
        style: TextStyle::default(),
    }
}

fn plan(widgets: Vec<Widget>) -> Plan {
    Plan { widgets, ..Plan::default() }
}

/// A text, a check box and a mark for the signer of this number, one below the other.
fn three_fields(signer: u32, page: u32) -> Vec<Widget> {
    let y = 100.0 + 150.0 * f64::from(signer);
    vec![
        widget(&format!("s{signer}_text"), WidgetKind::Text, page, rect(60.0, y, 180.0, 18.0)),
        widget(&format!("s{signer}_check"), WidgetKind::CheckBox, page, rect(60.0, y + 30.0, 14.0, 14.0)),
        widget(&format!("s{signer}_initials"), WidgetKind::Mark, page, rect(100.0, y + 25.0, 50.0, 25.0)),
    ]
}

fn typed(text: &str) -> Ink {
    Ink::Typed { text: text.to_owned() }
}

fn act_of(signer: u32, page: u32, ink: Ink) -> Act {
    let name = |field: &str| format!("s{signer}_{field}");
    let y = 160.0 + 150.0 * f64::from(signer);
    Act {
        fills: vec![
            Fill::Text {
                name: name("text"),
                value: format!("Signer {signer}, Łódź"),
                style: TextStyle::default(),
            },
            Fill::Check { name: name("check"), on: true },
            Fill::Mark { name: name("initials"), ink: ink.clone() },
        ],
        signature: SignatureField {
            name: name("signature"),
            page,
            rect: Some(rect(60.0, y, 180.0, 60.0)),
            ink: Some(ink),
            caption: vec![format!("Signer {signer}"), "2026-11-22 09:30 UTC".to_owned()],
            lock: Lock::Include(vec![name("text"), name("check"), name("initials"), name("signature")]),
        },
        signature_dictionary: Dictionary::new()
            .with("Type", Object::name("Sig"))
            .with("Filter", Object::name("Adobe.PPKLite"))
            .with("SubFilter", Object::name("ETSI.CAdES.detached")),
        contents_bytes: 4096,
        certify: None,
    }
}

fn drawn() -> Ink {
    let wave = (0..=40).map(|step| {
        let x = f64::from(step);
        (20.0 + x * 6.0, 75.0 + 40.0 * (x / 3.0).sin() * (1.0 - x / 60.0))
    });
    Ink::Drawn {
        width: 300.0,
        height: 150.0,
        strokes: vec![wave.collect(), vec![(20.0, 130.0), (250.0, 120.0)]],
    }
}

fn prepared(base: &[u8], plan: &Plan) -> Vec<u8> {
    let tail = prepare(&open(base), plan).expect("can be prepared").expect("something is added");
    appended(base, &tail)
}

fn acted(base: &[u8], with: &Act) -> Vec<u8> {
    appended(base, &act(&open(base), with).expect("can be signed"))
}

fn dictionary(document: &Document, id: ObjectId) -> Dictionary {
    document.get(id).unwrap().as_dictionary().cloned().expect("a dictionary")
}

fn form(document: &Document) -> Dictionary {
    let catalog = document.catalog().unwrap();
    document.lookup(&catalog, "AcroForm").unwrap().as_dictionary().cloned().expect("a form")
}

/// The field of this name at the root of the tree.
fn field(document: &Document, name: &str) -> Dictionary {
    let fields = document.lookup(&form(document), "Fields").unwrap();
    let all = fields.as_array().expect("fields").iter().filter_map(Object::as_reference);
    all.map(|id| dictionary(document, id))
        .find(|field| field.get("T").and_then(Object::as_text).as_deref() == Some(name))
        .unwrap_or_else(|| panic!("no field {name}"))
}

/// Asks qpdf, where it is installed, and says so where it is not.
fn assert_sound(bytes: &[u8], name: &str) {
    let path = std::env::temp_dir().join(format!("countersign-form-{}-{name}.pdf", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    match Command::new("qpdf").arg("--check").arg(&path).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned()
                + &String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name}: {said}");
        }
        Err(_) => println!("qpdf is not installed: {name} was not checked with it"),
    }
    if let Some(folder) = std::env::var_os("COUNTERSIGN_KEEP_PDFS") {
        std::fs::copy(&path, std::path::Path::new(&folder).join(format!("{name}.pdf"))).unwrap();
    }
    std::fs::remove_file(&path).unwrap();
}

fn turned(rotate: u16) -> Dictionary {
    a4().with("Rotate", rotate).with("CropBox", Object::numbers(&[40.0, 60.0, 560.0, 800.0]))
}

#[test]
fn a_form_is_prepared_and_signed_twice_on_pages_turned_any_way_with_either_kind_of_table() {
    for rotate in [0, 90, 180, 270] {
        let sample = Sample::new(&[turned(rotate)]);
        for (kind, base) in [("table", sample.with_table()), ("stream", sample.with_stream())] {
            let mut with_fields = plan([three_fields(0, 1), three_fields(1, 1)].concat());
            with_fields.test_mark = Some("TEST – not binding".to_owned());
            let ready = prepared(&base, &with_fields);
            let once = acted(&ready, &act_of(0, 1, typed("Jane Doe")));
            let twice = acted(&once, &act_of(1, 1, drawn()));
            assert_sound(&twice, &format!("two-acts-{rotate}-{kind}"));

            let document = open(&twice);
            assert!(!document.was_repaired());
            assert_eq!(field(&document, "s0_text").get("V").unwrap().as_text().unwrap(), "Signer 0, Łódź");
            assert!(field(&document, "s1_check").is("AS", "Yes"));
            assert_eq!(form(&document).get("SigFlags"), Some(&Object::Integer(3)));
            let annotations = document.lookup(&document.page(1).unwrap().dictionary, "Annots").unwrap();
            assert_eq!(annotations.as_array().unwrap().len(), 8);
        }
    }
}

#[test]
fn a_widget_lies_where_it_is_shown_and_its_appearance_stands_upright() {
    let base = Sample::new(&[turned(90)]).with_table();
    let ready = prepared(&base, &plan(vec![widget("a", WidgetKind::Text, 1, rect(0.0, 0.0, 100.0, 20.0))]));
    let document = open(&ready);
    let field = field(&document, "a");
    // At 90 degrees the upper left corner as shown is the lower left corner of the CropBox.
    assert_eq!(field.get("Rect"), Some(&Object::Array([40, 60, 60, 160].map(Object::from).to_vec())));
    assert_eq!(field.get("MK").and_then(Object::as_dictionary).unwrap().get("R"), Some(&Object::Integer(90)));
    let form = document.lookup(field.get("AP").and_then(Object::as_dictionary).unwrap(), "N").unwrap();
    let form = form.as_dictionary().unwrap();
    assert_eq!(form.get("BBox"), Some(&Object::Array([0, 0, 100, 20].map(Object::from).to_vec())));
    assert_eq!(form.get("Matrix"), Some(&Object::Array([0, 1, -1, 0, 0, 0].map(Object::from).to_vec())));
}

#[test]
fn a_prepared_widget_is_blank_named_labelled_printed_and_not_to_be_typed_into() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(three_fields(0, 1)));
    let document = open(&ready);
    let text = field(&document, "s0_text");
    assert_eq!(text.get("TU").unwrap().as_text().unwrap(), "Label of s0_text");
    assert_eq!((text.get("Ff"), text.get("F")), (Some(&Object::Integer(3)), Some(&Object::Integer(4))));
    assert_eq!(text.get("V"), None);
    assert_eq!(text.get("P"), Some(&Object::Reference(Sample::page(1))));
    assert!(field(&document, "s0_check").is("V", "Off"));
    assert_eq!(field(&document, "s0_initials").get("Ff"), Some(&Object::Integer(65536 + 3)));
    let resources = form(&document).get("DR").and_then(Object::as_dictionary).cloned().unwrap();
    assert!(resources.get("Font").and_then(Object::as_dictionary).unwrap().has("Helv"));
    assert!(!form(&document).has("SigFlags"));
}

#[test]
fn an_empty_plan_adds_nothing() {
    assert_eq!(prepare(&open(&Sample::new(&[a4()]).with_table()), &Plan::default()), Ok(None));
}

/// The objects that a revision puts, by asking which bytes changed their meaning.
fn changed(before: &[u8], after: &[u8]) -> Vec<u32> {
    let (before, after) = (open(before), open(after));
    (1..60)
        .filter(|number| {
            let id = ObjectId::new(*number);
            before.get(id).unwrap() != after.get(id).unwrap() && !before.get(id).unwrap().is_null()
        })
        .collect()
}

#[test]
fn an_act_on_a_prepared_document_leaves_catalog_and_page_alone() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(three_fields(0, 1)));
    let signed = acted(&ready, &act_of(0, 1, typed("Jane")));
    let touched = changed(&ready, &signed);
    assert!(!touched.contains(&1) && !touched.contains(&Sample::page(1).number), "{touched:?}");
}

fn with_own_form(indirect: bool) -> Sample {
    let mut sample = Sample::new(&[a4()]);
    let old = sample.add(
        Dictionary::new()
            .with("Type", Object::name("Annot"))
            .with("Subtype", Object::name("Widget"))
            .with("FT", Object::name("Tx"))
            .with("T", Object::text("old"))
            .with("Rect", Object::numbers(&[10.0, 10.0, 90.0, 30.0])),
    );
    let list: Object = vec![Object::Reference(old)].into();
    let (fields, annotations) = if indirect {
        (sample.add(list.clone()).into(), sample.add(list).into())
    } else {
        (list.clone(), list)
    };
    let form = Dictionary::new().with("Fields", fields).with("NeedAppearances", true).with("Q", 1);
    let form: Object = if indirect { sample.add(form).into() } else { form.into() };
    sample.catalog().set("AcroForm", form);
    sample.change(Sample::page(1)).set("Annots", annotations);
    sample
}

#[test]
fn a_form_that_is_there_goes_on_direct_or_indirect() {
    for indirect in [false, true] {
        let base = with_own_form(indirect).with_table();
        let ready = prepared(&base, &plan(three_fields(0, 1)));
        let signed = acted(&ready, &act_of(0, 1, typed("Jane")));
        assert_sound(&signed, &format!("own-form-{indirect}"));
        let document = open(&signed);
        let form = form(&document);
        assert!(!form.has("NeedAppearances"));
        assert_eq!(form.get("Q"), Some(&Object::Integer(1)));
        assert_eq!(document.lookup(&form, "Fields").unwrap().as_array().unwrap().len(), 5);
        field(&document, "old");
        let annotations = document.lookup(&document.page(1).unwrap().dictionary, "Annots").unwrap();
        assert_eq!(annotations.as_array().unwrap().len(), 5);
        let page_changed = changed(&base, &signed).contains(&Sample::page(1).number);
        assert_eq!(page_changed, !indirect);
    }
}

#[test]
fn an_annotation_written_into_its_array_gets_an_object_of_its_own_once() {
    let mut sample = Sample::new(&[a4()]);
    let note =
        Dictionary::new().with("Subtype", Object::name("Text")).with("Rect", Object::numbers(&[0.0; 4]));
    sample.change(Sample::page(1)).set("Annots", vec![note.into()]);
    let ready = prepared(&sample.with_table(), &plan(three_fields(0, 1)));
    let document = open(&ready);
    let annotations = document.lookup(&document.page(1).unwrap().dictionary, "Annots").unwrap();
    let first = annotations.as_array().unwrap()[0].as_reference().expect("a reference");
    assert!(dictionary(&document, first).is("Subtype", "Text"));
}

#[test]
fn the_lock_of_a_signature_is_repeated_in_its_reference() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(three_fields(0, 1)));
    let document = open(&acted(&ready, &act_of(0, 1, typed("Jane"))));
    let field = field(&document, "s0_signature");
    assert_eq!(field.get("F"), Some(&Object::Integer(132)));
    let lock = document.lookup(&field, "Lock").unwrap();
    let lock = lock.as_dictionary().unwrap();
    assert!(matches!(field.get("Lock"), Some(Object::Reference(_))) && lock.is("Action", "Include"));
    let signature = document.lookup(&field, "V").unwrap();
    let reference = signature.as_dictionary().unwrap().get("Reference").and_then(Object::as_array).unwrap();
    let transform = reference.first().and_then(Object::as_dictionary).unwrap();
    assert!(transform.is("TransformMethod", "FieldMDP"));
    assert_eq!(transform.get("Data"), Some(&Object::Reference(document.catalog_id().unwrap())));
    let parameters = transform.get("TransformParams").and_then(Object::as_dictionary).unwrap();
    assert_eq!(parameters.get("Fields"), lock.get("Fields"));
    assert_eq!(parameters.get("Fields").and_then(Object::as_array).unwrap().len(), 4);
}

#[test]
fn an_invisible_signature_that_certifies_stands_on_its_page_and_in_the_catalog() {
    let base = Sample::new(&[a4()]).with_table();
    let mut seal = act_of(0, 1, typed("x"));
    seal.fills.clear();
    seal.signature.rect = None;
    seal.signature.lock = Lock::All;
    seal.certify = Some(2);
    let signed = acted(&base, &seal);
    assert_sound(&signed, "certified");
    let document = open(&signed);
    let field = field(&document, "s0_signature");
    assert_eq!(field.get("Rect"), Some(&Object::Array(vec![Object::Integer(0); 4])));
    assert!(!field.has("AP"));
    let annotations = document.lookup(&document.page(1).unwrap().dictionary, "Annots").unwrap();
    assert_eq!(annotations.as_array().unwrap().len(), 1);
    let permissions = document.lookup(&document.catalog().unwrap(), "Perms").unwrap();
    assert_eq!(permissions.as_dictionary().unwrap().get("DocMDP"), field.get("V"));
    let signature = document.lookup(&field, "V").unwrap();
    let reference = signature.as_dictionary().unwrap().get("Reference").and_then(Object::as_array).unwrap();
    let methods: Vec<_> = reference
        .iter()
        .filter_map(Object::as_dictionary)
        .filter_map(|transform| transform.get("TransformMethod"))
        .collect();
    assert_eq!(methods, [&Object::name("DocMDP"), &Object::name("FieldMDP")]);
    assert_eq!(
        signature.as_dictionary().unwrap().get("ByteRange").and_then(Object::as_array).unwrap().len(),
        4
    );
}

fn with_waiting_field(lock: Option<Dictionary>) -> Vec<u8> {
    let mut sample = Sample::new(&[a4()]);
    let mut waiting = Dictionary::new()
        .with("Type", Object::name("Annot"))
        .with("Subtype", Object::name("Widget"))
        .with("FT", Object::name("Sig"))
        .with("T", Object::text("sign"))
        .with("P", Sample::page(1))
        .with("Rect", Object::numbers(&[100.0, 100.0, 250.0, 150.0]));
    if let Some(lock) = lock {
        let lock = sample.add(lock);
        waiting.set("Lock", lock);
    }
    let waiting = sample.add(waiting);
    let group =
        sample.add(Dictionary::new().with("T", Object::text("group")).with("Kids", vec![waiting.into()]));
    sample.change(waiting).set("Parent", group);
    sample.change(Sample::page(1)).set("Annots", vec![Object::Reference(waiting)]);
    sample.catalog().set("AcroForm", Dictionary::new().with("Fields", vec![group.into()]));
    sample.with_table()
}

fn act_on_waiting() -> Act {
    let mut act = act_of(0, 1, typed("Jane"));
    act.fills.clear();
    act.signature.name = "group.sign".to_owned();
    act
}

#[test]
fn a_signature_field_that_waits_is_taken_up_by_its_full_name_with_its_place_and_lock() {
    let agreed =
        Dictionary::new().with("Type", Object::name("SigFieldLock")).with("Action", Object::name("All"));
    let base = with_waiting_field(Some(agreed));
    let signed = acted(&base, &act_on_waiting());
    assert_sound(&signed, "waiting");
    let document = open(&signed);
    let group = field(&document, "group");
    let kid = group.get("Kids").and_then(Object::as_array).and_then(|kids| kids[0].as_reference()).unwrap();
    let waiting = dictionary(&document, kid);
    assert_eq!(waiting.get("Rect").and_then(Object::as_array).unwrap()[2].as_number(), Some(250.0));
    let form = document.lookup(waiting.get("AP").and_then(Object::as_dictionary).unwrap(), "N").unwrap();
    assert_eq!(
        form.as_dictionary().unwrap().get("BBox"),
        Some(&Object::Array([0, 0, 150, 50].map(Object::from).to_vec()))
    );
    let signature = document.lookup(&waiting, "V").unwrap();
    let transform =
        signature.as_dictionary().unwrap().get("Reference").and_then(Object::as_array).unwrap()[0].clone();
    let parameters = transform.as_dictionary().unwrap().get("TransformParams").cloned().unwrap();
    assert!(parameters.as_dictionary().unwrap().is("Action", "All"));
}

#[test]
fn a_field_that_is_signed_or_of_another_kind_is_not_taken_up() {
    let base = with_waiting_field(None);
    let signed = acted(&base, &act_on_waiting());
    assert_eq!(act(&open(&signed), &act_on_waiting()), Err(Error::FieldTaken("group.sign".to_owned())));
    let ready = prepared(&base, &plan(three_fields(0, 1)));
    let mut wrong = act_on_waiting();
    wrong.signature.name = "s0_text".to_owned();
    assert_eq!(act(&open(&ready), &wrong), Err(Error::FieldTaken("s0_text".to_owned())));
}

#[test]
fn an_act_that_names_what_is_not_there_is_refused() {
    let ready = prepared(&Sample::new(&[a4()]).with_table(), &plan(three_fields(0, 1)));
    let refused = |change: &dyn Fn(&mut Act)| {
        let mut wrong = act_of(0, 1, typed("Jane"));
        change(&mut wrong);
        act(&open(&ready), &wrong).expect_err("this act is refused")
    };
    let fill = |fill: Fill| move |act: &mut Act| act.fills = vec![fill.clone()];
    let name = || "s0_text".to_owned();
    assert_eq!(
        refused(&fill(Fill::Check { name: "nobody".to_owned(), on: true })),
        Error::NoSuchField("nobody".to_owned())
    );
    assert_eq!(refused(&fill(Fill::Check { name: name(), on: true })), Error::WrongKind(name()));
    assert_eq!(
        refused(&fill(Fill::Check { name: "s0_initials".to_owned(), on: true })),
        Error::WrongKind("s0_initials".to_owned())
    );
    assert_eq!(
        refused(&fill(Fill::Text { name: name(), value: "ส".to_owned(), style: TextStyle::default() })),
        Error::Ink(InkRefusal::TextNotDrawable { missing: vec!['ส'] })
    );
    assert_eq!(refused(&|act| act.signature.ink = Some(typed(" "))), Error::Ink(InkRefusal::Empty));
    assert_eq!(refused(&|act| act.signature.name = "a.b".to_owned()), Error::BadName("a.b".to_owned()));
    assert_eq!(refused(&|act| act.certify = Some(4)), Error::BadCertification(4));
    assert_eq!(refused(&|act| act.signature.page = 2), Error::Document(crate::Error::NoSuchPage(2)));
    assert_eq!(
        refused(&|act| act.signature.rect = Some(rect(1.0, 1.0, 0.0, 9.0))),
        Error::BadPlace("s0_signature".to_owned())
    );
}

#[test]
fn a_plan_with_a_name_twice_or_a_place_without_size_is_refused() {
    let base = prepared(&Sample::new(&[a4()]).with_table(), &plan(three_fields(0, 1)));
    let refused = |widgets| prepare(&open(&base), &plan(widgets)).expect_err("this plan is refused");
    let at = rect(1.0, 1.0, 10.0, 10.0);
    assert_eq!(refused(three_fields(0, 1)), Error::FieldTaken("s0_text".to_owned()));
    let twice = vec![widget("a", WidgetKind::Text, 1, at), widget("a", WidgetKind::Mark, 1, at)];
    assert_eq!(refused(twice), Error::FieldTaken("a".to_owned()));
    assert_eq!(refused(vec![widget("", WidgetKind::Text, 1, at)]), Error::BadName(String::new()));
    assert_eq!(
        refused(vec![widget("a", WidgetKind::Text, 1, rect(f64::NAN, 1.0, 10.0, 10.0))]),
        Error::BadPlace("a".to_owned())
    );
    assert_eq!(
        refused(vec![widget("a", WidgetKind::Text, 2, at)]),
        Error::Document(crate::Error::NoSuchPage(2))
    );
}

#[test]
fn a_user_unit_makes_the_rectangle_smaller_and_the_appearance_not() {
    let base = Sample::new(&[a4().with("UserUnit", 2)]).with_table();
    let ready = prepared(&base, &plan(vec![widget("a", WidgetKind::Text, 1, rect(10.0, 10.0, 100.0, 20.0))]));
    let mut act = act_of(0, 1, typed("Jane"));
    act.fills = vec![Fill::Text { name: "a".to_owned(), value: "x".to_owned(), style: TextStyle::default() }];
    let document = open(&acted(&ready, &act));
    let field = field(&document, "a");
    assert_eq!(field.get("Rect"), Some(&Object::Array([5, 827, 55, 837].map(Object::from).to_vec())));
    let form = document.lookup(field.get("AP").and_then(Object::as_dictionary).unwrap(), "N").unwrap();
    let bounds = form.as_dictionary().unwrap().get("BBox").cloned();
    assert_eq!(bounds, Some(Object::Array([0, 0, 100, 20].map(Object::from).to_vec())));
}

#[test]
fn the_test_mark_is_content_of_every_page_around_the_pages_own() {
    let pages = [a4(), a4(), turned(90)];
    let base = Sample::new(&pages).with_table();
    let marked = prepared(&base, &Plan { test_mark: Some("TEST".to_owned()), ..Plan::default() });
    assert_sound(&marked, "test-mark");
    let document = open(&marked);
    let contents = |page: u32| {
        let page = document.page(page).unwrap().dictionary;
        page.get("Contents").and_then(Object::as_array).unwrap().to_vec()
    };
    assert_eq!(contents(1), contents(2));
    assert_eq!(contents(1).len(), 3);
    assert_ne!(contents(1)[2], contents(3)[2]);
    let mark = document.resolve(&contents(1)[2]).unwrap();
    let mark = String::from_utf8(document.decode(mark.as_stream().unwrap()).unwrap()).unwrap();
    assert!(mark.starts_with("Q\n/Artifact BMC\nq\n") && mark.ends_with("S\nQ\nEMC\n"));
}

#[test]
fn a_test_mark_without_glyphs_is_refused() {
    let document = open(&Sample::new(&[a4()]).with_table());
    let plan = Plan { test_mark: Some("ส".to_owned()), ..Plan::default() };
    assert_eq!(
        prepare(&document, &plan),
        Err(Error::Ink(InkRefusal::TextNotDrawable { missing: vec!['ส'] }))
    );
}

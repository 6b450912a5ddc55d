//! Files made one: pages in their order, every field under a name of its own; judged by qpdf and by our own reader.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use pdf::Document;
use pdf::form::{Plan, Widget, WidgetKind, prepare};
use pdf::intake::intake;
use pdf::rewrite::{NotCombined, Part, combine};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/text").join(name))
        .expect("is there")
}

fn open(bytes: &[u8]) -> Document {
    Document::open(Arc::new(bytes.to_vec())).expect("opens")
}

/// The file with a text field of each of these names.
fn with_fields(bytes: &[u8], names: &[&str]) -> Vec<u8> {
    let widgets = names.iter().map(|name| Widget {
        name: (*name).to_owned(),
        kind: WidgetKind::Text,
        page: 1,
        rect: pdf::Rect { x: 20.0, y: 20.0, width: 100.0, height: 18.0 },
        label: String::new(),
        required: false,
        style: pdf::appearance::TextStyle::default(),
    });
    let plan = Plan { widgets: widgets.collect(), ..Plan::default() };
    let tail = prepare(&open(bytes), &plan).expect("is prepared").expect("has fields");
    [bytes, &tail.bytes].concat()
}

fn combined(files: &[&[u8]]) -> Result<Vec<u8>, NotCombined> {
    let documents: Vec<Document> = files.iter().map(|bytes| open(bytes)).collect();
    let parts: Vec<Part<'_>> = documents.iter().map(|document| Part { document, title: "A part" }).collect();
    let mut bytes = Vec::new();
    combine("The whole", &parts, &mut bytes).map(|()| bytes)
}

#[track_caller]
fn sound(name: &str, bytes: &[u8]) -> Document {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("is written");
    let checked = Command::new("qpdf").arg("--check").arg(&path).output().expect("qpdf is installed");
    assert!(checked.status.success(), "{checked:?}");
    let taken = intake(Arc::new(bytes.to_vec())).expect("can be signed");
    assert_eq!(taken.rewrite, []);
    open(bytes)
}

fn texts(document: &Document) -> Vec<String> {
    let pages = 1..=document.page_count().expect("has pages");
    pages.map(|page| document.page_text(page).expect("has text").text().to_owned()).collect()
}

#[test]
fn the_pages_of_all_files_come_in_their_order() {
    let files = ["word.pdf", "latex.pdf", "chromium.pdf", "reportlab.pdf", "latex.pdf"].map(file);
    let apart: Vec<String> = files.iter().flat_map(|it| texts(&open(it))).collect();
    let whole = combined(&files.each_ref().map(Vec::as_slice)).expect("are combined");
    assert_eq!(texts(&sound("combined.pdf", &whole)), apart);
}

#[test]
fn fields_of_the_same_name_keep_apart() {
    let one = with_fields(&file("word.pdf"), &["name", "place"]);
    let two = with_fields(&file("latex.pdf"), &["name", "name_2"]);
    let whole = combined(&[&one, &two, &one]).expect("are combined");
    let document = sound("combined-fields.pdf", &whole);
    let mut names: Vec<String> =
        document.fields().expect("has fields").into_iter().map(|it| it.name).collect();
    names.sort();
    assert_eq!(names, ["name", "name_2", "name_3", "name_4", "place", "place_2"]);
}

#[test]
fn a_whole_can_be_a_part_again() {
    let one = with_fields(&file("word.pdf"), &["name"]);
    let whole = combined(&[&one, &one]).expect("are combined");
    let again = combined(&[&whole, &one]).expect("are combined");
    let document = sound("combined-again.pdf", &again);
    assert_eq!(document.fields().expect("has fields").len(), 3);
    assert_eq!(document.page_count(), open(&one).page_count().map(|pages| 3 * pages));
}

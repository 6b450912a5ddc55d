mod scripts;

use super::*;
use crate::form::sample::open;
use crate::object::Object;

fn long() -> Report {
    let entry = |number: usize| Entry {
        time: format!("2026-11-22 09:{:02}:00 UTC", number % 60),
        text: format!(
            "Jane Doe opened the document for the {number}th time and read it from the first page to the last"
        ),
        details: vec![
            "Address 203.0.113.7, Firefox on Linux".to_owned(),
            format!("sha256 {}", "0123456789abcdef".repeat(4)),
        ],
    };
    Report {
        title: "Audit trail: Supply agreement between Łukasiewicz & Söhne and Παπαδόπουλος".to_owned(),
        subtitle: "env_01JD8Z3M9".to_owned(),
        language: "en".to_owned(),
        footer: "env_01JD8Z3M9 – Countersign".to_owned(),
        page_label: "Page {page} of {pages}".to_owned(),
        created: Some("D:20261122093000Z".to_owned()),
        parts: vec![
            Part::Paragraph(
                "This report lists everything that happened to the documents named below. ".repeat(5),
            ),
            Part::Heading("Documents".to_owned()),
            Part::Table(vec![
                ("Title".to_owned(), "Supply agreement".to_owned()),
                ("Signer".to_owned(), "ส 张伟 (Zhang Wei)".to_owned()),
                ("SHA-256 of the document as it was uploaded".to_owned(), "0123456789abcdef".repeat(4)),
            ]),
            Part::Heading("Events".to_owned()),
            Part::Events((0..40).map(entry).collect()),
        ],
    }
}

#[test]
fn a_report_is_a_file_that_our_reader_opens_without_repair() {
    let bytes = report(&long());
    let document = open(&bytes);
    assert!(!document.was_repaired());
    assert!(document.page_count().unwrap() > 2);
    assert_eq!(document.catalog().unwrap().get("Lang").unwrap().as_text().unwrap(), "en");
    if let Some(folder) = std::env::var_os("COUNTERSIGN_KEEP_PDFS") {
        std::fs::write(std::path::Path::new(&folder).join("report.pdf"), bytes).unwrap();
    }
}

#[test]
fn the_same_report_has_the_same_bytes() {
    assert_eq!(report(&long()), report(&long()));
    let mut other = long();
    other.title.push('.');
    assert_ne!(report(&long()), report(&other));
}

#[test]
fn an_empty_report_has_one_page() {
    let document = open(&report(&Report::default()));
    assert_eq!(document.page_count().unwrap(), 1);
}

#[test]
fn a_page_break_never_stands_between_a_heading_and_what_follows() {
    for paragraphs in 0..60 {
        let mut parts = vec![Part::Paragraph("x".to_owned()); paragraphs];
        parts.push(Part::Heading("Heading".to_owned()));
        parts.push(Part::Paragraph("what follows".to_owned()));
        let pages = pages::break_pages(rows::rows(&Report { parts, ..Report::default() }));
        let says = |page: &[rows::Row], text: &str| {
            page.iter().flat_map(|row| &row.runs).any(|run| run.text == text)
        };
        let page = pages.iter().find(|page| says(page, "Heading")).expect("a heading");
        assert!(says(page, "what follows"), "after {paragraphs} paragraphs");
    }
}

#[test]
fn what_the_faces_lack_is_written_as_its_code() {
    let rows = rows::rows(&long());
    let texts: Vec<&str> = rows.iter().flat_map(|row| &row.runs).map(|run| run.text.as_str()).collect();
    assert!(texts.contains(&"[U+0E2A] 张伟 (Zhang Wei)"), "{texts:?}");
}

#[test]
fn a_text_that_both_faces_have_can_be_said() {
    assert!(writes("Prüfprotokoll, журнал аудита, Ő"));
    assert!(!writes("Prüfprotokoll \u{e000}"), "nobody has a letter for private use");
}

#[test]
fn a_report_can_be_continued_by_a_revision() {
    let bytes = report(&long());
    let document = open(&bytes);
    let mut revision = crate::Revision::new(&document).expect("a sound file");
    let id = revision.allocate();
    revision.put(id, Object::Boolean(true));
    let tail = revision.finish().expect("a revision");
    let continued = open(&[bytes, tail.bytes].concat());
    assert_eq!(continued.get(id), Ok(Object::Boolean(true)));
    assert!(!continued.was_repaired());
}

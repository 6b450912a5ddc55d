//! Every refusal by its code, with the file beside it that passes; and what a rewrite makes of a damaged one.

use std::sync::Arc;

use crate::small::{Small, open};
use pdf::intake::{Intake, IntakeRefusal, RewriteReason, intake};
use pdf::{Document, FieldKind, Object, Permission};

fn judge(bytes: Vec<u8>) -> Result<Intake, IntakeRefusal> {
    intake(Arc::new(bytes))
}

fn code(bytes: Vec<u8>) -> &'static str {
    let refusal = judge(bytes).expect_err("is refused");
    let sentence = refusal.to_string();
    assert!(sentence.ends_with('.') && sentence.len() > 30, "{sentence}");
    refusal.code()
}

fn rewritten(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    pdf::rewrite::rewrite(&open(bytes).expect("opens"), &mut out).expect("can be rewritten");
    out
}

/// A signed form: field 5 with signature 6.
fn signed() -> Small {
    Small::one_page()
        .with(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/SigFlags 3>>>>")
        .with(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[5 0 R]>>")
        .with(5, "<</FT/Sig/T(Sig)/Subtype/Widget/Rect[10 10 60 30]/V 6 0 R>>")
        .with(6, "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>")
}

fn broken(file: &Small) -> Vec<u8> {
    let bytes = file.table();
    let place = bytes.windows(5).position(|window| window == b"3 1\n0").expect("the entry of object 3");
    [&bytes[..place], b"3 1\n9", &bytes[place + 5..]].concat()
}

#[test]
fn a_sound_file_is_accepted_with_its_pages_and_fields() {
    let answer = judge(signed().table()).expect("is accepted");
    assert_eq!((answer.pages.len(), answer.pages[0].width, answer.pages[0].height), (1, 200.0, 100.0));
    assert_eq!((answer.signatures, answer.rewrite, answer.encrypted), (1, Vec::new(), false));
    let field = &answer.existing_fields[0];
    assert_eq!(
        (field.name.as_str(), field.kind, field.page, field.signed),
        ("Sig", FieldKind::Signature, Some(1), true)
    );
    let rect = field.rect.expect("is on the page");
    assert_eq!((rect.x, rect.y, rect.width, rect.height), (10.0, 70.0, 50.0, 20.0));
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert_eq!(code(b"PK\x03\x04 a word file".to_vec()), "not_a_pdf");
    assert_eq!(code(Vec::new()), "not_a_pdf");
}

#[test]
fn a_password_is_asked_for_where_one_is_needed() {
    let file = |name: &str| {
        std::fs::read(format!("{}/tests/files/{name}.pdf", env!("CARGO_MANIFEST_DIR"))).expect("is there")
    };
    assert_eq!(code(file("needs-password")), "pdf_needs_password");
    let answer = judge(file("encrypted-r6")).expect("is accepted");
    assert!(answer.encrypted && answer.permits_signing);
}

#[test]
fn an_encrypted_file_that_is_damaged_is_refused() {
    let path = format!("{}/tests/files/encrypted-r6.pdf", env!("CARGO_MANIFEST_DIR"));
    let mut bytes = std::fs::read(path).expect("is there");
    let place = bytes.windows(9).rposition(|window| window == b"startxref").expect("is there");
    bytes[place] = b'S';
    assert_eq!(code(bytes), "pdf_encrypted_and_damaged");
}

#[test]
fn a_damaged_file_is_rewritten_unless_it_is_signed() {
    let answer = judge(broken(&Small::one_page())).expect("is accepted");
    assert_eq!(answer.rewrite, [RewriteReason::Damaged]);
    assert_eq!(code(broken(&signed())), "pdf_damaged_and_signed");
}

#[test]
fn a_file_without_pages_is_refused() {
    assert_eq!(
        code(Small::one_page().with(2, "<</Type/Pages/Kids[]/Count 0>>").table()),
        "pdf_without_pages"
    );
}

#[test]
fn a_certification_is_kept_where_it_allows_signing() {
    let certified = |level: &str| {
        signed()
            .with(1, "<</Pages 2 0 R/Perms<</DocMDP 6 0 R>>/AcroForm<</Fields[5 0 R]>>>>")
            .with(
                6,
                format!("<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Reference[<</TransformMethod/DocMDP/TransformParams<<{level}>>>>]>>"),
            )
            .table()
    };
    for (level, permission) in
        [("/P 2", Permission::FillForms), ("/P 3", Permission::Annotate), ("", Permission::FillForms)]
    {
        assert_eq!(judge(certified(level)).expect("is accepted").certification, Some(permission));
    }
    assert_eq!(code(certified("/P 1")), "pdf_certified_no_changes");
}

#[test]
fn a_signature_that_locked_everything_is_respected() {
    let locked = |level: &str| {
        signed()
            .with(5, format!("<</FT/Sig/T(S)/V 6 0 R/Lock<</Type/SigFieldLock/Action/All{level}>>>>"))
            .table()
    };
    assert_eq!(code(locked("/P 1")), "pdf_certified_no_changes");
    assert_eq!(judge(locked("/P 2")).expect("is accepted").signatures, 1);
    assert_eq!(judge(locked("")).expect("is accepted").signatures, 1);
}

#[test]
fn xfa_is_dropped_refused_or_both() {
    let form = |fields: &str, more: &str| {
        signed()
            .with(1, format!("<</Pages 2 0 R{more}/AcroForm<</Fields[{fields}]/XFA[(template) 8 0 R]>>>>"))
            .with(7, "<</FT/Tx/T(Name)/V(x)>>")
            .with_stream(8, "", b"<template/>")
    };
    assert_eq!(judge(form("7 0 R", "").table()).expect("is accepted").rewrite, [RewriteReason::Xfa]);
    assert_eq!(code(form("5 0 R", "").table()), "pdf_xfa_and_signed");
    assert_eq!(code(form("", "").table()), "pdf_dynamic_xfa");
    assert_eq!(code(form("7 0 R", "/NeedsRendering true").table()), "pdf_dynamic_xfa");
    let configured = form("7 0 R", "").with_stream(8, "", b"<config><dynamicRender>required</dynamicRender>");
    assert_eq!(code(configured.table()), "pdf_dynamic_xfa");

    let clean = rewritten(&form("7 0 R", "").table());
    let document = open(&clean).expect("opens");
    assert!(!document.form().expect("is read").expect("is there").has("XFA"));
    assert_eq!(document.fields().expect("is read")[0].name, "Name");
    assert!(judge(clean).expect("is accepted").rewrite.is_empty());
}

#[test]
fn what_is_too_complex_is_refused() {
    let kids = "3 0 R ".repeat(pdf::limits::PAGES_MAX + 1);
    assert_eq!(code(Small::one_page().with(2, format!("<</Kids[{kids}]>>")).table()), "pdf_too_complex");
}

#[test]
fn a_rewrite_is_sound_contiguous_and_keeps_what_is_reachable() {
    let file = Small::one_page()
        .with(2, "<</Type/Pages/Kids[3 0 R 3 0 R <</Type/Page/Rotate 90>>]/MediaBox[0 0 70 80]/Resources<</A 5000 0 R>>>>")
        .with(3, "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Gone 77 0 R>>")
        .with_stream(4, "", b"q Q")
        .with(5000, "(far away)")
        .with(6, "(nobody refers to me)");
    let bytes = broken(&file);
    let clean = rewritten(&bytes);
    let answer = judge(clean.clone()).expect("is accepted");
    assert!(answer.rewrite.is_empty());
    assert_eq!(answer.pages.len(), 3);
    assert_eq!((answer.pages[2].width, answer.pages[2].height), (80.0, 70.0));
    let document = open(&clean).expect("opens");
    // Catalog, page tree, three pages, their resources, contents, what the resources name.
    assert_eq!(document.highest_number(), 8);
    let page = document.page(2).expect("is there");
    assert_ne!(page.id, document.page(1).expect("is there").id);
    assert_eq!(document.resolve(page.resources.get("A").expect("is there")), Ok(Object::string("far away")));
    assert_eq!(page.dictionary.get("Gone"), Some(&Object::Null));
    let contents = document.lookup(&page.dictionary, "Contents").expect("is there");
    assert_eq!(contents.as_stream().expect("a stream").data, b"q Q");
    assert!(!clean.windows(6).any(|window| window == b"nobody"));
    // The same again: nothing but the bytes decides.
    assert_eq!(rewritten(&bytes), clean);
}

#[test]
fn a_catalog_that_is_its_own_page_is_rewritten_as_two_objects() {
    for pages in ["1 0 R", "2 0 R"] {
        let file = Small::one_page()
            .with(1, format!("<</Type/Catalog/Pages {pages}>>"))
            .with(2, "<</Type/Pages/Kids[1 0 R]/Count 1>>")
            .table();
        assert_eq!(judge(file.clone()).expect("is accepted").rewrite, [RewriteReason::Damaged]);
        let clean = judge(rewritten(&file)).expect("is accepted");
        assert_eq!((clean.pages.len(), clean.rewrite.len()), (1, 0));
    }
}

#[test]
fn a_rewrite_of_an_encrypted_file_stays_encrypted() {
    let path = format!("{}/tests/files/encrypted-r4.pdf", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("is there");
    let clean = rewritten(&bytes);
    let document: Document = open(&clean).expect("opens");
    assert!(document.is_encrypted() && !document.was_repaired());
    let info = document.lookup(document.trailer(), "Info").expect("is there");
    let title = info.as_dictionary().and_then(|info| info.get("Title")).and_then(Object::as_text);
    assert_eq!(title.as_deref(), Some("Attached secret"));
    assert!(!clean.windows(8).any(|window| window == b"Attached"));
}

#[test]
fn an_inspection_names_what_is_odd() {
    let inspection = pdf::inspect::inspect(&open(&signed().table()).expect("opens")).expect("is read");
    assert_eq!((inspection.pages.len(), inspection.signatures.len(), inspection.oddities.len()), (1, 1, 0));
    assert_eq!(inspection.signatures[0].byte_range, [0, 1, 2, 3]);
    let mut bytes = signed().table();
    bytes.truncate(bytes.len() - 20);
    let inspection = pdf::inspect::inspect(&open(&bytes).expect("opens")).expect("is read");
    assert_eq!(inspection.oddities.len(), 1);
}

//! What files made one keep of what is said above their pages: what pages inherit, outlines, names of places, what pages
//! are called, and forms. Judged by qpdf, which reads all of it by itself.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use pdf::Document;
use pdf::rewrite::{NotCombined, Part, combine};
use serde_json::{Value, json};

use crate::small::Small;

fn combined(files: &[&[u8]]) -> Result<Vec<u8>, NotCombined> {
    let open = |bytes: &&[u8]| Document::open(Arc::new(bytes.to_vec())).expect("opens");
    let documents: Vec<Document> = files.iter().map(open).collect();
    let parts: Vec<Part<'_>> = documents.iter().map(|document| Part { document, title: "A part" }).collect();
    let mut bytes = Vec::new();
    combine("The whole", &parts, &mut bytes).map(|()| bytes)
}

/// What qpdf reads in a file, in which it finds nothing wrong.
fn read(name: &str, bytes: &[u8]) -> Value {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("is written");
    let checked = Command::new("qpdf").arg("--check").arg(&path).output().expect("qpdf is installed");
    assert!(checked.status.success(), "{checked:?}");
    let told = Command::new("qpdf").args(["--json=2", "--json-stream-data=none"]).arg(&path).output();
    serde_json::from_slice(&told.expect("qpdf is installed").stdout).expect("is JSON")
}

/// Three pages of which two inherit everything; an outline, links and names of places in both ways, and labels.
fn book() -> Vec<u8> {
    Small::one_page()
        .with(
            1,
            "<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R/Names<</Dests 20 0 R>>/Dests<</old[4 0 R/Fit]>>\
             /PageLabels<</Kids[23 0 R]>>>>",
        )
        .with(
            2,
            "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 3/MediaBox[0 0 300 400]/CropBox[10 10 290 390]/Rotate 90\
             /Resources 6 0 R>>",
        )
        .with(3, "<</Type/Pages/Parent 2 0 R/Kids[4 0 R 5 0 R]/Count 2/Rotate 180>>")
        .with(4, "<</Type/Page/Parent 3 0 R/Contents 7 0 R/Annots[14 0 R 15 0 R]>>")
        .with(
            5,
            "<</Type/Page/Parent 3 0 R/Contents 7 0 R/MediaBox[0 0 500 500]/CropBox[0 0 500 500]/Rotate 0>>",
        )
        .with(6, "<</Font<</F1 8 0 R>>>>")
        .with_stream(7, "", b"BT /F1 12 Tf 40 200 Td (A page of the book) Tj ET")
        .with(8, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
        .with(9, "<</Type/Page/Parent 2 0 R/Contents 7 0 R>>")
        .with(10, "<</Type/Outlines/First 11 0 R/Last 13 0 R/Count 3>>")
        .with(11, "<</Title(By a name)/Parent 10 0 R/Next 12 0 R/Dest(third)>>")
        .with(12, "<</Title(By an old name)/Parent 10 0 R/Prev 11 0 R/Next 13 0 R/A<</S/GoTo/D/old>>>>")
        .with(13, "<</Title(By itself)/Parent 10 0 R/Prev 12 0 R/Dest[5 0 R/XYZ 0 100 null]>>")
        .with(14, "<</Type/Annot/Subtype/Link/Rect[0 0 50 50]/A<</S/GoTo/D 22 0 R>>>>")
        .with(15, "<</Type/Annot/Subtype/Link/Rect[50 0 90 50]/Dest(nowhere)>>")
        .with(20, "<</Kids[21 0 R 20 0 R]>>")
        .with(21, "<</Limits[(third)(third)]/Names[(third)<</D[9 0 R/FitH 100]>>]>>")
        .with(22, "(third)")
        .with(23, "<</Nums[0<</S/r>>2<</S/D/P(A-)/St 7>>90<</S/D>>]>>")
        .table()
}

fn page_of(file: &Value, place: usize) -> String {
    file["pages"][place]["object"].as_str().expect("has an object").to_owned()
}

/// The dictionary of an object.
fn object(file: &Value, reference: &str) -> Value {
    let found = &file["qpdf"][1][format!("obj:{reference}")];
    if found["stream"].is_object() { found["stream"]["dict"].clone() } else { found["value"].clone() }
}

#[test]
fn pages_keep_what_they_inherit_from_their_own_file() {
    let file = read(
        "combined-inherited.pdf",
        &combined(&[&book(), &Small::one_page().table(), &book()]).expect("go together"),
    );
    let pages: Vec<Value> = (0..7).map(|place| object(&file, &page_of(&file, place))).collect();
    let turns: Vec<i64> = pages.iter().map(|page| page["/Rotate"].as_i64().unwrap_or(0)).collect();
    assert_eq!(turns, [180, 0, 90, 0, 180, 0, 90]);
    assert_eq!(pages[0]["/MediaBox"], json!([0, 0, 300, 400]));
    assert_eq!(pages[2]["/CropBox"], json!([10, 10, 290, 390]));
    assert_eq!(
        pages[3]["/MediaBox"],
        json!([0, 0, 200, 100]),
        "what one file inherits is nothing to the next"
    );
    let whole = read("combined-words.pdf", &combined(&[&book(), &book()]).expect("go together"));
    assert_eq!(whole["pages"].as_array().map(Vec::len), Some(6));
    let told = Command::new("pdftotext")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("combined-words.pdf"))
        .arg("-")
        .output()
        .expect("poppler is installed");
    assert_eq!(String::from_utf8_lossy(&told.stdout).matches("A page of the book").count(), 6);
}

#[test]
fn outlines_lead_to_the_pages_of_their_own_file_also_where_they_name_a_place() {
    let file = read("combined-outlines.pdf", &combined(&[&book(), &book()]).expect("go together"));
    let parts = file["outlines"].as_array().expect("has an outline");
    let leads: Vec<Vec<(&str, i64)>> = parts
        .iter()
        .map(|part| {
            let kids = part["kids"].as_array().expect("has entries").iter();
            kids.map(|it| (it["title"].as_str().unwrap_or(""), it["destpageposfrom1"].as_i64().unwrap_or(0)))
                .collect()
        })
        .collect();
    assert_eq!(leads[0], [("By a name", 3), ("By an old name", 1), ("By itself", 2)]);
    assert_eq!(leads[1], [("By a name", 6), ("By an old name", 4), ("By itself", 5)]);
}

#[test]
fn a_link_leads_to_the_place_that_its_own_file_calls_so() {
    let file = read("combined-links.pdf", &combined(&[&book(), &book()]).expect("go together"));
    for (on, to) in [(0, 2), (3, 5)] {
        let page = object(&file, &page_of(&file, on));
        let links: Vec<Value> = page["/Annots"]
            .as_array()
            .expect("has links")
            .iter()
            .map(|it| object(&file, it.as_str().expect("stands by itself")))
            .collect();
        assert_eq!(links[0]["/A"]["/D"], json!([page_of(&file, to), "/FitH", 100]));
        assert_eq!(links[1]["/Dest"], json!("u:nowhere"), "what led nowhere leads nowhere");
    }
}

#[test]
fn pages_are_called_what_their_own_file_calls_them() {
    let plain = Small::one_page().table();
    let file =
        read("combined-labels.pdf", &combined(&[&plain, &book(), &plain, &book()]).expect("go together"));
    let labels = file["pages"].as_array().expect("has pages").iter().map(|it| it["label"].clone());
    let called: Vec<Value> = labels.map(|it| json!([it["/S"], it["/P"], it["/St"]])).collect();
    let (roman, appendix) = (json!("/r"), json!("u:A-"));
    let expected = [
        json!(["/D", null, null]),
        json!([roman, null, null]),
        json!([roman, null, 2]),
        json!(["/D", appendix, 7]),
        json!(["/D", null, null]),
        json!([roman, null, null]),
        json!([roman, null, 2]),
        json!(["/D", appendix, 7]),
    ];
    for (place, (found, wanted)) in called.iter().zip(&expected).enumerate() {
        let start = |it: &Value| it[2].as_i64().unwrap_or(1);
        assert_eq!(
            (&found[0], &found[1], start(found)),
            (&wanted[0], &wanted[1], start(wanted)),
            "page {place}"
        );
    }
    // Where no file calls its pages anything, nor does the whole.
    let file = read("combined-unlabelled.pdf", &combined(&[&plain, &plain]).expect("go together"));
    assert!(file["pages"][0]["label"].is_null(), "{file:#}");
}

#[test]
fn an_encrypted_file_is_refused_wherever_it_comes() {
    let plain = Small::one_page().table();
    for name in ["encrypted-r2.pdf", "encrypted-r4.pdf", "encrypted-r6.pdf"] {
        let encrypted = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name))
            .expect("is there");
        assert_eq!(combined(&[&plain, &encrypted]), Err(NotCombined::Encrypted { part: 1 }), "{name}");
        assert_eq!(combined(&[&encrypted, &plain]), Err(NotCombined::Encrypted { part: 0 }), "{name}");
    }
}

#[test]
fn an_outline_that_leads_in_a_circle_and_a_tree_that_holds_itself_come_to_an_end() {
    let odd = Small::one_page()
        .with(
            1,
            "<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R/Names<</Dests 6 0 R>>/PageLabels 6 0 R/Dests 6 0 R>>",
        )
        .with(4, "<</First 5 0 R/Last 5 0 R/Count -9223372036854775808>>")
        .with(5, "<</Title(x)/Parent 4 0 R/Next 5 0 R/First 4 0 R/Last 4 0 R/Dest(a)>>")
        .with(6, "<</Kids[6 0 R 6 0 R 7 0 R 99 0 R null]/Names[(a)[[[]]](b)]/Nums[-1<<>>(x)<<>>0 6 0 R]>>")
        .with(7, "[1 2 3]")
        .table();
    let whole = combined(&[&odd, &odd]).expect("go together");
    assert_eq!(Document::open(Arc::new(whole)).expect("opens").page_count(), Ok(2));
}

//! A text that is taken out of a page is not found any more, and nothing else moves: judged by poppler and qpdf, over
//! files of ReportLab, Chromium, LaTeX and Word.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use pdf::form::{Error, Plan, prepare};
use pdf::{Document, Rect};

pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/text").join(name))
        .expect("is there")
}

pub fn open(bytes: &[u8]) -> Document {
    Document::open(Arc::new(bytes.to_vec())).expect("opens")
}

/// Every place of a text, line by line.
pub fn places(document: &Document, text: &str) -> Vec<(u32, Rect)> {
    let pages = 1..=document.page_count().expect("has pages");
    let on_page = |page: u32| {
        let read = document.page_text(page).expect("has text");
        let ranges = read.ranges(text);
        ranges
            .into_iter()
            .flat_map(|range| read.places(range))
            .map(move |rect| (page, rect))
            .collect::<Vec<_>>()
    };
    pages.flat_map(on_page).collect()
}

pub fn without(bytes: &[u8], erased: Vec<(u32, Rect)>) -> Result<Vec<u8>, Error> {
    let tail = prepare(&open(bytes), &Plan { erased, ..Plan::default() })?.expect("there is something to do");
    Ok([bytes, &tail.bytes].concat())
}

/// A word as poppler sees it: page, left, top, right, bottom, and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Word(pub u32, pub [f64; 4], pub String);

impl Word {
    fn touches(&self, place: &(u32, Rect)) -> bool {
        let ([left, top, right, bottom], rect) = (self.1, place.1);
        // What is left of a word that the text was a part of begins where the text ended.
        let margin = 0.5;
        let apart = right + margin <= rect.x
            || left - margin >= rect.x + rect.width
            || bottom <= rect.y
            || top >= rect.y + rect.height;
        self.0 == place.0 && !apart
    }

    fn is_same(&self, other: &Self) -> bool {
        let near = self.1.iter().zip(&other.1).all(|(one, two)| (one - two).abs() <= 0.1);
        (self.0, &self.2) == (other.0, &other.2) && near
    }
}

pub fn scratch(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("is written");
    path
}

pub fn words(path: &Path) -> Vec<Word> {
    let told =
        Command::new("pdftotext").arg("-bbox").arg(path).arg("-").output().expect("poppler is installed");
    assert!(told.status.success(), "{told:?}");
    let (mut page, mut words) = (0, Vec::new());
    for line in String::from_utf8_lossy(&told.stdout).lines() {
        let line = line.trim();
        page += u32::from(line.starts_with("<page "));
        let Some((head, said)) = line.strip_prefix("<word ").and_then(|it| it.split_once('>')) else {
            continue;
        };
        let numbers: Vec<f64> = head.split('"').filter_map(|it| it.parse().ok()).collect();
        let place = numbers.try_into().expect("four numbers");
        words.push(Word(page, place, said.trim_end_matches("</word>").to_owned()));
    }
    words
}

#[track_caller]
fn nothing_else_moves(name: &str) {
    let listed = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/text/places.json"));
    let listed: serde_json::Value = serde_json::from_slice(&listed.expect("is there")).expect("is JSON");
    let mut texts: Vec<&str> = listed[name]
        .as_array()
        .expect("the file is listed")
        .iter()
        .filter_map(|it| it["text"].as_str())
        .collect();
    texts.sort_unstable();
    texts.dedup();
    let bytes = file(name);
    assert!(words(&scratch(&format!("whole-{name}"), &bytes)).len() > 10, "{name} has words");
    for text in texts {
        taken_out(name, &bytes, text);
    }
}

/// The file without a text, wherever it stands; every word beside it stands where it stood.
#[track_caller]
pub fn taken_out(name: &str, bytes: &[u8], text: &str) -> Vec<u8> {
    let before = words(&scratch(&format!("before-{name}"), bytes));
    let gone = places(&open(bytes), text);
    let after = without(bytes, gone.clone()).unwrap_or_else(|error| unreachable!("{name}, {text}: {error}"));
    assert!(places(&open(&after), text).is_empty(), "{name}: {text} is still found");
    let path = scratch(&format!("after-{name}"), &after);
    let checked = Command::new("qpdf").arg("--check").arg(&path).output().expect("qpdf is installed");
    assert!(checked.status.success(), "{name}, {text}: {checked:?}");
    let others = |words: &[Word]| -> Vec<Word> {
        words.iter().filter(|word| !gone.iter().any(|place| word.touches(place))).cloned().collect()
    };
    let (kept, left) = (others(&before), others(&words(&path)));
    // Poppler's order of reading may be another one where what stood between is gone.
    let same = kept.len() == left.len() && kept.iter().all(|one| left.iter().any(|two| one.is_same(two)));
    assert!(same, "{name}, {text}: {kept:?} became {left:?}");
    after
}

#[test]
fn a_text_of_reportlab_goes_and_nothing_else_moves() {
    nothing_else_moves("reportlab.pdf");
}

#[test]
fn a_text_of_chromium_goes_and_nothing_else_moves() {
    nothing_else_moves("chromium.pdf");
}

#[test]
fn a_text_of_latex_goes_and_nothing_else_moves() {
    nothing_else_moves("latex.pdf");
}

#[test]
fn a_text_of_word_goes_and_nothing_else_moves() {
    nothing_else_moves("word.pdf");
}

#[test]
fn where_no_text_stands_nothing_is_taken_out() {
    let nowhere = Rect { x: 1.0, y: 1.0, width: 2.0, height: 2.0 };
    let refused = without(&file("reportlab.pdf"), vec![(1, nowhere)]);
    assert_eq!(refused, Err(Error::NoTextThere { page: 1 }));
}

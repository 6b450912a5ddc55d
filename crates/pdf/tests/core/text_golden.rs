//! Texts in files of ReportLab, Chromium, LaTeX and Word (by LibreOffice) are found where their producers put them.
//!
//! `tests/files/text/make.py` made the files and the list of places.

use std::collections::BTreeMap;
use std::path::Path;

use pdf::{Document, Found};

#[derive(Debug, serde::Deserialize)]
struct Place {
    text: String,
    page: u32,
    left: Option<f64>,
    right: Option<f64>,
    /// The two ends between which the baseline lies.
    baseline: [f64; 2],
}

impl Place {
    fn is_at(&self, found: &Found) -> bool {
        let near = |expected: Option<f64>, place: f64| expected.is_none_or(|it| (it - place).abs() <= 1.0);
        let [top, bottom] = self.baseline;
        found.page == self.page
            && near(self.left, found.rect.x)
            && near(self.right, found.rect.x + found.rect.width)
            && (top - 0.1..=bottom + 0.1).contains(&found.baseline)
    }
}

#[track_caller]
fn every_text_is_at_its_place(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/text");
    let places = std::fs::read_to_string(folder.join("places.json")).expect("is there");
    let mut places: BTreeMap<String, Vec<Place>> = serde_json::from_str(&places).expect("is JSON");
    let places = places.remove(name).expect("the file is listed");
    assert!(places.len() >= 8);
    let file = std::fs::File::open(folder.join(name)).expect("is there");
    let document = Document::open(std::sync::Arc::new(file)).expect("opens");
    let pages = 1..=document.page_count().expect("has pages");
    let texts: Vec<_> = pages.map(|page| document.page_text(page).expect("has text")).collect();
    for place in &places {
        let found: Vec<Found> = texts.iter().flat_map(|text| text.find(&place.text)).collect();
        let twins = places.iter().filter(|other| other.text == place.text).count();
        assert_eq!(
            found.len(),
            twins,
            "{place:?} in {:?}",
            texts.iter().map(pdf::PageText::text).collect::<Vec<_>>()
        );
        assert!(found.iter().any(|found| place.is_at(found)), "{place:?}: {found:?}");
    }
}

#[test]
fn texts_of_reportlab_are_found() {
    every_text_is_at_its_place("reportlab.pdf");
}

#[test]
fn texts_of_chromium_are_found() {
    every_text_is_at_its_place("chromium.pdf");
}

#[test]
fn texts_of_latex_are_found() {
    every_text_is_at_its_place("latex.pdf");
}

#[test]
fn texts_of_word_are_found() {
    every_text_is_at_its_place("word.pdf");
}

//! Whatever stands in a content stream or a map of characters, a page is read without panic and in bounds.

use pdf::limits::{FORM_DEPTH_MAX, PAGE_GLYPHS_MAX, PAGE_OPERATORS_MAX};
use pdf::{Error, Limit};
use proptest::prelude::*;

use crate::small::{Small, open};

fn page(content: &[u8], map: &[u8], encoding: &[u8]) -> Small {
    Small::one_page()
        .with(
            3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>\
             /XObject<</X 10 0 R>>>>>>",
        )
        .with_stream(4, "", content)
        .with(5, "<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/ToUnicode 7 0 R>>")
        .with(6, "<</Type/Font/Subtype/Type0/Encoding 8 0 R/DescendantFonts[9 0 R]/ToUnicode 7 0 R>>")
        .with_stream(7, "", map)
        .with_stream(8, "/Type/CMap", encoding)
        .with(9, "<</Type/Font/Subtype/CIDFontType2/W[1 2 300 4[5 6]]>>")
        .with_stream(10, "/Subtype/Form/BBox[0 0 9 9]", content)
}

/// Words of content streams, in any order, with any operands.
fn operators() -> impl Strategy<Value = Vec<u8>> {
    let word = prop::sample::select(vec![
        "q ",
        "Q ",
        "BT ",
        "ET ",
        "/F1 12 Tf ",
        "/F2 1e9 Tf ",
        "/F1 -3 Tf ",
        "1 0 0 1 10 20 cm ",
        "0 0 0 0 0 0 Tm ",
        "1e30 0 0 1e30 0 0 cm ",
        "(Sign) Tj ",
        "[(a) -99999999999 (b)",
        "] TJ ",
        "<0001ffff> Tj ",
        "/X Do ",
        "T* ",
        "300 Tz ",
        "-5 Ts ",
        "1 1 (x) \" ",
        "(y) ' ",
        "BI /W 1 ID ",
        " EI ",
        "/Span <</ActualText (t)>> BDC ",
        "EMC ",
        "9 9 Td ",
        "0 0 TD ",
        "[[[[[[[[[",
        "<<",
        ">>",
        "(",
        ")",
        "<",
        "%",
        "\n",
    ]);
    prop::collection::vec(word, 0..80).prop_map(|words| words.concat().into_bytes())
}

fn map_words() -> impl Strategy<Value = Vec<u8>> {
    let word = prop::sample::select(vec![
        "begincodespacerange ",
        "endcodespacerange ",
        "<00> <ff> ",
        "<0000> <ffff> ",
        "beginbfrange ",
        "endbfrange ",
        "<00> <ffffffff> <0041> ",
        "<01> <02> [<41> <42>] ",
        "beginbfchar <41> <d800> endbfchar ",
        "[ ",
        "] ",
        "begincidrange <0000> <ffff> 4294967295 endcidrange ",
        "/X usecmap ",
        "/WMode 1 def ",
        "<4142434445> ",
        "-1 ",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat().into_bytes())
}

fn reads(content: &[u8], map: &[u8], encoding: &[u8]) {
    let document = open(&page(content, map, encoding).table()).expect("opens");
    match document.page_text(1) {
        Ok(text) => {
            // Every byte of the text has its place or none, and what is found is there.
            let length = text.text().len();
            let _ = (text.place(0..length), text.place(1..2), text.place(length..length + 9));
            for found in text.find("Sign") {
                assert!(found.rect.width.is_finite() && found.rect.y.is_finite());
            }
        }
        Err(error) => assert!(matches!(error, Error::TooComplex(_)), "{error}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read_as_a_content_stream(content in prop::collection::vec(any::<u8>(), 0..400)) {
        reads(&content, b"", b"");
    }

    #[test]
    fn any_order_of_operators_is_read(content in operators(), map in map_words(), encoding in map_words()) {
        reads(&content, &map, &encoding);
    }

    #[test]
    fn any_bytes_are_read_as_a_map(map in prop::collection::vec(any::<u8>(), 0..300)) {
        reads(b"BT /F1 9 Tf 9 9 Td (abc) Tj /F2 9 Tf <00010002> Tj ET", &map, &map);
    }
}

#[test]
fn a_page_has_as_many_glyphs_as_the_limit_and_no_more() {
    let glyphs = |count: usize| {
        let content = format!("BT /F1 0.001 Tf 9 9 Td ({}) Tj ET", "a".repeat(count));
        open(&page(content.as_bytes(), b"", b"").table()).expect("opens").page_text(1).map(|_| ())
    };
    assert_eq!(glyphs(PAGE_GLYPHS_MAX), Ok(()));
    assert_eq!(glyphs(PAGE_GLYPHS_MAX + 1), Err(Error::TooComplex(Limit::Glyphs)));
}

#[test]
fn a_page_has_as_many_operators_as_the_limit_and_no_more() {
    let operators = |count: usize| {
        open(&page("q ".repeat(count).as_bytes(), b"", b"").table()).expect("opens").page_text(1).map(|_| ())
    };
    assert_eq!(operators(PAGE_OPERATORS_MAX), Ok(()));
    assert_eq!(operators(PAGE_OPERATORS_MAX + 1), Err(Error::TooComplex(Limit::Operators)));
}

#[test]
fn forms_are_run_as_deep_as_the_limit_and_no_deeper() {
    let nested = |depth: u32| {
        let mut file = page("/X Do".as_bytes(), b"", b"");
        for level in 0..depth {
            let content = if level + 1 == depth { "BT /F1 9 Tf 9 9 Td (Sign) Tj ET" } else { "/X Do" };
            let resources = format!(
                "/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>/XObject<</X {} 0 R>>>>",
                11 + level
            );
            file = file.with_stream(10 + level, &resources, content.as_bytes());
        }
        open(&file.table()).expect("opens").page_text(1).expect("is read").find("Sign").len()
    };
    let limit = u32::try_from(FORM_DEPTH_MAX).expect("small");
    assert_eq!(nested(limit), 1);
    assert_eq!(nested(limit + 1), 0);
}

#[test]
fn a_fan_of_forms_that_would_run_for_ever_is_refused() {
    // Each of sixteen levels runs the next one a hundred times.
    let mut file = page(b"/X Do", b"", b"");
    for level in 0..16 {
        let resources = format!("/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>", 11 + level);
        file = file.with_stream(10 + level, &resources, "/X Do ".repeat(100).as_bytes());
    }
    let result = open(&file.table()).expect("opens").page_text(1);
    assert!(matches!(result, Err(Error::TooComplex(_))), "{:?}", result.map(|text| text.text().len()));
}

#[test]
fn a_long_list_of_names_is_not_read_anew_for_each_use() {
    let names: String = (0..20_000).map(|number| format!("/N{number} 5 0 R")).collect();
    let page_object = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<<{names}>>>>>>"
    );
    let content = format!("{} BT /F1 9 Tf 9 9 Td (Sign) Tj ET", "/N7 Do /Nowhere Do ".repeat(200_000));
    let file = page(content.as_bytes(), b"", b"").with(3, page_object);
    let text = open(&file.table()).expect("opens").page_text(1).expect("is read");
    assert_eq!(text.find("Sign").len(), 1);
}

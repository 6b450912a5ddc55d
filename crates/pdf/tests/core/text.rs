//! Text is found where it is shown, however it was painted.

use pdf::{Found, Rect};

use crate::small::{Small, open};

const HELVETICA: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

/// A page of 200 x 100 points with Helvetica as `/F1` and this content.
fn page(content: &str) -> Small {
    page_with("", content)
}

fn page_with(keys: &str, content: &str) -> Small {
    Small::one_page()
        .with(
            3,
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{keys}>>"
            ),
        )
        .with_stream(4, "", content.as_bytes())
        .with(5, HELVETICA)
}

fn find(file: &Small, needle: &str) -> Vec<Found> {
    open(&file.table()).expect("opens").page_text(1).expect("has text").find(needle)
}

fn text(file: &Small) -> String {
    open(&file.table()).expect("opens").page_text(1).expect("has text").text().to_owned()
}

#[track_caller]
fn assert_at(found: &[Found], x: f64, baseline: f64, width: f64) {
    assert_eq!(found.len(), 1, "{found:?}");
    let one = found[0];
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    assert!(near(one.rect.x, x) && near(one.baseline, baseline) && near(one.rect.width, width), "{one:?}");
}

#[test]
fn a_word_stands_where_its_letters_begin_and_end() {
    let file = page("BT /F1 10 Tf 20 50 Td (Sign here) Tj ET");
    // Widths of Helvetica: S 667 i 222 g 556 n 556, space 278, h 556 e 556 r 333 e 556.
    assert_at(&find(&file, "here"), 20.0 + 22.79, 50.0, 20.01);
    let rect = find(&file, "Sign")[0].rect;
    assert!((rect.y - 42.82).abs() < 0.01 && (rect.height - 9.25).abs() < 0.01, "{rect:?}");
}

#[test]
fn a_word_that_was_split_and_kerned_is_found() {
    assert_at(
        &find(&page("BT /F1 10 Tf 20 50 Td [(S) 50 (i) -30 (g)] TJ (n) Tj ET"), "Sign"),
        20.0,
        50.0,
        19.81,
    );
    // Each letter for itself, painted in any order.
    let file = page(
        "BT /F1 10 Tf 1 0 0 1 28.89 50 Tm (g) Tj 1 0 0 1 20 50 Tm (S) Tj 1 0 0 1 34.45 50 Tm (n) Tj \
         1 0 0 1 26.67 50 Tm (i) Tj ET",
    );
    assert_at(&find(&file, "Sign"), 20.0, 50.0, 20.01);
}

#[test]
fn text_that_is_not_seen_is_found() {
    for hidden in ["3 Tr", "1 1 1 rg", "1 g"] {
        let file = page(&format!("{hidden} BT /F1 10 Tf 20 50 Td (Sign) Tj ET"));
        assert_at(&find(&file, "Sign"), 20.0, 50.0, 20.01);
    }
}

#[test]
fn turned_text_is_found_in_the_box_around_it() {
    let file = page("BT /F1 10 Tf 0 1 -1 0 50 20 Tm (Sign) Tj ET");
    let found = find(&file, "Sign");
    assert_eq!(found.len(), 1);
    let Rect { x, y, width, height } = found[0].rect;
    assert!((x - 42.82).abs() < 0.01 && (width - 9.25).abs() < 0.01, "{found:?}");
    assert!((y - (80.0 - 20.01)).abs() < 0.01 && (height - 20.01).abs() < 0.01, "{found:?}");
}

#[test]
fn a_page_that_is_shown_turned_cropped_and_enlarged_has_its_text_where_it_is_shown() {
    let content = "BT /F1 10 Tf 0 1 -1 0 50 20 Tm (Sign) Tj ET";
    // Turned by 90 degrees clockwise the text is upright again.
    let file = page_with("/Rotate 90/CropBox[10 5 190 95]/UserUnit 2", content);
    assert_at(&find(&file, "Sign"), 2.0 * 15.0, 2.0 * 40.0, 2.0 * 20.01);
}

#[test]
fn text_in_forms_is_found_at_every_place_where_they_are_shown() {
    let form =
        "/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 5 0]/Resources<</Font<</F1 5 0 R>>>>";
    let file = page("q 1 0 0 1 10 0 cm /X Do Q q 1 0 0 1 90 0 cm /X Do Q")
        .with(
            3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        )
        .with_stream(6, form, b"BT /F1 10 Tf 0 50 Td (Sign) Tj ET");
    let found: Vec<f64> = find(&file, "Sign").iter().map(|found| found.rect.x).collect();
    assert_eq!(found, [15.0, 95.0]);
}

#[test]
fn a_form_that_shows_itself_ends() {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R/Y 7 0 R>>>>";
    let file = page("/X Do")
        .with(
            3,
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        )
        .with_stream(6, form, b"BT /F1 10 Tf 20 50 Td (Sign) Tj ET /X Do /Y Do")
        .with_stream(7, form, b"/X Do /Y Do");
    assert_eq!(find(&file, "Sign").len(), 1);
}

#[test]
fn a_ligature_is_the_letters_that_it_stands_for() {
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[65/fi/f_f_l]>>>>";
    let file = page("BT /F1 10 Tf 20 50 Td (AnalBe) Tj ET").with(5, font);
    assert_eq!(text(&file), "finalffle\n");
    // Half of a ligature is half as wide.
    assert_at(&find(&file, "i"), 20.0 + 2.78, 50.0, 2.78);
    assert_eq!(find(&file, "\u{fb01}nal").len(), 1);
}

#[test]
fn a_map_to_unicode_counts_more_than_the_encoding() {
    let map = b"1 beginbfchar <41> <0042> endbfchar";
    let file = page("BT /F1 10 Tf 20 50 Td (AB) Tj ET")
        .with(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>")
        .with_stream(6, "", map);
    assert_eq!(text(&file), "BB\n");
}

#[test]
fn glyphs_of_composite_fonts_have_their_widths_and_texts() {
    let descendant = "<</Type/Font/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
        /DW 500/W[1[600 700] 10 12 300]>>";
    let file = page("BT /F1 10 Tf 20 50 Td <00010002000A0003> Tj ET")
        .with(5, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>")
        .with(6, descendant)
        .with_stream(
            7,
            "",
            b"1 beginbfrange <0001> <0003> <0061> endbfrange 1 beginbfchar <000a> <00660066> endbfchar",
        );
    assert_eq!(text(&file), "abffc\n");
    assert_at(&find(&file, "c"), 36.0, 50.0, 5.0);
    assert_at(&find(&file, "ff"), 33.0, 50.0, 3.0);
}

#[test]
fn a_glyph_that_no_font_names_is_no_letter_and_parts_no_word() {
    let file = page("BT /F1 10 Tf 20 50 Td <000100020003> Tj ET")
        .with(5, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[6 0 R]>>")
        .with(6, "<</Type/Font/Subtype/CIDFontType2>>");
    assert_eq!(text(&file), "\u{fffd}\u{fffd}\u{fffd}\n");
}

#[test]
fn gaps_are_spaces_and_wide_gaps_end_the_line() {
    let file = page("BT /F1 10 Tf 20 50 Td [(to) -300 (sign) -5000 (here)] TJ ET");
    assert_eq!(text(&file), "to sign\nhere\n");
    assert_eq!(find(&file, "to sign").len(), 1);
    assert_eq!(find(&file, "sign here").len(), 0);
}

#[test]
fn lines_are_read_from_top_to_bottom_and_superscripts_within_theirs() {
    let file = page(
        "BT /F1 10 Tf 20 20 Td (below) Tj 0 40 Td (the 1) Tj /F1 6 Tf 3 Ts (st) Tj /F1 10 Tf 0 Ts ( floor) Tj ET",
    );
    assert_eq!(text(&file), "the 1st floor\nbelow\n");
}

#[test]
fn letters_that_are_painted_twice_for_boldness_are_there_once() {
    let file = page("BT /F1 10 Tf 20 50 Td (Sign) Tj ET BT /F1 10 Tf 20.3 50 Td (Sign) Tj ET");
    assert_eq!(text(&file), "Sign\n");
}

#[test]
fn texts_that_lie_over_each_other_keep_the_letters_that_they_share() {
    let file = page("BT /F1 10 Tf 20 50 Td (Page one) Tj ET BT /F1 10 Tf 20 50 Td (Potato) Tj ET");
    assert_eq!((find(&file, "Page one").len(), find(&file, "Potato").len()), (1, 1), "{}", text(&file));
    let file = page("BT /F1 10 Tf 20 50 Td [(S) 667 (S) (i) 222 (i) (g) 556 (g) (n) 556 (n)] TJ ET");
    assert_eq!(text(&file), "Sign\n");
}

#[test]
fn a_tag_within_a_word_is_said_to_be_inside_one() {
    let file = page("BT /F1 10 Tf 20 50 Td (a[[key]] [[key]], x[[other]]y) Tj ET");
    let inside: Vec<bool> = find(&file, "[[key]]").iter().map(|found| found.inside_word).collect();
    assert_eq!(inside, [true, false]);
}

#[test]
fn marked_content_says_what_it_says_itself() {
    let file = page("BT /F1 10 Tf 20 50 Td (Si) Tj /Span <</ActualText(gn)>> BDC (xyz) Tj EMC ( on) Tj ET");
    assert_eq!(text(&file), "Sign on\n");
}

#[test]
fn words_that_are_read_from_right_to_left_are_in_the_order_of_reading() {
    // Painted from left to right: mem, vav, lamed, shin.
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/afii57678/afii57669/afii57676/afii57689]>>/FirstChar 65/Widths[500 500 500 500]>>";
    let file = page("BT /F1 10 Tf 20 50 Td (ABCD) Tj ET").with(5, font);
    assert_eq!(text(&file), "\u{5e9}\u{5dc}\u{5d5}\u{5dd}\n".replace('\u{5dd}', "\u{5de}").as_str());
}

#[test]
fn what_lies_outside_of_the_page_is_not_shown() {
    assert_eq!(find(&page("BT /F1 10 Tf 300 50 Td (Sign) Tj ET"), "Sign"), []);
}

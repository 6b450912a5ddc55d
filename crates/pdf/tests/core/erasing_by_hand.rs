//! The ways in which a page can show a text, each written by hand: what is taken out is gone for poppler too, and every
//! other word stands where it stood.

use std::process::Command;

use pdf::form::Error;

use crate::erasing::{open, places, scratch, taken_out, without, words};
use crate::small::Small;

const TAG: &str = "{{sig:1}}";

/// A page of 500 x 500 points with this content; its fonts are F1 and F2.
fn page(content: &str) -> Small {
    Small::one_page()
        .with(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Resources 5 0 R/Contents 4 0 R>>")
        .with_stream(4, "", content.as_bytes())
        .with(5, "<</Font<</F1 6 0 R/F2 7 0 R>>>>")
        .with(6, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
        .with(7, "<</Type/Font/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding>>")
}

/// What poppler reads.
fn read(name: &str, bytes: &[u8]) -> String {
    let told = Command::new("pdftotext").arg(scratch(name, bytes)).arg("-").output().expect("is installed");
    String::from_utf8_lossy(&told.stdout).into_owned()
}

/// Takes the tag out; poppler still reads these, and nothing of the tag.
#[track_caller]
fn leaves(name: &str, bytes: &[u8], others: &[&str]) -> Vec<u8> {
    assert!(read(name, bytes).contains(TAG), "poppler reads the tag before");
    let after = taken_out(name, bytes, TAG);
    let left = read(name, &after);
    assert!(!left.contains("sig") && !left.contains("{{") && !left.contains("}}"), "{left}");
    for other in others {
        assert!(left.contains(other), "{other} is gone: {left}");
    }
    after
}

#[test]
fn a_tag_that_an_operator_shows_on_the_next_line_goes_and_the_lines_stay() {
    let content = "BT /F1 12 Tf 20 TL 50 450 Td (Above) Tj (Mine {{sig:1}} yours) ' (between) ' \
                   3 1 (Spread out {{sig:1}} here) \" (Spread as well) ' T* (Last) Tj ET";
    leaves("next-line.pdf", &page(content).table(), &["Above", "between", "Last"]);
}

#[test]
fn a_tag_alone_on_the_next_line_goes_and_the_line_after_it_stays() {
    let content =
        "BT /F1 12 Tf 20 TL 50 450 Td (Above) Tj ({{sig:1}}) ' (Below) ' 9 1 ({{sig:1}}) \" (The end) ' ET";
    leaves("alone.pdf", &page(content).table(), &["Above", "Below", "end"]);
}

#[test]
fn a_tag_in_pieces_of_several_operators_goes() {
    let content = "BT /F1 12 Tf 50 450 Td [(Si) -40 (gn {) 15 ({si)] TJ (g) Tj [(:) 30 (1} )] TJ \
                   [() 20 -700 (now) -10 (here)] TJ 0 -30 Td (Next) Tj ET";
    let content = content.replace("1} )", "1}) 5 (} )");
    leaves("pieces.pdf", &page(&content).table(), &["Sign", "Next"]);
}

#[test]
fn a_tag_in_two_fonts_and_with_every_kind_of_spacing_goes() {
    let content = "BT /F1 12 Tf 1 Tc 5 Tw 80 Tz 50 450 Td (Wide and {{s) Tj /F2 12 Tf (ig) Tj /F1 12 Tf \
                   (:1}} narrow) Tj 3 Ts ( words) Tj 0 Ts 0 Tc 0 Tw 100 Tz ( plain) Tj ET";
    leaves("spacing.pdf", &page(content).table(), &["Wide", "narrow", "words", "plain"]);
}

#[test]
fn a_tag_that_a_marked_content_repeats_goes_in_both() {
    let content = "BT /F1 12 Tf 50 450 Td (Here ) Tj /Span <</ActualText ({{sig:1}})/MCID 3>> BDC (\\(x\\)) Tj EMC \
                   ( there) Tj 0 -30 Td /Span /P0 BDC (again {{sig:1}} once) Tj EMC ( end) Tj ET";
    let file = page(content).with(
        5,
        "<</Font<</F1 6 0 R/F2 7 0 R>>/Properties<</P0<</ActualText(again {{sig:1}} once)/MCID 4>>>>>>",
    );
    let after = leaves("actual-text.pdf", &file.table(), &["Here", "there", "again", "once", "end"]);
    let document = open(&after);
    assert!(!document.page_text(1).expect("has text").text().contains('{'));
    // The structure still finds what is left of it.
    let shown = qdf("actual-text-plain.pdf", &after);
    assert!(shown.contains("/Span <</MCID 3>> BDC") && shown.contains("/Span <</MCID 4>> BDC"), "{shown}");
}

/// The file with its streams as they read.
fn qdf(name: &str, bytes: &[u8]) -> String {
    let made = Command::new("qpdf").args(["--qdf"]).arg(scratch(name, bytes)).arg("-").output();
    String::from_utf8_lossy(&made.expect("qpdf is installed").stdout).into_owned()
}

/// A form with the tag, shown twice on the page and once on another one.
fn shown_twice(inner: &str) -> Vec<u8> {
    let content =
        "q 1 0 0 1 40 400 cm /Fm Do Q BT /F1 12 Tf 50 300 Td (Between) Tj ET q 1 0 0 1 40 200 cm /Fm Do Q";
    page(content)
        .with(2, "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>")
        .with(5, "<</Font<</F1 6 0 R/F2 7 0 R>>/XObject<</Fm 8 0 R>>>>")
        .with_stream(8, "/Type/XObject/Subtype/Form/BBox[0 0 400 90]", inner.as_bytes())
        .with(9, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Resources 5 0 R/Contents 10 0 R>>")
        .with_stream(10, "", b"q 1 0 0 1 10 10 cm /Fm Do Q")
        .table()
}

#[test]
fn a_tag_in_a_form_that_is_shown_twice_goes_at_both_places_and_stays_on_other_pages() {
    let bytes = shown_twice("BT /F1 12 Tf 10 30 Td (Sign {{sig:1}} here) Tj ET");
    let mut gone = places(&open(&bytes), TAG);
    assert_eq!(gone.len(), 3);
    let kept = gone.pop();
    let after = without(&bytes, gone.clone()).expect("is taken out");
    assert_eq!(places(&open(&after), TAG), kept.into_iter().collect::<Vec<_>>());
    let left = words(&scratch("form-twice.pdf", &after));
    for (word, count) in [("Sign", 3), ("here", 3), ("Between", 1), (TAG, 1)] {
        assert_eq!(left.iter().filter(|it| it.2 == word).count(), count, "{word}: {left:?}");
    }
    // On the second page nothing else was asked for than on the first: all of them can go at once.
    taken_out("form-everywhere.pdf", &bytes, TAG);
    // At one of two places alone it cannot go: it is the same content.
    gone.pop();
    assert_eq!(without(&bytes, gone), Err(Error::TextShared { page: 1 }));
}

#[test]
fn a_tag_in_a_form_within_a_form_goes() {
    let bytes = page("q 1 0 0 1 40 400 cm /Outer Do Q BT /F1 12 Tf 50 300 Td (Beside) Tj ET")
        .with(5, "<</Font<</F1 6 0 R/F2 7 0 R>>/XObject<</Outer 8 0 R>>>>")
        .with_stream(
            8,
            "/Type/XObject/Subtype/Form/BBox[0 0 400 90]/Resources<</XObject<</Inner 9 0 R>>>>",
            b"q 0.5 0 0 0.5 5 5 cm /Inner Do Q",
        )
        .with_stream(
            9,
            "/Type/XObject/Subtype/Form/BBox[0 0 600 90]/Resources 5 0 R",
            b"BT /F1 24 Tf 10 30 Td (Deep {{sig:1}} down) Tj ET",
        )
        .table();
    leaves("form-in-form.pdf", &bytes, &["Deep", "down", "Beside"]);
}

#[test]
fn a_tag_on_a_line_that_is_turned_goes_and_the_lines_beside_it_stay() {
    for (name, turn) in
        [("up", "0 1 -1 0"), ("down", "0 -1 1 0"), ("over", "-1 0 0 -1"), ("slanted", "0.866 0.5 -0.5 0.866")]
    {
        let content = format!(
            "BT /F1 12 Tf {turn} 200 250 Tm 16 TL (First line of all the lines) Tj T* (Sign {{{{sig:1}}}} here please) Tj T* \
             (Third line of all the lines) Tj ET BT /F1 12 Tf 20 20 Td (Level) Tj ET"
        );
        let bytes = page(&content).table();
        let after = match name {
            // Poppler reads letters at a slant one by one, and groups them otherwise where some are gone.
            "slanted" => without(&bytes, places(&open(&bytes), TAG)).expect("is taken out"),
            _ => taken_out(&format!("turned-{name}.pdf"), &bytes, TAG),
        };
        assert!(places(&open(&after), TAG).is_empty(), "{name}");
        let others =
            ["First line of all the lines", "Third line of all the lines", "here please", "Sign", "Level"];
        for line in others {
            let (before, left) = (places(&open(&bytes), line), places(&open(&after), line));
            assert!(!before.is_empty() && before.len() == left.len(), "{name}: {line} was hit");
            let near = |one: f64, two: f64| (one - two).abs() <= 0.1;
            let same =
                before.iter().zip(&left).all(|((_, one), (_, two))| near(one.x, two.x) && near(one.y, two.y));
            assert!(same, "{name}: {line} moved from {before:?} to {left:?}");
        }
    }
}

#[test]
fn a_tag_on_a_page_that_is_turned_and_scaled_goes() {
    for turn in [90, 180, 270] {
        let bytes = page("BT /F1 12 Tf 50 450 Td (Sign {{sig:1}} here) Tj 0 -20 Td (Next) Tj ET")
            .with(
                3,
                format!(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/CropBox[20 30 480 490]/Rotate {turn}/UserUnit 2\
                     /Resources 5 0 R/Contents 4 0 R>>"
                ),
            )
            .table();
        let gone = places(&open(&bytes), TAG);
        let after = without(&bytes, gone).expect("is taken out");
        let left = read("page-turned.pdf", &after);
        assert!(
            ["Sign", "here", "Next"].iter().all(|it| left.contains(it)) && !left.contains("sig:"),
            "{left}"
        );
    }
}

//! A text that is covered is not seen any more, and nothing beside its box looks otherwise: judged by the pictures that
//! poppler draws.

use std::path::Path;
use std::process::Command;

use pdf::Rect;
use pdf::appearance::TextStyle;
use pdf::form::{Inscription, Plan, Written, prepare};

use crate::erasing::{file, open, places, scratch, without};
use crate::small::Small;

/// Points of the picture to one of the page.
const SCALE: f64 = 2.0;

/// Rows of a page's picture, three bytes to a point.
struct Picture {
    width: usize,
    bytes: Vec<u8>,
}

impl Picture {
    fn of(path: &Path, page: u32) -> Self {
        let page = page.to_string();
        let told = Command::new("pdftoppm")
            .args(["-r", "144", "-f", &page, "-l", &page, "-cropbox"])
            .arg(path)
            .output()
            .expect("poppler is installed");
        let head: Vec<&[u8]> = told.stdout.splitn(4, u8::is_ascii_whitespace).collect();
        let width = std::str::from_utf8(head[1]).expect("a width").parse().expect("a number");
        // After the height comes the greatest value, and then the picture.
        let mut rest = head[3].splitn(2, u8::is_ascii_whitespace);
        assert_eq!((head[0], rest.next()), (&b"P6"[..], Some(&b"255"[..])), "{told:?}");
        Self { width, bytes: rest.next().expect("has points").to_vec() }
    }

    fn points(&self) -> impl Iterator<Item = ((f64, f64), &[u8])> {
        let place = |at: usize| {
            (
                f64::from(u32::try_from(at % self.width).expect("small")),
                f64::from(u32::try_from(at / self.width).expect("small")),
            )
        };
        self.bytes.chunks_exact(3).enumerate().map(move |(at, colour)| (place(at), colour))
    }
}

/// How deep a point of the picture lies within a place; less than 0 beside it.
fn depth((x, y): (f64, f64), place: &Rect) -> f64 {
    let within = |at: f64, start: f64, length: f64| {
        let (start, end) = (start * SCALE, (start + length) * SCALE);
        (at - start).min(end - (at + 1.0))
    };
    within(x, place.x, place.width).min(within(y, place.y, place.height))
}

/// What a cover hides: a tenth more above and below the line.
fn cover_of(text: &Rect) -> Rect {
    let more = 0.1 * text.width.min(text.height);
    match text.width >= text.height {
        true => Rect { y: text.y - more, height: text.height + 2.0 * more, ..*text },
        false => Rect { x: text.x - more, width: text.width + 2.0 * more, ..*text },
    }
}

fn cover(page: u32, rect: Rect) -> Inscription {
    Inscription { page, rect, style: TextStyle::default(), what: Written::Cover }
}

#[track_caller]
fn covered(name: &str, text: &str) {
    let bytes = file(name);
    let document = open(&bytes);
    let (page, _) = *places(&document, text).first().expect("stands there");
    let boxes: Vec<Rect> =
        places(&document, text).into_iter().filter(|it| it.0 == page).map(|it| it.1).collect();
    let inscriptions = boxes.iter().map(|it| cover(page, *it)).collect();
    let plan = Plan { inscriptions, ..Plan::default() };
    let tail = prepare(&document, &plan).expect("is prepared").expect("there is something to do");
    let after = [&bytes[..], &tail.bytes].concat();
    assert!(!places(&open(&after), text).is_empty(), "{name}: it is text all the same");
    let before = Picture::of(&scratch(&format!("uncovered-{name}"), &bytes), page);
    let after = Picture::of(&scratch(&format!("covered-{name}"), &after), page);
    assert_eq!((before.width, before.bytes.len()), (after.width, after.bytes.len()));
    let mut was_seen = false;
    for ((place, old), (_, new)) in before.points().zip(after.points()) {
        let deepest = boxes.iter().map(|it| depth(place, &cover_of(it))).fold(f64::MIN, f64::max);
        if deepest >= 0.0 {
            was_seen |= old != [255; 3];
            assert_eq!(new, [255; 3], "{name}: {text} is seen at {place:?}");
        } else if deepest < -1.0 {
            assert_eq!(new, old, "{name}: beside {text} something is otherwise at {place:?}");
        }
    }
    assert!(was_seen, "{name}: {text} was seen before");
}

#[test]
fn what_is_covered_is_white_and_nothing_beside_it_changes() {
    let listed = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/text/places.json"));
    let listed: serde_json::Value = serde_json::from_slice(&listed.expect("is there")).expect("is JSON");
    for name in ["reportlab.pdf", "chromium.pdf", "latex.pdf", "word.pdf"] {
        let first = listed[name].as_array().expect("is listed").iter().find_map(|it| it["text"].as_str());
        covered(name, first.expect("has a text"));
    }
}

#[test]
fn a_line_with_a_covered_tag_looks_as_if_the_tag_had_been_taken_out() {
    for font in ["Helvetica", "Times-Roman", "Courier-BoldOblique"] {
        let content = "BT /F1 12 Tf 14 TL 20 80 Td (Agj\\(|[{) Tj T* (Hy {{sig:1}} \\(|[{) Tj T* ([[\\305\\202 gj \\(|[{) Tj ET";
        let bytes = Small::one_page()
            .with(
                3,
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
            )
            .with_stream(4, "", content.as_bytes())
            .with(5, format!("<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>"))
            .table();
        let found = places(&open(&bytes), "{{sig:1}}");
        let inscriptions = found.iter().map(|it| cover(it.0, it.1)).collect();
        let plan = Plan { inscriptions, ..Plan::default() };
        let tail = prepare(&open(&bytes), &plan).expect("is prepared").expect("there is something to do");
        let after = [&bytes[..], &tail.bytes].concat();
        let after = Picture::of(&scratch(&format!("cover-{font}.pdf"), &after), 1);
        let taken = without(&bytes, found).expect("is taken out");
        let taken = Picture::of(&scratch(&format!("uncover-{font}.pdf"), &taken), 1);
        for ((place, one), (_, two)) in after.points().zip(taken.points()) {
            let apart = one.iter().zip(two).map(|(one, two)| one.abs_diff(*two)).max();
            assert!(apart <= Some(8), "{font}: {one:?} instead of {two:?} at {place:?}");
        }
    }
}

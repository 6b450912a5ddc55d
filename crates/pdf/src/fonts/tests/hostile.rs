//! Text that nobody means well with: whatever it is, the same door takes it, and everything about it is finite.

use proptest::prelude::*;

use super::super::loose::Loose;
use super::super::normal::is_joiner;
use super::super::*;

/// Letters of every face, marks without a letter, joiners, controls of direction, what nobody has.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "a",
        "é",
        "Ω",
        "Ж",
        "张",
        "，",
        "、",
        "क",
        "्",
        "ि",
        "र",
        "ष",
        "ॐ",
        "م",
        "ح",
        "لا",
        "ש",
        "ּ",
        "\u{301}",
        "\u{200D}",
        "\u{200C}",
        "\u{200E}",
        "\u{202E}",
        "\u{2066}",
        "\u{2069}",
        "\u{FE0F}",
        "\u{E0100}",
        "\u{3000}",
        "\u{85}",
        " ",
        "\n",
        "(",
        "1",
        "٣",
        "😀",
        "ส",
        "\u{0}",
        "\u{FFFD}",
        "\u{25CC}",
    ]);
    let piece = prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    (prop::collection::vec(piece, 0..40), 1_usize..4)
        .prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

fn shown(face: Face, text: &str) -> Vec<u8> {
    let mut objects = Loose::default();
    let mut fonts = Embedder::new();
    let line = Line::new(face, text);
    for run in line.runs() {
        let _ = fonts.show(&line, run, 10.0, &mut objects);
    }
    fonts.finish(&mut objects);
    format!("{:?}", objects.objects).into_bytes()
}

proptest! {
    #[test]
    fn every_text_is_measured_drawn_and_spelled_out(text in pieces(), width in 1.0..200.0_f64) {
        for face in [Face::Text, Face::Script, Face::Mono] {
            let drawn = face.width(&text, 12.0);
            prop_assert!(drawn.is_finite() && drawn >= 0.0);
            prop_assert_eq!(face.covers(&text), face.missing(&text).is_empty());
            let line = Line::new(face, &text);
            for glyph in line.runs().iter().flat_map(|run| &run.glyphs) {
                prop_assert!(line.text().get(glyph.said.clone()).is_some());
                prop_assert!(glyph.id != 0, "an empty box");
            }
            prop_assert!(face.covers(&spelled_out(face, &text)));
        }
        let lines = wrap(Face::Text, &text, 10.0, width);
        prop_assert!(lines.len() > text.matches('\n').count());
        prop_assert_eq!(shown(Face::Text, &text), shown(Face::Text, &text));
    }

    #[test]
    fn what_the_glyphs_say_is_the_text(text in pieces()) {
        let line = Line::new(Face::Text, &text);
        if line.missing().is_empty() {
            let mut said: Vec<_> = line.runs().iter().flat_map(|run| &run.glyphs).map(|it| it.said.clone()).collect();
            said.retain(|range| !range.is_empty());
            said.sort_by_key(|range| range.start);
            let said: String = said.into_iter().filter_map(|range| line.text().get(range)).collect();
            // Between letters of two typefaces a joiner joins nothing, and is left out.
            let letters = |text: &str| text.chars().filter(|it| !is_joiner(*it)).collect::<String>();
            prop_assert_eq!(letters(&said), letters(line.text()));
        }
    }
}

#[test]
fn a_joiner_between_letters_of_one_script_is_said() {
    let line = Line::new(Face::Text, "क्\u{200D}ष");
    let said =
        line.runs().iter().flat_map(|run| &run.glyphs).filter_map(|it| line.text().get(it.said.clone()));
    assert_eq!(said.collect::<String>(), "क्\u{200D}ष");
}

#[test]
fn a_hundred_thousand_characters_of_anything_are_broken_into_lines() {
    for piece in
        ["张", "क्", "ि", "क\u{200D}", "\u{200D}", "\u{301}", "مح", "שa", "\u{202E}", "a\u{301}", "張，", "ก"]
    {
        let text = piece.repeat(100_000 / piece.chars().count());
        let words = Measured::new(Face::Text, &text);
        for size in [4.0, 12.0] {
            assert!(!words.lines(size, 200.0).is_empty());
        }
        assert!(Face::Text.width(&text, 12.0).is_finite());
    }
    let every: String = (0..100_000).filter_map(char::from_u32).collect();
    assert!(Face::Text.missing(&every).len() > 10_000);
}

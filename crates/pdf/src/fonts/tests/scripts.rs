//! Letters that change with their neighbours or go from right to left.

use super::super::*;

/// The faces of a line from left to right, with what each of them says.
fn runs(text: &str) -> Vec<(Face, String)> {
    let line = Line::new(Face::Text, text);
    let said = |run: &Run| {
        let mut ranges: Vec<_> = run.glyphs.iter().map(|glyph| glyph.said.clone()).collect();
        ranges.sort_by_key(|range| range.start);
        ranges.into_iter().filter_map(|range| line.text().get(range)).collect()
    };
    line.runs().iter().map(|run| (run.face, said(run))).collect()
}

fn glyphs(text: &str) -> Vec<u16> {
    Line::new(Face::Text, text).runs().iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.id).collect()
}

#[test]
fn a_line_is_split_by_the_face_that_has_its_letters() {
    let own = |face, text: &str| (face, text.to_owned());
    assert_eq!(
        runs("Zhang 张伟, शर्मा 2026"),
        [
            own(Face::Text, "Zhang "),
            own(Face::Chinese, "张伟"),
            own(Face::Text, ", "),
            own(Face::Devanagari, "शर्मा"),
            own(Face::Text, " 2026"),
        ]
    );
}

#[test]
fn a_line_from_right_to_left_is_turned_and_its_numbers_are_not() {
    let own = |face, text: &str| (face, text.to_owned());
    // From left to right: `Ali, `, then `12`, and the word behind its space. What one face says is told here as it is typed.
    assert_eq!(runs("Ali, عقد 12"), [own(Face::Text, "Ali, 12"), own(Face::Arabic, "عقد ")]);
    assert_eq!(glyphs("א ב").first(), glyphs("ב").first());
    assert_eq!(
        runs("שלום (א)").first().map(|(face, _)| *face),
        Some(Face::Text),
        "the closing bracket is on the left"
    );
}

#[test]
fn devanagari_is_shaped() {
    // The sign of i stands before its letter.
    let (ka, i) = (Face::Devanagari.glyph('क'), Face::Devanagari.glyph('ि'));
    let both = glyphs("कि");
    assert_eq!(both.len(), 2);
    assert_eq!(both.get(1).copied(), ka);
    assert!(both.first().copied() != ka && i.is_some());
    // A conjunct is one glyph, a ra before a letter a mark above it.
    assert_eq!(glyphs("क्ष").len(), 1);
    assert_eq!(glyphs("र्म").len(), 2);
    // A letter with a joiner is another one than without.
    assert_ne!(glyphs("क्\u{200C}ष"), glyphs("क्ष"));
    let extent = |text| Face::Text.extent(text, 10.0).map(|it| it.top);
    assert!(extent("र्म") > extent("म"));
}

#[test]
fn arabic_letters_are_joined() {
    let alone = Face::Arabic.glyph('م');
    let name = glyphs("محمد");
    assert!(!name.contains(&alone.unwrap_or(0)), "{name:?}");
    // The same letter has one form at the start and another between two.
    assert!(name.len() == 4 && name.first() != Face::Arabic.glyph('د').as_ref(), "{name:?}");
    let meems: Vec<u16> = glyphs("مم");
    assert!(matches!(meems.as_slice(), [end, start] if end != start), "{meems:?}");
}

#[test]
fn chinese_is_broken_between_characters_and_never_before_a_full_stop() {
    let text = "合同自双方签字之日起生效。";
    let room = Face::Text.width("合同自双方签", 10.0);
    assert_eq!(wrap(Face::Text, text, 10.0, room), ["合同自双方签", "字之日起生", "效。"]);
    assert_eq!(wrap(Face::Text, "Zhang 张伟", 10.0, Face::Text.width("Zhang 张", 10.0)), ["Zhang 张", "伟"]);
}

#[test]
fn a_letter_with_its_marks_has_one_box_and_is_never_torn_apart() {
    assert_eq!(letters_of("क्षिति张e\u{301}", 9), ["क्षि", "ति", "张", "é"]);
    assert_eq!(letters_of("शर्मा", 1), ["श"]);
    for line in wrap(Face::Text, &"क्षि".repeat(20), 10.0, 20.0) {
        assert_eq!(line.replace("क्षि", ""), "");
    }
}

#[test]
fn the_whole_table_of_common_characters_is_there() {
    // GB 2312 row 16 and the last of level 2, letters of names beyond it, traditional ones.
    for text in
        ["啊阿埃挨哎唉哀皑癌蔼", "黪黯鼢鼬鼯鼹鼷鼽鼾齄", "喆堃淼燊龑玥頔", "張偉陳黃劉龍蕭鄭謝", "𬭚𬬭𫟹"]
    {
        assert!(covers(text), "{text} {:?}", Face::Text.missing(text));
    }
}

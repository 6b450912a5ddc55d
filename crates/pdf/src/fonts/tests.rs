mod hostile;
mod scripts;

use super::loose::{Loose, inflated};
use super::*;
use crate::object::Object;

#[test]
fn the_faces_cover_every_language_of_the_pages_and_say_no_to_the_rest() {
    for text in [
        "Zoë Ångström-Łukasiewicz",
        "Ελένη Παπαδοπούλου",
        "Ольга Щербакова",
        "Nguyễn Thị Ánh",
        "Őrsi Gáspár Űrlap",
        "Çağrı İnönü Şen ığüşöç",
        "Żółw Ćma Źrebię",
        "Ёлкин Щукарь",
        "€ 12,50 – № 7",
        "张伟，二〇二六年",
        "श्रीमती कविता शर्मा, क्षत्रिय",
        "محمد بن سلمان",
        "שלום עולם",
        "Zhang 张伟, श्रीमती, محمد 2026",
    ] {
        assert!(covers(text), "{text}");
    }
    for text in ["สมชาย", "😀", "a\u{202E}b", "\u{0}"] {
        assert!(!covers(text), "{text:?}");
    }
}

#[test]
fn a_letter_with_a_loose_accent_is_the_letter_with_that_accent() {
    assert_eq!(drawn_form("Andre\u{301}"), "André");
    assert!(Face::Script.covers("Andre\u{301}"));
    assert_eq!(width("Andre\u{301}", 10.0), width("André", 10.0));
}

#[test]
fn marks_that_draw_nothing_are_left_out_and_line_ends_are_gaps() {
    assert_eq!(drawn_form("a\u{200B}b\u{FEFF}\n\tc"), "ab  c");
}

#[test]
fn a_typed_signature_is_all_in_one_hand() {
    assert_eq!(Face::for_signature("Jane Doe"), Some(Face::Script));
    assert_eq!(Face::for_signature("Юлія Ґава"), Some(Face::Script));
    assert_eq!(Face::for_signature("Jane Παππά"), Some(Face::Italic));
    assert_eq!(Face::for_signature("Jane 张"), Some(Face::Text));
    assert_eq!(Face::for_signature("Jane ส"), None);
}

#[test]
fn each_shipped_face_opens_and_measures() {
    for face in Face::ALL {
        assert!(face.ascent() > 0.5 && face.descent() > 0.1 && face.cap_height() > 0.4, "{face:?}");
        let letters = match face {
            Face::Devanagari => "कु",
            Face::Chinese => "张",
            Face::Arabic => "مح",
            Face::Hebrew => "לק",
            _ => "Hg",
        };
        assert_eq!(
            Line::new(Face::Text, letters).runs()[0].face == face,
            letters != "Hg" || face == Face::Text
        );
        let ink = face.extent(letters, 10.0).expect("letters have ink");
        assert!(ink.top > 4.0 && ink.bottom < 0.0 && ink.right > ink.left, "{face:?} {ink:?}");
        assert_eq!(face.extent(" ", 10.0), None);
    }
}

#[test]
fn text_without_a_glyph_is_spelled_out_in_a_record() {
    assert_eq!(spelled_out(Face::Text, "Li 张 ส"), "Li 张 [U+0E2A]");
}

#[test]
fn a_paragraph_is_broken_at_spaces_and_a_long_word_inside() {
    let lines = wrap(Face::Text, "one two\nthree", 10.0, width("one two", 10.0));
    assert_eq!(lines, ["one two", "three"]);
    let lines = wrap(Face::Text, "one two", 10.0, width("one tw", 10.0));
    assert_eq!(lines, ["one", "two"]);
    let digest = "0123456789abcdef".repeat(4);
    let lines = wrap(Face::Text, &digest, 10.0, 100.0);
    assert_eq!(lines.concat(), digest);
    assert!(lines.iter().all(|line| width(line, 10.0) <= 100.0));
    assert_eq!(wrap(Face::Text, "", 10.0, 100.0), [""]);
}

fn embedded(text: &str) -> (String, Loose) {
    let mut objects = Loose::default();
    let mut fonts = Embedder::new();
    let line = Line::new(Face::Text, text);
    let shown: Vec<String> =
        line.runs().iter().map(|run| fonts.show(&line, run, 10.0, &mut objects)).collect();
    let codes = shown.join("\n");
    fonts.finish(&mut objects);
    (codes, objects)
}

#[test]
fn a_subset_numbers_its_glyphs_from_one_and_names_their_widths_and_characters() {
    let (codes, objects) = embedded("ABA");
    assert_eq!(codes, "<000100020001> Tj");
    let dictionaries: Vec<_> = objects.objects.values().filter_map(Object::as_dictionary).collect();
    let cid_font = dictionaries.iter().find(|font| font.is("Subtype", "CIDFontType2")).expect("a CIDFont");
    assert_eq!(
        cid_font.get("W"),
        Some(&Object::Array(vec![
            Object::Integer(1),
            Object::Array(vec![Object::Integer(639), Object::Integer(650)])
        ]))
    );
    let base_font = dictionaries.iter().find(|font| font.is("Subtype", "Type0")).expect("a Type0 font");
    let map = base_font.get("ToUnicode").and_then(Object::as_reference).expect("a reference");
    let map = String::from_utf8(inflated(&objects.objects[&map])).unwrap();
    assert!(map.contains("2 beginbfchar\n<0001> <0041>\n<0002> <0042>\nendbfchar"), "{map}");
}

#[test]
fn the_same_text_gives_the_same_font_and_another_text_another_tag() {
    assert_eq!(embedded("Jane").1.objects, embedded("Jane").1.objects);
    let name = |text| {
        let objects = embedded(text).1.objects;
        let font =
            objects.values().filter_map(Object::as_dictionary).find(|font| font.is("Subtype", "Type0"));
        font.and_then(|font| font.get("BaseFont")).and_then(Object::as_name).cloned().expect("a name")
    };
    let (jane, john) = (name("Jane"), name("John"));
    assert_ne!(jane, john);
    assert!(jane.as_bytes().ends_with(b"+NotoSans-Regular") && jane.as_bytes().len() == 6 + 17);
    assert!(jane.as_bytes().iter().take(6).all(u8::is_ascii_uppercase));
}

#[test]
fn a_font_of_a_short_text_is_small() {
    let (_, objects) = embedded("Jane Doe");
    let bytes: usize =
        objects.objects.values().filter_map(Object::as_stream).map(|stream| stream.data.len()).sum();
    assert!(bytes < 4_000, "{bytes}");
}

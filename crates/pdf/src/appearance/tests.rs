use super::ink::{IMAGE_BYTES_MAX, POINTS_MAX, STROKES_MAX, TYPED_CHARACTERS_MAX};
use super::*;
use crate::fonts::loose::Loose;
use crate::object::Object;

/// The content of what is drawn into a box of 100 x 40 points.
fn drawn(draw: impl FnOnce(&mut Canvas<'_>, Area)) -> String {
    let (mut objects, mut shared) = (Loose::default(), Shared::new());
    let mut canvas = Canvas::new(&mut objects, &mut shared);
    draw(&mut canvas, Frame::upright(100.0, 40.0).area());
    canvas.into_parts().0
}

fn signed(ink: &Ink, lines: &[&str]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    drawn(|canvas, area| signature(canvas, area, Some(ink), &lines).expect("this ink can be drawn"))
}

fn pen(strokes: Vec<Vec<(f64, f64)>>) -> Ink {
    Ink::Drawn { width: 300.0, height: 150.0, strokes }
}

fn typed(text: &str) -> Ink {
    Ink::Typed { text: text.to_owned() }
}

#[test]
fn a_value_stands_in_twelve_points_in_the_middle_of_its_box() {
    insta::assert_snapshot!(drawn(|canvas, area| text_line(canvas, area, "Hi", &TextStyle::default())), @r"
    /Tx BMC
    q
    0 0 100 40 re
    W n
    0 0 0 rg
    BT
    /CsText 12 Tf
    2 15.72 Td
    <00010002> Tj
    ET
    Q
    EMC
    ");
}

#[test]
fn a_blank_value_draws_nothing() {
    assert_eq!(drawn(|canvas, area| text_line(canvas, area, "", &TextStyle::default())), "/Tx BMC\nEMC\n");
}

fn size_of(width: f64, height: f64, value: &str) -> (f64, usize) {
    let area = Frame::upright(width, height).area();
    let content = drawn(|canvas, _| text_line(canvas, area, value, &TextStyle::default()));
    let line = content.lines().find(|line| line.ends_with(" Tf")).expect("a font");
    let size = line.split(' ').nth(1).and_then(|size| size.parse().ok()).expect("a size");
    (size, content.matches(" Tj").count())
}

#[test]
fn a_long_value_gets_smaller_then_takes_two_lines_then_is_clipped_at_four_points() {
    let value = "The quick brown fox jumps over the lazy dog";
    assert_eq!(size_of(300.0, 20.0, value), (12.0, 1));
    let (size, lines) = size_of(150.0, 15.0, value);
    assert!(size > 4.0 && size < 9.0 && lines == 1, "{size} {lines}");
    let (size, lines) = size_of(150.0, 30.0, value);
    assert!(size > 8.0 && lines == 2, "{size} {lines}");
    assert_eq!(size_of(40.0, 10.0, value), (4.0, 1));
}

#[test]
fn a_check_mark_is_a_path_in_a_square() {
    insta::assert_snapshot!(drawn(check_box_on), @r"
    q
    0.35 0.35 0.35 RG
    0.75 w
    30.5 0.5 39 39 re S
    Q
    q
    0.06 0.09 0.31 RG
    4.29 w
    1 J 1 j
    38.3 20.78 m
    46.88 11.03 l
    61.7 30.14 l S
    Q
    ");
}

#[test]
fn strokes_fill_the_box_as_curves_and_keep_their_proportions() {
    let ink = pen(vec![vec![(10.0, 10.0), (20.0, 20.0), (30.0, 10.0)], vec![(20.0, 30.0)]]);
    insta::assert_snapshot!(signed(&ink, &[]), @r"
    q
    0.06 0.09 0.31 RG
    1.3 w
    1 J 1 j
    2.79 37.2 m
    14.26 25.73 22.87 22.87 28.6 28.6 c
    37.2 37.2 l S
    20 2.79 m
    20 2.79 l S
    Q
    ");
}

#[test]
fn a_typed_name_is_set_in_the_script_face_with_its_captions_below() {
    insta::assert_snapshot!(signed(&typed("Jo"), &["Jo", "2026-11-22"]), @r"
    q
    1.5 1.5 97 37 re
    W n
    0.35 0.35 0.35 RG
    0.35 0.35 0.35 rg
    0.4 w
    1.5 18.15 m
    98.5 18.15 l S
    BT
    /CsText 5.95 Tf
    1.5 12.08 Td
    <00010002> Tj
    ET
    BT
    /CsText 5.95 Tf
    1.5 4.65 Td
    <0003000400030005000600070007000600030003> Tj
    ET
    Q
    q
    1.5 19.15 97 19.35 re
    W n
    0.06 0.09 0.31 rg
    BT
    /CsScript 21.79 Tf
    2.48 23.46 Td
    <00010002> Tj
    ET
    Q
    ");
}

#[test]
fn a_caption_that_cannot_be_drawn_is_left_out_and_the_ink_takes_its_room() {
    assert_eq!(signed(&typed("Jo"), &["สม"]), signed(&typed("Jo"), &[]));
}

#[test]
fn every_appearance_stays_in_its_box_however_small() {
    for (width, height) in [(1.0, 1.0), (3.0, 200.0), (400.0, 4.0)] {
        let area = Frame::upright(width, height).area();
        for ink in [typed("Jane Doe"), pen(vec![vec![(0.0, 0.0), (5.0, 9.0)]])] {
            let content = drawn(|canvas, _| signature(canvas, area, Some(&ink), &["a".to_owned()]).unwrap());
            assert!(!content.contains("NaN") && !content.contains("inf"), "{content}");
        }
    }
}

#[test]
fn a_form_carries_its_box_its_turn_and_the_fonts_it_names() {
    let (mut objects, mut shared) = (Loose::default(), Shared::new());
    let mut canvas = Canvas::new(&mut objects, &mut shared);
    let frame = Frame::turned(100.0, 40.0, 90);
    text_line(&mut canvas, frame.area(), "x", &TextStyle::default());
    let form = canvas.into_form(&frame).dictionary;
    let integers =
        |values: &[i64]| Object::Array(values.iter().map(|value| Object::Integer(*value)).collect());
    assert_eq!(form.get("BBox"), Some(&integers(&[0, 0, 100, 40])));
    assert_eq!(form.get("Matrix"), Some(&integers(&[0, 1, -1, 0, 0, 0])));
    let resources = form.get("Resources").and_then(Object::as_dictionary).unwrap();
    assert!(resources.get("Font").and_then(Object::as_dictionary).unwrap().has("CsText"));
}

fn code(ink: &Ink) -> Option<&'static str> {
    ink.check().err().map(|refusal| refusal.code())
}

#[test]
fn a_hundred_typed_characters_pass_and_one_more_is_refused() {
    assert_eq!(code(&typed(&"x".repeat(TYPED_CHARACTERS_MAX))), None);
    assert_eq!(code(&typed(&"x".repeat(TYPED_CHARACTERS_MAX + 1))), Some("ink_too_large"));
}

#[test]
fn a_name_without_glyphs_is_refused_and_the_missing_letters_are_named() {
    let refusal = typed("Li 张 สสม").check().unwrap_err();
    assert_eq!(refusal, InkRefusal::TextNotDrawable { missing: vec!['ส', 'ม'] });
    assert_eq!(refusal.code(), "text_not_drawable");
    assert_eq!(
        refusal.to_string(),
        "No typeface here can draw “สม”: draw the signature or upload a picture of it."
    );
}

#[test]
fn what_nobody_would_see_is_refused() {
    for ink in [typed("  \u{200B}"), pen(vec![]), pen(vec![vec![]]), pen(vec![vec![(5.0, 5.0); 3]])] {
        assert_eq!(code(&ink), Some("ink_empty"), "{ink:?}");
    }
    assert_eq!(code(&pen(vec![vec![(5.0, 5.0), (6.0, 5.0)]])), None);
}

#[test]
fn five_hundred_strokes_and_twenty_thousand_points_pass_and_one_more_is_refused() {
    let stroke = |points: usize| (0..points).map(|x| (x as f64, 1.0)).collect::<Vec<_>>();
    assert_eq!(code(&pen(vec![stroke(2); STROKES_MAX])), None);
    assert_eq!(code(&pen(vec![stroke(2); STROKES_MAX + 1])), Some("ink_too_large"));
    assert_eq!(code(&pen(vec![stroke(POINTS_MAX)])), None);
    assert_eq!(code(&pen(vec![stroke(POINTS_MAX), stroke(1)])), Some("ink_too_large"));
}

#[test]
fn points_that_are_not_numbers_are_refused() {
    assert_eq!(code(&pen(vec![vec![(0.0, 0.0), (f64::NAN, 1.0)]])), Some("ink_too_large"));
    assert_eq!(code(&pen(vec![vec![(0.0, 0.0), (1e6, 1.0)]])), None);
    assert_eq!(code(&pen(vec![vec![(0.0, 0.0), (1.1e6, 1.0)]])), Some("ink_too_large"));
}

#[test]
fn a_picture_of_more_than_five_megabytes_is_refused_before_it_is_read() {
    let picture = |length| Ink::Image { bytes: vec![0; length] };
    assert_eq!(code(&picture(IMAGE_BYTES_MAX)), Some("image_unreadable"));
    assert_eq!(code(&picture(IMAGE_BYTES_MAX + 1)), Some("ink_too_large"));
}

#[test]
fn text_as_outlines_needs_no_font() {
    let path = outlined_text(crate::fonts::Face::Bold, "I i", 100.0, 0.0, 0.0);
    assert!(path.starts_with("9.2 0 m\n") || path.contains(" m\n"), "{path}");
    assert!(path.ends_with("h\n") && !path.contains("Tf"));
}

//! Nothing that a sender says of a field is endless.

use crate::fields_links::{only_if, optional, with};
use crate::given::*;
use envelope::{Check, Choice, Choices, Draft, FieldDraft, FieldKind, FileType, FileWishes, Test};

fn patterned(id: usize, pattern: &str) -> FieldDraft {
    let check = Check { pattern: Some(pattern.to_owned()), ..Check::default() };
    FieldDraft { check, ..optional(&format!("p{id}"), FieldKind::Text) }
}

#[test]
fn fifty_different_expressions_are_read_however_many_fields_have_them() {
    let different = |count: usize| with((0..count).map(|it| patterned(it, &format!("a{{{it}}}"))));
    given([]).when(create(different(50))).then_allowed();
    given([]).when(create(different(51))).then_told(
        "/fields/52/check/pattern",
        "too_many",
        "There are 50 different regular expressions before this one, and more are not read; use one of them.",
    );
    given([]).when(create(with((0..1900).map(|it| patterned(it, "[a-z]{3}"))))).then_allowed();
    // A value that stands there beforehand is compared by what was read, too.
    let valued = |value: &str| FieldDraft { value: value.into(), ..patterned(7, "[a-z]{3}") };
    given([]).when(create(with([valued("abc")]))).then_allowed();
    given([]).when(create(with([valued("ab")]))).then_found([("/fields/2/value", "pattern_not_matched")]);
}

fn one(field: FieldDraft) -> Draft {
    with([field])
}

#[test]
fn the_name_of_a_form_field_and_the_text_of_a_tag_end_somewhere() {
    let long = |length| Some("é".repeat(length));
    let named = |length| FieldDraft { form_field: long(length), ..optional("x", FieldKind::Text) };
    let made = |length| FieldDraft { origin: long(length), ..optional("x", FieldKind::Text) };
    given([]).when(create(one(named(2000)))).then_allowed();
    given([]).when(create(one(named(2001)))).then_found([("/fields/2/form_field", "text_too_long")]);
    given([]).when(create(one(made(2000)))).then_allowed();
    given([]).when(create(one(made(2001)))).then_found([("/fields/2/origin", "text_too_long")]);
}

#[test]
fn what_programs_are_told_of_an_option_is_a_line_of_text() {
    let list = |value: &str| {
        let options = vec![Choice { label: "A".into(), value: Some(value.to_owned()) }];
        let choices = Choices { options, list: None };
        one(FieldDraft { choices, ..optional("x", FieldKind::Dropdown) })
    };
    given([]).when(create(list(&"x".repeat(200)))).then_allowed();
    for (value, pointer, code) in [
        (&"x".repeat(201), "/fields/2/choices/options/0/value", "text_too_long"),
        (&"a\nb".to_owned(), "/fields/2/choices/options/0/value", "text_malformed"),
        (&String::new(), "/fields/2/choices/options/0", "option_empty"),
    ] {
        given([]).when(create(list(value))).then_found([(pointer, code)]);
    }
}

#[test]
fn a_condition_compares_with_five_hundred_values_that_a_field_can_have() {
    let compares =
        |is: Test| with([optional("a", FieldKind::Text), only_if(optional("b", FieldKind::Text), "a", is)]);
    let many = |count: usize, length: usize| vec!["x".repeat(length); count];
    for test in [Test::OneOf as fn(Vec<String>) -> Test, Test::NoneOf] {
        given([]).when(create(compares(test(many(500, 1))))).then_allowed();
        given([]).when(create(compares(test(many(1, 10_000))))).then_allowed();
        let pointer = "/fields/3/only_if/is";
        given([]).when(create(compares(test(many(501, 1))))).then_found([(pointer, "too_many")]);
        given([]).when(create(compares(test(many(1, 10_001))))).then_found([(pointer, "text_too_long")]);
    }
}

#[test]
fn a_type_of_file_is_named_once() {
    let files = |types: &[FileType]| {
        let files = FileWishes { types: types.to_vec(), bytes_max: None };
        one(FieldDraft { files, ..optional("x", FieldKind::Attachment) })
    };
    given([]).when(create(files(&[FileType::Pdf, FileType::Png]))).then_allowed();
    let twice = create(files(&[FileType::Pdf, FileType::Pdf]));
    given([]).when(twice).then_found([("/fields/2/files/types", "file_type_repeated")]);
}

#[test]
fn ten_faults_are_told_in_one_go_and_of_more_their_number() {
    let refused = |faults: usize| {
        let fields = (0..faults).map(|it| patterned(it, "("));
        given([]).when(create(with(fields))).refused().expect("it is refused").to_string()
    };
    let told = |text: &str| text.matches("regular expression").count();
    assert_eq!(told(&refused(10)), 10);
    assert!(refused(10).ends_with("with characters_min and characters_max."));
    assert!(refused(11).ends_with(" One thing more is wrong; it is told at its place."));
    assert!(refused(12).ends_with(" 2 things more are wrong; each is told at its place."));
    assert_eq!(told(&refused(12)), 10);
}

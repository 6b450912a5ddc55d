//! What can be filled into a field of each kind.

use crate::given::*;
use envelope::{Check, Choice, Choices, Command, Draft, Event, FieldDraft, FieldKind, Form, Personal};

/// Ada, whose form has one more field, at the moment at which she fills it.
pub fn filling(field: FieldDraft) -> Given {
    let mut draft = parallel();
    draft.fields.push(field);
    filling_all(draft)
}

/// The same with any draft.
pub fn filling_all(draft: Draft) -> Given {
    given(sent(draft)).and([opened(1), consented(1)])
}

#[track_caller]
fn takes(field: &FieldDraft, values: &[&str]) {
    for value in values {
        filling(field.clone())
            .when(fill(1, [(field.id.0.as_str(), *value)]))
            .then([filled(1, &field.id.0, value)], []);
    }
}

#[track_caller]
fn refuses(field: &FieldDraft, code: &str, values: &[&str]) {
    for value in values {
        let pointer = format!("/values/{}", field.id.0);
        filling(field.clone())
            .when(fill(1, [(field.id.0.as_str(), *value)]))
            .then_found([(pointer.as_str(), code)]);
    }
}

fn of(kind: FieldKind) -> FieldDraft {
    field("x", kind, 1)
}

fn formed(form: Form) -> FieldDraft {
    FieldDraft { check: Check { form: Some(form), ..Check::default() }, ..of(FieldKind::Text) }
}

fn checked(check: Check) -> FieldDraft {
    FieldDraft { check, ..of(FieldKind::Text) }
}

#[test]
fn a_line_has_no_breaks_and_several_lines_have() {
    for kind in [FieldKind::Text, FieldKind::Company, FieldKind::JobTitle] {
        takes(&of(kind), &["one line", "", &"x".repeat(1000)]);
        refuses(&of(kind), "text_malformed", &["two\nlines", "a\ttab"]);
        refuses(&of(kind), "text_too_long", &[&"x".repeat(1001)]);
    }
    let several = of(FieldKind::MultilineText);
    takes(&several, &["two\nlines", &"x".repeat(10_000)]);
    refuses(&several, "text_malformed", &["a\ttab", "a\rreturn"]);
    refuses(&several, "text_too_long", &[&"x".repeat(10_001), &"x".repeat(100_000)]);
}

#[test]
fn a_boxed_text_has_a_character_for_each_box() {
    let boxes = FieldDraft { characters_max: Some(4), ..of(FieldKind::BoxedText) };
    takes(&boxes, &["ABCD", "é日ßx", "A"]);
    refuses(&boxes, "text_too_long", &["ABCDE"]);
    // A letter and its marks are in one box.
    takes(&boxes, &["e\u{301}e\u{301}e\u{301}e\u{301}", "श्रीकवि"]);
    refuses(&boxes, "text_too_long", &["e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"]);
    let marked = |marks: usize| format!("e{}", "\u{301}".repeat(marks));
    takes(&boxes, &[&marked(9_999)]);
    refuses(&boxes, "text_too_long", &[&marked(10_000)]);
}

#[test]
fn a_number_has_one_way_of_being_written() {
    takes(&of(FieldKind::Number), &["12", "-0.5", "1250.50", ""]);
    refuses(&of(FieldKind::Number), "number_malformed", &["12,5", "1 250", "1e3", "twelve", "NaN", "+1"]);
}

#[test]
fn a_date_is_a_day_that_exists() {
    takes(&of(FieldKind::Date), &["2024-02-29", "0001-01-01", "9999-12-31"]);
    refuses(
        &of(FieldKind::Date),
        "date_malformed",
        &["2026-02-29", "26-02-01", "01/02/2026", "2026-2-1", "20260201", "-000001-01-01"],
    );
}

#[test]
fn an_address_is_one() {
    takes(&of(FieldKind::Email), &["ada@example.org"]);
    refuses(&of(FieldKind::Email), "email_malformed", &["ada", "ada@", "a b@example.org"]);
}

#[test]
fn a_choice_is_one_of_the_options_by_what_programs_are_told() {
    let option =
        |label: &str, value: Option<&str>| Choice { label: label.into(), value: value.map(Into::into) };
    let options = vec![option("Red", Some("r")), option("Blue", None)];
    let own = FieldDraft { choices: Choices { options, list: None }, ..of(FieldKind::Dropdown) };
    takes(&own, &["r", "Blue", ""]);
    refuses(&own, "option_unknown", &["Red", "blue", "Green"]);
}

#[test]
fn the_built_in_lists_know_the_world() {
    use envelope::ChoiceList::*;
    for (list, entry, other) in [
        (CountryNames, "France", "Atlantis"),
        (CountryCodes2, "FR", "XX"),
        (CountryCodes3, "FRA", "FR"),
        (CountryNumbers, "250", "000"),
        (UsStateNames, "District of Columbia", "Guam"),
        (UsStateCodes, "TX", "XX"),
    ] {
        let choices = Choices { options: Vec::new(), list: Some(list) };
        let field = FieldDraft { choices, ..of(FieldKind::Dropdown) };
        takes(&field, &[entry]);
        refuses(&field, "option_unknown", &[other]);
    }
    assert_eq!(envelope::values::lists::of(CountryNames).len(), 249);
    assert_eq!(envelope::values::lists::of(UsStateCodes).len(), 51);
}

#[test]
fn a_value_has_the_form_that_the_sender_asks_for() {
    for (form, code, good, bad) in [
        (Form::Letters, "letters_only", ["Zoë O\u{2019}Neil-Smith", "Łódź"], ["R2D2", "a_b"]),
        (Form::Digits, "digits_only", ["0123", "7"], ["12a", "1.5"]),
        (Form::LettersAndDigits, "letters_and_digits_only", ["R2D2", "é1"], ["a b", "a-b"]),
        (Form::Email, "email_malformed", ["a@example.org", "b.c@x.example.org"], ["a", "a@b"]),
        (Form::Phone, "phone_malformed", ["+33 1 23 45 67 89", "+15551234567"], ["01 23 45 67 89", "+123"]),
        (
            Form::Url,
            "url_malformed",
            ["https://example.org/a?b", "http://a.b"],
            ["example.org", "https://a b.c"],
        ),
        (Form::UsZipCode, "zip_malformed", ["12345", "12345-6789"], ["1234", "12345-678"]),
    ] {
        takes(&formed(form), &good);
        refuses(&formed(form), code, &bad);
        takes(&formed(form), &[""]);
    }
    refuses(&formed(Form::Url), "url_malformed", &["https://localhost", "https://.a"]);
}

#[test]
fn a_pattern_has_to_match_the_whole_value() {
    let pattern = |text: &str| checked(Check { pattern: Some(text.into()), ..Check::default() });
    takes(&pattern("[A-Z]{2}[0-9]+"), &["FR12"]);
    refuses(&pattern("[A-Z]{2}[0-9]+"), "pattern_not_matched", &["xFR12", "FR12x", "FR"]);
    takes(&pattern("a|b"), &["a", "b"]);
    refuses(&pattern("a|b"), "pattern_not_matched", &["ab", "ac"]);
}

#[test]
fn a_pattern_that_makes_others_hang_is_matched_at_once() {
    let slow = checked(Check { pattern: Some("(a+)+b".into()), ..Check::default() });
    refuses(&slow, "pattern_not_matched", &[&"a".repeat(1000)]);
}

#[test]
fn a_number_lies_within_its_bounds() {
    let number = |text: &str| text.parse().ok();
    let check = Check { min: number("-1"), max: number("9.5"), decimals_max: Some(1), ..Check::default() };
    let field = FieldDraft { check, ..of(FieldKind::Number) };
    takes(&field, &["-1", "9.5", "0.10"]);
    refuses(&field, "number_too_small", &["-1.1"]);
    refuses(&field, "number_too_large", &["9.6"]);
    refuses(&field, "number_too_fine", &["0.25"]);
    let text = checked(Check { min: number("0"), ..Check::default() });
    refuses(&text, "number_malformed", &["many"]);
}

#[test]
fn a_date_lies_within_its_bounds() {
    let check =
        Check { earliest: Some("2026-01-01".into()), latest: Some("2026-12-31".into()), ..Check::default() };
    let field = FieldDraft { check: check.clone(), ..of(FieldKind::Date) };
    takes(&field, &["2026-01-01", "2026-12-31"]);
    refuses(&field, "date_too_early", &["2025-12-31"]);
    refuses(&field, "date_too_late", &["2027-01-01"]);
    refuses(&checked(check), "date_malformed", &["soon"]);
    let bound = |day: &str| Some(day.to_owned());
    let after = checked(Check { earliest: bound("2026-01-01"), ..Check::default() });
    refuses(&after, "date_too_early", &["2025-12-31"]);
    let before = checked(Check { latest: bound("2026-12-31"), ..Check::default() });
    refuses(&before, "date_too_late", &["2027-01-01"]);
    takes(&checked(Check::default()), &["soon"]);
}

#[test]
fn a_text_has_its_least_length_or_is_empty() {
    let least = FieldDraft {
        characters_max: Some(4),
        ..checked(Check { characters_min: Some(2), ..Check::default() })
    };
    takes(&least, &["", "ab", "abcd"]);
    refuses(&least, "text_too_short", &["a"]);
    refuses(&least, "text_too_long", &["abcde"]);
}

#[test]
fn the_senders_own_words_say_what_is_wrong() {
    let message = "Write your IBAN without spaces.".to_owned();
    let field =
        checked(Check { pattern: Some("[A-Z0-9]+".into()), message: message.clone(), ..Check::default() });
    filling(field).when(fill(1, [("x", "FR 76")])).then_told("/values/x", "pattern_not_matched", &message);
}

#[test]
fn what_is_fixed_computed_or_nobodys_is_not_filled_by_hand() {
    let fixed = FieldDraft { read_only: true, value: "42".into(), ..of(FieldKind::Text) };
    refuses(&fixed, "field_not_fillable", &["43"]);
    for kind in [FieldKind::RecipientName, FieldKind::RecipientEmail, FieldKind::DateSigned] {
        refuses(&of(kind), "field_not_fillable", &["x"]);
    }
    for kind in [FieldKind::DeclineButton, FieldKind::ApproveButton] {
        refuses(&FieldDraft { required: false, ..of(kind) }, "field_not_fillable", &["x"]);
    }
}

#[test]
fn the_act_holds_what_the_sender_gave_what_the_server_knows_and_what_is_fixed() {
    let mut draft = parallel();
    draft.fields.push(FieldDraft { value: "Paris".into(), ..field("city", FieldKind::Text, 1) });
    draft.fields.push(FieldDraft {
        value: "42".into(),
        read_only: true,
        ..field("number", FieldKind::Number, 1)
    });
    draft.fields.push(field("name", FieldKind::RecipientName, 1));
    draft.fields.push(field("mail", FieldKind::RecipientEmail, 1));
    // The sender's own words are on the page before anybody acts.
    draft.fields.push(FieldDraft { value: "Confidential".into(), ..field("words", FieldKind::FreeText, 1) });
    let values = acted(filling_all(draft.clone()), []);
    assert_eq!(
        values,
        said([("city", "Paris"), ("mail", "ada@example.org"), ("name", "Ada"), ("number", "42")])
    );
    let values = acted(filling_all(draft), [("city", "Lyon")]);
    assert_eq!(values[0], ("city".to_owned(), "Lyon".to_owned()));
}

/// What the act of the first recipient holds, where they fill this at the end.
#[track_caller]
pub fn acted<const N: usize>(given: Given, last: [(&str, &str); N]) -> Vec<(String, String)> {
    let values = last.into_iter().map(|(id, value)| (id.into(), value.to_owned())).collect();
    let command = Command::Sign(envelope::commands::sign::Sign { values, ..signing(1) });
    let events = given.when(command).events();
    let Some(Event::SigningIntended { values, .. }) = events.into_iter().next() else { return Vec::new() };
    values.into_iter().map(|(id, value)| (id.0, Personal::text(&value).to_owned())).collect()
}

/// Values as [`acted`] gives them.
pub fn said<const N: usize>(values: [(&str, &str); N]) -> Vec<(String, String)> {
    values.into_iter().map(|(id, value)| (id.to_owned(), value.to_owned())).collect()
}

//! What a sender can say of a field, each limit with its twin.

use crate::given::*;
use envelope::{
    Certification, Check, Choice, ChoiceList, Choices, Draft, FieldDraft, FieldKind, FileType, FileWishes,
    FilledBy, Points, TextStyle,
};

fn with(field: FieldDraft) -> Draft {
    Draft { fields: vec![place("ada", 1), place("ben", 2), field], ..draft() }
}

fn of(kind: FieldKind) -> FieldDraft {
    let nobodys = matches!(kind.filled_by(), FilledBy::Sender | FilledBy::Completion);
    let words = matches!(kind, FieldKind::FreeText | FieldKind::Note);
    FieldDraft {
        value: if words { "Words".into() } else { "".into() },
        characters_max: (kind == FieldKind::BoxedText).then_some(4),
        group: (kind == FieldKind::Radio).then(|| "g".to_owned()),
        choices: Choices {
            options: Vec::new(),
            list: (kind == FieldKind::Dropdown).then_some(ChoiceList::CountryNames),
        },
        ..field("x", kind, if nobodys { 0 } else { 1 })
    }
}

#[track_caller]
fn allowed(field: FieldDraft) {
    given([]).when(create(with(field))).then_allowed();
}

#[track_caller]
fn found(field: FieldDraft, key: &str, code: &str) {
    let pointer = if key.is_empty() { "/fields/2".to_owned() } else { format!("/fields/2/{key}") };
    given([]).when(create(with(field))).then_found([(pointer.as_str(), code)]);
}

#[test]
fn every_kind_has_a_usual_size_and_can_stand_on_a_page() {
    for kind in FieldKind::ALL {
        allowed(of(kind));
        let (width, height) = kind.usual_size();
        assert!(width >= 8.0 && height >= 8.0, "{kind:?}");
    }
    // seed: ConsignO Cloud, "By default, size of the signature zone is set to width = 165 and height = 37."
    for (kinds, size) in [
        (&[FieldKind::Signature][..], (165.0, 37.0)),
        (&[FieldKind::Initials], (60.0, 37.0)),
        (&[FieldKind::Checkbox, FieldKind::Radio], (14.0, 14.0)),
        (&[FieldKind::MultilineText, FieldKind::FreeText, FieldKind::Note], (220.0, 60.0)),
        (&[FieldKind::BoxedText], (180.0, 20.0)),
        (&[FieldKind::Image, FieldKind::Stamp], (120.0, 80.0)),
        (&[FieldKind::Attachment], (140.0, 24.0)),
        (&[FieldKind::Strikethrough], (150.0, 8.0)),
        (&[FieldKind::DeclineButton, FieldKind::ApproveButton], (110.0, 30.0)),
        (
            &[FieldKind::DateSigned, FieldKind::Date, FieldKind::DateCompleted, FieldKind::Number],
            (90.0, 20.0),
        ),
        (&[FieldKind::Text, FieldKind::Email, FieldKind::Company], (150.0, 20.0)),
    ] {
        assert!(kinds.iter().all(|it| it.usual_size() == size), "{kinds:?}");
    }
}

#[test]
fn what_no_recipient_fills_names_none_and_the_rest_names_one() {
    for kind in FieldKind::ALL {
        let field = of(kind);
        let (other, code) = match field.recipient {
            0 => (1, "field_takes_no_recipient"),
            _ => (0, "field_without_recipient"),
        };
        found(FieldDraft { recipient: other, ..field }, "recipient", code);
    }
}

#[test]
fn words_of_the_sender_are_there_and_not_endless() {
    for kind in [FieldKind::FreeText, FieldKind::Note] {
        let says = |value: &str| FieldDraft { value: value.into(), ..of(kind) };
        allowed(says("Two\nlines"));
        allowed(says(&"x".repeat(10_000)));
        found(says(" "), "value", "words_missing");
        found(says(&"x".repeat(10_001)), "value", "text_too_long");
        found(says("a\u{7}bell"), "value", "text_malformed");
    }
}

#[test]
fn what_stands_there_beforehand_is_what_the_field_takes() {
    let filled = |kind, value: &str| FieldDraft { value: value.into(), ..of(kind) };
    allowed(filled(FieldKind::Number, "12.5"));
    allowed(filled(FieldKind::Checkbox, "true"));
    found(filled(FieldKind::Number, "many"), "value", "number_malformed");
    for kind in [
        FieldKind::Signature,
        FieldKind::DateSigned,
        FieldKind::DateCompleted,
        FieldKind::Attachment,
        FieldKind::Image,
    ] {
        found(filled(kind, "x"), "value", "field_takes_no_value");
    }
}

#[test]
fn what_is_required_and_fixed_has_a_value() {
    let fixed = |value: &str, required| FieldDraft {
        read_only: true,
        required,
        value: value.into(),
        ..of(FieldKind::Text)
    };
    allowed(fixed("x", true));
    allowed(fixed("", false));
    found(fixed("", true), "value", "read_only_and_empty");
    found(
        FieldDraft { read_only: true, required: false, ..of(FieldKind::Initials) },
        "read_only",
        "field_not_fillable",
    );
    found(
        FieldDraft { read_only: true, required: false, ..of(FieldKind::Stamp) },
        "read_only",
        "field_not_fillable",
    );
}

#[test]
fn only_a_text_of_its_recipient_can_be_kept_out_of_the_document() {
    let confidential = |kind| FieldDraft { confidential: true, ..of(kind) };
    allowed(confidential(FieldKind::Text));
    allowed(confidential(FieldKind::Date));
    for kind in [FieldKind::Checkbox, FieldKind::DateSigned, FieldKind::FreeText, FieldKind::Image] {
        found(confidential(kind), "confidential", "field_not_confidential");
    }
}

#[test]
fn an_expression_can_be_read_and_is_not_huge() {
    let pattern = |text: &str| FieldDraft {
        check: Check { pattern: Some(text.into()), ..Check::default() },
        ..of(FieldKind::Text)
    };
    allowed(pattern("[0-9]{4}|x*"));
    allowed(pattern(&"x".repeat(500)));
    allowed(pattern(r"\w{1,40}"));
    for text in [&"x".repeat(501), "(", "a)(b", "(?=a)b", r"(a)\1", "(x{1000}){1000}"] {
        found(pattern(text), "check/pattern", "pattern_malformed");
    }
}

#[test]
fn bounds_leave_room() {
    let number = |text: &str| text.parse().ok();
    let check = |check| FieldDraft { check, characters_max: Some(5), ..of(FieldKind::Text) };
    let day = |text: &str| Some(text.to_owned());
    allowed(check(Check { min: number("1"), max: number("1"), characters_min: Some(5), ..Check::default() }));
    allowed(check(Check { earliest: day("2026-01-01"), latest: day("2026-01-01"), ..Check::default() }));
    found(
        check(Check { min: number("2"), max: number("1"), ..Check::default() }),
        "check/min",
        "bounds_crossed",
    );
    let later = Check { earliest: day("2026-01-02"), latest: day("2026-01-01"), ..Check::default() };
    found(check(later), "check/earliest", "bounds_crossed");
    found(
        check(Check { characters_min: Some(6), ..Check::default() }),
        "check/characters_min",
        "bounds_crossed",
    );
    found(check(Check { latest: day("soon"), ..Check::default() }), "check/latest", "date_malformed");
}

#[test]
fn boxes_are_counted() {
    let boxes = |characters_max| FieldDraft { characters_max, ..of(FieldKind::BoxedText) };
    allowed(boxes(Some(1)));
    allowed(boxes(Some(100)));
    found(boxes(None), "characters_max", "boxes_missing");
    found(boxes(Some(101)), "characters_max", "length_malformed");
    found(boxes(Some(0)), "characters_max", "length_malformed");
    allowed(FieldDraft { characters_max: Some(101), ..of(FieldKind::Text) });
}

#[test]
fn a_list_has_options_of_its_own_or_is_a_built_in_one() {
    let option =
        |label: &str, value: Option<&str>| Choice { label: label.into(), value: value.map(Into::into) };
    let list = |options: Vec<Choice>, list| FieldDraft {
        choices: Choices { options, list },
        ..of(FieldKind::Dropdown)
    };
    allowed(list(vec![option("A", None), option("B", Some("b"))], None));
    found(list(Vec::new(), None), "choices", "choices_missing");
    found(list(vec![option("A", None)], Some(ChoiceList::UsStateCodes)), "choices", "choices_missing");
    found(list(vec![option(" ", None)], None), "choices/options/0", "option_empty");
    found(
        list(vec![option("A", None), option("B", Some("A"))], None),
        "choices/options/1",
        "option_repeated",
    );
    let many = |count| (0..count).map(|it| option(&it.to_string(), None)).collect::<Vec<_>>();
    allowed(list(many(500), None));
    found(list(many(501), None), "choices/options", "too_many");
    let choices = Choices { options: vec![option("A", None)], list: None };
    found(FieldDraft { choices, ..of(FieldKind::Text) }, "choices", "field_takes_no_choices");
}

#[test]
fn files_are_asked_of_fields_that_take_them() {
    let files = |kind, types: &[FileType], bytes_max| FieldDraft {
        files: FileWishes { types: types.to_vec(), bytes_max },
        ..of(kind)
    };
    let most = envelope::commands::attach_file::FILE_BYTES_MAX;
    allowed(files(FieldKind::Attachment, &[FileType::Pdf], Some(most)));
    allowed(files(FieldKind::Image, &[FileType::Png], Some(1)));
    found(files(FieldKind::Image, &[FileType::Pdf], None), "files/types", "file_type_not_allowed");
    found(files(FieldKind::Attachment, &[], Some(most + 1)), "files/bytes_max", "length_malformed");
    found(files(FieldKind::Attachment, &[], Some(0)), "files/bytes_max", "length_malformed");
    found(files(FieldKind::Text, &[FileType::Png], None), "files", "field_takes_no_file");
}

#[test]
fn letters_have_a_size_and_a_colour() {
    let style = |size: Option<f64>, colour: Option<&str>| FieldDraft {
        style: TextStyle {
            size: size.and_then(Points::new),
            colour: colour.map(Into::into),
            ..TextStyle::default()
        },
        ..of(FieldKind::Text)
    };
    allowed(style(Some(1.0), Some("#a0B1c2")));
    allowed(style(Some(144.0), None));
    found(style(Some(0.9), None), "style/size", "size_malformed");
    found(style(Some(144.1), None), "style/size", "size_malformed");
    for colour in ["red", "#12345", "1234567", "#12345g"] {
        found(style(None, Some(colour)), "style/colour", "colour_malformed");
    }
}

#[test]
fn what_stands_in_no_document_may_lie_on_a_signed_one() {
    for (signatures, certification) in [(1, None), (0, Some(Certification::FillForms))] {
        let on = |field: FieldDraft| {
            let mut draft = with(field);
            draft.documents[0].facts.signatures = signatures;
            draft.documents[0].facts.certification = certification;
            draft.fields.drain(..2);
            draft
        };
        for kind in
            [FieldKind::Attachment, FieldKind::Note, FieldKind::DeclineButton, FieldKind::ApproveButton]
        {
            given([]).when(create(on(of(kind)))).then_allowed();
        }
        given([]).when(create(on(FieldDraft { confidential: true, ..of(FieldKind::Text) }))).then_allowed();
        let code = if signatures > 0 {
            "signed_document_takes_signatures_only"
        } else {
            "certified_document_takes_invisible_signatures_only"
        };
        given([]).when(create(on(of(FieldKind::Text)))).then_found([("/fields/0", code)]);
    }
}

#[test]
fn only_a_radio_button_of_the_documents_own_form_says_which_button_it_is() {
    let button = |kind, form_field: Option<&str>| FieldDraft {
        form_field: form_field.map(str::to_owned),
        form_option: Some("mail".to_owned()),
        ..of(kind)
    };
    allowed(button(FieldKind::Radio, Some("way")));
    found(button(FieldKind::Radio, None), "form_option", "form_option_without_button");
    found(button(FieldKind::Checkbox, Some("way")), "form_option", "form_option_without_button");
    let long = |length| FieldDraft {
        form_option: Some("x".repeat(length)),
        ..button(FieldKind::Radio, Some("way"))
    };
    allowed(long(200));
    found(long(201), "form_option", "text_too_long");
}

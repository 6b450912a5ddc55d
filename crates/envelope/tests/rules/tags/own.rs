//! Our own tags.

use super::{field, nothing, only, word, wrong};
use envelope::tags::{Grammar::Own, TagRecipient};
use envelope::{ChoiceList, FieldKind, Form, Points};

#[test]
fn a_type_and_a_recipient_are_enough() {
    for (text, kind, who) in [
        ("{{signature:1}}", FieldKind::Signature, TagRecipient::Number(1)),
        ("{{ Date-Signed : client }}", FieldKind::DateSigned, word("client")),
        ("{{initials:ada@example.org}}", FieldKind::Initials, word("ada@example.org")),
        ("{{text:\u{201c}Ada Lovelace\u{201d}}}", FieldKind::Text, word("Ada Lovelace")),
    ] {
        let wish = field(Own, text);
        assert_eq!((wish.field.kind, wish.recipient, wish.field.required), (kind, who, true), "{text}");
    }
}

#[test]
fn every_kind_has_its_word() {
    for kind in FieldKind::ALL {
        let name = serde_json::to_value(kind).unwrap();
        let more = match kind {
            FieldKind::Dropdown => " list=countries",
            FieldKind::Radio => " group=g",
            _ => "",
        };
        let nobodys =
            matches!(kind, FieldKind::DateCompleted | FieldKind::FreeText | FieldKind::Strikethrough);
        let who = if nobodys { "" } else { "1" };
        let wish = field(Own, &format!("{{{{{}:{who}{more}}}}}", name.as_str().unwrap()));
        assert_eq!(wish.field.kind, kind);
        let expected = if nobodys { TagRecipient::Nobody } else { TagRecipient::Number(1) };
        assert_eq!(wish.recipient, expected);
    }
}

#[test]
fn attributes_say_the_rest() {
    let wish = field(
        Own,
        "{{text:client label=\"Full name\" id=name_1 required=no width=200 height=18.5 value='Ada' validation=letters \
         hint=\"As in your passport\" placeholder=\"Jane Doe\" characters=40 tab=3 capture=full_name merge=name}}",
    );
    let it = &wish.field;
    assert_eq!((it.label.as_str(), it.id.0.as_str(), it.required), ("Full name", "name_1", false));
    assert_eq!((wish.width, wish.height), (Some(Points(200_000)), Some(Points(18_500))));
    assert_eq!((it.hint.as_str(), it.placeholder.as_str()), ("As in your passport", "Jane Doe"));
    assert_eq!((it.check.form, it.characters_max, it.tab_order), (Some(Form::Letters), Some(40), Some(3)));
    assert_eq!((it.capture_key.as_deref(), it.merge_key.as_deref()), (Some("full_name"), Some("name")));
    assert_eq!(it.value.text(), "'Ada'", "an apostrophe is no quotation mark");
    let check = field(Own, "{{text:1 pattern=[0-9]+ message=\"Digits alone.\"}}").field.check;
    assert_eq!((check.pattern.as_deref(), check.message.as_str()), (Some("[0-9]+"), "Digits alone."));
}

#[test]
fn numbers_and_dates_have_bounds_and_lists_are_built_in() {
    let number = field(Own, "{{number:1 min=-1.5 max=10}}").field.check;
    assert_eq!((number.min, number.max), (Some("-1.5".parse().unwrap()), Some("10".parse().unwrap())));
    let date = field(Own, "{{date:1 earliest=2026-01-01 latest=2026-12-31}}").field.check;
    assert_eq!((date.earliest.as_deref(), date.latest.as_deref()), (Some("2026-01-01"), Some("2026-12-31")));
    for (word, list) in [
        ("countries", ChoiceList::CountryNames),
        ("country_codes", ChoiceList::CountryCodes2),
        ("us_states", ChoiceList::UsStateNames),
        ("us_state_codes", ChoiceList::UsStateCodes),
    ] {
        assert_eq!(field(Own, &format!("{{{{dropdown:1 list={word}}}}}")).field.choices.list, Some(list));
    }
}

#[test]
fn each_form_of_a_value_has_its_word() {
    for (word, form) in [
        ("letters", Form::Letters),
        ("digits", Form::Digits),
        ("letters_and_digits", Form::LettersAndDigits),
        ("email", Form::Email),
        ("phone", Form::Phone),
        ("url", Form::Url),
        ("US_zip_code", Form::UsZipCode),
    ] {
        assert_eq!(field(Own, &format!("{{{{text:1 validation={word}}}}}")).field.check.form, Some(form));
    }
}

#[test]
fn what_nobody_may_write_into_nobody_has_to() {
    let wish = field(Own, "{{text:1 value=4711 readonly}}");
    assert!(wish.field.read_only && !wish.field.required);
    assert!(field(Own, "{{text:1 readonly=no}}").field.required);
    assert!(!field(Own, "{{text:1 optional}}").field.required);
    assert!(field(Own, "{{text:1 optional=no confidential}}").field.confidential);
    let words = field(Own, "{{free_text: value=\"Paid\"}}");
    assert_eq!((words.recipient, words.field.required), (TagRecipient::Nobody, false));
}

#[test]
fn what_cannot_be_read_is_said() {
    for (text, code) in [
        ("{{seal:1}}", "tag_type_unknown"),
        ("{{signature:}}", "tag_recipient_missing"),
        ("{{text:\"\"}}", "tag_recipient_missing"),
        ("{{text:label=Name}}", "tag_recipient_missing"),
        ("{{text:1 colour-of-mind=blue}}", "tag_attribute_unknown"),
        ("{{text:1 label}}", "tag_attribute_unknown"),
        ("{{text:1 =x}}", "tag_attribute_unknown"),
        ("{{text:1 required=perhaps}}", "tag_flag_malformed"),
        ("{{text:1 width=-3}}", "tag_length_malformed"),
        ("{{text:1 width=NaN}}", "tag_length_malformed"),
        ("{{text:1 id=\"a b\"}}", "tag_key_malformed"),
        ("{{text:1 characters=0}}", "tag_number_malformed"),
        ("{{text:1 characters=65536}}", "tag_number_malformed"),
        ("{{text:1 characters=+5}}", "tag_number_malformed"),
        ("{{number:1 min=few}}", "tag_number_malformed"),
        ("{{text:1 validation=vowels}}", "tag_validation_unknown"),
        ("{{dropdown:1 list=planets}}", "tag_list_unknown"),
        ("{{dropdown:1}}", "tag_options_missing"),
        ("{{dropdown:1 options=a|a}}", "tag_options_malformed"),
        ("{{dropdown:1 options=a||b}}", "tag_options_malformed"),
        ("{{text:1 options=a|b}}", "tag_options_unused"),
        ("{{radio:1}}", "tag_group_missing"),
        ("{{text:1 label=a Label=b}}", "tag_attribute_repeated"),
        ("{{text:1 label=\"never closed}}", "tag_quote_open"),
    ] {
        assert_eq!(wrong(Own, text), code, "{text}");
    }
}

#[test]
fn what_is_wrong_is_shown_shortly() {
    let sentence = |value: &str| match only(Own, &format!("{{{{text:1 width={value}}}}}")) {
        Err(error) => error.sentence,
        Ok(wish) => unreachable!("{wish:?}"),
    };
    assert!(sentence("wide").contains("\"wide\""), "{}", sentence("wide"));
    assert!(sentence(&"w".repeat(40)).contains(&format!("\"{}\"", "w".repeat(40))));
    assert!(sentence(&"w".repeat(41)).contains(&format!("\"{}...\"", "w".repeat(40))));
}

#[test]
fn what_is_filled_when_the_document_is_made_is_no_tag() {
    for text in ["{{name}}", "{{a.b}}", "{{if paid}}", "{{endif}}", "{{}}", "{{:1}}", "{ {text:1} }"] {
        nothing(Own, text);
    }
    assert!(only(Own, "{{signature:1\n label=\"over\nthe line\"}}").is_ok());
}

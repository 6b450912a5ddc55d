//! Smart tags for those who come from Secured Signing, in our own words.

use super::{field, nothing, person, wrong};
use envelope::FieldKind::{
    Attachment, Checkbox, Date, Dropdown, Initials, MultilineText, Radio, Signature, Text,
};
use envelope::tags::{Grammar::SecuredSigning, TagRecipient};

#[test]
fn a_signatory_is_named_by_name_address_both_or_number() {
    let who = |text: &str| field(SecuredSigning, &format!("<<signature: {text}>>")).recipient;
    assert_eq!(who("Ada Lovelace, ada@example.org"), person("Ada Lovelace", "ada@example.org"));
    assert_eq!(who("Lovelace, Ada, ada@example.org"), person("Lovelace, Ada", "ada@example.org"));
    assert_eq!(who("ada@example.org"), person("", "ada@example.org"));
    assert_eq!(who("Ada Lovelace"), person("Ada Lovelace", ""));
    assert_eq!(who("2"), TagRecipient::Number(2));
}

#[test]
fn a_signature_is_full_or_initial_and_has_its_order() {
    let wish = field(
        SecuredSigning,
        "<<Signature: Ada Lovelace, ada@example.org; full; order=2; sms=+33 6 12 34 56 78>>",
    );
    assert_eq!(
        (wish.field.kind, wish.person.step, wish.person.sms.as_str()),
        (Signature, Some(2), "+33612345678")
    );
    assert_eq!(field(SecuredSigning, "<<signature: 1; initial>>").field.kind, Initials);
    assert_eq!(wrong(SecuredSigning, "<<text: 1; initial>>"), "tag_attribute_unknown");
}

#[test]
fn a_witness_names_whose_signature_it_is_about() {
    let wish = field(SecuredSigning, "<<witness: Wanda, wanda@example.org; of=ada@example.org>>");
    assert_eq!((wish.field.kind, wish.recipient), (Signature, person("Wanda", "wanda@example.org")));
    assert_eq!(wish.person.witness_of.as_deref(), Some(&person("", "ada@example.org")));
    assert_eq!(wrong(SecuredSigning, "<<witness: Wanda>>"), "tag_witness_of_nobody");
    assert_eq!(wrong(SecuredSigning, "<<signature: Wanda; of=ada@example.org>>"), "tag_attribute_unknown");
}

#[test]
fn form_fields_are_named_filled_beforehand_and_chosen_from() {
    let wish = field(
        SecuredSigning,
        "<<text box: 1; field=ClientName; value=\"Grace; Hopper\"; label=Name; optional; width=200>>",
    );
    let it = &wish.field;
    assert_eq!(
        (it.kind, it.merge_key.as_deref(), it.capture_key.as_deref()),
        (Text, Some("ClientName"), Some("ClientName"))
    );
    assert_eq!((it.value.text(), it.label.as_str(), it.required), ("Grace; Hopper", "Name", false));
    let list = field(SecuredSigning, "<<drop-down: 1; options=North|South>>").field;
    let labels: Vec<_> = list.choices.options.iter().map(|it| it.label.as_str()).collect();
    assert_eq!((list.kind, labels), (Dropdown, vec!["North", "South"]));
    for (text, kind) in [
        ("<<multi-line: 1>>", None),
        ("<<multiline: 1>>", Some(MultilineText)),
        ("<<checkbox: 1>>", Some(Checkbox)),
        ("<<radio button: 1; group=payment>>", Some(Radio)),
        ("<<datepicker: 1>>", Some(Date)),
        ("<<attachment: 1; label=\"Passport\">>", Some(Attachment)),
    ] {
        match kind {
            Some(kind) => assert_eq!(field(SecuredSigning, text).field.kind, kind, "{text}"),
            None => assert_eq!(wrong(SecuredSigning, text), "tag_type_unknown"),
        }
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    for (text, code) in [
        ("<<signature:>>", "tag_recipient_missing"),
        ("<<signature: ; full>>", "tag_recipient_missing"),
        ("<<signature: Ada, nowhere>>", "tag_recipient_malformed"),
        ("<<signature: Ada, a@b>>", "tag_recipient_malformed"),
        ("<<signature: 1; sms=0612345678>>", "tag_telephone_malformed"),
        ("<<signature: 1; sms=+336>>", "tag_telephone_malformed"),
        ("<<signature: 1; sms=+0123456789>>", "tag_telephone_malformed"),
        ("<<signature: 1; sms=+3361234567x>>", "tag_telephone_malformed"),
        ("<<text: 1; full>>", "tag_attribute_unknown"),
        ("<<signature: 1; order=0>>", "tag_number_malformed"),
        ("<<signature: 1; order=1; order=2>>", "tag_attribute_repeated"),
        ("<<signature: 1; label=\"open>>", "tag_quote_open"),
        ("<<photograph: 1>>", "tag_type_unknown"),
    ] {
        assert_eq!(wrong(SecuredSigning, text), code, "{text}");
    }
    nothing(SecuredSigning, "<<Bonjour>> dit-elle, et x << 2");
}

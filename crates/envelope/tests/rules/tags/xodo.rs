//! The hidden tags of Xodo Sign.

use super::{field, nothing, wrong};
use envelope::FieldKind::{
    Attachment, Checkbox, DateSigned, Initials, MultilineText, Radio, Signature, Text,
};
use envelope::tags::{Grammar::Xodo, TagRecipient};
use envelope::{Form, Points};

#[test]
fn three_parts_are_enough() {
    for (text, kind, required, signer, size) in [
        ("[sig|req|signer1]", Signature, true, 1, (120, 35)),
        ("[text|nonreq|signer2]", Text, false, 2, (60, 17)),
        ("[date|req|signer1]", DateSigned, true, 1, (60, 17)),
        ("[date_signed|req|signer10]", DateSigned, true, 10, (60, 17)),
        ("[ Init | REQ | Signer3 ]", Initials, true, 3, (43, 43)),
        ("[note|nonreq|signer1]", MultilineText, false, 1, (55, 17)),
        ("[check|nonreq|signer1]", Checkbox, false, 1, (14, 14)),
        ("[attach|req|signer1]", Attachment, true, 1, (28, 28)),
    ] {
        let wish = field(Xodo, text);
        assert_eq!((wish.field.kind, wish.field.required), (kind, required), "{text}");
        assert_eq!(wish.recipient, TagRecipient::Number(signer), "{text}");
        assert_eq!(
            (wish.width, wish.height),
            (Some(Points(size.0 * 1000)), Some(Points(size.1 * 1000))),
            "{text}"
        );
        assert!(wish.field.id.0.is_empty() && wish.field.label.is_empty(), "{text}");
    }
}

#[test]
fn all_nine_parts_are_read() {
    let wish = field(Xodo, "[text|req|signer1|Name|name_1|Paul McSign|125|50|letters_only]");
    let it = &wish.field;
    assert_eq!((it.label.as_str(), it.id.0.as_str(), it.value.text()), ("Name", "name_1", "Paul McSign"));
    assert_eq!((wish.width, wish.height), (Some(Points(125_000)), Some(Points(50_000))));
    assert_eq!(it.check.form, Some(Form::Letters));
    let form = |word: &str| field(Xodo, &format!("[text|req|signer1||||||{word}]")).field.check.form;
    assert_eq!(form("numbers_only"), Some(Form::Digits));
    assert_eq!(form("email_address"), Some(Form::Email));
    assert_eq!(form(""), None);
}

#[test]
fn buttons_and_boxes_of_one_id_belong_together() {
    for (text, kind) in
        [("[radio|req|signer1||payment]", Radio), ("[checkboxgroup|req|signer1||payment]", Checkbox)]
    {
        let wish = field(Xodo, text);
        assert_eq!((wish.field.kind, wish.field.group.as_deref()), (kind, Some("payment")));
        assert_eq!(wish.field.id.0, "", "two of one id would not do");
    }
    let alone = field(Xodo, "[checkbox|req|signer1||payment]");
    assert_eq!((alone.field.group, alone.field.id.0.as_str()), (None, "payment"));
}

#[test]
fn what_cannot_be_read_is_said() {
    for (text, code) in [
        ("[sig|req]", "tag_incomplete"),
        ("[seal|req|signer1]", "tag_type_unknown"),
        ("[sig|maybe|signer1]", "tag_requirement_unknown"),
        ("[sig|req|signer0]", "tag_recipient_malformed"),
        ("[sig|req|signer]", "tag_recipient_malformed"),
        ("[sig|req|Ada]", "tag_recipient_malformed"),
        ("[sig|req|signer70000]", "tag_recipient_malformed"),
        ("[text|req|signer1||two words]", "tag_key_malformed"),
        ("[text|req|signer1||||wide]", "tag_length_malformed"),
        ("[text|req|signer1||||0]", "tag_length_malformed"),
        ("[text|req|signer1|||||inf]", "tag_length_malformed"),
        ("[text|req|signer1|||||99999]", "tag_length_malformed"),
        ("[text|req|signer1||||||vowels_only]", "tag_validation_unknown"),
        ("[text|req|signer1|||||||]", "tag_too_many_parts"),
        ("[dropdown|req|signer1]", "tag_options_missing"),
        ("[radio|req|signer1]", "tag_group_missing"),
        ("[sig|req|signer1", "tag_not_closed"),
    ] {
        if code == "tag_not_closed" {
            let found = envelope::tags::tags_in(text, &[Xodo]);
            assert_eq!(found[0].wish.as_ref().unwrap_err().code, code);
        } else {
            assert_eq!(wrong(Xodo, text), code, "{text}");
        }
    }
}

#[test]
fn other_brackets_are_no_tags() {
    for text in ["[1]", "[see annex 2]", "[]", "[|x| > 3]", "[12|13]", "[[key]] and [[client.signature]]"] {
        nothing(Xodo, text);
    }
    assert_eq!(field(Xodo, "[sig|req|signer1] [1] [2]").field.kind, Signature);
}

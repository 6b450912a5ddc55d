//! The placeholders of SignatureAPI.

use super::{field, nothing, only, word, wrong};
use envelope::FieldKind;
use envelope::tags::{Grammar::SignatureApi, Wish};

#[test]
fn a_key_is_the_place_of_a_field_described_elsewhere() {
    for (text, key) in
        [("[[client_signs_here]]", "client_signs_here"), ("[[ place-2 ]]", "place-2"), ("[[1]]", "1")]
    {
        assert_eq!(only(SignatureApi, text), Ok(Wish::Place { key: key.into() }), "{text}");
    }
}

#[test]
fn the_older_form_is_a_recipients_signature() {
    let wish = field(SignatureApi, "[[client.signature]]");
    assert_eq!(
        (wish.field.kind, wish.recipient, wish.field.required),
        (FieldKind::Signature, word("client"), true)
    );
    assert_eq!(field(SignatureApi, "[[client.initials]]").field.kind, FieldKind::Initials);
    assert_eq!(wrong(SignatureApi, "[[client.photograph]]"), "tag_type_unknown");
}

#[test]
fn what_is_no_key_is_said() {
    let long = "k".repeat(65);
    for inside in ["", " ", "two words", "é", ".signature", "a.b.c", &long] {
        let code = if inside == "a.b.c" { "tag_type_unknown" } else { "tag_key_malformed" };
        assert_eq!(wrong(SignatureApi, &format!("[[{inside}]]")), code, "{inside}");
    }
    let longest = "k".repeat(64);
    assert_eq!(only(SignatureApi, &format!("[[{longest}]]")), Ok(Wish::Place { key: longest }));
    nothing(SignatureApi, "[key] and [[ that nobody closes");
}

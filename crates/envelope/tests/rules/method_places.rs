//! Where one more method goes, and the table by which the desk says so while people choose.

use crate::given::*;
use envelope::commands::place_of_method;
use envelope::{Arrival, Draft, Embedding, Finding, Method, MethodKind, RecipientDraft, Rules, Telephone};
use serde_json::{Map, Value, json};
use std::path::Path;

fn bare(kind: MethodKind) -> Method {
    match kind {
        MethodKind::EmailLink => Method::EmailLink,
        MethodKind::EmailCode => Method::EmailCode,
        MethodKind::SmsCode => Method::SmsCode,
        MethodKind::VoiceCode => Method::VoiceCode,
        MethodKind::Secret => secret(),
        MethodKind::Pin => pin(),
        MethodKind::Custom => custom(),
        MethodKind::Host => Method::Host { client_user_id: None },
        MethodKind::Totp => Method::Totp,
        MethodKind::Passkey => Method::Passkey,
        MethodKind::Oidc => Method::Oidc { subject: None },
    }
}

fn with(methods: &[MethodKind]) -> Draft {
    people(vec![proving("Ada", 1, methods.iter().copied().map(bare)), signer("Ben", 2)])
}

fn inside(methods: &[MethodKind]) -> Draft {
    let mut draft = with(methods);
    let arrival = Arrival::Embedded(Embedding::default());
    draft.recipients[0] = RecipientDraft { arrival, ..draft.recipients[0].clone() };
    draft
}

fn refused(draft: &Draft, kind: MethodKind) -> Option<&'static str> {
    place_of_method(draft, 0, kind).err().map(|it| it.code)
}

#[test]
fn a_method_goes_to_the_end_and_one_by_which_people_arrive_to_the_front() {
    use MethodKind::{Custom, EmailCode, EmailLink, Pin, SmsCode, Totp};
    assert_eq!(place_of_method(&with(&[]), 0, SmsCode), Ok(0));
    assert_eq!(place_of_method(&with(&[EmailCode, Totp]), 0, SmsCode), Ok(2));
    for kind in [EmailLink, Custom] {
        assert_eq!(place_of_method(&with(&[]), 0, kind), Ok(0));
        assert_eq!(place_of_method(&with(&[EmailCode, Pin]), 0, kind), Ok(0));
    }
}

#[test]
fn what_forbids_a_method_is_said_in_the_words_of_the_rule() {
    use MethodKind::{Custom, EmailLink, Host, Pin, Secret, SmsCode, VoiceCode};
    let pin_and_sms = "signer_authentication_combined_with_pin_not_supported";
    assert_eq!(refused(&with(&[Pin]), SmsCode), Some(pin_and_sms));
    assert_eq!(refused(&with(&[SmsCode]), Pin), Some(pin_and_sms));
    assert_eq!(refused(&with(&[Pin]), VoiceCode), None);
    assert_eq!(refused(&with(&[EmailLink]), Custom), Some("methods_exclude_each_other"));
    assert_eq!(refused(&with(&[Pin]), Pin), Some("method_repeated"));
    assert_eq!(refused(&with(&[]), Host), Some("host_method_needs_embedding"));
    assert_eq!(refused(&inside(&[]), Host), None);
    assert_eq!(refused(&inside(&[]), Secret), Some("secret_not_for_embedded"));
    let without_telephone =
        || Rules { telephone: Telephone { refused: true, ..Telephone::default() }, ..Rules::default() };
    assert_eq!(refused(&under(without_telephone(), with(&[])), SmsCode), Some("telephone_codes_disabled"));
    assert_eq!(refused(&under(without_telephone(), with(&[])), Pin), None);
    let only = |kinds: &[MethodKind]| Rules { methods_allowed: Some(kinds.to_vec()), ..Rules::default() };
    assert_eq!(refused(&under(only(&[Pin]), with(&[])), SmsCode), Some("method_not_allowed"));
    assert_eq!(refused(&under(only(&[Pin]), with(&[])), Pin), None);
}

#[test]
fn what_was_wrong_before_is_not_said_of_one_more() {
    use MethodKind::{EmailCode, Pin, SmsCode};
    assert_eq!(place_of_method(&with(&[Pin, SmsCode]), 0, EmailCode), Ok(2));
}

#[test]
fn what_two_methods_forbid_together_one_of_them_forbids_alone() {
    for first in MethodKind::ALL {
        for second in MethodKind::ALL.into_iter().filter(|it| refused(&with(&[first]), *it).is_none()) {
            let (one, other) = (with(&[first]), with(&[second]));
            let both = match place_of_method(&one, 0, second) {
                Ok(0) => with(&[second, first]),
                _ => with(&[first, second]),
            };
            for third in MethodKind::ALL {
                let alone = refused(&one, third).is_some() || refused(&other, third).is_some();
                assert_eq!(
                    refused(&both, third).is_some(),
                    alone,
                    "{third:?} beside {first:?} and {second:?}"
                );
            }
        }
    }
}

/// Which methods cannot be added, each with the code and the sentence of the rule. `Host` is set up by the program whose
/// pages they are, and is nobody's choice.
fn refusals(draft: &Draft) -> Value {
    let chosen = MethodKind::ALL.into_iter().filter(|it| *it != MethodKind::Host);
    let refused = chosen.filter_map(|kind| {
        let Finding { code, sentence, .. } = place_of_method(draft, 0, kind).err()?;
        Some((kind.word().to_owned(), json!({"code": code, "text": sentence})))
    });
    Value::Object(refused.collect())
}

/// The rules as the desk shows them, so that no page holds them a second time.
fn table() -> Value {
    let beside: Map<String, Value> =
        MethodKind::ALL.into_iter().map(|kind| (kind.word().to_owned(), refusals(&with(&[kind])))).collect();
    let first = MethodKind::ALL
        .into_iter()
        .filter(|kind| place_of_method(&with(&[MethodKind::Totp]), 0, *kind) == Ok(0));
    let no_telephone =
        Rules { telephone: Telephone { refused: true, ..Telephone::default() }, ..Rules::default() };
    let none = Rules { methods_allowed: Some(Vec::new()), ..Rules::default() };
    json!({
        "first": first.map(MethodKind::word).collect::<Vec<_>>(),
        "beside": beside,
        "embedded": refusals(&inside(&[])),
        "without_telephone": refusals(&under(no_telephone, with(&[]))),
        "not_allowed": refusals(&under(none, with(&[]))),
    })
}

/// `UPDATE_METHODS=1 cargo test -p countersign-envelope` writes it anew.
#[test]
fn the_table_of_the_desk_says_what_the_rules_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/src/desk/people/method-rules.json");
    let made = serde_json::to_string_pretty(&table()).expect("it is JSON") + "\n";
    if std::env::var_os("UPDATE_METHODS").is_some() {
        std::fs::write(&path, &made).expect("the table is written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, made, "write it anew with UPDATE_METHODS=1");
}

//! Whatever the events hold: they seal, open, export and check, and one changed byte is noticed.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use evidence::{Disclosure, Draft, Hash, Link, Sealed, check, export, open, seal};
use proptest::prelude::*;
use serde_json::{Value, json};

fn plain() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53) + 1..1 << 53).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..3).prop_map(|it| json!(it)),
        ]
    })
}

/// A value with personal ones in it.
fn body() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![plain(), plain().prop_map(|it| json!({ "$personal": it }))];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z/~\u{e9}\u{fb33}\u{1f600}]{0,3}", inner, 0..3)
                .prop_map(|it| json!(it)),
        ]
    })
}

fn chain(bodies: &[Value]) -> Vec<Sealed> {
    let mut sealed: Vec<Sealed> = Vec::new();
    let mut salt = 0_u128;
    for (seq, body) in (1..).zip(bodies) {
        let draft = Draft {
            envelope: "env_1".into(),
            seq,
            at: "2026-11-22T02:05:57.000000Z".into(),
            kind: "fields_filled".into(),
            actor: json!({"name": {"$personal": "Ada"}}),
            body: json!({ "any": body }),
            prev: sealed.last().map_or(Hash::GENESIS, |it| it.hash),
        };
        let mut salts = || {
            salt += 1;
            salt.to_be_bytes()
        };
        sealed.push(seal(draft, &mut salts).unwrap());
    }
    sealed
}

fn file(sealed: &[Sealed], shown: impl Fn(usize) -> bool) -> String {
    let links: Vec<_> = sealed.iter().map(|it| Link { entry_text: &it.entry_text, hash: it.hash }).collect();
    let all = (1..).zip(sealed).flat_map(|(seq, it)| it.disclosures.iter().map(move |one| (seq, one)));
    let shown: Vec<(u64, &Disclosure)> =
        all.enumerate().filter(|(index, _)| shown(*index)).map(|(_, it)| it).collect();
    export("env_1", &links, &shown).unwrap()
}

proptest! {
    #[test]
    fn what_is_sealed_comes_back_and_checks(bodies in prop::collection::vec(body(), 1..4)) {
        let sealed = chain(&bodies);
        for (it, body) in sealed.iter().zip(&bodies) {
            prop_assert_eq!(&open(&it.entry, &it.disclosures).unwrap()["body"]["any"], body);
            prop_assert_eq!(&serde_json::from_str::<Value>(&it.entry_text).unwrap(), &it.entry);
        }
        let report = check(file(&sealed, |_| true).as_bytes(), &mut []).unwrap();
        prop_assert_eq!((report.entries, report.undisclosed), (bodies.len(), 0));
        prop_assert_eq!(report.head, sealed.last().unwrap().hash.to_string());
    }

    #[test]
    fn values_can_be_left_out_and_the_chain_still_checks(bodies in prop::collection::vec(body(), 1..4), kept in any::<u64>()) {
        let sealed = chain(&bodies);
        let count: usize = sealed.iter().map(|it| it.disclosures.len()).sum();
        let shown = |index: usize| kept >> (index % 64) & 1 == 1;
        let report = check(file(&sealed, shown).as_bytes(), &mut []).unwrap();
        prop_assert_eq!(report.undisclosed, (0..count).filter(|index| !shown(*index)).count());
        for it in &sealed {
            let erased = open(&it.entry, &[]).unwrap();
            prop_assert!(erased["actor"]["name"]["$erased"].is_string());
        }
    }

    #[test]
    fn any_other_byte_anywhere_is_noticed(
        bodies in prop::collection::vec(body(), 1..4),
        place in any::<prop::sample::Index>(),
        change in 1..=255_u8,
    ) {
        let mut bytes = file(&chain(&bodies), |_| true).into_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        prop_assert!(check(&bytes, &mut []).is_err(), "byte {}", place);
    }

    #[test]
    fn no_bytes_stop_the_check(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(check(&bytes, &mut []).is_err());
    }
}

//! Whatever stands in a document: nothing panics, nothing takes long, and what is found is where it is said to be.

use envelope::tags::{Grammar, TAG_BYTES_MAX, TaggedPeople, Wish, tags_in};
use proptest::prelude::*;

/// Texts that are almost tags.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "[", "[[", "<<", "{{", "]", "]]", ">>", "}}", "|", ":", ";", "=", "\"", "\u{201c}", "sig", "req", "signer1",
            "signature", "text", "dropdown", "1", "client", "a@b.org", " label=x", " options=\"a|b\"", "; order=2", ".signature",
            "\n", "\u{301}", "é", "witness: a; of=b",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics_and_every_tag_is_where_it_is_said_to_be(text in text()) {
        let found = tags_in(&text, &Grammar::ALL);
        let mut wishes = Vec::new();
        for tag in &found {
            let piece = text.get(tag.range.clone());
            prop_assert!(piece.is_some_and(|it| it.starts_with(tag.grammar.brackets().0)));
            match &tag.wish {
                Ok(wish) => {
                    prop_assert!(piece.is_some_and(|it| it.ends_with(tag.grammar.brackets().1)));
                    if let Wish::Field(wish) = wish { wishes.push((**wish).clone()); }
                }
                Err(error) => prop_assert!(!error.sentence.is_empty() && error.sentence.len() < 300),
            }
        }
        prop_assert!(found.windows(2).all(|it| it[0].range.start <= it[1].range.start));
        let (people, _) = TaggedPeople::of(&wishes);
        for wish in &wishes {
            let known = people.list().any(|it| it.number == people.number(&wish.recipient));
            prop_assert!(known || people.number(&wish.recipient) == 0);
        }
    }

    #[test]
    fn a_tag_is_read_alike_wherever_it_stands(before in "[a-z ]{0,20}", after in "[a-z ]{0,20}") {
        for (grammar, tag) in [
            (Grammar::Own, "{{text:1 label=\"Name\"}}"),
            (Grammar::Xodo, "[sig|req|signer1]"),
            (Grammar::SignatureApi, "[[place]]"),
            (Grammar::SecuredSigning, "<<signature: Ada>>"),
        ] {
            let alone = tags_in(tag, &[grammar]);
            let within = tags_in(&format!("{before}{tag}{after}"), &[grammar]);
            prop_assert_eq!(within.len(), 1);
            prop_assert_eq!(&within[0].wish, &alone[0].wish);
            prop_assert_eq!(within[0].range.start, before.len());
        }
    }
}

#[test]
fn a_tag_of_a_hundred_thousand_characters_is_refused_and_so_is_one_byte_too_many() {
    let tag = |length: usize| {
        let head = "text:1 label=";
        format!("{{{{{head}{}}}}}", "x".repeat(length - head.len()))
    };
    assert!(tags_in(&tag(TAG_BYTES_MAX), &[Grammar::Own])[0].wish.is_ok());
    for length in [TAG_BYTES_MAX + 1, 100_000] {
        let found = tags_in(&tag(length), &[Grammar::Own]);
        assert_eq!(found[0].wish.as_ref().unwrap_err().code, "tag_too_long");
        assert_eq!((found.len(), found[0].range.end), (1, length + 4));
    }
    for (grammar, open, close) in [
        (Grammar::Xodo, "[sig|", "]"),
        (Grammar::SecuredSigning, "<<text:", ">>"),
        (Grammar::SignatureApi, "[[", "]]"),
    ] {
        let found = tags_in(&format!("{open}{}{close}", "é".repeat(100_000)), &[grammar]);
        assert_eq!(found[0].wish.as_ref().unwrap_err().code, "tag_too_long", "{grammar:?}");
    }
}

/// Counted by what is found: each opening bracket ends the search that the one before it began.
#[test]
fn a_text_of_nothing_but_openings_ends_each_at_the_next() {
    for (grammar, opening, meant) in [
        (Grammar::Own, "{{text:", true),
        (Grammar::Xodo, "[sig|", true),
        (Grammar::SecuredSigning, "<<text:", true),
        (Grammar::SignatureApi, "[[", false),
    ] {
        let found = tags_in(&opening.repeat(20_000), &[grammar]);
        assert_eq!(found.len(), if meant { 20_000 } else { 0 }, "{grammar:?}");
        assert!(found.iter().all(|it| it.wish.as_ref().is_err_and(|error| error.code == "tag_not_closed")));
    }
}

#[test]
fn only_the_grammars_that_are_asked_for_are_looked_for() {
    let text = "{{text:1}} [[key]] [sig|req|signer1] <<text: Ada>>";
    let of =
        |grammars: &[Grammar]| tags_in(text, grammars).into_iter().map(|it| it.grammar).collect::<Vec<_>>();
    assert_eq!(of(&[]), []);
    assert_eq!(of(&[Grammar::Xodo]), [Grammar::Xodo]);
    assert_eq!(
        of(&Grammar::ALL),
        [Grammar::Own, Grammar::SignatureApi, Grammar::Xodo, Grammar::SecuredSigning]
    );
    for grammar in Grammar::ALL {
        assert_eq!(Grammar::of_word(grammar.word()), Some(grammar));
    }
    assert_eq!(Grammar::of_word("word"), None);
}

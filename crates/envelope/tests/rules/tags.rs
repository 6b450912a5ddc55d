//! Tags in a document: what each grammar reads, and what it says of what it cannot read.

mod anything;
mod fields;
mod own;
mod people;
mod places;
mod secured_signing;
mod signature_api;
mod xodo;

use envelope::tags::{FieldWish, Grammar, TagRecipient, Wish, tags_in};

/// The field that one tag alone in a text wishes for.
fn field(grammar: Grammar, text: &str) -> FieldWish {
    match only(grammar, text) {
        Ok(Wish::Field(wish)) => *wish,
        other => unreachable!("{text}: {other:?}"),
    }
}

/// The code of what is wrong with it.
fn wrong(grammar: Grammar, text: &str) -> &'static str {
    match only(grammar, text) {
        Err(error) => {
            assert!(error.sentence.ends_with('.'), "{}", error.sentence);
            assert_eq!(error.to_string(), error.sentence);
            error.code
        }
        Ok(wish) => unreachable!("{text}: {wish:?}"),
    }
}

fn only(grammar: Grammar, text: &str) -> Result<Wish, envelope::tags::TagError> {
    let mut found = tags_in(text, &[grammar]);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    let tag = found.remove(0);
    assert_eq!((tag.grammar, tag.range.start), (grammar, 0));
    tag.wish
}

fn nothing(grammar: Grammar, text: &str) {
    assert_eq!(tags_in(text, &[grammar]), [], "{text}");
}

fn word(text: &str) -> TagRecipient {
    TagRecipient::Word(text.to_owned())
}

fn person(name: &str, email: &str) -> TagRecipient {
    TagRecipient::Person { name: name.to_owned(), email: email.to_owned() }
}

//! People whom a sender knows.

use envelope::commands::replace_recipient::ReplaceRecipient;
use envelope::{Contact, RecipientDraft};

fn ada() -> Contact {
    Contact {
        name: "Ada Lovelace".into(),
        email: "ada@example.org".into(),
        phone: "+33612345678".into(),
        language: "en".into(),
        company: "Analytical Engines".into(),
        title: "Countess".into(),
    }
}

fn found(contact: &Contact) -> Vec<(String, &'static str)> {
    contact.findings().into_iter().map(|it| (it.pointer, it.code)).collect()
}

#[test]
fn a_contact_is_held_to_what_a_recipient_is_held_to() {
    assert_eq!(found(&ada()), []);
    let bare = Contact { phone: String::new(), company: String::new(), title: String::new(), ..ada() };
    assert_eq!(found(&bare), [], "a name, an address and a language are enough");
    let wrong = Contact {
        name: " ".into(),
        email: "ada".into(),
        phone: "0612345678".into(),
        language: "xx".into(),
        company: "two\nlines".into(),
        title: "x".repeat(300),
    };
    let pairs = [
        ("/company", "text_malformed"),
        ("/title", "text_too_long"),
        ("/name", "name_missing"),
        ("/email", "email_malformed"),
        ("/phone", "phone_malformed"),
        ("/language", "language_unknown"),
    ];
    assert_eq!(found(&wrong), pairs.map(|(pointer, code)| (pointer.to_owned(), code)));
    assert_eq!(found(&Contact { email: String::new(), ..ada() }), [("/email".into(), "email_malformed")]);
}

/// Seed: consigno-cloud.txt:154
#[test]
fn a_recipient_without_a_telephone_takes_the_one_of_the_contact_with_their_address() {
    let somebody = |email: &str, phone: &str| RecipientDraft {
        email: email.into(),
        phone: phone.into(),
        ..RecipientDraft::default()
    };
    assert_eq!(somebody("ada@example.org", "").phone_is_sought_by(), Some("ada@example.org"));
    assert_eq!(somebody(" ada@example.org ", " ").phone_is_sought_by(), Some("ada@example.org"));
    assert_eq!(somebody("ada@example.org", "+33612345678").phone_is_sought_by(), None, "their own stands");
    assert_eq!(somebody("", "").phone_is_sought_by(), None);
    let vacant = RecipientDraft { placeholder: Some("Tenant".into()), ..somebody("ada@example.org", "") };
    assert_eq!(vacant.phone_is_sought_by(), None, "nobody yet");
}

/// Seed: consigno-cloud.txt:154
#[test]
fn who_takes_a_place_without_a_telephone_takes_the_one_of_the_contact_too() {
    let replace = |email: &str, phone: &str| ReplaceRecipient {
        recipient: 1,
        name: "Dora".into(),
        email: email.into(),
        phone: phone.into(),
        language: None,
    };
    assert_eq!(replace(" dora@example.org", " ").phone_is_sought_by(), Some("dora@example.org"));
    assert_eq!(replace("dora@example.org", "+33612345678").phone_is_sought_by(), None, "their own stands");
    assert_eq!(replace(" ", "").phone_is_sought_by(), None);
}

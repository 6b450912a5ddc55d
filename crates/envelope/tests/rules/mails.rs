//! What a sender wishes of the mails about an envelope.

use crate::given::*;
use envelope::{Attaching, Draft, Event, MailWishes, Method, RecipientDraft, Shelf};

fn wishing(mails: MailWishes) -> Draft {
    Draft { mails, ..draft() }
}

/// Seed: xodo-sign.txt:95
/// Seed: xodo-sign.txt:112
#[test]
fn subjects_and_names_in_mails_are_one_line() {
    let subject = |text: &str| wishing(MailWishes { subject: text.into(), ..MailWishes::default() });
    let name = |text: &str| wishing(MailWishes { sender_name: text.into(), ..MailWishes::default() });
    for right in [subject(&"é".repeat(200)), name(&"é".repeat(200))] {
        given([]).when(create(right)).then_allowed();
    }
    given([]).when(create(subject(&"é".repeat(201)))).then_found([("/mails/subject", "text_too_long")]);
    given([]).when(create(name(&"é".repeat(201)))).then_found([("/mails/sender_name", "text_too_long")]);
    given([]).when(create(subject("a\nb"))).then_found([("/mails/subject", "text_malformed")]);
}

/// Seed: xodo-sign.txt:96
#[test]
fn answers_go_to_an_address() {
    let to = |text: &str| wishing(MailWishes { reply_to: text.into(), ..MailWishes::default() });
    for right in ["", "grace@example.org"] {
        given([]).when(create(to(right))).then_allowed();
    }
    given([]).when(create(to("grace"))).then_told(
        "/mails/reply_to",
        "email_malformed",
        "The address for answers is not one; write it like name@example.org.",
    );
}

#[test]
fn finished_documents_lie_in_a_mail_where_the_sender_wants_it_and_nothing_is_proved_first() {
    let pin = || vec![Method::Pin { pin: Some("kept".into()) }];
    let draft = |attach_documents| Draft {
        recipients: vec![
            signer("Ada", 1),
            RecipientDraft { authentication: pin(), ..signer("Ben", 1) },
            RecipientDraft { authentication: vec![Method::EmailLink], ..signer("Cleo", 1) },
        ],
        ..wishing(MailWishes { attach_documents, ..MailWishes::default() })
    };
    let found = |attach| {
        let state = given(created(draft(attach))).state();
        [None, Some(1), Some(2), Some(3)].map(|it| state.attaching_for(it))
    };
    assert_eq!(found(false), [Attaching::No; 4]);
    assert_eq!(found(true), [Attaching::Yes, Attaching::Yes, Attaching::BehindProof, Attaching::Yes]);
    let deleted = Event::EnvelopeShelved { shelf: Shelf::Deleted };
    let gone = given(created(draft(true)).into_iter().chain([deleted])).state();
    assert_eq!(gone.attaching_for(Some(1)), Attaching::No);
}

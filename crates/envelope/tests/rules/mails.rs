//! What a sender wishes of the mails about an envelope.

use crate::given::*;
use envelope::{Draft, MailWishes};

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

//! The words that others read: codes and sentences of refusals, words of statuses. They are part of the API.

use crate::given::*;
use envelope::{Event, Finding, Outcome, Refusal};

#[test]
fn each_refusal_has_its_code_and_its_sentence() {
    let ended = Refusal::EnvelopeEnded;
    for (refusal, code, sentence) in [
        (
            Refusal::DraftMoved,
            "draft_moved",
            "The draft was changed meanwhile; read it again and repeat your change.",
        ),
        (
            Refusal::AlreadySent,
            "already_sent",
            "It has been sent and cannot be changed; cancel it and make another one.",
        ),
        (Refusal::NotSent, "not_sent", "It has not been sent yet; send it first."),
        (
            ended(Outcome::Completed),
            "envelope_ended",
            "It has ended (completed); ask the sender for a new one if you need it.",
        ),
        (
            ended(Outcome::Declined { recipient: 1 }),
            "envelope_ended",
            "It has ended (declined); ask the sender for a new one if you need it.",
        ),
        (
            ended(Outcome::Cancelled),
            "envelope_ended",
            "It has ended (cancelled); ask the sender for a new one if you need it.",
        ),
        (
            ended(Outcome::Expired),
            "envelope_ended",
            "It has ended (expired); ask the sender for a new one if you need it.",
        ),
        (
            Refusal::AlreadyFinishing,
            "already_finishing",
            "Everybody has signed and the result is being made; wait a moment and read it.",
        ),
        (
            Refusal::RecipientUnknown,
            "recipient_unknown",
            "There is no recipient of that number; check the list.",
        ),
        (
            Refusal::RecipientHasNoAct,
            "recipient_has_no_act",
            "This recipient only receives copies; there is nothing to sign.",
        ),
        (
            Refusal::RecipientOutOfTurn,
            "recipient_out_of_turn",
            "Others have to sign first; a mail comes when it is this recipient's turn.",
        ),
        (Refusal::AlreadyActed, "already_acted", "This has been done already; nothing more is needed."),
        (
            Refusal::ConsentMissing,
            "consent_missing",
            "Consent to sign electronically is missing; agree to it first.",
        ),
        (
            Refusal::RevisionMoved { document: 3 },
            "revision_moved",
            "Document 3 changed since it was shown; load it again, then sign.",
        ),
        (Refusal::HeadMoved, "head_moved", "The document moved on meanwhile; prepare it anew."),
        (Refusal::NothingPending, "nothing_pending", "Nothing of the kind is waiting; it was done already."),
        (Refusal::NotYetExpired, "not_yet_expired", "Its time has not come yet; wait until it expires."),
    ] {
        assert_eq!((refusal.code(), refusal.to_string().as_str()), (code, sentence));
    }
}

#[test]
fn what_is_invalid_has_the_first_code_and_all_sentences() {
    let findings = vec![
        Finding::new("/title", "title_missing", "Give it a title."),
        Finding::new("/recipients/0/email", "email_malformed", "Write it anew."),
    ];
    let refusal = Refusal::Invalid(findings);
    assert_eq!(
        (refusal.code(), refusal.to_string().as_str()),
        ("title_missing", "Give it a title. Write it anew.")
    );
    let nothing = Refusal::Invalid(Vec::new());
    assert_eq!((nothing.code(), nothing.to_string().as_str()), ("invalid", ""));
}

#[test]
fn each_status_has_its_word() {
    let ended = |event| given(sent(draft())).and([event]).state();
    for (state, word) in [
        (given(created(draft())).state(), "draft"),
        (given(sent(draft())).state(), "in_progress"),
        (given(all_signed()).state(), "finishing"),
        (given(completed()).state(), "completed"),
        (ended(Event::EnvelopeDeclined { recipient: 1 }), "declined"),
        (ended(Event::EnvelopeCancelled {}), "cancelled"),
        (ended(Event::EnvelopeExpired {}), "expired"),
    ] {
        assert_eq!(state.status.word(), word);
    }
}

#[test]
fn each_outcome_has_its_word_and_is_written_with_it() {
    for (outcome, word) in [
        (Outcome::Completed, "completed"),
        (Outcome::Declined { recipient: 2 }, "declined"),
        (Outcome::Cancelled, "cancelled"),
        (Outcome::Expired, "expired"),
    ] {
        assert_eq!((outcome.word(), outcome.to_string().as_str()), (word, word));
    }
}

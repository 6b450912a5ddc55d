//! The words that others read: codes and sentences of refusals, words of statuses. They are part of the API.

use crate::given::*;
use envelope::{Event, Finding, MethodKind, Outcome, Part, Refusal};

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

#[test]
fn each_refusal_about_people_and_proofs_has_its_code_and_its_sentence() {
    for (refusal, code, sentence) in [
        (
            Refusal::RecipientReleased,
            "recipient_released",
            "Others have done what was needed; nothing is left to do here.",
        ),
        (
            Refusal::RecipientRemoved,
            "recipient_removed",
            "The sender does not need this recipient any more; nothing is left to do.",
        ),
        (
            Refusal::RecipientNeeded,
            "recipient_needed",
            "Others need this recipient as witness or host; take those out first.",
        ),
        (
            Refusal::LastSigner,
            "last_signer",
            "Nobody who signs would be left; cancel it, or name another person instead.",
        ),
        (
            Refusal::OtherAct,
            "other_act",
            "This is not what this recipient is asked for; load the page again.",
        ),
        (
            Refusal::AuthenticationMissing { method: MethodKind::SmsCode },
            "authentication_missing",
            "It has to be shown first who you are (sms_code); do that, then go on.",
        ),
        (
            Refusal::AuthenticationOutdated,
            "authentication_outdated",
            "Show once more who you are, then sign within five minutes.",
        ),
        (Refusal::NothingAsked, "nothing_asked", "Nothing of the kind is asked now; load the page again."),
        (Refusal::CodeExpired, "code_expired", "This code is not good any more; ask for a new one."),
        (
            Refusal::CodeTooSoon { at: time("2026-03-02T10:00:30Z") },
            "code_too_soon",
            "A code was sent a moment ago; look for it, or ask again after 10:00:30 UTC.",
        ),
        (
            Refusal::RecipientLocked,
            "recipient_locked",
            "There were too many wrong answers; ask the sender to let you try again.",
        ),
        (Refusal::NotLocked, "not_locked", "This recipient is not locked; nothing is to be lifted."),
        (
            Refusal::TelephoneAllowanceUsed,
            "telephone_allowance_used",
            "This month's codes by telephone are used up; use another method or raise the allowance.",
        ),
        (
            Refusal::DelegationNotAllowed,
            "delegation_not_allowed",
            "The sender wants you yourself; decline and say who should sign instead.",
        ),
        (
            Refusal::NoDelegationAsked,
            "no_delegation_asked",
            "This recipient has named nobody else; nothing waits.",
        ),
        (
            Refusal::RemindedJustNow,
            "reminded_just_now",
            "They had a mail within the last hour; remind them later.",
        ),
        (Refusal::StillRunning, "still_running", "It still runs; cancel it first."),
        (
            Refusal::EnvelopeDeleted,
            "envelope_deleted",
            "Its documents were deleted; only its evidence is left.",
        ),
        (
            Refusal::LinkOfAnotherPerson,
            "link_of_another_person",
            "You can open your own link only; the others get theirs by mail.",
        ),
        (
            Refusal::PlacesGiven,
            "places_given",
            "The sender has said where you sign; fill in the places that are there.",
        ),
        (
            Refusal::EnvelopeOfAnotherSender,
            "envelope_of_another_sender",
            "Only its sender or an admin can hand it over; ask one of them.",
        ),
    ] {
        assert_eq!((refusal.code(), refusal.to_string().as_str()), (code, sentence));
    }
}

#[test]
fn each_part_has_its_word_and_says_whether_something_is_still_to_come() {
    let at = time(NOW);
    for (part, word, may_act, is_open, done) in [
        (Part::Copy, "waiting", false, false, false),
        (Part::Waiting, "waiting", false, true, false),
        (Part::Invited, "invited", true, true, false),
        (Part::Opened, "opened", true, true, false),
        (Part::Consented, "consented", true, true, false),
        (Part::Signing, "signing", false, true, false),
        (Part::Signed { at }, "signed", false, false, true),
        (Part::Filled { at }, "filled", false, false, true),
        (Part::Approved { at }, "approved", false, false, true),
        (Part::Viewed { at }, "viewed", false, false, true),
        (Part::Declined { at, reason: "No.".into() }, "declined", false, false, false),
        (Part::Released, "released", false, false, false),
        (Part::Removed { at }, "removed", false, false, false),
    ] {
        assert_eq!((part.word(), part.may_act(), part.is_open()), (word, may_act, is_open));
        assert_eq!(part.done_at(), done.then_some(at));
    }
}

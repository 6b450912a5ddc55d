//! What the rules answer when they say no.

use crate::model::method::MethodKind;
use crate::state::Outcome;
use jiff::Timestamp;
use std::fmt;

/// The rules say no. Each variant has a stable code and one sentence that says what to do next; both are
/// part of the API. Compare with a fault (the world failed), which never comes from this crate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Something in what was asked is wrong; all findings, each with its place. Correct them and ask again.
    Invalid(Vec<Finding>),
    /// The draft was changed by somebody else since it was read. Read it again.
    DraftMoved,
    /// The envelope is no draft any more. Cancel it, or make another one.
    AlreadySent,
    /// The envelope has not been sent yet. Send it first.
    NotSent,
    /// The envelope has ended; nothing can be done in it any more.
    EnvelopeEnded(Outcome),
    /// All have signed and the seal is being put on. Wait for the result.
    AlreadyFinishing,
    /// There is no recipient of that number.
    RecipientUnknown,
    /// The recipient only receives copies.
    RecipientHasNoAct,
    /// Others have to act first. The recipient gets a mail when it is their turn.
    RecipientOutOfTurn,
    /// The recipient has signed or declined; an act is done once.
    AlreadyActed,
    /// The recipient has not agreed to sign electronically yet.
    ConsentMissing,
    /// What the recipient was shown is not what would be signed. Show the document again.
    RevisionMoved {
        /// Number of the document, from 1.
        document: u16,
    },
    /// The head of a document moved while an act or the seal was prepared. Prepare it anew.
    HeadMoved,
    /// No such act or seal is waiting to be recorded; most likely it has been recorded already.
    NothingPending,
    /// The recipient's act is not needed any more: others completed the step or the envelope.
    RecipientReleased,
    /// The sender took the recipient out.
    RecipientRemoved,
    /// Others lean on this recipient, as their witness or their host. Take those out first.
    RecipientNeeded,
    /// Nobody who signs would be left. Cancel the envelope, or name another person in their place.
    LastSigner,
    /// The recipient has another kind of act: who approves does not sign.
    OtherAct,
    /// Who comes in the recipient's name has to prove who they are first.
    AuthenticationMissing {
        /// What comes next.
        method: MethodKind,
    },
    /// Who signs under Part 11 has to prove who they are once more, just before.
    AuthenticationOutdated,
    /// Nothing of the kind is asked of this visit.
    NothingAsked,
    /// The code is not good any more. Ask for a new one.
    CodeExpired,
    /// Codes were sent a moment ago, or many within the hour.
    CodeTooSoon {
        /// When the next one can be sent.
        at: Timestamp,
    },
    /// Too many wrong answers; the sender has to let the recipient try again.
    RecipientLocked,
    /// The recipient is not locked.
    NotLocked,
    /// The tenant's allowance of codes by telephone is used up.
    TelephoneAllowanceUsed,
    /// The sender does not let recipients name somebody else.
    DelegationNotAllowed,
    /// The recipient has not named anybody else.
    NoDelegationAsked,
    /// The recipient had a mail a short while ago.
    RemindedJustNow,
    /// It runs, and who was invited would stand before a closed door. Cancel it first.
    StillRunning,
    /// Its documents were deleted.
    EnvelopeDeleted,
    /// A person asks for a link of somebody else, which is mailed to them alone.
    LinkOfAnotherPerson,
    /// The draft was thrown away. Take it back from the trash, or make another one.
    DraftDiscarded,
    /// The address for editing the draft was taken back, or another one was made in its place.
    EditLinkEnded,
    /// The time of the address for editing the draft is over.
    EditLinkExpired,
    /// The sender has said where the recipient signs.
    PlacesGiven,
    /// A user who only sends wants to hand over what a colleague sent.
    EnvelopeOfAnotherSender,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// JSON pointer (RFC 6901) into what was asked, in the words of the native API.
    pub pointer: String,
    /// Stable code.
    pub code: &'static str,
    /// One sentence that says what to do.
    pub sentence: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(pointer: impl Into<String>, code: &'static str, sentence: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code, sentence: sentence.into() }
    }
}

impl Refusal {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(findings) => findings.first().map_or("invalid", |first| first.code),
            Self::DraftMoved => "draft_moved",
            Self::AlreadySent => "already_sent",
            Self::NotSent => "not_sent",
            Self::EnvelopeEnded(_) => "envelope_ended",
            Self::AlreadyFinishing => "already_finishing",
            Self::RecipientUnknown => "recipient_unknown",
            Self::RecipientHasNoAct => "recipient_has_no_act",
            Self::RecipientOutOfTurn => "recipient_out_of_turn",
            Self::AlreadyActed => "already_acted",
            Self::ConsentMissing => "consent_missing",
            Self::RevisionMoved { .. } => "revision_moved",
            Self::HeadMoved => "head_moved",
            Self::NothingPending => "nothing_pending",
            Self::RecipientReleased => "recipient_released",
            Self::RecipientRemoved => "recipient_removed",
            Self::RecipientNeeded => "recipient_needed",
            Self::LastSigner => "last_signer",
            Self::OtherAct => "other_act",
            Self::AuthenticationMissing { .. } => "authentication_missing",
            Self::AuthenticationOutdated => "authentication_outdated",
            Self::NothingAsked => "nothing_asked",
            Self::CodeExpired => "code_expired",
            Self::CodeTooSoon { .. } => "code_too_soon",
            Self::RecipientLocked => "recipient_locked",
            Self::NotLocked => "not_locked",
            Self::TelephoneAllowanceUsed => "telephone_allowance_used",
            Self::DelegationNotAllowed => "delegation_not_allowed",
            Self::NoDelegationAsked => "no_delegation_asked",
            Self::RemindedJustNow => "reminded_just_now",
            Self::StillRunning => "still_running",
            Self::EnvelopeDeleted => "envelope_deleted",
            Self::DraftDiscarded => "draft_discarded",
            Self::EditLinkEnded => "edit_link_ended",
            Self::EditLinkExpired => "edit_link_expired",
            Self::LinkOfAnotherPerson => "link_of_another_person",
            Self::PlacesGiven => "places_given",
            Self::EnvelopeOfAnotherSender => "envelope_of_another_sender",
        }
    }

    /// `Ok` when nothing was found.
    pub fn unless_empty(findings: Vec<Finding>) -> Result<(), Self> {
        if findings.is_empty() { Ok(()) } else { Err(Self::Invalid(findings)) }
    }
}

/// Of what is wrong with a draft so much is told in one go; a draft can have thousands of faults.
const SENTENCES_MAX: usize = 10;

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(findings) => {
                let told = findings.iter().take(SENTENCES_MAX).map(|it| it.sentence.as_str());
                out.write_str(&told.collect::<Vec<_>>().join(" "))?;
                match findings.len().saturating_sub(SENTENCES_MAX) {
                    0 => Ok(()),
                    1 => out.write_str(" One thing more is wrong; it is told at its place."),
                    more => write!(out, " {more} things more are wrong; each is told at its place."),
                }
            }
            Self::DraftMoved => {
                out.write_str("The draft was changed meanwhile; read it again and repeat your change.")
            }
            Self::AlreadySent => {
                out.write_str("It has been sent and cannot be changed; cancel it and make another one.")
            }
            Self::NotSent => out.write_str("It has not been sent yet; send it first."),
            Self::EnvelopeEnded(outcome) => {
                write!(out, "It has ended ({outcome}); ask the sender for a new one if you need it.")
            }
            Self::AlreadyFinishing => {
                out.write_str("Everybody has signed and the result is being made; wait a moment and read it.")
            }
            Self::RecipientUnknown => out.write_str("There is no recipient of that number; check the list."),
            Self::RecipientHasNoAct => {
                out.write_str("This recipient only receives copies; there is nothing to sign.")
            }
            Self::RecipientOutOfTurn => {
                out.write_str("Others have to sign first; a mail comes when it is this recipient's turn.")
            }
            Self::AlreadyActed => out.write_str("This has been done already; nothing more is needed."),
            Self::ConsentMissing => {
                out.write_str("Consent to sign electronically is missing; agree to it first.")
            }
            Self::RevisionMoved { document } => {
                write!(out, "Document {document} changed since it was shown; load it again, then sign.")
            }
            Self::HeadMoved => out.write_str("The document moved on meanwhile; prepare it anew."),
            Self::NothingPending => out.write_str("Nothing of the kind is waiting; it was done already."),
            Self::RecipientReleased => {
                out.write_str("Others have done what was needed; nothing is left to do here.")
            }
            Self::RecipientRemoved => {
                out.write_str("The sender does not need this recipient any more; nothing is left to do.")
            }
            Self::RecipientNeeded => {
                out.write_str("Others need this recipient as witness or host; take those out first.")
            }
            Self::LastSigner => {
                out.write_str("Nobody who signs would be left; cancel it, or name another person instead.")
            }
            Self::OtherAct => {
                out.write_str("This is not what this recipient is asked for; load the page again.")
            }
            Self::AuthenticationMissing { method } => {
                write!(out, "It has to be shown first who you are ({}); do that, then go on.", method.word())
            }
            Self::AuthenticationOutdated => {
                out.write_str("Show once more who you are, then sign within five minutes.")
            }
            Self::NothingAsked => out.write_str("Nothing of the kind is asked now; load the page again."),
            Self::CodeExpired => out.write_str("This code is not good any more; ask for a new one."),
            Self::CodeTooSoon { at } => {
                let at = at.strftime("%H:%M:%S");
                write!(out, "A code was sent a moment ago; look for it, or ask again after {at} UTC.")
            }
            Self::RecipientLocked => {
                out.write_str("There were too many wrong answers; ask the sender to let you try again.")
            }
            Self::NotLocked => out.write_str("This recipient is not locked; nothing is to be lifted."),
            Self::TelephoneAllowanceUsed => out.write_str(
                "This month's codes by telephone are used up; use another method or raise the allowance.",
            ),
            Self::DelegationNotAllowed => {
                out.write_str("The sender wants you yourself; decline and say who should sign instead.")
            }
            Self::NoDelegationAsked => out.write_str("This recipient has named nobody else; nothing waits."),
            Self::RemindedJustNow => {
                out.write_str("They had a mail within the last hour; remind them later.")
            }
            Self::StillRunning => out.write_str("It still runs; cancel it first."),
            Self::EnvelopeDeleted => out.write_str("Its documents were deleted; only its evidence is left."),
            Self::DraftDiscarded => {
                out.write_str("This draft was thrown away; take it back from the trash, or make another one.")
            }
            Self::EditLinkEnded => out.write_str(
                "This address does not hold any more; ask whoever gave it to you for the new one.",
            ),
            Self::EditLinkExpired => {
                out.write_str("The time of this address is over; ask whoever gave it to you for a new one.")
            }
            Self::LinkOfAnotherPerson => {
                out.write_str("You can open your own link only; the others get theirs by mail.")
            }
            Self::PlacesGiven => {
                out.write_str("The sender has said where you sign; fill in the places that are there.")
            }
            Self::EnvelopeOfAnotherSender => {
                out.write_str("Only its sender or an admin can hand it over; ask one of them.")
            }
        }
    }
}

impl std::error::Error for Refusal {}

//! Of what kind a no is: what whoever asked can do about it, said in no protocol's words.

use super::Error;
use envelope::Refusal;

/// What a caller can do about an error. Protocols translate each class once (HTTP: into a status), so that a new error
/// needs no line outside the file that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// What was asked is not written as it has to be. Write it anew.
    Malformed,
    /// It is well written, and what it says cannot be done. Change what it says.
    Unprocessable,
    /// Who asks is not known, or what was brought does not come from where it should.
    NotAuthentic,
    /// Who asks is known and may not.
    Forbidden,
    /// It does not exist, for this caller at least.
    NotFound,
    /// It does not fit to how things stand. Look at them first.
    Conflict,
    /// It was there and is no more.
    Gone,
    /// It is larger than what is taken.
    TooLarge,
    /// It was tried too often. Wait.
    TooOften {
        /// Worth another try after so long, where that is known.
        again_s: Option<u32>,
    },
    /// There is too much to do at the moment. Ask again.
    Busy {
        /// Worth another try after so long, where that is known.
        again_s: Option<u32>,
    },
    /// It failed on our side, and will again.
    Failed,
}

impl Error {
    /// What the caller can do about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Refused(refusal) => of_refusal(refusal),
            Self::Wrong { class, .. } => *class,
            Self::NotFound { .. } => Class::NotFound,
            Self::NotAuthenticated => Class::NotAuthentic,
            // So long an attempt counts.
            Self::TooManyGuesses => Class::TooOften { again_s: Some(60) },
            Self::LinkEnded => Class::Gone,
            Self::AnswerWrong { .. } => Class::Unprocessable,
            Self::Fault(fault) if fault.retry => Class::Busy { again_s: None },
            Self::KeyElsewhere { .. } | Self::Fault(_) => Class::Failed,
        }
    }
}

/// What the rules refuse is mostly an act at the wrong time.
fn of_refusal(refusal: &Refusal) -> Class {
    match refusal {
        Refusal::Invalid(_) => Class::Unprocessable,
        Refusal::RecipientUnknown => Class::NotFound,
        Refusal::AuthenticationMissing { .. }
        | Refusal::LinkOfAnotherPerson
        | Refusal::EnvelopeOfAnotherSender => Class::Forbidden,
        Refusal::CodeTooSoon { .. } => Class::TooOften { again_s: None },
        Refusal::EnvelopeDeleted | Refusal::EditLinkEnded | Refusal::EditLinkExpired => Class::Gone,
        _ => Class::Conflict,
    }
}

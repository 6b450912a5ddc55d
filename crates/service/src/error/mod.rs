//! How a use case can fail: the rules say no, or the world failed.

mod class;

pub use class::Class;

use envelope::{Finding, Refusal};
use std::fmt;

/// Why a use case did not happen.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The rules of an envelope say no.
    Refused(Refusal),
    /// What was asked for does not exist, or belongs to another tenant, which is the same to the caller.
    NotFound {
        /// What was looked for, in the words of the API.
        what: &'static str,
    },
    /// The caller is not known. Usual cause: a wrong, revoked or missing key, or a session that ended.
    NotAuthenticated,
    /// Too many links or keys that do not exist were tried from the caller's network address. Usual cause: a script
    /// that guesses. Links and keys that exist work all the while.
    TooManyGuesses,
    /// The link has ended: its act is done, or its time is over.
    LinkEnded,
    /// An answer by which somebody was to prove who they are is wrong.
    AnswerWrong {
        /// So many more are taken.
        attempts_left: u8,
    },
    /// What was asked is wrong in a way that is no question of the envelope's rules: a file that is not accepted, a
    /// setting that is not possible. The sentence says why and what to do next.
    Wrong {
        /// What the caller can do about it.
        class: Class,
        /// Stable code.
        code: &'static str,
        /// One sentence.
        sentence: String,
    },
    /// The service that holds a signer's own key did not sign. It is asked again by itself.
    KeyElsewhere {
        /// Why, in a few words.
        why: String,
    },
    /// The world failed. The caller gets the reference; what happened is in the log under it.
    Fault(store::Fault),
}

impl Error {
    /// The stable code, part of the API.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::NotFound { .. } => "not_found",
            Self::NotAuthenticated => "not_authenticated",
            Self::TooManyGuesses => "too_many_guesses",
            Self::LinkEnded => "link_ended",
            Self::AnswerWrong { .. } => "answer_wrong",
            Self::Wrong { code, .. } => code,
            Self::KeyElsewhere { .. } => "signing_service_failed",
            Self::Fault(_) => "internal",
        }
    }

    /// What was found wrong, each with its place.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Refused(Refusal::Invalid(findings)) => findings,
            _ => &[],
        }
    }

    /// Something inside failed that no caller can mend.
    pub fn fault(what: impl fmt::Display) -> Self {
        Self::Fault(store::Fault::corrupt(what.to_string()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(out),
            Self::NotFound { what } => write!(out, "There is no such {what}; check the address."),
            Self::NotAuthenticated => out.write_str("The key or the session is not valid; use another one."),
            Self::TooManyGuesses => out.write_str(
                "Too many links or keys that do not exist were tried from your network; wait a minute, then open the \
                 one that you were given.",
            ),
            Self::LinkEnded => out.write_str("This link has ended; nothing more is needed."),
            Self::AnswerWrong { attempts_left: 0 } => out.write_str(
                "This is not right, and there were too many wrong answers; ask the sender to let you try again.",
            ),
            Self::AnswerWrong { attempts_left: 1 } => {
                out.write_str("This is not right; you can try once more.")
            }
            Self::AnswerWrong { attempts_left } => {
                write!(out, "This is not right; you can try {attempts_left} more times.")
            }
            Self::Wrong { sentence, .. } => out.write_str(sentence),
            Self::KeyElsewhere { why } => {
                write!(out, "The service that holds the signer's key did not sign: {why}.")
            }
            Self::Fault(_) => out.write_str("Something failed on our side; try again in a moment."),
        }
    }
}

impl std::error::Error for Error {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Fault> for Error {
    fn from(fault: store::Fault) -> Self {
        Self::Fault(fault)
    }
}

//! How far one recipient has come.

use crate::model::digest::Digest;
use crate::model::method::MethodKind;
use crate::model::personal::Personal;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// How far one recipient has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Has no act of their own: receives copies, or hosts others.
    Copy,
    /// Others have to act first.
    Waiting,
    /// It is their turn.
    Invited,
    /// They began their visit.
    Opened,
    /// They agreed to sign electronically.
    Consented,
    /// They finished; their act is on its way into the documents.
    Signing,
    /// Their act is in the documents.
    Signed {
        /// When that was.
        at: Timestamp,
    },
    /// What they filled is in the documents.
    Filled {
        /// When that was.
        at: Timestamp,
    },
    /// They agreed to the documents as they are.
    Approved {
        /// When.
        at: Timestamp,
    },
    /// They opened and read the documents.
    Viewed {
        /// When.
        at: Timestamp,
    },
    /// They declined.
    Declined {
        /// When.
        at: Timestamp,
        /// In their words.
        reason: Personal,
    },
    /// Their act is not needed any more: others completed the step or the envelope.
    Released,
    /// The sender took them out.
    Removed {
        /// When.
        at: Timestamp,
    },
}

impl Part {
    /// Whether it is their turn.
    pub fn may_act(&self) -> bool {
        matches!(self, Self::Invited | Self::Opened | Self::Consented)
    }

    /// Whether something is still to come of them: now, later, or on its way.
    pub fn is_open(&self) -> bool {
        self.may_act() || matches!(self, Self::Waiting | Self::Signing)
    }

    /// Whether they did what was asked, and when it was done.
    pub fn done_at(&self) -> Option<Timestamp> {
        match self {
            Self::Signed { at } | Self::Filled { at } | Self::Approved { at } | Self::Viewed { at } => {
                Some(*at)
            }
            _ => None,
        }
    }

    /// The word of the API; `ended` and `created` are said by those who know the envelope.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Copy | Self::Waiting => "waiting",
            Self::Invited => "invited",
            Self::Opened => "opened",
            Self::Consented => "consented",
            Self::Signing => "signing",
            Self::Signed { .. } => "signed",
            Self::Filled { .. } => "filled",
            Self::Approved { .. } => "approved",
            Self::Viewed { .. } => "viewed",
            Self::Declined { .. } => "declined",
            Self::Released => "released",
            Self::Removed { .. } => "removed",
        }
    }
}

/// A recipient's act, acknowledged and not yet in the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Number of the recipient.
    pub recipient: u16,
    /// When they finished.
    pub at: Timestamp,
    /// Numbers of the documents that it changes.
    pub documents: Vec<u16>,
    /// What the act is.
    pub kind: ActKind,
    /// Digest of the adopted signature.
    pub signature: Option<Personal<Digest>>,
    /// Digest of the adopted initials.
    pub initials: Option<Personal<Digest>>,
}

/// What an act is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActKind {
    /// Their fields are filled and they sign.
    Sign,
    /// Their fields are filled; the next signature covers them.
    Fill,
}

/// A visit in which somebody proved who they are holds for so long.
pub const VISIT: SignedDuration = SignedDuration::from_hours(12);

/// What is known of the person behind a recipient: their visits, and what went wrong in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// When it became their turn.
    pub invited_at: Option<Timestamp>,
    /// When they were last reminded.
    pub reminded_at: Option<Timestamp>,
    /// Visits in which they proved or began to prove who they are; visit 1 comes first.
    pub visits: Vec<Visit>,
    /// The code that is out, or the sign-in elsewhere that has begun.
    pub challenge: Option<Challenge>,
    /// When codes were sent to them.
    pub codes_sent: Vec<Timestamp>,
    /// When they were led to an identity provider.
    pub led_away: Vec<Timestamp>,
    /// Wrong answers over all visits, by what was asked, each since the last right one to the same.
    pub wrong_answers: BTreeMap<MethodKind, u8>,
    /// Too many wrong answers; lifted by the sender.
    pub lock: Option<Lock>,
    /// Whom they want to act in their place, as long as the sender has not said.
    pub delegation: Option<Delegate>,
    /// Those who took the place one after another; the last of them holds it.
    pub takeovers: Vec<TakeOver>,
    /// A mail to them could not be delivered: when that was first known of the address that they have.
    pub bounced_at: Option<Timestamp>,
    /// By which way the last code did not reach them.
    pub undelivered: Option<MethodKind>,
}

/// One visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// The methods passed, in order.
    pub passed: Vec<MethodKind>,
    /// When the last of them was passed.
    pub passed_at: Option<Timestamp>,
    /// When they proved themselves once more, at the moment of signing.
    pub again_at: Option<Timestamp>,
}

/// A code that was sent and not used yet, or a sign-in elsewhere that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// By which way.
    pub method: MethodKind,
    /// In which visit.
    pub visit: u16,
    /// When.
    pub at: Timestamp,
}

/// Too many wrong answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// To which question.
    pub method: MethodKind,
    /// When the last one came.
    pub at: Timestamp,
}

/// Somebody who is to act in another's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegate {
    /// Their name.
    pub name: Personal,
    /// Their address.
    pub email: Personal,
    /// Why, in the words of the one whose place it is.
    pub reason: Personal,
}

/// Somebody took the place of another person, whose links ended with that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOver {
    /// When.
    pub at: Timestamp,
    /// Name of the one who took it.
    pub name: Personal,
    /// The person before had named them; else it was the sender who did.
    pub named_before: bool,
}

impl Visit {
    /// Whether what was proved in it still counts.
    pub(crate) fn holds(&self, now: Timestamp) -> bool {
        self.passed_at.is_some_and(|at| now.duration_since(at) < VISIT)
    }
}

impl Person {
    /// So many wrong answers are held against them, whatever was asked.
    pub(crate) fn wrong(&self) -> u8 {
        self.wrong_answers.values().fold(0, |sum, wrong| sum.saturating_add(*wrong))
    }

    /// Who took the place of the person whose links ended at this instant; `None` where they ended for another reason.
    pub fn taken_over_at(&self, links_ended_at: Timestamp) -> Option<&TakeOver> {
        self.takeovers.iter().find(|it| it.at == links_ended_at)
    }

    /// The visit of this number, from 1.
    pub fn visit(&self, number: u16) -> Option<&Visit> {
        self.visits.get(usize::from(number.checked_sub(1)?))
    }
}

//! The state of an envelope: the fold of its events.

use crate::model::digest::Digest;
use crate::model::draft::{Draft, FieldId, FieldKind, Role, Sender};
use crate::model::personal::Personal;
use crate::model::revision::Revision;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// An envelope as its events have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Who made it.
    pub sender: Sender,
    /// Sends nothing outside, and its documents are marked.
    pub test: bool,
    /// What it holds.
    pub draft: Draft,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the last event happened.
    pub updated_at: Timestamp,
    /// How many events made it; names one version of a draft.
    pub version: u64,
    /// How far it has come.
    pub status: Status,
    /// SHA-256 of the audit trail, once it has been made.
    pub audit_trail: Option<Digest>,
    /// What became of the last mail to each recipient, by their number, where that is known.
    pub deliveries: BTreeMap<u16, Delivery>,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// A mail server took it over.
    Accepted,
    /// A mail server refused it for good.
    Refused,
}

impl Delivery {
    /// The word for it in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }
}

/// How far an envelope has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Being prepared by its sender.
    Draft,
    /// Waiting for recipients.
    InProgress(Progress),
    /// Everybody has acted; waiting for the seal.
    Finishing(Progress),
    /// Over.
    Ended(Ending),
}

/// What has happened since the envelope was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// The part of each recipient, in their order.
    pub parts: Vec<Part>,
    /// The revisions of each document, oldest first; never empty.
    pub documents: Vec<Vec<Revision>>,
    /// Acts acknowledged to their signers and not yet in the documents, oldest first.
    pub acts: Vec<Act>,
    /// What recipients have filled so far.
    pub values: BTreeMap<FieldId, Personal>,
    /// How many revisions each document had when the present step opened.
    pub step_base: Vec<usize>,
    /// The end that follows as soon as no act is left.
    pub ending: Option<Outcome>,
    /// Why the sender cancelled, in their words.
    pub cancel_reason: Personal,
}

/// How an envelope ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// In which way.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
    /// What had happened until then; nothing where it ended as a draft.
    pub progress: Option<Progress>,
}

/// The ways in which an envelope ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Signed and sealed.
    Completed,
    /// Declined by a recipient.
    Declined {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Cancelled by the sender.
    Cancelled,
    /// Its time came.
    Expired,
}

impl Outcome {
    /// The word for it in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Declined { .. } => "declined",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// How far one recipient has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Receives copies and does nothing.
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
    /// They declined.
    Declined {
        /// When.
        at: Timestamp,
        /// In their words.
        reason: Personal,
    },
}

/// A recipient's act, acknowledged and not yet in the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Number of the recipient.
    pub recipient: u16,
    /// When they finished.
    pub at: Timestamp,
    /// Numbers of the documents that it signs.
    pub documents: Vec<u16>,
    /// Digest of the adopted signature.
    pub signature: Option<Personal<Digest>>,
    /// Digest of the adopted initials.
    pub initials: Option<Personal<Digest>>,
}

impl Status {
    /// The word for it in the API.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InProgress(_) => "in_progress",
            Self::Finishing(_) => "finishing",
            Self::Ended(ending) => ending.outcome.word(),
        }
    }

    /// What has happened since it was sent.
    pub fn progress(&self) -> Option<&Progress> {
        match self {
            Self::Draft => None,
            Self::InProgress(progress) | Self::Finishing(progress) => Some(progress),
            Self::Ended(ending) => ending.progress.as_ref(),
        }
    }
}

impl Progress {
    /// The newest revision of a document, by its number from 1.
    pub fn head(&self, document: u16) -> Option<&Revision> {
        self.documents.get(usize::from(document).checked_sub(1)?)?.last()
    }

    /// The act of a recipient that is on its way.
    pub fn act(&self, recipient: u16) -> Option<&Act> {
        self.acts.iter().find(|act| act.recipient == recipient)
    }

    /// Whether an act may be prepared now: no act acknowledged before it shares a document with it.
    pub fn may_prepare(&self, recipient: u16) -> bool {
        let mut taken = BTreeSet::new();
        for act in &self.acts {
            if act.recipient == recipient {
                return act.documents.iter().all(|document| !taken.contains(document));
            }
            taken.extend(act.documents.iter().copied());
        }
        false
    }

    /// The part of a recipient, by their number from 1.
    pub fn part(&self, recipient: u16) -> Option<&Part> {
        self.parts.get(usize::from(recipient).checked_sub(1)?)
    }
}

impl Envelope {
    /// Numbers of the documents that a recipient's act signs: those in which they have a field, or all of
    /// them where they have none and the rules let them sign without a place.
    pub fn documents_signed_by(&self, recipient: u16) -> Vec<u16> {
        let with_fields: BTreeSet<u16> = self.fields_of(recipient).map(|field| field.document).collect();
        if with_fields.is_empty() {
            self.document_numbers().collect()
        } else {
            with_fields.into_iter().collect()
        }
    }

    /// The fields of a recipient.
    pub fn fields_of(&self, recipient: u16) -> impl Iterator<Item = &crate::model::draft::FieldDraft> {
        self.draft.fields.iter().filter(move |field| field.recipient == recipient)
    }

    /// Numbers of all documents, from 1.
    pub fn document_numbers(&self) -> impl Iterator<Item = u16> + use<> {
        (1u16..).take(self.draft.documents.len())
    }

    /// Numbers of all recipients, from 1.
    pub fn recipient_numbers(&self) -> impl Iterator<Item = u16> + use<> {
        (1u16..).take(self.draft.recipients.len())
    }

    /// Whether a recipient signs.
    pub fn is_signer(&self, recipient: u16) -> bool {
        usize::from(recipient)
            .checked_sub(1)
            .and_then(|index| self.draft.recipients.get(index))
            .is_some_and(|it| it.role == Role::Signer)
    }

    /// Whether a recipient has a field of this kind.
    pub fn has_field(&self, recipient: u16, kind: FieldKind) -> bool {
        self.fields_of(recipient).any(|field| field.kind == kind)
    }
}

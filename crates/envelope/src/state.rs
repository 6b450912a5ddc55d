//! The state of an envelope: the fold of its events.

use crate::model::digest::Digest;
use crate::model::draft::{Draft, Sender};
use crate::model::field::file::{AttachedFile, SealedFile};
use crate::model::field::kind::FieldKind;
use crate::model::field::placing::Placing;
use crate::model::field::{FieldDraft, FieldId};
use crate::model::personal::Personal;
use crate::model::recipient::RecipientDraft;
use crate::model::revision::Revision;
use crate::part::{Act, Part, Person};
use crate::post::Post;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// An act that was acknowledged holds back those behind it on the same document for so long.
const HOLDS_BACK: SignedDuration = SignedDuration::from_secs(5);

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
    /// What left by mail, and what came back.
    pub post: Post,
    /// Where its sender keeps it.
    pub shelf: Shelf,
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

/// Where a sender keeps an envelope; it changes nothing for its recipients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// In the list.
    #[default]
    Desk,
    /// Put away.
    Archive,
    /// Thrown away, and still there.
    Trash,
    /// Its documents are gone; the evidence stays.
    Deleted,
}

impl Shelf {
    /// The word of the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Archive => "archive",
            Self::Trash => "trash",
            Self::Deleted => "deleted",
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
    /// What is known of the person behind each recipient, in their order.
    pub people: Vec<Person>,
    /// The step that is open, and since when.
    pub step: Option<OpenStep>,
    /// The revisions of each document, oldest first; never empty.
    pub documents: Vec<Vec<Revision>>,
    /// Acts acknowledged to their signers and not yet in the documents, oldest first.
    pub acts: Vec<Act>,
    /// What recipients have filled so far.
    pub values: BTreeMap<FieldId, Personal>,
    /// The files that recipients have added, by field.
    pub files: BTreeMap<FieldId, AttachedFile>,
    /// Those of them that carry the seal.
    pub sealed_files: BTreeMap<FieldId, SealedFile>,
    /// How many revisions each document had when the present step opened.
    pub step_base: Vec<usize>,
    /// Recipients who placed fields that are laid out in the documents together with their act.
    pub laying_out: BTreeSet<u16>,
    /// The end that follows as soon as no act is left.
    pub ending: Option<Outcome>,
    /// Why the sender cancelled, in their words.
    pub cancel_reason: Personal,
}

/// A step that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenStep {
    /// The step.
    pub step: u16,
    /// Since when.
    pub at: Timestamp,
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

    /// Whether an act may be prepared now: no act acknowledged before it shares a document with it. One that has had
    /// its time holds back nobody any more: its key may be elsewhere and answer in a minute. It is prepared anew when
    /// another one has come before it, which happens once for each other recipient of the step at most.
    pub fn may_prepare(&self, recipient: u16, now: Timestamp) -> bool {
        let mut taken = BTreeSet::new();
        for act in &self.acts {
            if act.recipient == recipient {
                return act.documents.iter().all(|document| !taken.contains(document));
            }
            // What is laid out after a signature would change what was signed: it comes before, however long it takes.
            if now.duration_since(act.at) < HOLDS_BACK || self.laying_out.contains(&act.recipient) {
                taken.extend(act.documents.iter().copied());
            }
        }
        false
    }

    /// The part of a recipient, by their number from 1.
    pub fn part(&self, recipient: u16) -> Option<&Part> {
        self.parts.get(usize::from(recipient).checked_sub(1)?)
    }

    /// What is known of the person behind a recipient, by their number from 1.
    pub fn person(&self, recipient: u16) -> Option<&Person> {
        self.people.get(usize::from(recipient).checked_sub(1)?)
    }
}

impl Envelope {
    /// Numbers of the documents that a recipient's act signs: those in which they have a field, or all that
    /// they see where the sender gave them none and the rules let them sign without a place. What they place
    /// themselves says where they sign, not what.
    pub fn documents_signed_by(&self, recipient: u16) -> Vec<u16> {
        if self.fields_of(recipient).all(|field| field.placing == Placing::Recipient) {
            return self.documents_seen_by(recipient).collect();
        }
        self.documents_with_fields_of(recipient)
    }

    /// Numbers of the documents in which a recipient has a field.
    pub fn documents_with_fields_of(&self, recipient: u16) -> Vec<u16> {
        let with_fields: BTreeSet<u16> = self.fields_of(recipient).map(|field| field.document).collect();
        with_fields.into_iter().collect()
    }

    /// The fields of a recipient.
    pub fn fields_of(&self, recipient: u16) -> impl Iterator<Item = &FieldDraft> {
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

    /// A recipient, by their number from 1.
    pub fn recipient(&self, number: u16) -> Option<&RecipientDraft> {
        self.draft.recipients.get(usize::from(number.checked_sub(1)?))
    }

    /// Whether a recipient's act is a signature.
    pub fn is_signer(&self, recipient: u16) -> bool {
        self.recipient(recipient).is_some_and(|it| it.role.signs())
    }

    /// Whether a recipient has a field of this kind.
    pub fn has_field(&self, recipient: u16, kind: FieldKind) -> bool {
        self.fields_of(recipient).any(|field| field.kind == kind)
    }
}

//! What a sender prepares: documents, recipients, fields.

use super::digest::Digest;
use super::field::FieldDraft;
use super::field::group::FieldGroup;
use super::is_default;
use super::personal::Personal;
use super::points::Points;
use super::recipient::{RecipientDraft, Returns};
use super::reminders::{Reminders, StepLimit};
use super::revision::Revision;
use super::rules::Rules;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An envelope before it is sent, and what it was sent with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What recipients read as its name.
    pub title: String,
    /// A few words to the recipients.
    pub message: Personal,
    /// The PDFs, in order.
    pub documents: Vec<DocumentDraft>,
    /// Who takes part, in order.
    pub recipients: Vec<RecipientDraft>,
    /// What is to be filled, and where.
    pub fields: Vec<FieldDraft>,
    /// What holds for the boxes and buttons of one group.
    #[serde(default, skip_serializing_if = "is_default")]
    pub groups: Vec<FieldGroup>,
    /// Language of what is addressed to nobody in particular, such as the audit trail.
    pub language: String,
    /// IANA name; dates are shown and expiry is counted in it.
    pub time_zone: String,
    /// When it ends by itself.
    pub expiry: Expiry,
    /// Rules that differ from sender to sender.
    pub rules: Rules,
    /// Origins whose pages may show the signers' page in a frame.
    pub frame_origins: Vec<String>,
    /// When recipients are reminded.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reminders: Reminders,
    /// Limits of time for single steps.
    #[serde(default, skip_serializing_if = "is_default")]
    pub step_limits: Vec<StepLimit>,
    /// How mails about it look.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mails: MailWishes,
    /// Where browsers go when a visit is over, for recipients who have no addresses of their own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub returns: Returns,
}

/// How the mails about an envelope look, and which of them its sender gets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailWishes {
    /// Subject of the invitations; empty for the usual one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub subject: Personal,
    /// The sender's name as recipients read it, where it is not the user's own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sender_name: Personal,
    /// Where answers go, where that is not the user's own address.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reply_to: Personal,
    /// The sender's own mails about acts and the end; where nothing is said they are sent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub to_sender: Option<bool>,
    /// The finished documents come as attachments of the last mail, where they are small enough.
    #[serde(default, skip_serializing_if = "is_default")]
    pub attach_documents: bool,
}

/// When an envelope ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    /// At the end of the day that is so many days after the day of sending, in the envelope's time zone.
    Days(u16),
    /// At this instant.
    At(Timestamp),
}

/// One PDF of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDraft {
    /// The upload it comes from.
    pub upload: String,
    /// Its name.
    pub title: String,
    /// What was found in it at intake.
    pub facts: DocumentFacts,
    /// Numbers of the recipients who see it; everybody where nothing is said. The sender sees it always.
    #[serde(default, skip_serializing_if = "is_default")]
    pub visible_to: Option<BTreeSet<u16>>,
}

/// What was found in an uploaded PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// SHA-256 of the upload.
    pub digest: Digest,
    /// Its length in bytes.
    pub length: u64,
    /// What is sent: the upload itself, or its one rewrite on intake.
    pub sent: Revision,
    /// The pages as they are shown.
    pub pages: Vec<PageSize>,
    /// How many signatures it came with.
    pub signatures: u16,
    /// What a certification signature in it allows (ISO 32000-2, 12.8.2.2).
    pub certification: Option<Certification>,
}

/// What a certified document allows (DocMDP, ISO 32000-2 table 257).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certification {
    /// P 1: nothing.
    NoChanges,
    /// P 2: filling in forms and signing.
    FillForms,
    /// P 3: the same, and annotations.
    Annotate,
}

/// Size of a page as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSize {
    /// Width.
    #[serde(rename = "width_millipoints")]
    pub width: Points,
    /// Height.
    #[serde(rename = "height_millipoints")]
    pub height: Points,
}

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The user, where a person sends; the key's id where a program does.
    pub user: String,
    /// Name that recipients read.
    pub name: Personal,
    /// Where the sender's own mail goes.
    pub email: Personal,
}

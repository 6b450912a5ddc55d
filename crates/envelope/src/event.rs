//! What can have happened.

use crate::model::digest::Digest;
use crate::model::draft::{Draft, FieldId, Sender};
use crate::model::personal::Personal;
use crate::model::revision::{CertificateFacts, NewRevision};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::collections::BTreeMap;

/// One thing that happened. Events are the only way in which an envelope changes; they are never edited,
/// and what stands here is kept readable for as long as an envelope made with it exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "body", rename_all = "snake_case")]
pub enum Event {
    /// A draft was made.
    EnvelopeCreated {
        /// By whom.
        sender: Sender,
        /// Test envelopes send nothing outside and their documents are marked.
        test: bool,
        /// What it holds so far.
        draft: Box<Draft>,
    },
    /// The draft was changed; it is given whole.
    DraftRevised {
        /// What it holds now.
        draft: Box<Draft>,
    },
    /// The documents were prepared and the envelope was sent.
    EnvelopeSent {
        /// When it ends by itself.
        expires_at: Timestamp,
        /// The prepared revision of each document.
        revisions: Vec<NewRevision>,
    },
    /// The turn of these recipients has come.
    StepOpened {
        /// The step.
        step: u16,
        /// Numbers of its recipients.
        recipients: Vec<u16>,
    },
    /// A mail was accepted by the mail server.
    MessageSent {
        /// Number of the recipient; the sender where there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        recipient: Option<u16>,
        /// What it was about.
        purpose: String,
        /// Its Message-ID.
        message: String,
    },
    /// A mail was refused by the mail server for good: it did not arrive.
    MessageRefused {
        /// Number of the recipient; the sender where there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        recipient: Option<u16>,
        /// What it was about.
        purpose: String,
        /// Its Message-ID.
        message: String,
        /// The server's codes, such as `550 5.1.1`; nothing where no mail could be made for the address.
        #[serde(skip_serializing_if = "Option::is_none")]
        reply: Option<String>,
    },
    /// A link was handed to the sender's side, which takes the recipient to their page.
    LinkIssued {
        /// Number of the recipient.
        recipient: u16,
    },
    /// A recipient began their visit.
    RecipientOpened {
        /// Number of the recipient.
        recipient: u16,
    },
    /// A recipient agreed to sign electronically.
    ConsentGiven {
        /// Number of the recipient.
        recipient: u16,
        /// Version of the text they agreed to.
        version: String,
    },
    /// A recipient filled fields, to be signed later.
    FieldsFilled {
        /// Number of the recipient.
        recipient: u16,
        /// The values, by field.
        values: BTreeMap<FieldId, Personal>,
    },
    /// A recipient finished: the intent, before any key is used.
    SigningIntended {
        /// Number of the recipient.
        recipient: u16,
        /// Numbers of the documents that this act signs.
        documents: Vec<u16>,
        /// The revision of each document that the signer was shown.
        #[serde(deserialize_with = "by_number")]
        shown: BTreeMap<u16, Digest>,
        /// All values of this recipient, by field.
        values: BTreeMap<FieldId, Personal>,
        /// Digest of the adopted signature.
        #[serde(skip_serializing_if = "Option::is_none")]
        signature: Option<Personal<Digest>>,
        /// Digest of the adopted initials.
        #[serde(skip_serializing_if = "Option::is_none")]
        initials: Option<Personal<Digest>>,
    },
    /// The act is in the documents: the result, after the key was used and the bytes were stored.
    RecipientSigned {
        /// Number of the recipient.
        recipient: u16,
        /// The certificate made for this act.
        certificate: CertificateFacts,
        /// The revisions that carry the signature.
        revisions: Vec<NewRevision>,
    },
    /// A recipient declined.
    RecipientDeclined {
        /// Number of the recipient.
        recipient: u16,
        /// In their words.
        reason: Personal,
    },
    /// Everybody has acted; the seal is to be put on.
    SealingIntended {},
    /// The seal is in the documents.
    EnvelopeSealed {
        /// The tenant's certificate.
        certificate: CertificateFacts,
        /// The sealed revision of each document.
        revisions: Vec<NewRevision>,
    },
    /// All is done and stored.
    EnvelopeCompleted {},
    /// It ended because of a decline.
    EnvelopeDeclined {
        /// Who declined.
        recipient: u16,
    },
    /// The sender asked for the end; acts acknowledged before are finished first.
    CancelRequested {
        /// In the sender's words.
        reason: Personal,
    },
    /// The sender ended it.
    EnvelopeCancelled {},
    /// Its time came; acts acknowledged before are finished first.
    ExpiryReached {},
    /// It ended by itself.
    EnvelopeExpired {},
    /// The audit trail was made and stored.
    AuditTrailIssued {
        /// SHA-256 of the file.
        digest: Digest,
        /// Its length in bytes.
        length: u64,
    },
}

/// An event and when it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// Reads digests by the number of their document. JSON has the numbers as strings, which serde reads as numbers
/// only as long as it streams: where `body` stands before `type`, as RFC 8785 orders them, it no longer does.
fn by_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<u16, Digest>, D::Error> {
    let named = BTreeMap::<String, Digest>::deserialize(deserializer)?;
    let numbered = named.into_iter().map(|(key, digest)| {
        let number = key.parse().map_err(|_| de::Error::custom("documents are named by their numbers"))?;
        Ok((number, digest))
    });
    numbered.collect()
}

//! What can have happened.

use crate::model::consent::ConsentText;
use crate::model::digest::Digest;
use crate::model::draft::{Draft, Sender};
use crate::model::field::FieldId;
use crate::model::field::file::{AttachedFile, SealedFile};
use crate::model::field::placing::PlacedField;
use crate::model::is_default;
use crate::model::method::{Method, MethodKind};
use crate::model::personal::Personal;
use crate::model::recipient::Arrival;
use crate::model::revision::{CertificateFacts, NewRevision};
use crate::state::Shelf;
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
        /// The text itself; events of the first versions of the program name the version alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<ConsentText>,
    },
    /// A recipient filled fields, to be signed later.
    FieldsFilled {
        /// Number of the recipient.
        recipient: u16,
        /// The values, by field.
        values: BTreeMap<FieldId, Personal>,
    },
    /// A signer placed their own fields; they take the place of those that the signer had placed before.
    FieldsPlaced {
        /// Number of the recipient.
        recipient: u16,
        /// All of them.
        fields: Vec<PlacedField>,
    },
    /// A recipient added a file to a field; it takes the place of the one that was there.
    FileAttached {
        /// Number of the recipient.
        recipient: u16,
        /// The field.
        field: FieldId,
        /// What was added.
        file: AttachedFile,
    },
    /// A recipient took a file away again.
    FileRemoved {
        /// Number of the recipient.
        recipient: u16,
        /// The field.
        field: FieldId,
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
        /// What the signature means, in the words of the envelope's Part 11 profile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        meaning: Option<String>,
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
    /// A code is sent to a recipient, or they are led to an identity provider.
    ChallengeIssued {
        /// Number of the recipient.
        recipient: u16,
        /// Their visit, from 1.
        visit: u16,
        /// By which way.
        method: MethodKind,
        /// Where it goes, masked; of an identity provider, its issuer.
        #[serde(default, skip_serializing_if = "is_default")]
        destination: Personal,
    },
    /// A recipient proved who they are.
    ChallengePassed {
        /// Number of the recipient.
        recipient: u16,
        /// Their visit, from 1.
        visit: u16,
        /// How.
        method: MethodKind,
        /// What was learnt of them, such as the subject at an identity provider; never a secret.
        #[serde(default, skip_serializing_if = "is_default")]
        detail: Personal,
    },
    /// A recipient gave a wrong answer.
    ChallengeFailed {
        /// Number of the recipient.
        recipient: u16,
        /// Their visit, from 1.
        visit: u16,
        /// To what.
        method: MethodKind,
        /// So many more are taken.
        attempts_left: u8,
        /// What was learnt of who answered, such as the subject at an identity provider; never a secret.
        #[serde(default, skip_serializing_if = "is_default")]
        detail: Personal,
    },
    /// A recipient gave too many wrong answers; nobody gets in by their link until the sender lifts it.
    RecipientLocked {
        /// Number of the recipient.
        recipient: u16,
        /// To what.
        method: MethodKind,
    },
    /// The sender let a recipient try again.
    RecipientUnlocked {
        /// Number of the recipient.
        recipient: u16,
    },
    /// A recipient took back their agreement to sign electronically.
    ConsentWithdrawn {
        /// Number of the recipient.
        recipient: u16,
    },
    /// A filler finished: their values are to go into the documents.
    FillingIntended {
        /// Number of the recipient.
        recipient: u16,
        /// Numbers of the documents in which they have fields.
        documents: Vec<u16>,
        /// The revision of each document that they were shown.
        #[serde(deserialize_with = "by_number")]
        shown: BTreeMap<u16, Digest>,
        /// All values of this recipient, by field.
        values: BTreeMap<FieldId, Personal>,
    },
    /// A filler's values are in the documents.
    RecipientFilled {
        /// Number of the recipient.
        recipient: u16,
        /// The revisions that show them.
        revisions: Vec<NewRevision>,
    },
    /// An approver agreed to the documents as they were shown.
    RecipientApproved {
        /// Number of the recipient.
        recipient: u16,
        /// The revision of each document that they were shown.
        #[serde(deserialize_with = "by_number")]
        shown: BTreeMap<u16, Digest>,
    },
    /// A viewer opened and read the documents.
    RecipientViewed {
        /// Number of the recipient.
        recipient: u16,
        /// The revision of each document that they were shown.
        #[serde(deserialize_with = "by_number")]
        shown: BTreeMap<u16, Digest>,
    },
    /// These recipients are not needed any more: others completed the step or the envelope.
    RecipientsReleased {
        /// Their numbers.
        recipients: Vec<u16>,
    },
    /// A recipient asked that somebody else act in their place.
    DelegationAsked {
        /// Number of the recipient.
        recipient: u16,
        /// Name of the other person.
        name: Personal,
        /// Their address.
        email: Personal,
        /// Why, in the recipient's words.
        reason: Personal,
    },
    /// The sender did not agree to that.
    DelegationRefused {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Another person took a recipient's place, or a role got its person.
    RecipientReplaced {
        /// Number of the recipient.
        recipient: u16,
        /// Name of the new person.
        name: Personal,
        /// Their address.
        email: Personal,
        /// Their telephone; empty where none is known.
        #[serde(default, skip_serializing_if = "is_default")]
        phone: Personal,
        /// Their language, where it is another one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<String>,
    },
    /// An address or a telephone number of the same person was corrected.
    RecipientCorrected {
        /// Number of the recipient.
        recipient: u16,
        /// Their address.
        email: Personal,
        /// Their telephone; empty where none is known.
        #[serde(default, skip_serializing_if = "is_default")]
        phone: Personal,
    },
    /// How a recipient proves who they are was settled or changed after sending.
    AuthenticationSet {
        /// Number of the recipient.
        recipient: u16,
        /// The methods, in their order.
        authentication: Vec<Method>,
        /// How they come to their page.
        #[serde(default, skip_serializing_if = "is_default")]
        arrival: Arrival,
    },
    /// The sender took a recipient out.
    RecipientRemoved {
        /// Number of the recipient.
        recipient: u16,
    },
    /// Recipients were reminded, by schedule or because the sender asked.
    RecipientsReminded {
        /// Their numbers.
        recipients: Vec<u16>,
    },
    /// The sender had a recipient's invitation sent again.
    InvitationRepeated {
        /// Number of the recipient.
        recipient: u16,
    },
    /// The sender gave it another end; an expired one lives again by it.
    ExpiryExtended {
        /// When it ends by itself now.
        expires_at: Timestamp,
    },
    /// Its sender put it away, threw it away, or took it back.
    EnvelopeShelved {
        /// Where it is now.
        shelf: Shelf,
    },
    /// Another user is its sender from now on.
    EnvelopeHandedOver {
        /// Who.
        to: Sender,
    },
    /// A mail to a recipient came back.
    MessageBounced {
        /// Number of the recipient; the sender where there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recipient: Option<u16>,
        /// Its Message-ID, where the report names it.
        message: String,
        /// It will never arrive; else it may yet.
        permanent: bool,
        /// The status of the report (RFC 3463), such as `5.1.1`.
        status: String,
        /// The address that was not reached, masked; empty where it is not the recipient's any more.
        #[serde(default, skip_serializing_if = "is_default")]
        destination: Personal,
    },
    /// A code did not reach its recipient.
    CodeUndelivered {
        /// Number of the recipient.
        recipient: u16,
        /// By which way it was sent.
        method: MethodKind,
        /// Where it was sent, masked.
        #[serde(default, skip_serializing_if = "is_default")]
        destination: Personal,
        /// What the provider or the mail server calls the reason: a number, a code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Everybody has acted; the seal is to be put on.
    SealingIntended {},
    /// The seal is in the documents.
    EnvelopeSealed {
        /// The tenant's certificate.
        certificate: CertificateFacts,
        /// The sealed revision of each document.
        revisions: Vec<NewRevision>,
        /// The PDFs that recipients added, as far as a seal can be put on them.
        #[serde(default, skip_serializing_if = "is_default")]
        files: Vec<SealedFile>,
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

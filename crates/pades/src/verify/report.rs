//! What a judgement says. Words in capitals are those of ETSI EN 319 102-1 5.1.3.

use jiff::Timestamp;
use serde::Serialize;

/// The judgement of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// All in one word.
    pub verdict: DocumentVerdict,
    /// The same in a sentence.
    pub sentence: String,
    /// Number of revisions; 0 where the file had to be repaired to be read.
    pub revisions: usize,
    /// What a certification allows afterwards (1 nothing, 2 filling and signing, 3 also annotating).
    pub certification: Option<u8>,
    /// Each signature, the first made first.
    pub signatures: Vec<SignatureReport>,
    /// What else was noticed, in sentences.
    pub remarks: Vec<String>,
}

/// A document in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DocumentVerdict {
    /// No signature at all.
    Unsigned,
    /// Every signature passed, and the last covers the whole file.
    Valid,
    /// A signature is broken.
    Invalid,
    /// No signature is broken, but bytes were added that none covers, or one does not cover what it should.
    Suspicious,
    /// No signature is broken, but not every one could be judged to the end.
    Indeterminate,
}

/// What kind of signature it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A person's signature or an organization's seal.
    Signature,
    /// A document time stamp (ISO 32000-2 12.8.5).
    Timestamp,
}

/// The main indication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
#[non_exhaustive]
pub enum Indication {
    /// Everything that was judged is in order.
    TotalPassed,
    /// Not enough is known.
    Indeterminate,
    /// The signature is broken.
    TotalFailed,
}

/// The reason for anything but TOTAL-PASSED (5.1.3, tables 5 and 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum SubIndication {
    /// The signature does not have the form that its kind requires.
    FormatFailure,
    /// The covered bytes are not those that were signed.
    HashFailure,
    /// The signature value does not fit.
    SigCryptoFailure,
    /// The signer's certificate is not there, or is not the one that was signed along.
    NoSigningCertificateFound,
    /// No path leads from the certificate to a trusted one.
    NoCertificateChainFound,
    /// There is a path, but it breaks a rule.
    ChainConstraintsFailure,
    /// A required attribute is missing or the key is not for signing documents.
    SigConstraintsFailure,
    /// A certificate's time is over, and nothing proves that the signature was made before.
    OutOfBoundsNoPoe,
    /// A certificate's time has not come.
    NotYetValid,
    /// An algorithm or key that is not relied on any more, with nothing to prove that it was used in time.
    CryptoConstraintsFailureNoPoe,
    /// An algorithm that is not judged here.
    CryptoConstraintsFailure,
    /// Revocation was asked for and is not known.
    TryLater,
}

/// Whether the covered bytes and the signature value fit together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "because")]
#[non_exhaustive]
pub enum Integrity {
    /// They do.
    Intact,
    /// They do not; why.
    Broken(String),
    /// That could not be told; why.
    NotJudged(String),
}

/// What the signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Coverage {
    /// Every byte of the file but the signature itself.
    WholeFile,
    /// Every byte of the file as it was when signed; revisions came after.
    WholeRevision,
    /// Not to the end of a revision.
    Partial,
    /// The byte range breaks its rules, so that what it covers proves nothing.
    Wrong,
}

/// Whether the certificate leads to a trusted one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is", content = "because")]
#[non_exhaustive]
pub enum Chain {
    /// It does; the subjects, the signer first.
    Trusted(Vec<String>),
    /// It does not; why.
    Untrusted(String),
    /// No trusted certificate was given to judge against.
    NoRootGiven,
    /// It was not looked at; why.
    NotJudged(String),
}

/// What came after the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
#[non_exhaustive]
pub enum Changes {
    /// Nothing.
    NoneLater,
    /// Revisions that are themselves covered by a later intact signature. What they changed is not judged.
    LaterSignedRevisions {
        /// How many.
        revisions: usize,
    },
    /// Bytes that no intact signature covers.
    Uncovered {
        /// How many bytes.
        bytes: u64,
    },
}

/// Who signed, from the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignerReport {
    /// Common name, or organization.
    pub name: String,
    /// The whole subject name.
    pub subject: String,
    /// The whole issuer name.
    pub issuer: String,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Organization.
    pub organization: Option<String>,
    /// Serial number, hexadecimal.
    pub serial: String,
    /// First moment of validity.
    pub not_before: Timestamp,
    /// Last moment of validity.
    pub not_after: Timestamp,
    /// SHA-256 of the certificate, hexadecimal.
    pub sha256: String,
}

/// The judgement of one signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureReport {
    /// Full name of the signature field.
    pub field: String,
    /// What kind it is.
    pub kind: Kind,
    /// `/SubFilter`, such as `ETSI.CAdES.detached`.
    pub sub_filter: String,
    /// The main indication.
    pub indication: Indication,
    /// Its reason.
    pub sub_indication: Option<SubIndication>,
    /// Both in a sentence.
    pub sentence: String,
    /// Whether bytes and value fit.
    pub integrity: Integrity,
    /// What is covered.
    pub coverage: Coverage,
    /// Offset just past the last covered byte; 0 where the byte range cannot be read.
    pub covered_to: u64,
    /// Where the certificate leads.
    pub chain: Chain,
    /// Who signed.
    pub signer: Option<SignerReport>,
    /// The time that the signer's side claims (/M, or the signing-time attribute); proven for a time stamp alone, if its
    /// authority is trusted.
    pub claimed_time: Option<Timestamp>,
    /// `/Name`.
    pub name: Option<String>,
    /// `/Reason`.
    pub reason: Option<String>,
    /// `/Location`.
    pub location: Option<String>,
    /// Hash over the covered bytes, such as `SHA-256`.
    pub digest_algorithm: Option<String>,
    /// Such as `ECDSA P-256 with SHA-256`.
    pub signature_algorithm: Option<String>,
    /// What should not be relied on any more.
    pub weaknesses: Vec<String>,
    /// What this signature's certification allows afterwards, if it is one.
    pub certification: Option<u8>,
    /// The head of the event chain that the signature names, hexadecimal SHA-256.
    pub event_head: Option<String>,
    /// What came after.
    pub changes: Changes,
    /// What this judgement leaves open: `revocation`, `timestamp`, `changes after the signature`, ...
    pub not_judged: Vec<String>,
    /// What else was noticed, in sentences.
    pub remarks: Vec<String>,
}

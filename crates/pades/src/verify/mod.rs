//! Judging the signatures of a PDF.

mod attributes;
mod byte_range;
mod chain;
mod date;
mod document;
mod fields;
mod integrity;
mod judge;
mod place;
mod report;
mod timestamp;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use pdf::{Document, Source};
use pki::Certificate;

pub use report::{
    Chain, Changes, Coverage, DocumentVerdict, Indication, Integrity, Kind, Report, SignatureReport,
    SignerReport, SubIndication,
};

/// What to judge against.
#[derive(Debug, Clone)]
pub struct Options {
    /// Certificates that are trusted.
    pub trust: Vec<Certificate>,
    /// The moment for which to judge, usually now.
    pub at: Timestamp,
    /// Whether a signature may only pass when revocation was judged. This version judges none, so that with `true`
    /// nothing gets beyond INDETERMINATE / TRY_LATER.
    pub require_revocation: bool,
}

/// Why a file was not judged at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The file cannot be opened as a PDF, or what leads to its signatures cannot be read.
    Document(pdf::Error),
    /// The file cannot be read. Trying again may help.
    Read(std::io::ErrorKind),
}

impl std::fmt::Display for VerifyError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Document(reason) => reason.fmt(formatter),
            Self::Read(kind) => write!(formatter, "the file cannot be read: {kind}"),
        }
    }
}

impl std::error::Error for VerifyError {}

impl From<pdf::Error> for VerifyError {
    fn from(error: pdf::Error) -> Self {
        Self::Document(error)
    }
}

/// Signatures judged in one document; the rest is counted as not judged. Each one reads what it covers.
const MAX_SIGNATURES: usize = 100;

/// Judges every signature of a document: integrity, coverage, certificate chain, and what came after it.
///
/// Reads the file once for each signature, in pieces. Judged by others' means: nothing; no network is used.
///
/// # Errors
/// See [`VerifyError`]. A signature that cannot be read is not an error but a finding.
pub fn verify(source: Arc<dyn Source>, options: &Options) -> Result<Report, VerifyError> {
    let document = Document::open(Arc::clone(&source))?;
    let mut found = fields::signatures(&document)?;
    let beyond = found.len().saturating_sub(MAX_SIGNATURES);
    found.truncate(MAX_SIGNATURES);
    let pool = chain::store_certificates(&document);
    let context = judge::Context { document: &document, source: &*source, options, pool: &pool };
    let mut signatures = Vec::with_capacity(found.len());
    for signature in &found {
        signatures.push(judge::judge(&context, signature)?);
    }
    let mut report = document::conclude(&document, &*source, signatures, beyond);
    let holders: BTreeSet<_> = found.iter().filter_map(|signature| signature.holder).collect();
    let known = found.iter().filter(|signature| signature.holder.is_some()).count();
    if holders.len() < known {
        report.remarks.push("several fields show one and the same signature".into());
    }
    Ok(report)
}

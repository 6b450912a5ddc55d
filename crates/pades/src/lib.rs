//! PAdES signatures in stages, and the verification of anyone's.
//!
//! What it is: baseline signatures of level B-B (ETSI EN 319 142-1) made from a revision that `pdf` prepared and a key
//! behind `pki::Signer`, each stage a value that can be stored; and a judgement of every signature in a PDF in the
//! words of ETSI EN 319 102-1.
//!
//! What it never does: know a clock, a random source or a socket; hold a file in memory; change a byte before the
//! revision that it signs; say that something is valid which it did not look at (what is not judged is named).
//!
//! Read first: [`Prepared`] (the first stage), [`verify()`] (the way of a judgement), [`SignatureReport`] (what it
//! says). One more check: a file in `verify/` that takes what it needs and gives a finding, one line in
//! `verify/judge.rs`, and a test that fails without it.

mod cms;
mod dictionary;
mod stage;
mod verify;

pub use dictionary::{SignatureInfo, signature_dictionary};
pub use stage::{Digested, Error, Prepared, Signed, sign_while_copying};
pub use verify::{
    Chain, Changes, Coverage, DocumentVerdict, Indication, Integrity, Kind, Options, Report, SignatureReport,
    SignerReport, SubIndication, VerifyError, verify,
};

/// Bytes to reserve for the signature of this certificate with these issuers beside it.
#[must_use]
pub fn contents_estimate(certificate: &pki::Certificate, chain: &[pki::Certificate]) -> usize {
    cms::estimate(certificate, chain)
}

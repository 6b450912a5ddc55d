//! From the signer's certificate to a trusted one.

use pdf::Document;
use pki::{Certificate, PathError, build_path};

use super::Options;
use super::report::{Chain, SubIndication};

/// Certificates read from one signature or a document's security store; more would be work for nothing.
pub(super) const MAX_CERTIFICATES: usize = 200;

/// The certificates of the document security store (ETSI EN 319 142-1 5.4.2). What cannot be read is passed over: they
/// only help to find a path and are trusted in nothing.
pub(super) fn store_certificates(document: &Document) -> Vec<Certificate> {
    let read = || {
        let catalog = document.catalog().ok()?;
        let store = document.lookup(&catalog, "DSS").ok()?;
        let list = document.lookup(store.as_dictionary()?, "Certs").ok()?;
        Some(list.as_array()?.to_vec())
    };
    let list = read().unwrap_or_default();
    list.iter()
        .take(MAX_CERTIFICATES)
        .filter_map(|entry| {
            let stream = document.resolve(entry).ok()?;
            Certificate::from_der(&document.decode(stream.as_stream()?).ok()?).ok()
        })
        .collect()
}

/// The result, why it is none, and the weaknesses met on the way.
pub(super) fn judge(
    certificate: &Certificate,
    beside: &[Certificate],
    stored: &[Certificate],
    options: &Options,
) -> (Chain, Option<SubIndication>, Vec<String>) {
    if options.trust.is_empty() {
        return (Chain::NoRootGiven, Some(SubIndication::NoCertificateChainFound), Vec::new());
    }
    let pool: Vec<Certificate> = beside.iter().chain(stored).cloned().collect();
    match build_path(certificate, &pool, &options.trust, options.at) {
        Ok(path) => {
            let subjects = path.certificates.iter().map(Certificate::subject).collect();
            (Chain::Trusted(subjects), None, path.weaknesses)
        }
        Err(error) => {
            let sub_indication = match &error {
                PathError::IssuerUnknown { .. } | PathError::TooManyWays => {
                    SubIndication::NoCertificateChainFound
                }
                PathError::Expired { .. } => SubIndication::OutOfBoundsNoPoe,
                PathError::NotYetValid { .. } => SubIndication::NotYetValid,
                _ => SubIndication::ChainConstraintsFailure,
            };
            (Chain::Untrusted(error.to_string()), Some(sub_indication), Vec::new())
        }
    }
}

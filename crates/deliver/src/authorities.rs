//! Certificates of further authorities that an operator trusts.

use reqwest::Certificate;

/// The certificates of a PEM text. `None`: there are none in it, or one cannot be read.
pub(crate) fn authorities(pem: &str) -> Option<Vec<Certificate>> {
    Certificate::from_pem_bundle(pem.as_bytes()).ok().filter(|it| !it.is_empty())
}

//! The built-in certification authority: one self-signed certificate that issues to acts and seals, and a revocation
//! list. It keeps no state: serial numbers, times and the list's number come in as values.

mod create;
mod extensions;
mod issue;
mod revocation_list;

use std::sync::Arc;

use der::Encode;
use der::asn1::BitString;
use x509_cert::certificate::TbsCertificate;

use crate::certificate::{Certificate, CertificateError};
use crate::key_pair::{KeyError, KeyPair};
use crate::signer::{SignError, Signer};

pub use create::NewAuthority;
pub(crate) use extensions::SMTP_UTF8_MAILBOX;
pub use issue::{Profile, Request, Subject};
pub use revocation_list::{RevocationReason, Revoked};

/// A certification authority with its key at hand. Cheap to clone.
#[derive(Clone)]
pub struct Authority {
    key: Arc<dyn Signer>,
    certificate: Certificate,
}

/// Why nothing was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorityError {
    /// The key cannot be read.
    Key(KeyError),
    /// The authority's certificate cannot be read.
    Certificate(CertificateError),
    /// Key and certificate do not belong together. Usual cause: a restore that brought back one without the other.
    KeyIsNotTheCertificates,
    /// The certificate is not an authority's (RFC 5280 4.2.1.9).
    NotAnAuthority,
    /// The serial number is zero (RFC 5280 4.1.2.2 wants a positive one).
    SerialNumber,
    /// The dates are outside the authority's own, in the wrong order, before 1970 or after 9999.
    Dates,
    /// The subject's key is not a `SubjectPublicKeyInfo` in DER.
    PublicKey,
    /// A name or address that cannot be written into a certificate, such as an empty name.
    Name,
    /// The public address is not ASCII, as RFC 5280 4.2.1.6 wants it. Remedy: write the host as an A-label.
    PublicUrl,
    /// The key did not sign.
    Sign(SignError),
}

impl std::fmt::Display for AuthorityError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Key(reason) => write!(formatter, "the authority's key cannot be used: {reason}"),
            Self::Certificate(reason) => {
                write!(formatter, "the authority's certificate cannot be used: {reason}")
            }
            Self::KeyIsNotTheCertificates => {
                formatter.write_str("the authority's key and certificate do not belong together")
            }
            Self::NotAnAuthority => formatter.write_str("the certificate is not a certification authority's"),
            Self::SerialNumber => formatter.write_str("a serial number has to be greater than zero"),
            Self::Dates => formatter.write_str("the dates do not lie within those of the authority"),
            Self::PublicKey => formatter.write_str("the subject's public key cannot be read"),
            Self::Name => formatter.write_str("the name cannot be written into a certificate"),
            Self::PublicUrl => formatter.write_str("the public address has to be ASCII"),
            Self::Sign(reason) => reason.fmt(formatter),
        }
    }
}

impl std::error::Error for AuthorityError {}

impl From<SignError> for AuthorityError {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

impl From<KeyError> for AuthorityError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl Authority {
    /// Takes up a stored authority: its PKCS#8 key and its certificate, both DER.
    ///
    /// # Errors
    /// [`AuthorityError::Key`], [`AuthorityError::Certificate`], [`AuthorityError::KeyIsNotTheCertificates`],
    /// [`AuthorityError::NotAnAuthority`].
    pub fn open(key_pkcs8: &[u8], certificate_der: &[u8]) -> Result<Self, AuthorityError> {
        let key = KeyPair::from_pkcs8(key_pkcs8)?;
        let certificate = Certificate::from_der(certificate_der).map_err(AuthorityError::Certificate)?;
        if key.public_key_spki_der()? != certificate.public_key() {
            return Err(AuthorityError::KeyIsNotTheCertificates);
        }
        Self::with_signer(Arc::new(key), certificate)
    }

    /// As [`Authority::open`] for a key that is held elsewhere. Whether the two belong together shows with the first
    /// certificate only.
    ///
    /// # Errors
    /// [`AuthorityError::NotAnAuthority`].
    pub fn with_signer(key: Arc<dyn Signer>, certificate: Certificate) -> Result<Self, AuthorityError> {
        if certificate.basic_constraints().is_some_and(|constraints| constraints.ca) {
            Ok(Self { key, certificate })
        } else {
            Err(AuthorityError::NotAnAuthority)
        }
    }

    /// The authority's own certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Authority").field(&self.certificate).finish()
    }
}

/// Signs what a certificate is to say.
fn seal(key: &dyn Signer, content: TbsCertificate) -> Result<Certificate, AuthorityError> {
    let message = content.to_der().map_err(|_| AuthorityError::Name)?;
    let signature = BitString::from_bytes(&key.sign(&message)?).expect("a signature has whole octets");
    let signature_algorithm = key.algorithm().identifier();
    let certificate = x509_cert::Certificate { tbs_certificate: content, signature_algorithm, signature };
    let der = certificate.to_der().map_err(|_| AuthorityError::Name)?;
    Certificate::from_der(&der).map_err(AuthorityError::Certificate)
}

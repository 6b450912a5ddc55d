//! A certificate: its bytes as issued, and what they say.

use std::sync::Arc;

use const_oid::AssociatedOid;
use const_oid::db::{rfc4519, rfc5280};
use der::Decode;
use jiff::Timestamp;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectAltName, SubjectKeyIdentifier,
};

use crate::asn1::{Malformed, Tlv, tag};
use crate::digest::{self, DigestAlgorithm};
use crate::verify_signature::{Accepted, SignatureError, Signed, verify_signature};
use crate::{name, pem, time};

/// An X.509 certificate (RFC 5280). Cheap to clone.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    parsed: x509_cert::Certificate,
    /// Parts of `der`, as offsets: what the issuer signed, its algorithm, the subject's key.
    signed_part: (usize, usize),
    algorithm: (usize, usize),
    serial: Vec<u8>,
    issuer: Vec<u8>,
    subject: Vec<u8>,
    public_key: Vec<u8>,
}

/// Bytes that are no certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateError {
    /// Not a DER certificate. Usual causes: a PEM file, a certificate request, a cut file.
    Malformed,
    /// The text holds no `CERTIFICATE` block.
    NotPem,
}

impl std::fmt::Display for CertificateError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Malformed => "the bytes are not a certificate in DER",
            Self::NotPem => "the text holds no certificate in PEM",
        })
    }
}

impl std::error::Error for CertificateError {}

impl Certificate {
    /// Reads one DER certificate; nothing may follow it.
    ///
    /// # Errors
    /// [`CertificateError::Malformed`].
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let malformed = |_| CertificateError::Malformed;
        let parsed = x509_cert::Certificate::from_der(der).map_err(|_| CertificateError::Malformed)?;
        let whole = Tlv::only(der).map_err(malformed)?;
        let mut parts = whole.children();
        let signed_part = parts.take(tag::SEQUENCE).map_err(malformed)?;
        let algorithm = parts.take(tag::SEQUENCE).map_err(malformed)?;
        let fields = Fields::read(signed_part).map_err(malformed)?;
        let start = whole.raw.len() - whole.value.len();
        let signed_part = (start, start + signed_part.raw.len());
        let algorithm = (signed_part.1, signed_part.1 + algorithm.raw.len());
        Ok(Self(Arc::new(Inner {
            der: der.to_vec(),
            parsed,
            signed_part,
            algorithm,
            serial: fields.serial.to_vec(),
            issuer: fields.issuer.to_vec(),
            subject: fields.subject.to_vec(),
            public_key: fields.public_key.to_vec(),
        })))
    }

    /// Reads the first certificate of a PEM text.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn from_pem(text: &str) -> Result<Self, CertificateError> {
        Self::all_from_pem(text)?.into_iter().next().ok_or(CertificateError::NotPem)
    }

    /// Reads every certificate of a PEM text, in its order; at least one.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn all_from_pem(text: &str) -> Result<Vec<Self>, CertificateError> {
        let blocks = pem::blocks(text, "CERTIFICATE").ok_or(CertificateError::NotPem)?;
        if blocks.is_empty() {
            return Err(CertificateError::NotPem);
        }
        blocks.iter().map(|block| Self::from_der(block)).collect()
    }

    /// The bytes as issued.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The certificate as a PEM block.
    #[must_use]
    pub fn to_pem(&self) -> String {
        pem::write("CERTIFICATE", &self.0.der)
    }

    /// SHA-256 of the DER bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        digest::sha256(&self.0.der)
    }

    /// The subject's common name, else its organization, else the whole name.
    #[must_use]
    pub fn subject(&self) -> String {
        name::display(&self.parsed().tbs_certificate.subject)
    }

    /// The issuer's common name, else its organization, else the whole name.
    #[must_use]
    pub fn issuer(&self) -> String {
        name::display(&self.parsed().tbs_certificate.issuer)
    }

    /// The whole subject name in the manner of RFC 4514.
    #[must_use]
    pub fn subject_name(&self) -> String {
        name::full(&self.parsed().tbs_certificate.subject)
    }

    /// The whole issuer name in the manner of RFC 4514.
    #[must_use]
    pub fn issuer_name(&self) -> String {
        name::full(&self.parsed().tbs_certificate.issuer)
    }

    /// The subject's organization.
    #[must_use]
    pub fn organization(&self) -> Option<String> {
        name::attribute(&self.parsed().tbs_certificate.subject, rfc4519::ORGANIZATION_NAME)
    }

    /// The issuer's name in DER, as it stands in the certificate.
    #[must_use]
    pub fn issuer_der(&self) -> &[u8] {
        &self.0.issuer
    }

    /// The subject's name in DER, as it stands in the certificate.
    #[must_use]
    pub fn subject_der(&self) -> &[u8] {
        &self.0.subject
    }

    /// The serial number's octets, big-endian, as they stand in the certificate (a leading zero may be there).
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        &self.0.serial
    }

    /// First moment of validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        time::to_timestamp(self.parsed().tbs_certificate.validity.not_before)
    }

    /// Last moment of validity.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        time::to_timestamp(self.parsed().tbs_certificate.validity.not_after)
    }

    /// The subject's key as DER `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn public_key(&self) -> &[u8] {
        &self.0.public_key
    }

    /// E-mail addresses: those of the subject alternative name, else the one in the subject.
    #[must_use]
    pub fn emails(&self) -> Vec<String> {
        let names = self.extension::<SubjectAltName>().and_then(|(_, names)| names.ok());
        let mut found: Vec<String> = names
            .iter()
            .flat_map(|names| names.0.iter())
            .filter_map(|name| match name {
                GeneralName::Rfc822Name(address) => Some(address.to_string()),
                GeneralName::OtherName(other) if other.type_id == crate::authority::SMTP_UTF8_MAILBOX => {
                    String::from_utf8(other.value.value().to_vec()).ok()
                }
                _ => None,
            })
            .collect();
        if found.is_empty() {
            let subject = &self.parsed().tbs_certificate.subject;
            found.extend(name::attribute(subject, const_oid::db::rfc3280::EMAIL_ADDRESS));
        }
        found
    }

    /// True where the issuer's name is the subject's own.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.names_as_issuer(self)
    }

    /// True where this certificate names `other`'s subject as its issuer.
    #[must_use]
    pub fn names_as_issuer(&self, other: &Self) -> bool {
        name::equal(&self.parsed().tbs_certificate.issuer, &other.parsed().tbs_certificate.subject)
    }

    /// Checks a signature value that the subject's key is said to have made.
    ///
    /// # Errors
    /// See [`SignatureError`].
    pub fn verify(
        &self,
        algorithm: &[u8],
        digest: DigestAlgorithm,
        signed: Signed<'_>,
        value: &[u8],
    ) -> Result<Accepted, SignatureError> {
        verify_signature(&self.0.public_key, algorithm, digest, signed, value)
    }

    /// Checks that `issuer`'s key signed this certificate. Names and dates are not looked at.
    ///
    /// # Errors
    /// See [`SignatureError`].
    pub fn is_signed_by(&self, issuer: &Self) -> Result<Accepted, SignatureError> {
        let part = |(start, end): (usize, usize)| self.0.der.get(start..end).ok_or(SignatureError::Malformed);
        let value = self.parsed().signature.as_bytes().ok_or(SignatureError::Malformed)?;
        let algorithm = part(self.0.algorithm)?;
        // RFC 5280 4.1.1.2: the algorithm outside must be the one inside, or an attacker chooses it.
        if self.parsed().signature_algorithm != self.parsed().tbs_certificate.signature {
            return Err(SignatureError::Malformed);
        }
        let signed = Signed::Message(part(self.0.signed_part)?);
        issuer.verify(algorithm, DigestAlgorithm::Sha256, signed, value)
    }

    pub(crate) fn parsed(&self) -> &x509_cert::Certificate {
        &self.0.parsed
    }

    pub(crate) fn extensions(&self) -> &[Extension] {
        self.parsed().tbs_certificate.extensions.as_deref().unwrap_or_default()
    }

    /// An extension: whether it is critical, and its value or why it cannot be read.
    fn extension<T: AssociatedOid + for<'a> Decode<'a>>(&self) -> Option<(bool, der::Result<T>)> {
        let found = self.extensions().iter().find(|extension| extension.extn_id == T::OID)?;
        Some((found.critical, T::from_der(found.extn_value.as_bytes())))
    }

    pub(crate) fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.extension::<BasicConstraints>().and_then(|(_, value)| value.ok())
    }

    pub(crate) fn key_usage(&self) -> Option<KeyUsage> {
        self.extension::<KeyUsage>().and_then(|(_, value)| value.ok())
    }

    pub(crate) fn authority_key(&self) -> Option<Vec<u8>> {
        let (_, value) = self.extension::<AuthorityKeyIdentifier>()?;
        Some(value.ok()?.key_identifier?.into_bytes())
    }

    pub(crate) fn subject_key(&self) -> Option<Vec<u8>> {
        let (_, value) = self.extension::<SubjectKeyIdentifier>()?;
        Some(value.ok()?.0.into_bytes())
    }

    /// Whether the key may sign documents: no key usage, or digitalSignature or nonRepudiation in it (RFC 5280
    /// 4.2.1.3).
    #[must_use]
    pub fn may_sign_documents(&self) -> bool {
        let present = self.extensions().iter().any(|extension| extension.extn_id == rfc5280::ID_CE_KEY_USAGE);
        !present || self.key_usage().is_some_and(|usage| usage.digital_signature() || usage.non_repudiation())
    }

    /// The subject key identifier, where the certificate has one.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<Vec<u8>> {
        self.subject_key()
    }
}

/// The parts of a certificate that are compared and copied as they stand.
struct Fields<'a> {
    serial: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
    public_key: &'a [u8],
}

impl<'a> Fields<'a> {
    /// RFC 5280 4.1: version [0] is optional, then serial, algorithm, issuer, validity, subject, key.
    fn read(signed_part: Tlv<'a>) -> Result<Self, Malformed> {
        let mut parts = signed_part.children();
        parts.optional(tag::context(0))?;
        let serial = parts.take(tag::INTEGER)?.value;
        parts.take(tag::SEQUENCE)?;
        let issuer = parts.take(tag::SEQUENCE)?.raw;
        parts.take(tag::SEQUENCE)?;
        let subject = parts.take(tag::SEQUENCE)?.raw;
        let public_key = parts.take(tag::SEQUENCE)?.raw;
        Ok(Self { serial, issuer, subject, public_key })
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der == other.0.der
    }
}

impl Eq for Certificate {}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Certificate").field("subject", &self.subject_name()).finish_non_exhaustive()
    }
}

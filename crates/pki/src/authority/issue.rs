//! One certificate for one act or one seal.

use const_oid::db::rfc4519;
use jiff::Timestamp;
use x509_cert::Version;
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::KeyUsages;

use super::create::{public_key, serial_number, validity};
use super::extensions::{Collector, key_identifier};
use super::{Authority, AuthorityError, seal};
use crate::certificate::Certificate;
use crate::name;

/// Whom a certificate is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The person's or tenant's name. At most 64 characters are kept (RFC 5280 ub-common-name).
    pub common_name: String,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The organization's name. At most 64 characters are kept.
    pub organization: Option<String>,
}

/// What a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Profile {
    /// One person's act: the methods by which they were authenticated stand in the subject.
    Act,
    /// A tenant's seal: no person, no methods.
    Seal,
}

/// A certificate to be issued.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// Whom it is for.
    pub subject: Subject,
    /// The subject's key, DER `SubjectPublicKeyInfo`.
    pub spki: &'a [u8],
    /// The serial number: random, not all zero, never used before.
    pub serial: [u8; 16],
    /// From when it is valid; not before the authority itself.
    pub not_before: Timestamp,
    /// Until when; `None` for as long as the authority. The key of an act is destroyed after it, so that a shorter
    /// life would protect nobody and make the signature fail without a proof of when it was made.
    pub not_after: Option<Timestamp>,
    /// The authentication methods passed, such as `email_link`. Each becomes an organizational unit of the subject,
    /// `Authenticated by email_link`: every viewer shows the subject, hardly any shows an extension.
    pub methods: &'a [String],
    /// What it is for.
    pub profile: Profile,
    /// The server's public address without a slash at the end; list and issuer stand under `/pki` there.
    pub public_url: &'a str,
}

impl Authority {
    /// Issues a certificate: digitalSignature and nonRepudiation, documentSigning (RFC 9336), the addresses of list
    /// and issuer.
    ///
    /// # Errors
    /// [`AuthorityError`].
    pub fn issue(&self, request: Request<'_>) -> Result<Certificate, AuthorityError> {
        let not_after = request.not_after.unwrap_or_else(|| self.certificate.not_after());
        if request.not_before < self.certificate.not_before() || not_after > self.certificate.not_after() {
            return Err(AuthorityError::Dates);
        }
        let issuer = &self.certificate.parsed().tbs_certificate;
        let content = TbsCertificate {
            version: Version::V3,
            serial_number: serial_number(&request.serial)?,
            signature: self.key.algorithm().identifier(),
            issuer: issuer.subject.clone(),
            validity: validity(request.not_before, not_after)?,
            subject: subject_name(&request)?,
            subject_public_key_info: public_key(request.spki)?,
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some(self.extensions(&request)?.finish()),
        };
        seal(&*self.key, content)
    }

    fn extensions(&self, request: &Request<'_>) -> Result<Collector, AuthorityError> {
        let mut extensions = Collector::new();
        extensions.basic_constraints(false)?;
        extensions.key_usage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation)?;
        extensions.document_signing()?;
        extensions.subject_key(&key_identifier(request.spki)?)?;
        extensions.authority_key(&self.key_identifier()?)?;
        if let Some(address) = request.subject.email.as_deref().filter(|address| !address.is_empty()) {
            extensions.email(address)?;
        }
        extensions.revocation_list(&format!("{}/pki/ca.crl", request.public_url))?;
        extensions.issuer_certificate(&format!("{}/pki/ca.cer", request.public_url))?;
        Ok(extensions)
    }

    /// What certificates and lists name as their issuer's key: what the authority's own certificate says it is.
    pub(super) fn key_identifier(&self) -> Result<Vec<u8>, AuthorityError> {
        match self.certificate.subject_key() {
            Some(identifier) => Ok(identifier),
            None => key_identifier(self.certificate.public_key()),
        }
    }
}

fn subject_name(request: &Request<'_>) -> Result<x509_cert::name::Name, AuthorityError> {
    if request.subject.common_name.trim().is_empty() {
        return Err(AuthorityError::Name);
    }
    let methods: Vec<String> = match request.profile {
        Profile::Act => request.methods.iter().map(|method| format!("Authenticated by {method}")).collect(),
        Profile::Seal => Vec::new(),
    };
    let organization = request.subject.organization.as_deref().filter(|text| !text.trim().is_empty());
    let mut parts = Vec::new();
    parts.extend(organization.map(|text| (rfc4519::ORGANIZATION_NAME, text)));
    parts.extend(methods.iter().map(|method| (rfc4519::ORGANIZATIONAL_UNIT_NAME, method.as_str())));
    parts.push((rfc4519::COMMON_NAME, request.subject.common_name.as_str()));
    name::write(&parts).map_err(|_| AuthorityError::Name)
}

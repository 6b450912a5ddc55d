//! Certificate extensions, RFC 5280 4.2.

use const_oid::db::rfc5280;
use const_oid::{AssociatedOid, ObjectIdentifier};
use der::Encode;
use der::asn1::{Any, Ia5String, OctetString, Utf8StringRef};
use der::flagset::FlagSet;
use x509_cert::ext::pkix::crl::CrlDistributionPoints;
use x509_cert::ext::pkix::crl::dp::DistributionPoint;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName, OtherName};
use x509_cert::ext::pkix::{
    AccessDescription, AuthorityInfoAccessSyntax, AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage,
    KeyUsage, KeyUsages, SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, Extensions};

use super::AuthorityError;
use crate::asn1::{Tlv, tag};
use crate::digest::sha256;

/// RFC 9336: id-kp-documentSigning.
const DOCUMENT_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36");
/// RFC 9598: id-on-SmtpUTF8Mailbox.
pub(crate) const SMTP_UTF8_MAILBOX: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.8.9");

/// Collects extensions in the order in which they are added.
pub(super) struct Collector(Extensions);

impl Collector {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    fn add<T: AssociatedOid + Encode>(&mut self, critical: bool, value: &T) -> Result<(), AuthorityError> {
        let der = value.to_der().map_err(|_| AuthorityError::Name)?;
        let extn_value = OctetString::new(der).map_err(|_| AuthorityError::Name)?;
        self.0.push(Extension { extn_id: T::OID, critical, extn_value });
        Ok(())
    }

    pub(super) fn finish(self) -> Extensions {
        self.0
    }

    /// 4.2.1.9. An authority with path length 0 issues to ends only.
    pub(super) fn basic_constraints(&mut self, authority: bool) -> Result<(), AuthorityError> {
        let path_len_constraint = authority.then_some(0);
        self.add(true, &BasicConstraints { ca: authority, path_len_constraint })
    }

    /// 4.2.1.3.
    pub(super) fn key_usage(&mut self, usages: impl Into<FlagSet<KeyUsages>>) -> Result<(), AuthorityError> {
        self.add(true, &KeyUsage(usages.into()))
    }

    /// 4.2.1.12 with RFC 9336. Not critical, so that software from before 2022 still takes the certificate.
    pub(super) fn document_signing(&mut self) -> Result<(), AuthorityError> {
        self.add(false, &ExtendedKeyUsage(vec![DOCUMENT_SIGNING]))
    }

    /// 4.2.1.2.
    pub(super) fn subject_key(&mut self, identifier: &[u8]) -> Result<(), AuthorityError> {
        self.add(false, &SubjectKeyIdentifier(octets(identifier)?))
    }

    /// 4.2.1.1.
    pub(super) fn authority_key(&mut self, identifier: &[u8]) -> Result<(), AuthorityError> {
        let key_identifier = Some(octets(identifier)?);
        self.add(false, &AuthorityKeyIdentifier { key_identifier, ..Default::default() })
    }

    /// 4.2.1.6: an ASCII address as rfc822Name, any other as SmtpUTF8Mailbox (RFC 9598 3).
    pub(super) fn email(&mut self, address: &str) -> Result<(), AuthorityError> {
        let name = match Ia5String::new(address) {
            Ok(ascii) => GeneralName::Rfc822Name(ascii),
            Err(_) => {
                let text = Utf8StringRef::new(address).map_err(|_| AuthorityError::Name)?;
                GeneralName::OtherName(OtherName { type_id: SMTP_UTF8_MAILBOX, value: Any::from(text) })
            }
        };
        self.add(false, &SubjectAltName(vec![name]))
    }

    /// 4.2.1.13: where the revocation list is.
    pub(super) fn revocation_list(&mut self, url: &str) -> Result<(), AuthorityError> {
        let distribution_point = Some(DistributionPointName::FullName(vec![uri(url)?]));
        let point = DistributionPoint { distribution_point, reasons: None, crl_issuer: None };
        self.add(false, &CrlDistributionPoints(vec![point]))
    }

    /// 4.2.2.1: where the issuer's certificate is.
    pub(super) fn issuer_certificate(&mut self, url: &str) -> Result<(), AuthorityError> {
        let access_method = rfc5280::ID_AD_CA_ISSUERS;
        let access = AccessDescription { access_method, access_location: uri(url)? };
        self.add(false, &AuthorityInfoAccessSyntax(vec![access]))
    }
}

fn octets(bytes: &[u8]) -> Result<OctetString, AuthorityError> {
    OctetString::new(bytes).map_err(|_| AuthorityError::PublicKey)
}

fn uri(url: &str) -> Result<GeneralName, AuthorityError> {
    Ia5String::new(url).map(GeneralName::UniformResourceIdentifier).map_err(|_| AuthorityError::PublicUrl)
}

/// RFC 7093 2, method 1: the leftmost 160 bits of the SHA-256 of the key's bits.
pub(super) fn key_identifier(spki: &[u8]) -> Result<Vec<u8>, AuthorityError> {
    let bits = || {
        let mut parts = Tlv::only(spki)?.expect(tag::SEQUENCE)?.children();
        parts.take(tag::SEQUENCE)?;
        parts.any()?.bit_string()
    };
    let hash = sha256(bits().map_err(|_| AuthorityError::PublicKey)?);
    Ok(hash.iter().take(20).copied().collect())
}

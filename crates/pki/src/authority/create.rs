//! A new authority.

use std::sync::Arc;

use const_oid::db::rfc4519;
use der::Decode;
use jiff::Timestamp;
use x509_cert::Version;
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::KeyUsages;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::Validity;

use super::extensions::{Collector, key_identifier};
use super::{Authority, AuthorityError, seal};
use crate::key_pair::KeyPair;
use crate::signer::Signer;
use crate::{name, time};

/// What a new authority is made of.
#[derive(Debug)]
pub struct NewAuthority {
    /// Its name, which is the issuer in every certificate. At most 64 characters are kept.
    pub name: String,
    /// Its key, best a fresh P-256 one.
    pub key: KeyPair,
    /// Its serial number: random, not all zero.
    pub serial: [u8; 16],
    /// From when it is valid; certificates issued at the same moment are valid too.
    pub now: Timestamp,
    /// For how many years, 20 or more: what it issues lives as long as it does.
    pub years: u16,
}

/// Days in a mean Gregorian year, as seconds.
const YEAR_SECONDS: i64 = 31_556_952;

impl Authority {
    /// Makes an authority: a self-signed certificate with path length 0 that may sign certificates and lists.
    ///
    /// # Errors
    /// [`AuthorityError::Name`], [`AuthorityError::SerialNumber`], [`AuthorityError::Dates`] and failures of the key.
    pub fn create(new: NewAuthority) -> Result<Self, AuthorityError> {
        let spki = new.key.public_key_spki_der()?;
        let identifier = key_identifier(&spki)?;
        let end =
            Timestamp::from_second(new.now.as_second().saturating_add(i64::from(new.years) * YEAR_SECONDS))
                .map_err(|_| AuthorityError::Dates)?;
        if new.name.trim().is_empty() {
            return Err(AuthorityError::Name);
        }
        let subject = name::write(&[(rfc4519::COMMON_NAME, &new.name)]).map_err(|_| AuthorityError::Name)?;
        let mut extensions = Collector::new();
        extensions.basic_constraints(true)?;
        extensions.key_usage(KeyUsages::KeyCertSign | KeyUsages::CRLSign)?;
        extensions.subject_key(&identifier)?;
        extensions.authority_key(&identifier)?;
        let content = TbsCertificate {
            version: Version::V3,
            serial_number: serial_number(&new.serial)?,
            signature: new.key.algorithm().identifier(),
            issuer: subject.clone(),
            validity: validity(new.now, end)?,
            subject,
            subject_public_key_info: public_key(&spki)?,
            issuer_unique_id: None,
            subject_unique_id: None,
            extensions: Some(extensions.finish()),
        };
        let certificate = seal(&new.key, content)?;
        Ok(Self { key: Arc::new(new.key), certificate })
    }
}

pub(super) fn serial_number(octets: &[u8]) -> Result<SerialNumber, AuthorityError> {
    if octets.iter().all(|octet| *octet == 0) {
        return Err(AuthorityError::SerialNumber);
    }
    SerialNumber::new(octets).map_err(|_| AuthorityError::SerialNumber)
}

pub(super) fn validity(from: Timestamp, to: Timestamp) -> Result<Validity, AuthorityError> {
    match (time::to_time(from), time::to_time(to)) {
        (Some(not_before), Some(not_after)) if from < to => Ok(Validity { not_before, not_after }),
        _ => Err(AuthorityError::Dates),
    }
}

pub(super) fn public_key(spki: &[u8]) -> Result<SubjectPublicKeyInfoOwned, AuthorityError> {
    SubjectPublicKeyInfoOwned::from_der(spki).map_err(|_| AuthorityError::PublicKey)
}

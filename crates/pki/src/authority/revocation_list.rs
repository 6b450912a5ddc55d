//! The authority's list of revoked certificates, RFC 5280 5.

use const_oid::AssociatedOid;
use der::Encode;
use der::asn1::{BitString, OctetString, Uint};
use jiff::Timestamp;
use x509_cert::Version;
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, CrlNumber, CrlReason};

use super::create::serial_number;
use super::{Authority, AuthorityError};
use crate::time;

/// A certificate that must not be relied on from a moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// Its serial number, big-endian.
    pub serial: Vec<u8>,
    /// From when.
    pub at: Timestamp,
    /// Why, if that is to be said.
    pub reason: Option<RevocationReason>,
}

/// Why a certificate was revoked (RFC 5280 5.3.1). The reasons that this authority can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RevocationReason {
    /// The key got, or may have got, into other hands.
    KeyCompromise,
    /// The person is no longer with the organization.
    AffiliationChanged,
    /// Another certificate takes its place.
    Superseded,
    /// It is not needed any more.
    CessationOfOperation,
}

impl RevocationReason {
    const fn code(self) -> CrlReason {
        match self {
            Self::KeyCompromise => CrlReason::KeyCompromise,
            Self::AffiliationChanged => CrlReason::AffiliationChanged,
            Self::Superseded => CrlReason::Superseded,
            Self::CessationOfOperation => CrlReason::CessationOfOperation,
        }
    }
}

impl Authority {
    /// Signs a version 2 list, DER. `number` grows with every list (5.2.3); a new one is due by `next_update`.
    ///
    /// # Errors
    /// [`AuthorityError::Dates`], [`AuthorityError::SerialNumber`], [`AuthorityError::Sign`].
    pub fn crl(
        &self,
        number: u64,
        now: Timestamp,
        next_update: Timestamp,
        revoked: &[Revoked],
    ) -> Result<Vec<u8>, AuthorityError> {
        let date = |at: Timestamp| time::to_time(at).ok_or(AuthorityError::Dates);
        if next_update <= now {
            return Err(AuthorityError::Dates);
        }
        let mut entries = Vec::with_capacity(revoked.len());
        for one in revoked {
            let reason = one.reason.map(|reason| extension(&reason.code())).transpose()?;
            entries.push(RevokedCert {
                serial_number: serial_number(&one.serial)?,
                revocation_date: date(one.at)?,
                crl_entry_extensions: reason.map(|reason| vec![reason]),
            });
        }
        let key_identifier =
            OctetString::new(self.key_identifier()?).map_err(|_| AuthorityError::PublicKey)?;
        let authority_key =
            AuthorityKeyIdentifier { key_identifier: Some(key_identifier), ..Default::default() };
        let crl_number = CrlNumber(Uint::new(&number.to_be_bytes()).expect("eight octets are a number"));
        let content = TbsCertList {
            version: Version::V2,
            signature: self.key.algorithm().identifier(),
            issuer: self.certificate.parsed().tbs_certificate.subject.clone(),
            this_update: date(now)?,
            next_update: Some(date(next_update)?),
            // 5.1.2.6: absent, not empty, when nothing is revoked.
            revoked_certificates: (!entries.is_empty()).then_some(entries),
            crl_extensions: Some(vec![extension(&authority_key)?, extension(&crl_number)?]),
        };
        let message = content.to_der().map_err(|_| AuthorityError::Name)?;
        let signature =
            BitString::from_bytes(&self.key.sign(&message)?).expect("a signature has whole octets");
        let signature_algorithm = self.key.algorithm().identifier();
        CertificateList { tbs_cert_list: content, signature_algorithm, signature }
            .to_der()
            .map_err(|_| AuthorityError::Name)
    }
}

/// An extension of a list or an entry; none of those used here is critical.
fn extension<T: AssociatedOid + Encode>(value: &T) -> Result<Extension, AuthorityError> {
    let der = value.to_der().map_err(|_| AuthorityError::Name)?;
    let extn_value = OctetString::new(der).map_err(|_| AuthorityError::Name)?;
    Ok(Extension { extn_id: T::OID, critical: false, extn_value })
}

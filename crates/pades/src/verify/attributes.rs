//! The signed attribute that names the signer's certificate (RFC 5035, RFC 2634 5.4).

use pki::asn1::{Malformed, Tlv, tag};
use pki::{Certificate, DigestAlgorithm};

use crate::cms::{SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2, SignerInfo};

/// What the attribute says of the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// It names this certificate, by a hash that is still relied on.
    This,
    /// It names this certificate by SHA-1.
    ThisBySha1,
    /// It names another certificate.
    Other,
    /// The attribute is not there.
    Absent,
    /// It cannot be read, or uses a hash that is not known here.
    Unreadable,
}

/// Compares the first certificate that the attribute names with the one that was used.
pub(super) fn signing_certificate(signer: &SignerInfo<'_>, certificate: &Certificate) -> Named {
    match (signer.signed(SIGNING_CERTIFICATE_V2), signer.signed(SIGNING_CERTIFICATE)) {
        (Ok(Some(value)), _) => named(value, None, certificate).unwrap_or(Named::Unreadable),
        (Ok(None), Ok(Some(value))) => {
            named(value, Some(DigestAlgorithm::Sha1), certificate).unwrap_or(Named::Unreadable)
        }
        (Ok(None), Ok(None)) => Named::Absent,
        _ => Named::Unreadable,
    }
}

/// `SigningCertificate[V2] ::= SEQUENCE { certs SEQUENCE OF ESSCertID[v2], policies OPTIONAL }`.
fn named(
    value: Tlv<'_>,
    fixed: Option<DigestAlgorithm>,
    certificate: &Certificate,
) -> Result<Named, Malformed> {
    let mut certs = value.expect(tag::SEQUENCE)?.children().take(tag::SEQUENCE)?.children();
    let mut id = certs.take(tag::SEQUENCE)?.children();
    let algorithm = match fixed {
        Some(algorithm) => algorithm,
        None => match id.optional(tag::SEQUENCE)? {
            Some(identifier) => {
                let oid = identifier.children().any()?.object_identifier()?;
                DigestAlgorithm::from_oid(oid).ok_or(Malformed)?
            }
            None => DigestAlgorithm::Sha256,
        },
    };
    let hash = id.take(tag::OCTET_STRING)?;
    if hash.value != algorithm.digest(certificate.der()) {
        return Ok(Named::Other);
    }
    // issuerSerial is optional; where it stands, it has to be true (EN 319 102-1 5.2.3.4).
    if let Some(issuer_serial) = id.optional(tag::SEQUENCE)? {
        let mut parts = issuer_serial.children();
        let names = parts.take(tag::SEQUENCE)?.children().all()?;
        let issuer_fits =
            names.iter().any(|name| name.tag == tag::context(4) && name.value == certificate.issuer_der());
        if parts.take(tag::INTEGER)?.value != certificate.serial() || !issuer_fits {
            return Ok(Named::Other);
        }
    }
    Ok(if algorithm == DigestAlgorithm::Sha1 { Named::ThisBySha1 } else { Named::This })
}

//! Time stamps (RFC 3161 2.4.2): what they are about and which time they state. Their authority is not judged.

use jiff::Timestamp;
use pki::DigestAlgorithm;
use pki::asn1::{Malformed, Tlv, tag};

use super::date::asn1_date;

/// The hash that was stamped. The error is the sentence to tell.
pub(super) fn imprint(tst_info: &[u8]) -> Result<(DigestAlgorithm, &[u8]), String> {
    let read = || {
        let mut parts = Tlv::only(tst_info)?.expect(tag::SEQUENCE)?.children();
        parts.take(tag::INTEGER)?;
        parts.take(tag::OBJECT_IDENTIFIER)?;
        let mut imprint = parts.take(tag::SEQUENCE)?.children();
        let oid = imprint.take(tag::SEQUENCE)?.children().any()?.object_identifier()?;
        Ok((oid, imprint.take(tag::OCTET_STRING)?.value))
    };
    let (oid, value) = read().map_err(|_: Malformed| "the time stamp cannot be read".to_owned())?;
    let algorithm = DigestAlgorithm::from_oid(oid);
    algorithm
        .map(|algorithm| (algorithm, value))
        .ok_or_else(|| format!("the time stamp's hash {oid} is not judged"))
}

/// The time that it states.
pub(super) fn time(tst_info: &[u8]) -> Option<Timestamp> {
    let mut parts = Tlv::only(tst_info).ok()?.children();
    for _ in ["version", "policy", "imprint", "serial"] {
        parts.any().ok()?;
    }
    asn1_date(parts.take(tag::GENERALIZED_TIME).ok()?)
}

//! The signature value of PAdES B-B (ETSI EN 319 142-1 6.3): one signer, no content inside, three signed attributes.

use const_oid::ObjectIdentifier;
use pki::asn1::{object_identifier, set_of, tag, tlv, unsigned};
use pki::{Certificate, DigestAlgorithm, SignatureAlgorithm};

use super::{CONTENT_TYPE, DATA, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_CERTIFICATE_V2};

/// The signed attributes as they are hashed: a DER `SET OF` (RFC 5652 5.4).
///
/// Exactly content-type, message-digest and signing-certificate-v2. No signing-time: EN 319 142-1 5.3 puts the claimed
/// time into /M alone.
pub(crate) fn signed_attributes(digest: &[u8; 32], certificate: &Certificate) -> Vec<u8> {
    // RFC 5035 3: the hash algorithm is absent where it is SHA-256, the issuer and serial are optional.
    let certificate_id = tlv(tag::SEQUENCE, &[&tlv(tag::OCTET_STRING, &[&certificate.sha256()])]);
    let signing_certificate = tlv(tag::SEQUENCE, &[&tlv(tag::SEQUENCE, &[&certificate_id])]);
    set_of(
        tag::SET,
        vec![
            attribute(CONTENT_TYPE, &object_identifier(DATA)),
            attribute(MESSAGE_DIGEST, &tlv(tag::OCTET_STRING, &[digest])),
            attribute(SIGNING_CERTIFICATE_V2, &signing_certificate),
        ],
    )
}

fn attribute(oid: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    tlv(tag::SEQUENCE, &[&object_identifier(oid), &tlv(tag::SET, &[value])])
}

/// The whole `ContentInfo`, DER. `attributes` is what [`signed_attributes`] gave and `value` the signature over it.
pub(crate) fn signed_data(
    attributes: &[u8],
    algorithm: SignatureAlgorithm,
    value: &[u8],
    certificate: &Certificate,
    chain: &[Certificate],
) -> Vec<u8> {
    // RFC 5754 2: the parameters of SHA-256 are absent.
    let sha256 = tlv(tag::SEQUENCE, &[&object_identifier(DigestAlgorithm::Sha256.oid())]);
    let version = unsigned(&[1]);
    let serial = tlv(tag::INTEGER, &[certificate.serial()]);
    let signer = tlv(tag::SEQUENCE, &[certificate.issuer_der(), &serial]);
    // RFC 5652 5.3: [0] IMPLICIT in the message, SET OF where it is hashed.
    let mut implicit_attributes = attributes.to_vec();
    if let Some(first) = implicit_attributes.first_mut() {
        *first = tag::context(0);
    }
    let signer_info = tlv(
        tag::SEQUENCE,
        &[
            &version,
            &signer,
            &sha256,
            &implicit_attributes,
            &algorithm.identifier_der(),
            &tlv(tag::OCTET_STRING, &[value]),
        ],
    );
    let mut certificates = vec![certificate.der().to_vec()];
    for one in chain {
        if !certificates.iter().any(|known| known == one.der()) {
            certificates.push(one.der().to_vec());
        }
    }
    let signed_data = tlv(
        tag::SEQUENCE,
        &[
            &version,
            &tlv(tag::SET, &[&sha256]),
            &tlv(tag::SEQUENCE, &[&object_identifier(DATA)]),
            &set_of(tag::context(0), certificates),
            &tlv(tag::SET, &[&signer_info]),
        ],
    );
    tlv(tag::SEQUENCE, &[&object_identifier(SIGNED_DATA), &tlv(tag::context(0), &[&signed_data])])
}

/// Bytes that [`signed_data`] needs at most: certificates, the signer's name and number, the value, the attributes
/// and the frame around them.
pub(crate) fn estimate(certificate: &Certificate, chain: &[Certificate]) -> usize {
    let certificates: usize = std::iter::once(certificate).chain(chain).map(|one| one.der().len()).sum();
    // A signature value is never longer than the DER of the public key that checks it.
    let value = certificate.public_key().len();
    let frame = 512;
    (certificates + certificate.issuer_der().len() + certificate.serial().len() + value + frame)
        .next_multiple_of(64)
}

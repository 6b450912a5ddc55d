//! Checking a signature value against a public key.

use aws_lc_rs::digest::Digest;
use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5912, rfc8410};

use crate::asn1::{Malformed, Tlv, tag};
use crate::digest::DigestAlgorithm;

/// What was signed.
#[derive(Debug, Clone, Copy)]
pub enum Signed<'a> {
    /// The bytes themselves.
    Message(&'a [u8]),
    /// Their hash, by the algorithm that the signature names.
    Digest(&'a [u8]),
}

/// Why a signature value is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The value does not fit the bytes and the key: one of the three was altered or exchanged.
    Wrong,
    /// The algorithm, or its combination with this key, is not one that is judged here; it is named.
    Unsupported(String),
    /// The key or the algorithm's parameters cannot be read.
    Malformed,
}

impl std::fmt::Display for SignatureError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Wrong => {
                formatter.write_str("the signature value does not fit the signed bytes and the key")
            }
            Self::Unsupported(what) => write!(formatter, "the signature algorithm is not supported: {what}"),
            Self::Malformed => formatter.write_str("the key or the algorithm's parameters cannot be read"),
        }
    }
}

impl std::error::Error for SignatureError {}

impl From<Malformed> for SignatureError {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// How a value that fits was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The algorithm in words, such as `ECDSA P-256 with SHA-256`.
    pub algorithm: String,
    /// Why it should not be relied on any more, if so.
    pub weakness: Option<String>,
}

/// The hash that a signature algorithm implies, where it implies one: `None` for Ed25519 and for the identifiers
/// that leave it to the context (`rsaEncryption`, `id-ecPublicKey` in CMS, RFC 3370 3.2).
///
/// # Errors
/// [`SignatureError::Malformed`] for PSS parameters that cannot be read.
pub fn implied_digest(algorithm: &[u8]) -> Result<Option<DigestAlgorithm>, SignatureError> {
    Ok(Scheme::read(algorithm)?.digest)
}

/// Checks `value` over `signed` with the key `spki` (DER `SubjectPublicKeyInfo`) by `algorithm` (DER
/// `AlgorithmIdentifier`). `digest` is the hash to use where the algorithm implies none.
///
/// # Errors
/// See [`SignatureError`].
pub fn verify_signature(
    spki: &[u8],
    algorithm: &[u8],
    digest: DigestAlgorithm,
    signed: Signed<'_>,
    value: &[u8],
) -> Result<Accepted, SignatureError> {
    let scheme = Scheme::read(algorithm)?;
    let digest = scheme.digest.unwrap_or(digest);
    let key = Key::read(spki)?;
    let (verifier, name): (&'static dyn VerificationAlgorithm, String) = match (scheme.padding, &key.kind) {
        (Padding::Pkcs1, KeyKind::Rsa) => {
            let verifier = pkcs1(digest).ok_or_else(|| unsupported("RSA", digest))?;
            (verifier, format!("RSA {} with {}", key.bits(), digest.name()))
        }
        (Padding::Pss, KeyKind::Rsa) => {
            let verifier = pss(digest).ok_or_else(|| unsupported("RSA-PSS", digest))?;
            (verifier, format!("RSA-PSS {} with {}", key.bits(), digest.name()))
        }
        (Padding::Ecdsa, KeyKind::Curve(curve)) => {
            let (verifier, curve) = ecdsa(*curve, digest).ok_or_else(|| {
                SignatureError::Unsupported(format!("ECDSA on {curve} with {}", digest.name()))
            })?;
            (verifier, format!("ECDSA {curve} with {}", digest.name()))
        }
        (Padding::Ed25519, KeyKind::Ed25519) => (&signature::ED25519, "Ed25519".to_owned()),
        (padding, _) => {
            return Err(SignatureError::Unsupported(format!("{padding:?} with a key of another kind")));
        }
    };
    let public = UnparsedPublicKey::new(verifier, key.octets);
    match signed {
        Signed::Message(message) => public.verify(message, value),
        Signed::Digest(hash) => {
            let hash =
                Digest::import_less_safe(hash, digest.implementation()).map_err(|_| SignatureError::Wrong)?;
            public.verify_digest(&hash, value)
        }
    }
    .map_err(|_| SignatureError::Wrong)?;
    let hashes = !matches!(scheme.padding, Padding::Ed25519);
    Ok(Accepted { weakness: key.weakness().or_else(|| weak(digest).filter(|_| hashes)), algorithm: name })
}

fn weak(digest: DigestAlgorithm) -> Option<String> {
    (digest == DigestAlgorithm::Sha1)
        .then(|| "SHA-1 is broken: two documents can be made with one hash".to_owned())
}

fn unsupported(what: &str, digest: DigestAlgorithm) -> SignatureError {
    SignatureError::Unsupported(format!("{what} with {}", digest.name()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Padding {
    Pkcs1,
    Pss,
    Ecdsa,
    Ed25519,
}

struct Scheme {
    padding: Padding,
    digest: Option<DigestAlgorithm>,
}

/// sha1WithRSAEncryption and sha224WithRSAEncryption are in the database; `id-RSASSA-PSS` too.
impl Scheme {
    fn read(algorithm: &[u8]) -> Result<Self, SignatureError> {
        use DigestAlgorithm as Hash;
        let mut parts = Tlv::only(algorithm)?.expect(tag::SEQUENCE)?.children();
        let oid = parts.any()?.object_identifier()?;
        let (padding, digest) = match oid {
            rfc5912::RSA_ENCRYPTION => (Padding::Pkcs1, None),
            rfc5912::SHA_1_WITH_RSA_ENCRYPTION => (Padding::Pkcs1, Some(Hash::Sha1)),
            rfc5912::SHA_224_WITH_RSA_ENCRYPTION => (Padding::Pkcs1, Some(Hash::Sha224)),
            rfc5912::SHA_256_WITH_RSA_ENCRYPTION => (Padding::Pkcs1, Some(Hash::Sha256)),
            rfc5912::SHA_384_WITH_RSA_ENCRYPTION => (Padding::Pkcs1, Some(Hash::Sha384)),
            rfc5912::SHA_512_WITH_RSA_ENCRYPTION => (Padding::Pkcs1, Some(Hash::Sha512)),
            rfc5912::ID_RSASSA_PSS => (Padding::Pss, Some(pss_digest(parts.optional(tag::SEQUENCE)?)?)),
            rfc5912::ID_EC_PUBLIC_KEY => (Padding::Ecdsa, None),
            rfc5912::ECDSA_WITH_SHA_224 => (Padding::Ecdsa, Some(Hash::Sha224)),
            rfc5912::ECDSA_WITH_SHA_256 => (Padding::Ecdsa, Some(Hash::Sha256)),
            rfc5912::ECDSA_WITH_SHA_384 => (Padding::Ecdsa, Some(Hash::Sha384)),
            rfc5912::ECDSA_WITH_SHA_512 => (Padding::Ecdsa, Some(Hash::Sha512)),
            ECDSA_WITH_SHA1 => (Padding::Ecdsa, Some(Hash::Sha1)),
            rfc8410::ID_ED_25519 => (Padding::Ed25519, None),
            other => return Err(SignatureError::Unsupported(other.to_string())),
        };
        Ok(Self { padding, digest })
    }
}

const ECDSA_WITH_SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.1");

/// RFC 4055 3.1: hashAlgorithm [0], maskGenAlgorithm [1], saltLength [2], trailerField [3]; SHA-1 where absent.
/// A mask or salt that differs from the hash makes the value not fit, which is the safe side.
fn pss_digest(parameters: Option<Tlv<'_>>) -> Result<DigestAlgorithm, SignatureError> {
    let Some(parameters) = parameters else { return Ok(DigestAlgorithm::Sha1) };
    let Some(hash) = parameters.children().optional(tag::context(0))? else {
        return Ok(DigestAlgorithm::Sha1);
    };
    let oid = hash.children().take(tag::SEQUENCE)?.children().any()?.object_identifier()?;
    DigestAlgorithm::from_oid(oid).ok_or_else(|| SignatureError::Unsupported(oid.to_string()))
}

enum KeyKind {
    Rsa,
    Curve(ObjectIdentifier),
    Ed25519,
}

struct Key<'a> {
    kind: KeyKind,
    octets: &'a [u8],
}

impl<'a> Key<'a> {
    fn read(spki: &'a [u8]) -> Result<Self, SignatureError> {
        let mut parts = Tlv::only(spki)?.expect(tag::SEQUENCE)?.children();
        let mut algorithm = parts.take(tag::SEQUENCE)?.children();
        let octets = parts.any()?.bit_string()?;
        let kind = match algorithm.any()?.object_identifier()? {
            rfc5912::RSA_ENCRYPTION | rfc5912::ID_RSASSA_PSS => KeyKind::Rsa,
            rfc5912::ID_EC_PUBLIC_KEY => {
                // RFC 5480 2.1.1: only the namedCurve form is allowed in certificates.
                KeyKind::Curve(algorithm.any()?.object_identifier()?)
            }
            rfc8410::ID_ED_25519 => KeyKind::Ed25519,
            other => return Err(SignatureError::Unsupported(format!("a key of the kind {other}"))),
        };
        Ok(Self { kind, octets })
    }

    /// Bits of an RSA modulus.
    fn bits(&self) -> usize {
        let modulus = Tlv::only(self.octets).and_then(|key| key.children().take(tag::INTEGER));
        modulus.map_or(0, |modulus| {
            let leading = modulus.value.iter().take_while(|octet| **octet == 0).count();
            (modulus.value.len() - leading) * 8
        })
    }

    fn weakness(&self) -> Option<String> {
        let short = matches!(self.kind, KeyKind::Rsa) && self.bits() < 2048;
        short.then(|| format!("an RSA key of {} bits is too short today", self.bits()))
    }
}

fn pkcs1(digest: DigestAlgorithm) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match digest {
        DigestAlgorithm::Sha1 => &signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha256 => &signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        DigestAlgorithm::Sha384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        DigestAlgorithm::Sha512 => &signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        _ => return None,
    })
}

fn pss(digest: DigestAlgorithm) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match digest {
        DigestAlgorithm::Sha256 => &signature::RSA_PSS_2048_8192_SHA256,
        DigestAlgorithm::Sha384 => &signature::RSA_PSS_2048_8192_SHA384,
        DigestAlgorithm::Sha512 => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
}

fn ecdsa(
    curve: ObjectIdentifier,
    digest: DigestAlgorithm,
) -> Option<(&'static dyn VerificationAlgorithm, &'static str)> {
    use DigestAlgorithm as Hash;
    Some(match (curve, digest) {
        (rfc5912::SECP_256_R_1, Hash::Sha1) => (&signature::ECDSA_P256_SHA1_ASN1, "P-256"),
        (rfc5912::SECP_256_R_1, Hash::Sha256) => (&signature::ECDSA_P256_SHA256_ASN1, "P-256"),
        (rfc5912::SECP_256_R_1, Hash::Sha384) => (&signature::ECDSA_P256_SHA384_ASN1, "P-256"),
        (rfc5912::SECP_256_R_1, Hash::Sha512) => (&signature::ECDSA_P256_SHA512_ASN1, "P-256"),
        (rfc5912::SECP_384_R_1, Hash::Sha256) => (&signature::ECDSA_P384_SHA256_ASN1, "P-384"),
        (rfc5912::SECP_384_R_1, Hash::Sha384) => (&signature::ECDSA_P384_SHA384_ASN1, "P-384"),
        (rfc5912::SECP_384_R_1, Hash::Sha512) => (&signature::ECDSA_P384_SHA512_ASN1, "P-384"),
        (rfc5912::SECP_521_R_1, Hash::Sha256) => (&signature::ECDSA_P521_SHA256_ASN1, "P-521"),
        (rfc5912::SECP_521_R_1, Hash::Sha384) => (&signature::ECDSA_P521_SHA384_ASN1, "P-521"),
        (rfc5912::SECP_521_R_1, Hash::Sha512) => (&signature::ECDSA_P521_SHA512_ASN1, "P-521"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyPair, SignatureAlgorithm, Signer};

    fn check(key: &KeyPair, message: &[u8], value: &[u8]) -> Result<Accepted, SignatureError> {
        let spki = key.public_key_spki_der().expect("public half");
        let algorithm = key.algorithm().identifier_der();
        verify_signature(&spki, &algorithm, DigestAlgorithm::Sha256, Signed::Message(message), value)
    }

    #[test]
    fn what_our_keys_sign_is_accepted_and_nothing_else_is() {
        for key in [KeyPair::generate_p256(), KeyPair::generate_rsa_2048()] {
            let key = key.expect("made");
            let value = key.sign(b"message").expect("signed");
            assert_eq!(check(&key, b"message", &value).expect("fits").weakness, None);
            assert_eq!(check(&key, b"massage", &value), Err(SignatureError::Wrong));
        }
    }

    #[test]
    fn a_hash_is_judged_like_its_message() {
        let key = KeyPair::generate_p256().expect("made");
        let value = key.sign(b"message").expect("signed");
        let spki = key.public_key_spki_der().expect("public half");
        let algorithm = SignatureAlgorithm::EcdsaP256Sha256.identifier_der();
        let hash = crate::digest::sha256(b"message");
        let judged =
            verify_signature(&spki, &algorithm, DigestAlgorithm::Sha256, Signed::Digest(&hash), &value);
        assert_eq!(judged.expect("fits").algorithm, "ECDSA P-256 with SHA-256");
    }

    #[test]
    fn a_key_of_another_kind_is_named_and_not_tried() {
        let key = KeyPair::generate_p256().expect("made");
        let spki = key.public_key_spki_der().expect("public half");
        let algorithm = SignatureAlgorithm::RsaPkcs1Sha256.identifier_der();
        let judged =
            verify_signature(&spki, &algorithm, DigestAlgorithm::Sha256, Signed::Message(b"m"), b"value");
        assert!(matches!(judged, Err(SignatureError::Unsupported(_))));
    }
}

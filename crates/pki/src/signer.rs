//! The one thing a private key does here, whoever holds it.

use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912;

use crate::asn1;

/// What a key of ours signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// ECDSA on P-256 over SHA-256; the signature is a DER `ECDSA-Sig-Value` (RFC 3279 2.2.3).
    EcdsaP256Sha256,
    /// RSASSA-PKCS1-v1_5 over SHA-256 (RFC 8017 8.2).
    RsaPkcs1Sha256,
}

impl SignatureAlgorithm {
    /// What a key signs with; none where it is of a kind that we do not sign with. `spki` is DER `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn of_key(spki: &[u8]) -> Option<Self> {
        use der::Decode as _;
        let algorithm = x509_cert::spki::SubjectPublicKeyInfoRef::from_der(spki).ok()?.algorithm;
        let on_p256 = || algorithm.parameters_oid().is_ok_and(|curve| curve == rfc5912::SECP_256_R_1);
        match algorithm.oid {
            rfc5912::ID_EC_PUBLIC_KEY if on_p256() => Some(Self::EcdsaP256Sha256),
            rfc5912::RSA_ENCRYPTION => Some(Self::RsaPkcs1Sha256),
            _ => None,
        }
    }

    /// Its identifier: `ecdsa-with-SHA256` or `sha256WithRSAEncryption`.
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::EcdsaP256Sha256 => rfc5912::ECDSA_WITH_SHA_256,
            Self::RsaPkcs1Sha256 => rfc5912::SHA_256_WITH_RSA_ENCRYPTION,
        }
    }

    /// Its DER `AlgorithmIdentifier`: parameters absent for ECDSA (RFC 5758 3.2), NULL for RSA (RFC 4055 5).
    #[must_use]
    pub fn identifier_der(self) -> Vec<u8> {
        let oid = asn1::object_identifier(self.oid());
        match self {
            Self::EcdsaP256Sha256 => asn1::tlv(asn1::tag::SEQUENCE, &[&oid]),
            Self::RsaPkcs1Sha256 => asn1::tlv(asn1::tag::SEQUENCE, &[&oid, &[asn1::tag::NULL, 0]]),
        }
    }

    pub(crate) fn identifier(self) -> x509_cert::spki::AlgorithmIdentifierOwned {
        let parameters = match self {
            Self::EcdsaP256Sha256 => None,
            Self::RsaPkcs1Sha256 => Some(der::Any::null()),
        };
        x509_cert::spki::AlgorithmIdentifierOwned { oid: self.oid(), parameters }
    }
}

/// A key that did not sign.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The key was refused by the module that holds it. Usual cause: a damaged key. Trying again does not help.
    Key,
    /// What holds the key did not answer, in its own words. Trying again may help.
    Unavailable(String),
}

impl std::fmt::Display for SignError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Key => formatter.write_str("the key did not sign"),
            Self::Unavailable(reason) => write!(formatter, "the holder of the key did not answer: {reason}"),
        }
    }
}

impl std::error::Error for SignError {}

/// Holds a private key: in memory, in a module, at a remote service.
pub trait Signer: Send + Sync {
    /// What [`Signer::sign`] makes.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// Signs `message`, hashing it with SHA-256 on the way.
    ///
    /// # Errors
    /// See [`SignError`].
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError>;
}

impl<S: Signer + ?Sized> Signer for std::sync::Arc<S> {
    fn algorithm(&self) -> SignatureAlgorithm {
        (**self).algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        (**self).sign(message)
    }
}

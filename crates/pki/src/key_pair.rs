//! A private key in memory.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use zeroize::Zeroizing;

use crate::signer::{SignError, SignatureAlgorithm, Signer};

/// A P-256 or RSA key (2048 bits or more) in memory.
pub struct KeyPair(Kind);

enum Kind {
    P256(EcdsaKeyPair),
    Rsa(rsa::KeyPair),
}

/// A key that is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// Neither a P-256 nor an RSA key in unencrypted PKCS#8 DER. Usual causes: another curve, a PEM file, a password.
    Unsupported,
    /// An RSA key of fewer than 2048 or more than 8192 bits.
    Length,
    /// The random source or the module failed.
    Module,
}

impl std::fmt::Display for KeyError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Unsupported => "the key is neither P-256 nor RSA in unencrypted PKCS#8",
            Self::Length => "an RSA key needs 2048 to 8192 bits",
            Self::Module => "the cryptographic module failed",
        })
    }
}

impl std::error::Error for KeyError {}

impl KeyPair {
    /// A new P-256 key from the module's own random source.
    ///
    /// # Errors
    /// [`KeyError::Module`].
    pub fn generate_p256() -> Result<Self, KeyError> {
        EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
            .map(|key| Self(Kind::P256(key)))
            .map_err(|_| KeyError::Module)
    }

    /// A new RSA key of 2048 bits. Takes tenths of a second.
    ///
    /// # Errors
    /// [`KeyError::Module`].
    pub fn generate_rsa_2048() -> Result<Self, KeyError> {
        rsa::KeyPair::generate(rsa::KeySize::Rsa2048)
            .map(|key| Self(Kind::Rsa(key)))
            .map_err(|_| KeyError::Module)
    }

    /// Reads an unencrypted PKCS#8 key (RFC 5958).
    ///
    /// # Errors
    /// [`KeyError::Unsupported`], [`KeyError::Length`].
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        if let Ok(key) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der) {
            return Ok(Self(Kind::P256(key)));
        }
        let key = rsa::KeyPair::from_pkcs8(der).map_err(|rejected| {
            let reason = rejected.to_string();
            if reason == "TooSmall" || reason == "TooLarge" {
                KeyError::Length
            } else {
                KeyError::Unsupported
            }
        })?;
        if (256..=1024).contains(&key.public_modulus_len()) {
            Ok(Self(Kind::Rsa(key)))
        } else {
            Err(KeyError::Length)
        }
    }

    /// The key as unencrypted PKCS#8 DER, wiped when dropped.
    ///
    /// # Errors
    /// [`KeyError::Module`].
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        match &self.0 {
            Kind::P256(key) => key.to_pkcs8v1().map(|document| Zeroizing::new(document.as_ref().to_vec())),
            Kind::Rsa(key) => AsDer::<Pkcs8V1Der<'_>>::as_der(key)
                .map(|document| Zeroizing::new(document.as_ref().to_vec())),
        }
        .map_err(|_| KeyError::Module)
    }

    /// The public half as a DER `SubjectPublicKeyInfo` (RFC 5280 4.1.2.7).
    ///
    /// # Errors
    /// [`KeyError::Module`].
    pub fn public_key_spki_der(&self) -> Result<Vec<u8>, KeyError> {
        match &self.0 {
            Kind::P256(key) => AsDer::<PublicKeyX509Der<'_>>::as_der(key.public_key()),
            Kind::Rsa(key) => AsDer::<PublicKeyX509Der<'_>>::as_der(key.public_key()),
        }
        .map(|document| document.as_ref().to_vec())
        .map_err(|_| KeyError::Module)
    }
}

impl Signer for KeyPair {
    fn algorithm(&self) -> SignatureAlgorithm {
        match &self.0 {
            Kind::P256(_) => SignatureAlgorithm::EcdsaP256Sha256,
            Kind::Rsa(_) => SignatureAlgorithm::RsaPkcs1Sha256,
        }
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let random = SystemRandom::new();
        match &self.0 {
            Kind::P256(key) => {
                key.sign(&random, message).map(|value| value.as_ref().to_vec()).map_err(|_| SignError::Key)
            }
            Kind::Rsa(key) => {
                let mut value = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut value).map_err(|_| SignError::Key)?;
                Ok(value)
            }
        }
    }
}

/// Says what kind of key it is and nothing of the key.
impl std::fmt::Debug for KeyPair {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("KeyPair").field(&self.algorithm()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_key_comes_back_as_the_same_key() {
        for key in [KeyPair::generate_p256(), KeyPair::generate_rsa_2048()] {
            let key = key.expect("made");
            let again = KeyPair::from_pkcs8(&key.to_pkcs8().expect("written")).expect("read");
            assert_eq!(again.public_key_spki_der(), key.public_key_spki_der());
            assert_eq!(again.algorithm(), key.algorithm());
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert_eq!(KeyPair::from_pkcs8(b"-----BEGIN").err(), Some(KeyError::Unsupported));
    }

    #[test]
    fn the_debug_form_does_not_show_the_key() {
        let key = KeyPair::generate_p256().expect("made");
        assert_eq!(format!("{key:?}"), "KeyPair(EcdsaP256Sha256)");
    }
}

//! Keys with their certificates in one file under a passphrase (PKCS#12, RFC 7292).

use p12_keystore::Pkcs12Archive;
use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::key_pair::{KeyError, KeyPair};

/// A key and the certificates that go with it.
#[derive(Debug)]
pub struct Identity {
    /// The private key.
    pub key: KeyPair,
    /// The certificate of that key.
    pub certificate: Certificate,
    /// The issuers found beside it, the nearest first.
    pub chain: Vec<Certificate>,
}

/// A PKCS#12 file that does not give an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pkcs12Error {
    /// The passphrase is wrong, or the file was altered: the file's own check value does not tell which.
    Passphrase,
    /// Not a PKCS#12 file in DER, or one with a kind of encryption that is not read.
    Unreadable,
    /// No private key is in it.
    NoKey,
    /// A private key is in it, but not one that is taken.
    Key(KeyError),
    /// None of its certificates belongs to its key.
    NoCertificate,
}

impl std::fmt::Display for Pkcs12Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Passphrase => formatter.write_str("the passphrase does not open the file"),
            Self::Unreadable => formatter.write_str("the file is not a PKCS#12 file that can be read"),
            Self::NoKey => formatter.write_str("the file holds no private key"),
            Self::Key(reason) => write!(formatter, "the file's key cannot be used: {reason}"),
            Self::NoCertificate => formatter.write_str("the file holds no certificate for its key"),
        }
    }
}

impl std::error::Error for Pkcs12Error {}

/// Opens a PKCS#12 file: its first key, the certificate of that key, the issuers beside it.
///
/// # Errors
/// See [`Pkcs12Error`].
pub fn open_pkcs12(bytes: &[u8], passphrase: &str) -> Result<Identity, Pkcs12Error> {
    let archive = Pkcs12Archive::from_pkcs12(bytes, passphrase).map_err(|error| match error {
        p12_keystore::error::Error::MacError(_) | p12_keystore::error::Error::UnpadError => {
            Pkcs12Error::Passphrase
        }
        _ => Pkcs12Error::Unreadable,
    })?;
    let bag = archive.keys.first().ok_or(Pkcs12Error::NoKey)?;
    let der = Zeroizing::new(bag.key.as_der().to_vec());
    let key = KeyPair::from_pkcs8(&der).map_err(Pkcs12Error::Key)?;
    let public = key.public_key_spki_der().map_err(Pkcs12Error::Key)?;
    // A certificate that cannot be read is one that is not there: others may still fit.
    let mut rest: Vec<Certificate> =
        archive.certs.iter().filter_map(|bag| Certificate::from_der(bag.cert.as_der()).ok()).collect();
    let place = rest.iter().position(|one| one.public_key() == public).ok_or(Pkcs12Error::NoCertificate)?;
    let certificate = rest.swap_remove(place);
    let mut chain: Vec<Certificate> = Vec::new();
    let mut last = certificate.clone();
    while !last.is_self_issued() {
        let Some(place) = rest.iter().position(|one| last.names_as_issuer(one)) else { break };
        last = rest.swap_remove(place);
        chain.push(last.clone());
    }
    Ok(Identity { key, certificate, chain })
}

//! Secrets: those that are only compared, and those that are used again.
//!
//! The first are kept as HMAC-SHA256 under a key that never is in the database; the second are encrypted
//! (XChaCha20-Poly1305) under a data key of their tenant, which is wrapped by the master key.

use crate::world::{self, Random};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// A key of 32 bytes, wiped when it is dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// Holds the master key.
pub struct Vault {
    master: Key,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Vault")
    }
}

impl Vault {
    /// Around a master key.
    pub fn new(master: Key) -> Self {
        Self { master }
    }

    /// HMAC of a secret that is only compared, hexadecimal. `label` keeps the kinds of secrets apart.
    pub fn digest(&self, label: &str, secret: &str) -> String {
        hex(&self.mac(label, secret.as_bytes()))
    }

    /// Bytes that only the holder of the master key can derive from a label and a text.
    pub(crate) fn derive(&self, label: &str, text: &str) -> [u8; 32] {
        self.mac(label, text.as_bytes())
    }

    fn mac(&self, label: &str, message: &[u8]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.master.as_slice()).expect("HMAC takes a key of any length");
        mac.update(&(label.len() as u64).to_be_bytes());
        mac.update(label.as_bytes());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// A new data key, wrapped by the master key.
    pub(crate) fn new_data_key(&self, tenant: &str, random: &dyn Random) -> (Key, Vec<u8>) {
        let key = Zeroizing::new(world::bytes::<32>(random));
        let wrapped = seal(&self.master, &format!("data-key/{tenant}"), key.as_slice(), random);
        (key, wrapped)
    }

    /// A data key, unwrapped; `None` where the master key is not the one that wrapped it.
    pub(crate) fn data_key(&self, tenant: &str, wrapped: &[u8]) -> Option<Key> {
        let opened = open(&self.master, &format!("data-key/{tenant}"), wrapped)?;
        Some(Zeroizing::new(<[u8; 32]>::try_from(opened.as_slice()).ok()?))
    }
}

/// Encrypts a secret under a data key. The name is bound to it, so that one cannot be put in place of another.
pub(crate) fn seal(key: &Key, name: &str, secret: &[u8], random: &dyn Random) -> Vec<u8> {
    let nonce: [u8; NONCE_BYTES] = world::bytes(random);
    let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().expect("a key has 32 bytes"));
    let mut sealed = nonce.to_vec();
    sealed.extend(
        cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: name.as_bytes() })
            .expect("a secret is far shorter than the cipher's limit"),
    );
    sealed
}

/// Opens what [`seal`] closed; `None` where the key or the name is another one, or a byte was changed.
pub(crate) fn open(key: &Key, name: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, text) = sealed.split_at_checked(NONCE_BYTES)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
    let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().ok()?);
    cipher.decrypt(&XNonce::from(nonce), Payload { msg: text, aad: name.as_bytes() }).ok().map(Zeroizing::new)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes what is written to it");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);
    impl Random for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    #[test]
    fn a_sealed_secret_opens_under_its_key_and_name_alone() {
        let random = Counting(0.into());
        let vault = Vault::new(Zeroizing::new([7; 32]));
        let (key, wrapped) = vault.new_data_key("t", &random);
        let sealed = seal(&key, "smtp", b"secret", &random);

        let again = vault.data_key("t", &wrapped).unwrap();
        assert_eq!(open(&again, "smtp", &sealed).unwrap().as_slice(), b"secret");
        assert_eq!(open(&again, "sms", &sealed), None);
        assert_eq!(vault.data_key("u", &wrapped), None);
        assert_eq!(Vault::new(Zeroizing::new([8; 32])).data_key("t", &wrapped), None);
        let mut flipped = sealed.clone();
        flipped[30] ^= 1;
        assert_eq!(open(&again, "smtp", &flipped), None);
        assert_eq!(open(&again, "smtp", &sealed[..20]), None);
    }

    #[test]
    fn digests_of_different_kinds_differ() {
        let vault = Vault::new(Zeroizing::new([7; 32]));
        assert_ne!(vault.digest("link", "x"), vault.digest("session", "x"));
        assert_ne!(vault.digest("a", "bx"), vault.digest("ab", "x"));
        assert_eq!(vault.digest("link", "x"), vault.digest("link", "x"));
    }
}

//! The second stage: what is to be signed is known.

use std::ops::Range;

use pdf::{Source, Tail};
use pki::{Certificate, DigestAlgorithm, Hasher, SignatureAlgorithm, Signer};

use super::prepared::gap_in_tail;
use super::{Error, Prepared, Signed};
use crate::cms;

/// A revision whose hash is known.
///
/// It can be stored; the state of the hash is then left out, and [`Digested::take_up`] reads the base again.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Digested {
    tail: Tail,
    digest: [u8; 32],
    #[serde(skip)]
    state: Option<Hasher>,
}

impl Digested {
    pub(super) const fn new(tail: Tail, digest: [u8; 32], state: Hasher) -> Self {
        Self { tail, digest, state: Some(state) }
    }

    /// SHA-256 of everything but the gap: what the message-digest attribute says.
    #[must_use]
    pub const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Reads the base again after this stage was stored.
    ///
    /// # Errors
    /// [`Error::BaseChanged`] where it is not the one whose hash was taken; [`Error::OtherBase`], [`Error::Read`].
    pub fn take_up(self, base: &dyn Source) -> Result<Self, Error> {
        if self.state.is_some() {
            return Ok(self);
        }
        let again = Prepared::new(self.tail)?.digest(base)?;
        if again.digest == self.digest { Ok(again) } else { Err(Error::BaseChanged) }
    }

    /// The bytes that the certificate's key has to sign (hashed with SHA-256 by whoever signs): for a key that is held
    /// elsewhere. Its value comes back to [`Digested::complete`].
    #[must_use]
    pub fn to_be_signed(&self, certificate: &Certificate) -> Vec<u8> {
        cms::signed_attributes(&self.digest, certificate)
    }

    /// Signs with a key at hand. `chain` are the issuers to be put beside the certificate, the root too if there is
    /// room for it.
    ///
    /// # Errors
    /// [`Error::Sign`], and as [`Digested::complete`].
    pub fn sign(
        self,
        signer: &dyn Signer,
        certificate: &Certificate,
        chain: &[Certificate],
    ) -> Result<Signed, Error> {
        let value = signer.sign(&self.to_be_signed(certificate))?;
        self.complete(signer.algorithm(), &value, certificate, chain)
    }

    /// Puts a signature value into the gap. It is checked first: nothing leaves that does not verify.
    ///
    /// # Errors
    /// [`Error::WrongValue`], [`Error::ContentsTooSmall`], [`Error::BaseNotRead`].
    pub fn complete(
        self,
        algorithm: SignatureAlgorithm,
        value: &[u8],
        certificate: &Certificate,
        chain: &[Certificate],
    ) -> Result<Signed, Error> {
        let Self { mut tail, digest, state } = self;
        let mut state = state.ok_or(Error::BaseNotRead)?;
        let attributes = cms::signed_attributes(&digest, certificate);
        let signed = pki::Signed::Message(&attributes);
        certificate
            .verify(&algorithm.identifier_der(), DigestAlgorithm::Sha256, signed, value)
            .map_err(|_| Error::WrongValue)?;
        let contents = cms::signed_data(&attributes, algorithm, value, certificate, chain);
        let gap = gap_in_tail(&tail)?;
        fill(&mut tail.bytes, &gap, &contents)?;
        state.update(tail.bytes.get(gap.start..).ok_or(Error::NoGap)?);
        Ok(Signed {
            revision_length: tail.base_length + tail.bytes.len() as u64,
            revision_digest: state.finish_sha256(),
            tail_bytes: tail.bytes,
        })
    }
}

/// Writes the contents as hexadecimal digits between the angle brackets; zeros stay behind them as padding.
fn fill(bytes: &mut [u8], gap: &Range<usize>, contents: &[u8]) -> Result<(), Error> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.get_mut(gap.start + 1..gap.end - 1).ok_or(Error::NoGap)?;
    let reserved = digits.len() / 2;
    if contents.len() > reserved {
        return Err(Error::ContentsTooSmall { needed: contents.len(), reserved });
    }
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble & 0x0F)).copied().unwrap_or(b'0');
    for (pair, byte) in digits.chunks_exact_mut(2).zip(contents) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(*byte)]);
    }
    Ok(())
}

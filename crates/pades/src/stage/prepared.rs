//! The first stage: a revision whose signature is a gap of zeros.

use std::ops::Range;

use pdf::{Source, Tail};
use pki::{DigestAlgorithm, Hasher};

use super::{Digested, Error};

/// A revision with a gap for its signature.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Prepared {
    tail: Tail,
}

/// Bytes read from the base at a time: few calls, and it stays within a processor's second-level cache.
pub(super) const CHUNK: usize = 256 << 10;

impl Prepared {
    /// Takes a revision that has a gap.
    ///
    /// # Errors
    /// [`Error::NoGap`].
    pub fn new(tail: Tail) -> Result<Self, Error> {
        gap_in_tail(&tail)?;
        Ok(Self { tail })
    }

    /// The revision.
    #[must_use]
    pub const fn tail(&self) -> &Tail {
        &self.tail
    }

    /// Reads the base once, in pieces, and hashes what the signature covers: everything but the gap. The state of the
    /// hash at the gap is kept in memory, so that the hash of the whole signed revision needs no second reading.
    ///
    /// # Errors
    /// [`Error::OtherBase`], [`Error::Read`].
    pub fn digest(self, base: &dyn Source) -> Result<Digested, Error> {
        self.digest_each(base, |_| Ok(()))
    }

    /// As [`Prepared::digest`]; `each` sees every piece of the base on its way.
    pub(super) fn digest_each(
        self,
        base: &dyn Source,
        mut each: impl FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<Digested, Error> {
        let length = base.length();
        if length != self.tail.base_length {
            return Err(Error::OtherBase { expected: self.tail.base_length, found: length });
        }
        let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
        let mut buffer = vec![0; CHUNK.min(usize::try_from(length).unwrap_or(CHUNK))];
        let mut offset = 0;
        while offset < length {
            let take = usize::try_from(length - offset).unwrap_or(CHUNK).min(CHUNK);
            let piece = buffer.get_mut(..take).expect("the buffer has the length of a chunk or of the file");
            base.read_at(offset, piece).map_err(|error| Error::Read(error.kind()))?;
            hasher.update(piece);
            each(piece)?;
            offset += take as u64;
        }
        let gap = gap_in_tail(&self.tail)?;
        hasher.update(self.tail.bytes.get(..gap.start).ok_or(Error::NoGap)?);
        let state = hasher.clone();
        hasher.update(self.tail.bytes.get(gap.end..).ok_or(Error::NoGap)?);
        Ok(Digested::new(self.tail, hasher.finish_sha256(), state))
    }
}

/// The gap within the tail's own bytes, angle brackets included.
pub(super) fn gap_in_tail(tail: &Tail) -> Result<Range<usize>, Error> {
    let gap = tail.gap.ok_or(Error::NoGap)?;
    let place = |offset: u64| {
        offset
            .checked_sub(tail.base_length)
            .and_then(|offset| usize::try_from(offset).ok())
            .ok_or(Error::NoGap)
    };
    let (start, end) = (place(gap.start)?, place(gap.end)?);
    match tail.bytes.get(start..end) {
        Some([b'<', .., b'>']) => Ok(start..end),
        _ => Err(Error::NoGap),
    }
}

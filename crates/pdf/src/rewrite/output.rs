//! Bytes that go out, counted and hashed.

use std::io::Write;

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::source::Source;
use crate::window::read;

pub(super) struct Output<'a> {
    inner: &'a mut dyn Write,
    written: u64,
    hash: Sha256,
}

impl<'a> Output<'a> {
    pub(super) fn new(inner: &'a mut dyn Write) -> Self {
        Self { inner, written: 0, hash: Sha256::new() }
    }

    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.inner.write_all(bytes)?;
        self.hash.update(bytes);
        self.written = self.written.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// Copies from a source, in pieces.
    pub(super) fn copy(&mut self, source: &dyn Source, start: u64, length: u64) -> Result<(), Error> {
        const CHUNK: u64 = 256 * 1024;
        let mut done = 0_u64;
        while done < length {
            let take = length.saturating_sub(done).min(CHUNK);
            let bytes = read(source, start.saturating_add(done), usize::try_from(take).unwrap_or(0))?;
            self.write(&bytes)?;
            done = done.saturating_add(take);
        }
        Ok(())
    }

    /// The first 16 bytes of the hash of what was written so far.
    pub(super) fn fingerprint(&self) -> [u8; 16] {
        let digest = self.hash.clone().finalize();
        std::array::from_fn(|place| digest.get(place).copied().unwrap_or(0))
    }
}

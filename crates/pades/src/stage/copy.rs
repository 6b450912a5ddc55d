//! All stages in one go while the file is copied, for who has base and key at hand.

use std::io::Write;

use pdf::Source;
use pki::{Certificate, Signer};

use super::{Error, Prepared, Signed};

/// Copies the base to `output` and hashes it on the way (one reading), signs, and appends the revision.
///
/// After an error `output` may hold a part of the file; write to a place that can be thrown away.
///
/// # Errors
/// [`Error`].
pub fn sign_while_copying(
    prepared: Prepared,
    base: &dyn Source,
    output: &mut dyn Write,
    signer: &dyn Signer,
    certificate: &Certificate,
    chain: &[Certificate],
) -> Result<Signed, Error> {
    let write = |error: std::io::Error| Error::Write(error.kind());
    let digested = prepared.digest_each(base, |piece| output.write_all(piece).map_err(write))?;
    let signed = digested.sign(signer, certificate, chain)?;
    output.write_all(&signed.tail_bytes).map_err(write)?;
    Ok(signed)
}

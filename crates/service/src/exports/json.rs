//! Values as JSON: [`Exported`](super::Exported), an envelope to a line.

use super::spool::Bounded;
use super::values::EnvelopeValues;
use std::fs::File;
use std::io::{self, Write as _};

pub(super) fn write(envelopes: impl Iterator<Item = EnvelopeValues>) -> io::Result<File> {
    let mut file = Bounded::file()?;
    file.write_all(b"{\"items\":[")?;
    for (index, envelope) in envelopes.enumerate() {
        file.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        file.write_all(&serde_json::to_vec(&envelope)?)?;
    }
    file.write_all(b"\n]}\n")?;
    file.into_file()
}

//! Does the evidence hold? Needs nothing but the file, and the PDFs it speaks of.

mod chain;
mod file;
pub(crate) mod misfit;
mod pdf;
pub(crate) mod report;
mod revision;
mod witness;

use misfit::{Misfit, What};
use report::CheckReport;
use std::io::Read;
use witness::Witness;

/// Checks an evidence file, and each given PDF against it.
///
/// `evidence` is the file's bytes. `pdfs` are names, used only in answers, and readers; each is read once from its
/// beginning, in pieces, and never held in memory whole.
///
/// What is checked, in this order: the file is canonical JSON of our format and holds nothing else; each entry has the
/// next number, names the same envelope and the hash of the entry before it, and has the hash that the file gives;
/// each disclosed value opens its commitment; each event head that an entry says was written into a PDF is the hash of
/// an earlier entry; the head is the last hash; each PDF is, byte for byte, a revision that an entry names (of an
/// envelope that has ended: the last one of its document), begins with the revisions that it was made on, and carries
/// the event heads that those entries name, where they say, and no other.
///
/// The file proves its own order and wholeness, not who wrote it: that is what the signatures in the PDF do, each of
/// which covers the event head beside it. So check the signatures too.
///
/// # Errors
/// The first [`Misfit`].
pub fn check(evidence: &[u8], pdfs: &mut [(&str, &mut dyn Read)]) -> Result<CheckReport, Misfit> {
    let file = file::read(evidence)?;
    let chain = chain::verify(&file)?;
    let mut fitting = Vec::new();
    for (name, reader) in pdfs {
        let witness = Witness::read(reader, revision::points(&chain.revisions)).map_err(|error| {
            Misfit::new(None, What::Unreadable, format!("{name} cannot be read: {}", error.kind()))
        })?;
        fitting.push(pdf::fit(name, &witness, &chain)?);
    }
    Ok(CheckReport {
        envelope: file.envelope.to_owned(),
        entries: chain.hashes.len(),
        head: file.head.to_owned(),
        undisclosed: chain.undisclosed,
        pdfs: fitting,
    })
}

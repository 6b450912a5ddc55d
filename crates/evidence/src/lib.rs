//! Events as evidence: canonical form, hash chain, salted commitments, the file `evidence.json` and its check.
//!
//! An event becomes an *entry*: canonical JSON that names the SHA-256 of the entry before it. A value that speaks of a
//! person stands in the entry as a salted commitment; value and salt are a [`Disclosure`] beside it, which can be
//! erased or left out of an export while the chain still verifies. The format is described in `docs/evidence.md`.
//!
//! What it never does: it reads no clock, draws no random bytes, opens no file, and knows nothing of what the events
//! mean. Time, salts and PDFs come in as values; events come in as JSON.
//!
//! Read first: [`Draft`] (what is sealed), [`Sealed`] (what comes of it), [`Misfit`] (what a check finds).
//!
//! To add one more thing that a check looks at: a variant in [`What`] with its sentence, the look itself in
//! `check/chain.rs` (the file alone) or `check/pdf.rs` (the file beside a PDF), the same line in
//! `docs/check_evidence.py`, and a case in `tests/same_answer.rs`, which holds the two together.

mod canonical;
mod check;
mod commitment;
mod export;
mod hash;
mod open;
mod seal;

pub use canonical::{NotCanonical, canonical};
pub use check::check;
pub use check::misfit::{Misfit, What};
pub use check::report::{CheckReport, FittingPdf};
pub use commitment::Disclosure;
pub use export::{FORMAT, Link, export};
pub use hash::Hash;
pub use open::{OpenError, open};
pub use seal::{Draft, SealError, Sealed, seal};

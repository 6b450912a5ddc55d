//! Workers: they carry out what was decided.
//!
//! A job is written in the transaction that decided it. The process that wrote it holds it from the start
//! and begins at once; when that process dies, the lease runs out and another one takes the job. Each kind
//! of work stands in a file of its own, is harmless when done twice, and ends by a command that records the
//! result and completes the job in one transaction.

mod act;
mod attachments;
mod audit;
mod bulk;
mod by_hand;
mod code;
mod delete;
mod fill;
mod mail;
mod queue;
mod run;
mod seal;
mod seal_files;
mod sign_in_mail;
mod signing;
mod signing_key;
mod wake;
mod webhook;

pub(crate) use audit::known_language;
pub use audit::{Trail, TrailWish};
pub use by_hand::Taken;
pub(crate) use code::undelivered;
pub(crate) use queue::Jobs;
pub use run::Workers;

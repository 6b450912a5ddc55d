//! Personal data go, and the evidence stays: hashes and commitments verify without the values behind them.

pub(crate) mod files;
mod holding;
mod person;
mod retention;
mod told;

pub use person::Erased;
pub use retention::Retained;

//! How much was done for one open document, so that a file cannot keep us busy for ever.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Limit};
use crate::limits::{WORK_BASE, WORK_PER_FILE_BYTE, WORK_PER_LOOK, WORK_PER_PARSED_BYTE};

/// A budget, shared by everything that reads one document.
pub(crate) struct Work {
    left: AtomicU64,
}

impl Work {
    /// For a file of so many bytes.
    pub(crate) fn new(file_bytes: u64) -> Self {
        Self::of(WORK_BASE.saturating_add(file_bytes.saturating_mul(WORK_PER_FILE_BYTE)))
    }

    /// Of a size of its own.
    pub(crate) fn of(units: u64) -> Self {
        Self { left: AtomicU64::new(units) }
    }

    /// Pays for looking for an object, before it is done: what is used up stays used up, and costs no more looks.
    pub(crate) fn look(&self) -> Result<(), Error> {
        self.copied(WORK_PER_LOOK)
    }

    /// Pays for bytes that were parsed.
    pub(crate) fn parsed(&self, bytes: u64) -> Result<(), Error> {
        self.copied(bytes.saturating_mul(WORK_PER_PARSED_BYTE))
    }

    /// Pays for bytes that were copied, decoded or searched.
    pub(crate) fn copied(&self, bytes: u64) -> Result<(), Error> {
        let take = |left: u64| Some(left.saturating_sub(bytes));
        match self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
            Ok(left) if left >= bytes => Ok(()),
            _ => Err(Error::TooComplex(Limit::Work)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_may_be_done_up_to_the_limit_and_no_further() {
        let work = Work::new(10);
        let all = WORK_BASE + 10 * WORK_PER_FILE_BYTE;
        work.look().expect("below the limit");
        work.parsed(1).expect("below the limit");
        work.copied(all - WORK_PER_PARSED_BYTE - WORK_PER_LOOK).expect("at the limit");
        work.copied(0).expect("nothing costs nothing");
        assert_eq!(work.copied(1), Err(Error::TooComplex(Limit::Work)));
    }
}

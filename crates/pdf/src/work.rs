//! How much was done for one open document, so that a file cannot keep us busy for ever.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Limit};
use crate::limits::{WORK_MAX, WORK_PER_PARSED_BYTE};

/// A budget, shared by everything that reads one document.
pub(crate) struct Work {
    left: AtomicU64,
}

impl Work {
    pub(crate) fn new() -> Self {
        Self { left: AtomicU64::new(WORK_MAX) }
    }

    /// Pays for bytes that were parsed.
    pub(crate) fn parsed(&self, bytes: u64) -> Result<(), Error> {
        self.copied(bytes.saturating_mul(WORK_PER_PARSED_BYTE))
    }

    /// Pays for bytes that were copied, decoded or searched.
    pub(crate) fn copied(&self, bytes: u64) -> Result<(), Error> {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes))
            .map(|_| ())
            .map_err(|_| Error::TooComplex(Limit::Work))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_may_be_done_up_to_the_limit_and_no_further() {
        let work = Work::new();
        work.parsed(WORK_MAX / WORK_PER_PARSED_BYTE - 1).expect("below the limit");
        work.copied(WORK_PER_PARSED_BYTE).expect("at the limit");
        assert_eq!(work.copied(1), Err(Error::TooComplex(Limit::Work)));
    }
}

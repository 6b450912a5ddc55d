//! The workers by hand: for a simulation, which decides itself what is done in which order, twice, late or never.

use crate::effects::{BULK, KINDS, Queued};
use crate::error::Error;
use crate::server::Service;

/// A job that somebody took. A copy of it is what a process holds that was stopped for longer than its lease.
#[derive(Clone, Debug)]
pub struct Taken(Queued);

impl Taken {
    /// Its id, which does not change from attempt to attempt.
    pub fn id(&self) -> &str {
        &self.0.job
    }

    /// The envelope that it belongs to.
    pub fn envelope(&self) -> Option<&str> {
        self.0.work.envelope()
    }

    /// What is to be done, for somebody who reads what happened.
    pub fn what(&self) -> String {
        format!("{} of {}", self.0.work.kind(), self.0.job)
    }
}

impl Service {
    /// Jobs that this process queued, holds from their birth and has not begun; none where the workers were started.
    pub fn own_jobs(&self) -> Vec<Taken> {
        self.inner.jobs.waiting().into_iter().map(Taken).collect()
    }

    /// Takes jobs that are due and that nobody holds, so many at most.
    pub async fn take_jobs(&self, limit: i64) -> Result<Vec<Taken>, Error> {
        let kinds = [KINDS.as_slice(), &BULK].concat();
        Ok(self.take(&kinds, limit).await.map_err(Error::Fault)?.into_iter().map(Taken).collect())
    }

    /// Carries a job out once, however late it is; where that fails it is tried again later, as always.
    pub async fn carry_out_by_hand(&self, taken: &Taken) -> Result<(), Error> {
        let done = self.carry_out(&taken.0).await;
        if let Err(error) = &done {
            self.try_again(&taken.0, error).await;
        }
        done
    }
}

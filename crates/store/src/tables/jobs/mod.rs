//! Homework for the world: what has to happen because an event happened.
//!
//! A job is written in the transaction that decided it ([`enqueue`]), taken with a lease ([`claim`]), and removed in
//! the transaction that records its result ([`complete`]). A process that dies lets its leases run out; then another
//! one takes the job. A late [`complete`] of the first is refused by its lease token, and what it wrote beside is its
//! caller's to undo. So every job is done at least once, and its result is recorded at most once.

mod claim;
mod enqueue;
mod settle;

pub use claim::{Claim, claim, next_due, release_all};
pub use enqueue::{Lease, NewJob, OnDuplicate, enqueue};
pub use settle::{complete, due, extend, find, put_back, remove, retry_at, revive, stuck};

use crate::{Fault, Row};

/// The attempt after which a job is left alone, for jobs that must not be given up.
pub const NO_END: i64 = i64::MAX;

/// A job.
#[derive(Debug, Clone, PartialEq)]
pub struct JobRow {
    /// The account it is done for.
    pub tenant: String,
    /// Its id.
    pub job: String,
    /// What is to be done: a word of `service`.
    pub kind: String,
    /// Two jobs of a kind with the same key are one.
    pub dedup_key: String,
    /// What the work needs to know, JSON of `service`.
    pub payload: String,
    /// Not before, microseconds.
    pub run_at: i64,
    /// Until when somebody works on it, microseconds; 0 when nobody does.
    pub leased_until: i64,
    /// Whose lease; empty when nobody's.
    pub lease_token: String,
    /// So many times it was taken, this time included.
    pub attempt: i64,
    /// So many times it is taken at most.
    pub max_attempts: i64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

fn record(mut row: Row) -> Result<JobRow, Fault> {
    Ok(JobRow {
        tenant: row.text()?,
        job: row.text()?,
        kind: row.text()?,
        dedup_key: row.text()?,
        payload: row.text()?,
        run_at: row.int()?,
        leased_until: row.int()?,
        lease_token: row.text()?,
        attempt: row.int()?,
        max_attempts: row.int()?,
        last_error: row.text_or_null()?,
    })
}

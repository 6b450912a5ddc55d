//! Writing a job down, in the transaction that decided it.

use crate::{Fault, Tx};

/// A job to be written down.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// The account it is done for.
    pub tenant: String,
    /// Its id.
    pub job: String,
    /// What is to be done: a word of `service`.
    pub kind: String,
    /// Two jobs of a kind with the same key are one; `None` makes every job its own.
    pub dedup_key: Option<String>,
    /// What the work needs to know, JSON of `service`.
    pub payload: String,
    /// Not before, microseconds.
    pub run_at: i64,
    /// So many times it is taken at most; [`NO_END`](super::NO_END) for what must not be given up.
    pub max_attempts: i64,
    /// Born leased: the process that writes it does it at once, without a commit to claim it. If that process
    /// dies, the lease runs out like any other. This counts as the first attempt.
    pub leased: Option<Lease>,
    /// What happens when one of the same kind and key stands already.
    pub on_duplicate: OnDuplicate,
}

/// Somebody's word that they work on a job.
#[derive(Debug, Clone, PartialEq)]
pub struct Lease {
    /// Random, made for one claim.
    pub token: String,
    /// Until when, microseconds.
    pub until: i64,
}

/// What happens to a job of the same kind and key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDuplicate {
    /// It stays as it is; the new one is dropped.
    Keep,
    /// It takes the new one's payload and time and starts from its first attempt. If somebody works on it just now,
    /// their lease is over: their result is refused and the job runs again, so that nothing new is overlooked.
    Replace,
}

const KEEP: &str = "INSERT INTO jobs (tenant, job, kind, dedup_key, payload, run_at, leased_until, lease_token, \
    attempt, max_attempts, last_error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL) \
    ON CONFLICT (tenant, kind, dedup_key) DO NOTHING";
const REPLACE: &str = "INSERT INTO jobs (tenant, job, kind, dedup_key, payload, run_at, leased_until, lease_token, \
    attempt, max_attempts, last_error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL) \
    ON CONFLICT (tenant, kind, dedup_key) DO UPDATE SET payload = excluded.payload, run_at = excluded.run_at, \
    leased_until = excluded.leased_until, lease_token = excluded.lease_token, attempt = excluded.attempt, \
    max_attempts = excluded.max_attempts, last_error = NULL RETURNING job";

/// Writes the job down and returns the id under which it stands: that of `new`, or with
/// [`OnDuplicate::Replace`] that of the job it replaced. `None` when one stood already and was kept; then
/// nobody holds the lease that `new` asked for.
pub async fn enqueue(tx: &mut Tx<'_>, new: &NewJob) -> Result<Option<String>, Fault> {
    let lease = new.leased.clone().unwrap_or(Lease { token: String::new(), until: 0 });
    let values = [
        (&new.tenant).into(),
        (&new.job).into(),
        (&new.kind).into(),
        new.dedup_key.as_ref().unwrap_or(&new.job).into(),
        (&new.payload).into(),
        new.run_at.into(),
        lease.until.into(),
        lease.token.into(),
        i64::from(new.leased.is_some()).into(),
        new.max_attempts.into(),
    ];
    match new.on_duplicate {
        OnDuplicate::Keep => Ok((tx.execute(KEEP, &values).await? == 1).then(|| new.job.clone())),
        OnDuplicate::Replace => tx.query_first(REPLACE, &values).await?.map(|mut row| row.text()).transpose(),
    }
}

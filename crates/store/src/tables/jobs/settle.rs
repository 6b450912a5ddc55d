//! What becomes of a job that was taken.

use super::{JobRow, record};
use crate::{Fault, Tx};

const COMPLETE: &str = "DELETE FROM jobs WHERE tenant = $1 AND job = $2 AND lease_token = $3";
const RETRY_AT: &str = "UPDATE jobs SET run_at = $4, last_error = $5, leased_until = 0, lease_token = '' \
    WHERE tenant = $1 AND job = $2 AND lease_token = $3";
const PUT_BACK: &str = "UPDATE jobs SET run_at = $4, leased_until = 0, lease_token = '' \
    WHERE tenant = $1 AND job = $2 AND lease_token = $3";
const EXTEND: &str = "UPDATE jobs SET leased_until = $4 WHERE tenant = $1 AND job = $2 AND lease_token = $3";
const FIND: &str = "SELECT tenant, job, kind, dedup_key, payload, run_at, leased_until, lease_token, attempt, \
    max_attempts, last_error FROM jobs WHERE tenant = $1 AND job = $2";
const STUCK: &str = "SELECT tenant, job, kind, dedup_key, payload, run_at, leased_until, lease_token, attempt, \
    max_attempts, last_error FROM jobs WHERE tenant = $1 AND last_error IS NOT NULL ORDER BY run_at, job";
const DUE: &str = "SELECT COUNT(*) FROM jobs WHERE tenant = $1 AND kind = $2 AND run_at <= $3";
const REVIVE: &str = "UPDATE jobs SET attempt = 0, run_at = $3, leased_until = 0, lease_token = '' \
    WHERE tenant = $1 AND job = $2 AND attempt >= max_attempts";
const REMOVE: &str = "DELETE FROM jobs WHERE tenant = $1 AND kind = $2 AND dedup_key = $3";

/// Removes a job that is done. `false` when the lease is somebody else's by now: then this transaction must be
/// undone, since the other one's result will stand.
#[must_use = "a lost lease has to undo the transaction"]
pub async fn complete(tx: &mut Tx<'_>, tenant: &str, job: &str, lease_token: &str) -> Result<bool, Fault> {
    Ok(!lease_token.is_empty()
        && tx.execute(COMPLETE, &[tenant.into(), job.into(), lease_token.into()]).await? == 1)
}

/// Gives a job back for another attempt at `run_at` (microseconds), with the reason. After its last attempt it
/// stays and is listed by [`stuck`]. `false` when the lease is somebody else's.
pub async fn retry_at(
    tx: &mut Tx<'_>,
    tenant: &str,
    job: &str,
    lease_token: &str,
    run_at: i64,
    error: &str,
) -> Result<bool, Fault> {
    let values = [tenant.into(), job.into(), lease_token.into(), run_at.into(), error.into()];
    Ok(!lease_token.is_empty() && tx.execute(RETRY_AT, &values).await? == 1)
}

/// Gives a job back for another attempt at `run_at` (microseconds) where nothing of ours failed: it is not listed by
/// [`stuck`]. `false` when the lease is somebody else's.
pub async fn put_back(
    tx: &mut Tx<'_>,
    tenant: &str,
    job: &str,
    lease_token: &str,
    run_at: i64,
) -> Result<bool, Fault> {
    let values = [tenant.into(), job.into(), lease_token.into(), run_at.into()];
    Ok(!lease_token.is_empty() && tx.execute(PUT_BACK, &values).await? == 1)
}

/// Holds a lease longer: until `until` (microseconds). `false` when it is somebody else's.
pub async fn extend(
    tx: &mut Tx<'_>,
    tenant: &str,
    job: &str,
    lease_token: &str,
    until: i64,
) -> Result<bool, Fault> {
    let values = [tenant.into(), job.into(), lease_token.into(), until.into()];
    Ok(!lease_token.is_empty() && tx.execute(EXTEND, &values).await? == 1)
}

/// The job of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, job: &str) -> Result<Option<JobRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), job.into()]).await?.map(record).transpose()
}

/// The jobs of an account that failed at least once, with the reason; given up are those whose
/// `attempt` has reached `max_attempts`.
pub async fn stuck(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<JobRow>, Fault> {
    tx.query(STUCK, &[tenant.into()]).await?.into_iter().map(record).collect()
}

/// How many jobs of this kind an account has that are due by this time, worked on or not.
pub async fn due(tx: &mut Tx<'_>, tenant: &str, kind: &str, now: i64) -> Result<i64, Fault> {
    let row = tx.query_first(DUE, &[tenant.into(), kind.into(), now.into()]).await?;
    row.map_or(Ok(0), |mut row| row.int())
}

/// Lets a job that was given up start over at `run_at` (microseconds). `false` when it was not given up.
pub async fn revive(tx: &mut Tx<'_>, tenant: &str, job: &str, run_at: i64) -> Result<bool, Fault> {
    Ok(tx.execute(REVIVE, &[tenant.into(), job.into(), run_at.into()]).await? == 1)
}

/// Removes a job that is not needed any more, such as the deadline of an envelope that has ended.
/// `false` when there was none.
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, kind: &str, dedup_key: &str) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, &[tenant.into(), kind.into(), dedup_key.into()]).await? == 1)
}

//! Taking jobs, several at once.

use super::{JobRow, record};
use crate::{Fault, Store, Tx, Value};

/// Which jobs to take, and for how long.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim<'c> {
    /// Kinds to take; 1 to 8 of them.
    pub kinds: &'c [&'c str],
    /// The time, microseconds.
    pub now: i64,
    /// How long the lease holds, microseconds.
    pub lease_for: i64,
    /// So many at most.
    pub limit: i64,
    /// Random, new for each claim: with it the jobs are completed.
    pub token: &'c str,
}

/// One statement's kinds: a fixed number of placeholders keeps it one prepared statement.
const KINDS: usize = 8;

// The inner SELECT stands in WITH, since PostgreSQL may run a subquery in IN more than once, and each time would lock
// and take other rows. All tenants' jobs are claimed by one statement: the queue is the server's, not a tenant's.
const CLAIM: &str = "WITH due AS (SELECT tenant, job FROM jobs \
    WHERE run_at <= $1 AND leased_until <= $1 AND attempt < max_attempts \
    AND kind IN ($5, $6, $7, $8, $9, $10, $11, $12) ORDER BY run_at LIMIT $4 {SKIP_LOCKED}) \
    UPDATE jobs SET leased_until = $2, lease_token = $3, attempt = attempt + 1 \
    WHERE (tenant, job) IN (SELECT tenant, job FROM due) \
    RETURNING tenant, job, kind, dedup_key, payload, run_at, leased_until, lease_token, attempt, max_attempts, last_error";
const NEXT_DUE: &str = "SELECT MIN(CASE WHEN run_at > leased_until THEN run_at ELSE leased_until END) FROM jobs \
    WHERE attempt < max_attempts AND kind IN ($1, $2, $3, $4, $5, $6, $7, $8)";
const RELEASE_ALL: &str = "UPDATE jobs SET leased_until = 0, lease_token = '', \
    attempt = CASE WHEN attempt < max_attempts THEN attempt ELSE max_attempts - 1 END WHERE leased_until > 0";

/// Takes jobs that are due and that nobody works on, earliest first. One durable commit, if there are any.
///
/// # Errors
/// A [`Fault`] when the database does not answer.
pub async fn claim(store: &Store, claim: &Claim<'_>) -> Result<Vec<JobRow>, Fault> {
    let mut values = vec![
        claim.now.into(),
        claim.now.saturating_add(claim.lease_for).into(),
        claim.token.into(),
        claim.limit.into(),
    ];
    values.extend(kinds(claim.kinds)?);
    let values = &values;
    let mut jobs: Vec<JobRow> = store
        .write(|tx| {
            Box::pin(async move {
                tx.query(CLAIM, values).await?.into_iter().map(record).collect::<Result<_, Fault>>()
            })
        })
        .await?;
    jobs.sort_by_key(|job| job.run_at);
    Ok(jobs)
}

/// When the next job of these kinds can be taken, microseconds: how long a worker may rest.
pub async fn next_due(tx: &mut Tx<'_>, of: &[&str]) -> Result<Option<i64>, Fault> {
    match tx.query_first(NEXT_DUE, &kinds(of)?).await? {
        Some(mut row) => row.int_or_null(),
        None => Ok(None),
    }
}

/// Ends all leases: at the start of a server that is the only one on its database, so that what the last run
/// left is taken up at once. With other servers running it would take their work from them.
pub async fn release_all(tx: &mut Tx<'_>) -> Result<u64, Fault> {
    tx.execute(RELEASE_ALL, &[]).await
}

fn kinds(kinds: &[&str]) -> Result<Vec<Value>, Fault> {
    let Some(last) = kinds.last().filter(|_| kinds.len() <= KINDS) else {
        return Err(Fault::configuration(format!("a claim names 1 to {KINDS} kinds of jobs")));
    };
    Ok((0..KINDS).map(|place| Value::from(*kinds.get(place).unwrap_or(last))).collect())
}

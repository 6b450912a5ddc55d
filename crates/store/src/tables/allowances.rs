//! How often something was done of which only so much is allowed. How much that is, `service` says.

use crate::{Fault, Tx};

// The update changes nothing and takes the row's lock, so that two processes count one after the other.
const LOCK: &str = "INSERT INTO allowances (tenant, subject, uses, ends_at) VALUES ($1, $2, '[]', $3) \
    ON CONFLICT (tenant, subject) DO UPDATE SET uses = allowances.uses RETURNING uses";
const PUT: &str = "UPDATE allowances SET uses = $3, ends_at = $4 WHERE tenant = $1 AND subject = $2";
// What another transaction is counting at is left to the next one, which keeps two that forget from waiting for
// each other.
const FORGET: &str = "DELETE FROM allowances WHERE tenant = $1 AND subject IN \
    (SELECT subject FROM allowances WHERE tenant = $1 AND ends_at <= $2 ORDER BY ends_at LIMIT 100 {SKIP_LOCKED})";

/// When it was done, microseconds, as the last [`put`] said; nobody else counts at it until the transaction ends.
pub async fn lock(tx: &mut Tx<'_>, tenant: &str, subject: &str, now: i64) -> Result<Vec<i64>, Fault> {
    match tx.query_first(LOCK, &[tenant.into(), subject.into(), now.into()]).await? {
        Some(mut row) => serde_json::from_str(&row.text()?)
            .map_err(|_| Fault::corrupt("the uses of an allowance are no times")),
        None => Err(Fault::corrupt("an allowance was not returned")),
    }
}

/// Keeps when it was done, until `ends_at` (microseconds), from which on none of it counts.
pub async fn put(
    tx: &mut Tx<'_>,
    tenant: &str,
    subject: &str,
    uses: &[i64],
    ends_at: i64,
) -> Result<(), Fault> {
    let text = serde_json::to_string(uses).map_err(|_| Fault::corrupt("times cannot be written"))?;
    tx.execute(PUT, &[tenant.into(), subject.into(), text.as_str().into(), ends_at.into()]).await.map(drop)
}

/// Removes some of what does not count any more at `now` (microseconds) and says how many that were.
pub async fn forget(tx: &mut Tx<'_>, tenant: &str, now: i64) -> Result<u64, Fault> {
    tx.execute(FORGET, &[tenant.into(), now.into()]).await
}

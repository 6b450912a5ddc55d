//! Every attempt to tell a customer's program, and what it answered.

use crate::{Fault, Row, Tx};

/// One attempt at one delivery.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptRow {
    /// The account.
    pub tenant: String,
    /// The delivery.
    pub delivery: String,
    /// Its number, from 1.
    pub attempt: i64,
    /// The subscription.
    pub webhook: String,
    /// When it began, microseconds.
    pub at: i64,
    /// HTTP status of the answer.
    pub status: Option<i64>,
    /// What went wrong, a word of `deliver` or `service`.
    pub fault: Option<String>,
    /// The beginning of the answer.
    pub answer: String,
    /// Milliseconds that it took.
    pub took_ms: Option<i64>,
}

const PUT: &str = "INSERT INTO webhook_attempts (tenant, delivery, attempt, webhook, at_micros, status, fault, answer, \
    took_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant, delivery, attempt) DO NOTHING";
const LIST: &str = "SELECT tenant, delivery, attempt, webhook, at_micros, status, fault, answer, took_ms \
    FROM webhook_attempts WHERE tenant = $1 AND webhook = $2 AND delivery >= $3 AND delivery <= $4 \
    ORDER BY delivery, attempt";
const FORGET_ANSWERS: &str = "UPDATE webhook_attempts SET answer = '' WHERE tenant = $1 AND delivery = $2";
const REMOVE_OF: &str = "DELETE FROM webhook_attempts WHERE tenant = $1 AND webhook = $2";

/// Adds one.
pub async fn put(tx: &mut Tx<'_>, row: &AttemptRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.delivery).into(),
        row.attempt.into(),
        (&row.webhook).into(),
        row.at.into(),
        row.status.into(),
        row.fault.as_ref().into(),
        (&row.answer).into(),
        row.took_ms.into(),
    ];
    tx.execute(PUT, &values).await.map(drop)
}

/// The attempts at a subscription's deliveries from one id to another, each delivery's in order.
pub async fn list(
    tx: &mut Tx<'_>,
    tenant: &str,
    webhook: &str,
    from: &str,
    to: &str,
) -> Result<Vec<AttemptRow>, Fault> {
    let values = [tenant.into(), webhook.into(), from.into(), to.into()];
    tx.query(LIST, &values).await?.into_iter().map(record).collect()
}

/// Forgets what was answered to a delivery; that it was, and when, stays.
pub async fn forget_answers(tx: &mut Tx<'_>, tenant: &str, delivery: &str) -> Result<(), Fault> {
    tx.execute(FORGET_ANSWERS, &[tenant.into(), delivery.into()]).await.map(drop)
}

/// Removes those of a subscription and says how many.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, webhook: &str) -> Result<u64, Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), webhook.into()]).await
}

fn record(mut row: Row) -> Result<AttemptRow, Fault> {
    Ok(AttemptRow {
        tenant: row.text()?,
        delivery: row.text()?,
        attempt: row.int()?,
        webhook: row.text()?,
        at: row.int()?,
        status: row.int_or_null()?,
        fault: row.text_or_null()?,
        answer: row.text()?,
        took_ms: row.int_or_null()?,
    })
}

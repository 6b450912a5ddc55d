//! The log of webhooks: what was to be told, how often it was tried, and what was answered.

use crate::{Fault, Row, Tx};

/// The state of a delivery that is still tried.
pub const PENDING: &str = "pending";

/// One delivery: an event on its way to one subscription.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryRow {
    /// The account.
    pub tenant: String,
    /// Its id.
    pub delivery: String,
    /// The subscription.
    pub webhook: String,
    /// The envelope.
    pub envelope: String,
    /// Number of the envelope's event.
    pub seq: i64,
    /// Place among what that one event tells.
    pub part: i64,
    /// What names the event to the receiver, the same whenever it is sent again.
    pub message: String,
    /// A word of `service`: what happened.
    pub event: String,
    /// What is sent.
    pub body: String,
    /// The delivery that was sent again by hand, where this is a repetition.
    pub replay_of: Option<String>,
    /// [`PENDING`], or a word of `service` for how it ended.
    pub state: String,
    /// So many attempts were made.
    pub attempts: i64,
    /// When it was written, microseconds.
    pub created_at: i64,
    /// When the first attempt was made, microseconds.
    pub first_at: Option<i64>,
    /// When the last attempt was made, microseconds.
    pub last_at: Option<i64>,
    /// When the next attempt is made, microseconds.
    pub next_at: Option<i64>,
    /// HTTP status of the last answer.
    pub status: Option<i64>,
    /// What went wrong at last, a word of `deliver` or `service`.
    pub fault: Option<String>,
    /// The beginning of the last answer.
    pub answer: String,
    /// Milliseconds that the last attempt took.
    pub took_ms: Option<i64>,
}

/// Which page of a subscription's log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Only those in this state.
    pub state: Option<String>,
    /// Only what comes after this (created_at, id) in the list, which is newest first.
    pub before: Option<(i64, String)>,
    /// So many at most.
    pub limit: i64,
}

const INSERT: &str = "INSERT INTO webhook_deliveries (tenant, delivery, webhook, envelope, seq, part, message, event, \
    body, replay_of, state, attempts, created_at, first_at, last_at, next_at, status, fault, answer, took_ms) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
const ATTEMPTED: &str = "UPDATE webhook_deliveries SET state = $3, attempts = $4, first_at = $5, last_at = $6, \
    next_at = $7, status = $8, fault = $9, answer = $10, took_ms = $11 WHERE tenant = $1 AND delivery = $2";
const FIND: &str = "SELECT tenant, delivery, webhook, envelope, seq, part, message, event, body, replay_of, state, \
    attempts, created_at, first_at, last_at, next_at, status, fault, answer, took_ms FROM webhook_deliveries \
    WHERE tenant = $1 AND delivery = $2";
const NEXT_FIRST: &str = "SELECT delivery FROM webhook_deliveries \
    WHERE tenant = $1 AND envelope = $2 AND webhook = $3 AND state = 'pending' AND attempts = 0 \
    AND replay_of IS NULL ORDER BY seq, part LIMIT 1";
const LIST: &str = "SELECT tenant, delivery, webhook, envelope, seq, part, message, event, body, replay_of, state, \
    attempts, created_at, first_at, last_at, next_at, status, fault, answer, took_ms FROM webhook_deliveries \
    WHERE tenant = $1 AND webhook = $2 AND ($3 = '' OR state = $3) AND (created_at, delivery) < ($4, $5) \
    ORDER BY created_at DESC, delivery DESC LIMIT $6";
const OF_ENVELOPE: &str = "SELECT tenant, delivery, webhook, envelope, seq, part, message, event, body, replay_of, \
    state, attempts, created_at, first_at, last_at, next_at, status, fault, answer, took_ms FROM webhook_deliveries \
    WHERE tenant = $1 AND envelope = $2 ORDER BY seq, part, delivery";
const REWRITE: &str =
    "UPDATE webhook_deliveries SET body = $3, answer = '' WHERE tenant = $1 AND delivery = $2";
const REMOVE_OF: &str = "DELETE FROM webhook_deliveries WHERE tenant = $1 AND webhook = $2";

/// Adds one.
pub async fn insert(tx: &mut Tx<'_>, row: &DeliveryRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.delivery).into(),
        (&row.webhook).into(),
        (&row.envelope).into(),
        row.seq.into(),
        row.part.into(),
        (&row.message).into(),
        (&row.event).into(),
        (&row.body).into(),
        row.replay_of.as_ref().into(),
        (&row.state).into(),
        row.attempts.into(),
        row.created_at.into(),
        row.first_at.into(),
        row.last_at.into(),
        row.next_at.into(),
        row.status.into(),
        row.fault.as_ref().into(),
        (&row.answer).into(),
        row.took_ms.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Writes down what came of an attempt.
pub async fn attempted(tx: &mut Tx<'_>, row: &DeliveryRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.delivery).into(),
        (&row.state).into(),
        row.attempts.into(),
        row.first_at.into(),
        row.last_at.into(),
        row.next_at.into(),
        row.status.into(),
        row.fault.as_ref().into(),
        (&row.answer).into(),
        row.took_ms.into(),
    ];
    tx.execute(ATTEMPTED, &values).await.map(drop)
}

/// The one of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, delivery: &str) -> Result<Option<DeliveryRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), delivery.into()]).await?.map(record).transpose()
}

/// The earliest of an envelope and a subscription that was not tried yet, in the order of the envelope's events. What
/// is sent again by hand has no place in that order.
pub async fn next_first(
    tx: &mut Tx<'_>,
    tenant: &str,
    envelope: &str,
    webhook: &str,
) -> Result<Option<String>, Fault> {
    let values = [tenant.into(), envelope.into(), webhook.into()];
    tx.query_first(NEXT_FIRST, &values).await?.map(|mut row| row.text()).transpose()
}

/// The log of a subscription, newest first.
pub async fn list(
    tx: &mut Tx<'_>,
    tenant: &str,
    webhook: &str,
    filter: &Filter,
) -> Result<Vec<DeliveryRow>, Fault> {
    let (before_at, before_id) = filter.before.clone().unwrap_or((i64::MAX, String::new()));
    let values = [
        tenant.into(),
        webhook.into(),
        filter.state.as_deref().unwrap_or_default().into(),
        before_at.into(),
        before_id.into(),
        filter.limit.into(),
    ];
    tx.query(LIST, &values).await?.into_iter().map(record).collect()
}

/// All that tell of an envelope, in the order of its events.
pub async fn of_envelope(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<Vec<DeliveryRow>, Fault> {
    tx.query(OF_ENVELOPE, &[tenant.into(), envelope.into()]).await?.into_iter().map(record).collect()
}

/// Puts another body in the place of one that holds what is to be forgotten, and forgets the last answer to it.
pub async fn rewrite(tx: &mut Tx<'_>, tenant: &str, delivery: &str, body: &str) -> Result<(), Fault> {
    tx.execute(REWRITE, &[tenant.into(), delivery.into(), body.into()]).await.map(drop)
}

/// Removes the log of a subscription and says how much there was.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, webhook: &str) -> Result<u64, Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), webhook.into()]).await
}

fn record(mut row: Row) -> Result<DeliveryRow, Fault> {
    Ok(DeliveryRow {
        tenant: row.text()?,
        delivery: row.text()?,
        webhook: row.text()?,
        envelope: row.text()?,
        seq: row.int()?,
        part: row.int()?,
        message: row.text()?,
        event: row.text()?,
        body: row.text()?,
        replay_of: row.text_or_null()?,
        state: row.text()?,
        attempts: row.int()?,
        created_at: row.int()?,
        first_at: row.int_or_null()?,
        last_at: row.int_or_null()?,
        next_at: row.int_or_null()?,
        status: row.int_or_null()?,
        fault: row.text_or_null()?,
        answer: row.text()?,
        took_ms: row.int_or_null()?,
    })
}

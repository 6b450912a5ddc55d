//! Subscriptions: what a customer's program wants to be told, and where.

use crate::{Fault, Row, Tx};

/// One subscription.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookRow {
    /// The account.
    pub tenant: String,
    /// Its id.
    pub webhook: String,
    /// The only envelope that it is about; empty where it is about all of them.
    pub envelope: String,
    /// Where it goes.
    pub url: String,
    /// JSON list of `service`: what it is about.
    pub events: String,
    /// A word of `service`: `test`, `live`, `both`.
    pub mode: String,
    /// What it is signed with, sealed.
    pub secret: Vec<u8>,
    /// What it was signed with before, sealed, and until when it still is, microseconds.
    pub previous: Option<(Vec<u8>, i64)>,
    /// When it was made, microseconds.
    pub created_at: i64,
    /// When it was switched off, microseconds.
    pub disabled_at: Option<i64>,
    /// Why, where it was switched off by itself; a word of `deliver`.
    pub disabled_reason: Option<String>,
}

/// Which page of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Only those of this mode.
    pub mode: Option<String>,
    /// Only what comes after this (created_at, id) in the list, which is newest first.
    pub before: Option<(i64, String)>,
    /// So many at most.
    pub limit: i64,
}

const INSERT: &str = "INSERT INTO webhooks (tenant, webhook, envelope, url, events, mode, secret, previous_secret, \
    previous_until, created_at, disabled_at, disabled_reason) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const UPDATE: &str = "UPDATE webhooks SET url = $3, events = $4, mode = $5, secret = $6, previous_secret = $7, \
    previous_until = $8, disabled_at = $9, disabled_reason = $10 WHERE tenant = $1 AND webhook = $2";
const FIND: &str = "SELECT tenant, webhook, envelope, url, events, mode, secret, previous_secret, previous_until, \
    created_at, disabled_at, disabled_reason FROM webhooks WHERE tenant = $1 AND webhook = $2";
const LOCK: &str = "SELECT tenant, webhook, envelope, url, events, mode, secret, previous_secret, previous_until, \
    created_at, disabled_at, disabled_reason FROM webhooks WHERE tenant = $1 AND webhook = $2 {LOCK}";
const LISTENING: &str = "SELECT webhook, events, mode FROM webhooks \
    WHERE tenant = $1 AND envelope IN ('', $2) AND disabled_at IS NULL ORDER BY webhook";
const COUNT: &str = "SELECT COUNT(*) FROM webhooks WHERE tenant = $1 AND envelope = $2";
const LIST: &str = "SELECT tenant, webhook, envelope, url, events, mode, secret, previous_secret, previous_until, \
    created_at, disabled_at, disabled_reason FROM webhooks WHERE tenant = $1 AND ($2 = '' OR mode = $2) \
    AND (created_at, webhook) < ($3, $4) ORDER BY created_at DESC, webhook DESC LIMIT $5";
const REMOVE: &str = "DELETE FROM webhooks WHERE tenant = $1 AND webhook = $2";

/// Adds one.
pub async fn insert(tx: &mut Tx<'_>, row: &WebhookRow) -> Result<(), Fault> {
    let (previous, until) = row.previous.clone().unzip();
    let values = [
        (&row.tenant).into(),
        (&row.webhook).into(),
        (&row.envelope).into(),
        (&row.url).into(),
        (&row.events).into(),
        (&row.mode).into(),
        row.secret.as_slice().into(),
        previous.as_deref().into(),
        until.into(),
        row.created_at.into(),
        row.disabled_at.into(),
        row.disabled_reason.as_ref().into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Writes down what changed; its envelope and its age never do.
pub async fn update(tx: &mut Tx<'_>, row: &WebhookRow) -> Result<(), Fault> {
    let (previous, until) = row.previous.clone().unzip();
    let values = [
        (&row.tenant).into(),
        (&row.webhook).into(),
        (&row.url).into(),
        (&row.events).into(),
        (&row.mode).into(),
        row.secret.as_slice().into(),
        previous.as_deref().into(),
        until.into(),
        row.disabled_at.into(),
        row.disabled_reason.as_ref().into(),
    ];
    tx.execute(UPDATE, &values).await.map(drop)
}

/// The one of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, webhook: &str) -> Result<Option<WebhookRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), webhook.into()]).await?.map(record).transpose()
}

/// The same, locked until the transaction ends.
pub async fn lock(tx: &mut Tx<'_>, tenant: &str, webhook: &str) -> Result<Option<WebhookRow>, Fault> {
    tx.query_first(LOCK, &[tenant.into(), webhook.into()]).await?.map(record).transpose()
}

/// A subscription that may want to hear of an envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Listening {
    /// Its id.
    pub webhook: String,
    /// What it is about.
    pub events: String,
    /// A word of `service`: `test`, `live`, `both`.
    pub mode: String,
}

/// Those that are about this envelope, and about all, and are switched on; the oldest first.
pub async fn listening(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<Vec<Listening>, Fault> {
    let rows = tx.query(LISTENING, &[tenant.into(), envelope.into()]).await?;
    let record =
        |mut row: Row| Ok(Listening { webhook: row.text()?, events: row.text()?, mode: row.text()? });
    rows.into_iter().map(record).collect()
}

/// How many are about this envelope alone; about all envelopes, where it is empty.
pub async fn count(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<i64, Fault> {
    match tx.query_first(COUNT, &[tenant.into(), envelope.into()]).await? {
        Some(mut row) => row.int(),
        None => Ok(0),
    }
}

/// The subscriptions of an account, newest first.
pub async fn list(tx: &mut Tx<'_>, tenant: &str, filter: &Filter) -> Result<Vec<WebhookRow>, Fault> {
    let (before_at, before_id) = filter.before.clone().unwrap_or((i64::MAX, String::new()));
    let values = [
        tenant.into(),
        filter.mode.as_deref().unwrap_or_default().into(),
        before_at.into(),
        before_id.into(),
        filter.limit.into(),
    ];
    tx.query(LIST, &values).await?.into_iter().map(record).collect()
}

/// Removes one. `false` when there was none.
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, webhook: &str) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, &[tenant.into(), webhook.into()]).await? == 1)
}

fn record(mut row: Row) -> Result<WebhookRow, Fault> {
    Ok(WebhookRow {
        tenant: row.text()?,
        webhook: row.text()?,
        envelope: row.text()?,
        url: row.text()?,
        events: row.text()?,
        mode: row.text()?,
        secret: row.bytes()?,
        previous: row.bytes_or_null()?.zip(row.int_or_null()?),
        created_at: row.int()?,
        disabled_at: row.int_or_null()?,
        disabled_reason: row.text_or_null()?,
    })
}

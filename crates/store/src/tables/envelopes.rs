//! The projection of an envelope's events into one row: lists, search, and the head of its chain.

use crate::{Fault, Row, Tx, Value};

/// One envelope as lists see it.
#[derive(Debug, Clone, PartialEq)]
pub struct EnvelopeRow {
    /// The account.
    pub tenant: String,
    /// The envelope's id.
    pub envelope: String,
    /// Number of the last event.
    pub head_seq: i64,
    /// Hash of the last event, lower-case hex.
    pub head_hash: String,
    /// A word of `envelope`.
    pub status: String,
    /// Where its sender keeps it; a word of `envelope`.
    pub shelf: String,
    /// Title.
    pub title: String,
    /// Whether it is a test envelope.
    pub test: bool,
    /// Who made it; a user's or a key's id.
    pub created_by: String,
    /// When it was made, microseconds.
    pub created_at: i64,
    /// When its last event happened, microseconds.
    pub updated_at: i64,
    /// When it ends by itself, microseconds.
    pub expires_at: Option<i64>,
    /// What a search looks in, lower-case: title, names, addresses.
    pub search: String,
    /// What a list shows besides, JSON of `service`.
    pub summary: String,
}

/// Which envelopes a list is about. `Default` means all of them; set `limit`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Only this status.
    pub status: Option<String>,
    /// Only what is kept there.
    pub shelf: Option<String>,
    /// Only test envelopes, or only live ones.
    pub test: Option<bool>,
    /// Only where this occurs, in any case of its letters.
    pub q: Option<String>,
    /// Only what was made of this template.
    pub template: Option<String>,
    /// Only what was made of the rows of this list.
    pub bulk: Option<String>,
    /// Only what was made then or later, microseconds.
    pub created_from: Option<i64>,
    /// Only what was made before, microseconds.
    pub created_before: Option<i64>,
    /// So many at most.
    pub limit: i64,
    /// Only what comes after this (updated_at, envelope) in the list, which is newest first.
    pub before: Option<(i64, String)>,
}

const LOCK: &str = "SELECT tenant, envelope, head_seq, head_hash, status, shelf, title, test, created_by, \
    created_at, updated_at, expires_at, search, summary FROM envelopes WHERE tenant = $1 AND envelope = $2 {LOCK}";
const FIND: &str = "SELECT tenant, envelope, head_seq, head_hash, status, shelf, title, test, created_by, \
    created_at, updated_at, expires_at, search, summary FROM envelopes WHERE tenant = $1 AND envelope = $2";
const UPSERT: &str = "INSERT INTO envelopes (tenant, envelope, head_seq, head_hash, status, shelf, title, test, \
    created_by, created_at, updated_at, expires_at, search, summary) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
    ON CONFLICT (tenant, envelope) DO UPDATE SET head_seq = excluded.head_seq, head_hash = excluded.head_hash, \
    status = excluded.status, shelf = excluded.shelf, title = excluded.title, test = excluded.test, created_by = excluded.created_by, \
    created_at = excluded.created_at, updated_at = excluded.updated_at, expires_at = excluded.expires_at, \
    search = excluded.search, summary = excluded.summary";
// One text for every filter: an empty string and -1 stand for "any". The search text is matched by LIKE with its
// wildcards escaped; both sides are lower-case, since the engines disagree on the case of letters beyond ASCII.
const LIST: &str = "SELECT tenant, envelope, head_seq, head_hash, status, shelf, title, test, created_by, \
    created_at, updated_at, expires_at, search, summary FROM envelopes \
    WHERE tenant = $1 AND ($2 = '' OR status = $2) AND ($3 < 0 OR test = $3) \
    AND ($4 = '' OR search LIKE $4 ESCAPE '!') AND (updated_at, envelope) < ($5, $6) \
    AND ($8 = '' OR shelf = $8) AND created_at >= $9 AND created_at < $10 \
    AND ($11 = '' OR envelope IN (SELECT envelope FROM template_uses WHERE tenant = $1 AND template = $11)) \
    AND ($12 = '' OR envelope IN (SELECT envelope FROM bulk_rows WHERE tenant = $1 AND bulk = $12)) \
    ORDER BY updated_at DESC, envelope DESC LIMIT $7";
// The same envelopes, and nothing but their names: many of them at once weigh little.
const IDS: &str = "SELECT envelope FROM envelopes \
    WHERE tenant = $1 AND ($2 = '' OR status = $2) AND ($3 < 0 OR test = $3) \
    AND ($4 = '' OR search LIKE $4 ESCAPE '!') AND (updated_at, envelope) < ($5, $6) \
    AND ($8 = '' OR shelf = $8) AND created_at >= $9 AND created_at < $10 \
    AND ($11 = '' OR envelope IN (SELECT envelope FROM template_uses WHERE tenant = $1 AND template = $11)) \
    AND ($12 = '' OR envelope IN (SELECT envelope FROM bulk_rows WHERE tenant = $1 AND bulk = $12)) \
    ORDER BY updated_at DESC, envelope DESC LIMIT $7";
const ALL_IDS: &str = "SELECT DISTINCT envelope FROM events WHERE tenant = $1 ORDER BY envelope";
const WITH_VALUES: &str = "SELECT envelope FROM envelopes WHERE tenant = $1 \
    AND status NOT IN ('draft', 'in_progress', 'finishing') AND envelope IN \
    (SELECT envelope FROM disclosures WHERE tenant = $1 AND body <> '[]') ORDER BY envelope";
const DELETE_ALL: &str = "DELETE FROM envelopes WHERE tenant = $1";

/// The row, locked until the transaction ends, so that two commands on one envelope come one after the other.
pub async fn lock(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<Option<EnvelopeRow>, Fault> {
    tx.query_first(LOCK, &[tenant.into(), envelope.into()]).await?.map(record).transpose()
}

/// The row without a lock.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<Option<EnvelopeRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), envelope.into()]).await?.map(record).transpose()
}

/// Writes the row anew.
pub async fn upsert(tx: &mut Tx<'_>, row: &EnvelopeRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.envelope).into(),
        row.head_seq.into(),
        (&row.head_hash).into(),
        (&row.status).into(),
        (&row.shelf).into(),
        (&row.title).into(),
        row.test.into(),
        (&row.created_by).into(),
        row.created_at.into(),
        row.updated_at.into(),
        row.expires_at.into(),
        (&row.search).into(),
        (&row.summary).into(),
    ];
    tx.execute(UPSERT, &values).await.map(drop)
}

/// The envelopes of an account that the filter lets through, the last changed first.
pub async fn list(tx: &mut Tx<'_>, tenant: &str, filter: &Filter) -> Result<Vec<EnvelopeRow>, Fault> {
    tx.query(LIST, &values(tenant, filter)).await?.into_iter().map(record).collect()
}

/// The ids of the same envelopes, in the same order, as they stand at one instant.
pub async fn ids(tx: &mut Tx<'_>, tenant: &str, filter: &Filter) -> Result<Vec<String>, Fault> {
    tx.query(IDS, &values(tenant, filter)).await?.into_iter().map(|mut row| row.text()).collect()
}

fn values(tenant: &str, filter: &Filter) -> [Value; 12] {
    let (before_at, before_id) = filter.before.clone().unwrap_or((i64::MAX, String::new()));
    [
        tenant.into(),
        filter.status.as_deref().unwrap_or_default().into(),
        filter.test.map_or(-1, i64::from).into(),
        filter.q.as_deref().map(pattern).unwrap_or_default().into(),
        before_at.into(),
        before_id.into(),
        filter.limit.into(),
        filter.shelf.as_deref().unwrap_or_default().into(),
        filter.created_from.unwrap_or(i64::MIN).into(),
        filter.created_before.unwrap_or(i64::MAX).into(),
        filter.template.as_deref().unwrap_or_default().into(),
        filter.bulk.as_deref().unwrap_or_default().into(),
    ]
}

/// The ids of all envelopes that have events: what a rebuild of this projection goes through.
pub async fn all_ids(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<String>, Fault> {
    tx.query(ALL_IDS, &[tenant.into()]).await?.into_iter().map(|mut row| row.text()).collect()
}

/// The ids of the envelopes that do not run and still hold values behind the commitments of their events.
pub async fn with_values(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<String>, Fault> {
    tx.query(WITH_VALUES, &[tenant.into()]).await?.into_iter().map(|mut row| row.text()).collect()
}

/// Empties the projection of an account before a rebuild.
pub async fn delete_all(tx: &mut Tx<'_>, tenant: &str) -> Result<(), Fault> {
    tx.execute(DELETE_ALL, &[tenant.into()]).await.map(drop)
}

fn pattern(q: &str) -> String {
    let q = q.trim().to_lowercase();
    if q.is_empty() {
        return q;
    }
    let escaped = q.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

fn record(mut row: Row) -> Result<EnvelopeRow, Fault> {
    Ok(EnvelopeRow {
        tenant: row.text()?,
        envelope: row.text()?,
        head_seq: row.int()?,
        head_hash: row.text()?,
        status: row.text()?,
        shelf: row.text()?,
        title: row.text()?,
        test: row.flag()?,
        created_by: row.text()?,
        created_at: row.int()?,
        updated_at: row.int()?,
        expires_at: row.int_or_null()?,
        search: row.text()?,
        summary: row.text()?,
    })
}

//! Templates of an account.

use crate::{Fault, Row, Tx};

/// A template; what it holds stands in `template_versions`.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateRow {
    /// The account.
    pub tenant: String,
    /// Its id.
    pub template: String,
    /// Makes test envelopes.
    pub test: bool,
    /// What its owners call it.
    pub name: String,
    /// The newest version, from 1.
    pub version: i64,
    /// When it was taken out of the list, microseconds.
    pub archived_at: Option<i64>,
    /// When it was made, microseconds.
    pub created_at: i64,
    /// When it was changed last, microseconds.
    pub updated_at: i64,
}

/// Which templates a list is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Those of tests, or the others.
    pub test: bool,
    /// Those that were taken out of the list, or the others.
    pub archived: bool,
    /// So many at most.
    pub limit: i64,
    /// Only what comes after this (updated_at, template) in the list, which is newest first.
    pub before: Option<(i64, String)>,
}

const INSERT: &str = "INSERT INTO templates (tenant, template, test, name, version, archived_at, created_at, \
    updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const UPDATE: &str = "UPDATE templates SET name = $3, version = $4, archived_at = $5, updated_at = $6 \
    WHERE tenant = $1 AND template = $2";
const FIND: &str = "SELECT tenant, template, test, name, version, archived_at, created_at, updated_at \
    FROM templates WHERE tenant = $1 AND template = $2";
const LOCK: &str = "SELECT tenant, template, test, name, version, archived_at, created_at, updated_at \
    FROM templates WHERE tenant = $1 AND template = $2 {LOCK}";
const LIST: &str = "SELECT tenant, template, test, name, version, archived_at, created_at, updated_at \
    FROM templates WHERE tenant = $1 AND test = $2 AND (CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END) = $3 \
    AND (updated_at, template) < ($4, $5) ORDER BY updated_at DESC, template DESC LIMIT $6";
const REMOVE: &str = "DELETE FROM templates WHERE tenant = $1 AND template = $2";

/// Adds a template.
pub async fn insert(tx: &mut Tx<'_>, row: &TemplateRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.template).into(),
        row.test.into(),
        (&row.name).into(),
        row.version.into(),
        row.archived_at.into(),
        row.created_at.into(),
        row.updated_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// Writes down what changed in a template.
pub async fn update(tx: &mut Tx<'_>, row: &TemplateRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.template).into(),
        (&row.name).into(),
        row.version.into(),
        row.archived_at.into(),
        row.updated_at.into(),
    ];
    tx.execute(UPDATE, &values).await.map(drop)
}

/// The template of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, template: &str) -> Result<Option<TemplateRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), template.into()]).await?.map(record).transpose()
}

/// The template of this id, locked until the transaction ends.
pub async fn lock(tx: &mut Tx<'_>, tenant: &str, template: &str) -> Result<Option<TemplateRow>, Fault> {
    tx.query_first(LOCK, &[tenant.into(), template.into()]).await?.map(record).transpose()
}

/// A page of the list, the last changed first.
pub async fn list(tx: &mut Tx<'_>, tenant: &str, filter: &Filter) -> Result<Vec<TemplateRow>, Fault> {
    let (before_at, before_id) = filter.before.clone().unwrap_or((i64::MAX, String::new()));
    let values = [
        tenant.into(),
        filter.test.into(),
        filter.archived.into(),
        before_at.into(),
        before_id.into(),
        filter.limit.into(),
    ];
    tx.query(LIST, &values).await?.into_iter().map(record).collect()
}

/// Removes a template. Its versions go by [`super::template_versions::remove_of`].
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, template: &str) -> Result<(), Fault> {
    tx.execute(REMOVE, &[tenant.into(), template.into()]).await.map(drop)
}

fn record(mut row: Row) -> Result<TemplateRow, Fault> {
    Ok(TemplateRow {
        tenant: row.text()?,
        template: row.text()?,
        test: row.flag()?,
        name: row.text()?,
        version: row.int()?,
        archived_at: row.int_or_null()?,
        created_at: row.int()?,
        updated_at: row.int()?,
    })
}

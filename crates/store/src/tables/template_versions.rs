//! What templates hold, version by version.

use crate::{Fault, Row, Tx};

/// One version of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRow {
    /// The account.
    pub tenant: String,
    /// The template.
    pub template: String,
    /// From 1.
    pub version: i64,
    /// What it holds: JSON of `service`, sealed.
    pub draft: Vec<u8>,
    /// The uploads it needs: a JSON list of ids.
    pub uploads: String,
    /// Who saved it: the id of a user or of a key.
    pub made_by: String,
    /// When, microseconds.
    pub created_at: i64,
}

const INSERT: &str = "INSERT INTO template_versions (tenant, template, version, draft, uploads, made_by, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const FIND: &str = "SELECT tenant, template, version, draft, uploads, made_by, created_at FROM template_versions \
    WHERE tenant = $1 AND template = $2 AND version = $3";
const OF_TEMPLATE: &str = "SELECT tenant, template, version, draft, uploads, made_by, created_at \
    FROM template_versions WHERE tenant = $1 AND template = $2 ORDER BY version";
const ALL: &str = "SELECT tenant, template, version, draft, uploads, made_by, created_at \
    FROM template_versions WHERE tenant = $1 ORDER BY template, version";
const UPLOADS: &str = "SELECT uploads FROM template_versions WHERE tenant = $1";
const REWRITE: &str =
    "UPDATE template_versions SET draft = $4 WHERE tenant = $1 AND template = $2 AND version = $3";
const REMOVE_OF: &str = "DELETE FROM template_versions WHERE tenant = $1 AND template = $2";

/// Adds a version.
pub async fn insert(tx: &mut Tx<'_>, row: &VersionRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.template).into(),
        row.version.into(),
        row.draft.as_slice().into(),
        (&row.uploads).into(),
        (&row.made_by).into(),
        row.created_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// This version of a template.
pub async fn find(
    tx: &mut Tx<'_>,
    tenant: &str,
    template: &str,
    version: i64,
) -> Result<Option<VersionRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), template.into(), version.into()]).await?.map(record).transpose()
}

/// All versions of a template, the oldest first.
pub async fn of_template(tx: &mut Tx<'_>, tenant: &str, template: &str) -> Result<Vec<VersionRow>, Fault> {
    tx.query(OF_TEMPLATE, &[tenant.into(), template.into()]).await?.into_iter().map(record).collect()
}

/// All versions of all templates of an account.
pub async fn all(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<VersionRow>, Fault> {
    tx.query(ALL, &[tenant.into()]).await?.into_iter().map(record).collect()
}

/// The lists of uploads that an account's templates need.
pub async fn uploads(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<String>, Fault> {
    tx.query(UPLOADS, &[tenant.into()]).await?.into_iter().map(|mut row| row.text()).collect()
}

/// Puts another content in the place of a version's: for the erasure of persons alone.
pub async fn rewrite(
    tx: &mut Tx<'_>,
    tenant: &str,
    template: &str,
    version: i64,
    draft: &[u8],
) -> Result<(), Fault> {
    tx.execute(REWRITE, &[tenant.into(), template.into(), version.into(), draft.into()]).await.map(drop)
}

/// Removes all versions of a template.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, template: &str) -> Result<(), Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), template.into()]).await.map(drop)
}

fn record(mut row: Row) -> Result<VersionRow, Fault> {
    Ok(VersionRow {
        tenant: row.text()?,
        template: row.text()?,
        version: row.int()?,
        draft: row.bytes()?,
        uploads: row.text()?,
        made_by: row.text()?,
        created_at: row.int()?,
    })
}

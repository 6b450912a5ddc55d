//! Which envelope came from which version of a template.

use crate::{Fault, Row, Tx};

/// One use.
#[derive(Debug, Clone, PartialEq)]
pub struct UseRow {
    /// The account.
    pub tenant: String,
    /// The envelope that was made.
    pub envelope: String,
    /// The template.
    pub template: String,
    /// Its version.
    pub version: i64,
    /// The public link by which somebody started it.
    pub link: Option<String>,
    /// HMAC of that visitor's address.
    pub whom: Option<String>,
    /// When, microseconds.
    pub created_at: i64,
}

const INSERT: &str = "INSERT INTO template_uses (tenant, envelope, template, version, link, whom, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const FIND: &str = "SELECT tenant, envelope, template, version, link, whom, created_at FROM template_uses \
    WHERE tenant = $1 AND envelope = $2";
const COUNT_OF: &str = "SELECT COUNT(*) FROM template_uses WHERE tenant = $1 AND template = $2";
const BY_WHOM: &str = "SELECT tenant, envelope, template, version, link, whom, created_at FROM template_uses \
    WHERE tenant = $1 AND link = $2 AND whom = $3 ORDER BY created_at DESC, envelope DESC LIMIT 1";

/// Writes a use down.
pub async fn insert(tx: &mut Tx<'_>, row: &UseRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.envelope).into(),
        (&row.template).into(),
        row.version.into(),
        row.link.clone().into(),
        row.whom.clone().into(),
        row.created_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// What an envelope came from, where that is a template.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<Option<UseRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), envelope.into()]).await?.map(record).transpose()
}

/// How often a template was used.
pub async fn count_of(tx: &mut Tx<'_>, tenant: &str, template: &str) -> Result<i64, Fault> {
    let row = tx.query_first(COUNT_OF, &[tenant.into(), template.into()]).await?;
    row.map_or(Ok(0), |mut row| row.int())
}

/// The last use of a link by a visitor.
pub async fn by_whom(tx: &mut Tx<'_>, tenant: &str, link: &str, whom: &str) -> Result<Option<UseRow>, Fault> {
    tx.query_first(BY_WHOM, &[tenant.into(), link.into(), whom.into()]).await?.map(record).transpose()
}

fn record(mut row: Row) -> Result<UseRow, Fault> {
    Ok(UseRow {
        tenant: row.text()?,
        envelope: row.text()?,
        template: row.text()?,
        version: row.int()?,
        link: row.text_or_null()?,
        whom: row.text_or_null()?,
        created_at: row.int()?,
    })
}

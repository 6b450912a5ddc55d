//! Public links, by which strangers start envelopes from a template.

use crate::{Fault, Row, Tx};

/// A public link.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateLinkRow {
    /// The account.
    pub tenant: String,
    /// Its id.
    pub link: String,
    /// The template.
    pub template: String,
    /// The version that is used.
    pub version: i64,
    /// HMAC of its token.
    pub digest: String,
    /// The token, sealed: it is shown again to its owners.
    pub token: Vec<u8>,
    /// What its owners call it.
    pub label: String,
    /// What holds for every use: JSON of `service`, sealed.
    pub wishes: Vec<u8>,
    /// So many uses at most.
    pub uses_max: Option<i64>,
    /// So often it was used.
    pub uses: i64,
    /// When it ends by itself, microseconds.
    pub expires_at: Option<i64>,
    /// When it was turned off, microseconds.
    pub ended_at: Option<i64>,
    /// Who made it, in whose name it sends: the id of a user.
    pub made_by: String,
    /// When it was made, microseconds.
    pub created_at: i64,
}

const INSERT: &str = "INSERT INTO template_links (tenant, link, template, version, digest, token, label, wishes, \
    uses_max, uses, expires_at, ended_at, made_by, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const FIND: &str = "SELECT tenant, link, template, version, digest, token, label, wishes, uses_max, uses, expires_at, \
    ended_at, made_by, created_at FROM template_links WHERE tenant = $1 AND link = $2";
const BY_DIGEST: &str = "SELECT tenant, link, template, version, digest, token, label, wishes, uses_max, uses, \
    expires_at, ended_at, made_by, created_at FROM template_links WHERE tenant = $1 AND digest = $2";
const OF_TEMPLATE: &str = "SELECT tenant, link, template, version, digest, token, label, wishes, uses_max, uses, \
    expires_at, ended_at, made_by, created_at FROM template_links WHERE tenant = $1 AND template = $2 \
    ORDER BY created_at DESC, link DESC";
const ALL: &str = "SELECT tenant, link, template, version, digest, token, label, wishes, uses_max, uses, \
    expires_at, ended_at, made_by, created_at FROM template_links WHERE tenant = $1 ORDER BY link";
const END: &str =
    "UPDATE template_links SET ended_at = $3 WHERE tenant = $1 AND link = $2 AND ended_at IS NULL";
const TAKE: &str = "UPDATE template_links SET uses = uses + 1 WHERE tenant = $1 AND link = $2 \
    AND ended_at IS NULL AND (expires_at IS NULL OR expires_at > $3) AND (uses_max IS NULL OR uses < uses_max)";
const REWRITE: &str = "UPDATE template_links SET wishes = $3 WHERE tenant = $1 AND link = $2";
const REMOVE_OF: &str = "DELETE FROM template_links WHERE tenant = $1 AND template = $2";

/// Adds a link.
pub async fn insert(tx: &mut Tx<'_>, row: &TemplateLinkRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.link).into(),
        (&row.template).into(),
        row.version.into(),
        (&row.digest).into(),
        row.token.as_slice().into(),
        (&row.label).into(),
        row.wishes.as_slice().into(),
        row.uses_max.into(),
        row.uses.into(),
        row.expires_at.into(),
        row.ended_at.into(),
        (&row.made_by).into(),
        row.created_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// The link of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, link: &str) -> Result<Option<TemplateLinkRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), link.into()]).await?.map(record).transpose()
}

/// The link whose token has this HMAC.
pub async fn by_digest(
    tx: &mut Tx<'_>,
    tenant: &str,
    digest: &str,
) -> Result<Option<TemplateLinkRow>, Fault> {
    tx.query_first(BY_DIGEST, &[tenant.into(), digest.into()]).await?.map(record).transpose()
}

/// The links of a template, newest first.
pub async fn of_template(
    tx: &mut Tx<'_>,
    tenant: &str,
    template: &str,
) -> Result<Vec<TemplateLinkRow>, Fault> {
    tx.query(OF_TEMPLATE, &[tenant.into(), template.into()]).await?.into_iter().map(record).collect()
}

/// All links of an account.
pub async fn all(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<TemplateLinkRow>, Fault> {
    tx.query(ALL, &[tenant.into()]).await?.into_iter().map(record).collect()
}

/// Turns a link off; one that is off stays so from the first time on.
pub async fn end(tx: &mut Tx<'_>, tenant: &str, link: &str, at: i64) -> Result<(), Fault> {
    tx.execute(END, &[tenant.into(), link.into(), at.into()]).await.map(drop)
}

/// Counts a use at this time. `false` where the link is off, over or used up: then nothing was counted.
#[must_use = "a use that was not counted must not happen"]
pub async fn take(tx: &mut Tx<'_>, tenant: &str, link: &str, now: i64) -> Result<bool, Fault> {
    Ok(tx.execute(TAKE, &[tenant.into(), link.into(), now.into()]).await? == 1)
}

/// Puts other wishes in the place of a link's: for the erasure of persons alone.
pub async fn rewrite(tx: &mut Tx<'_>, tenant: &str, link: &str, wishes: &[u8]) -> Result<(), Fault> {
    tx.execute(REWRITE, &[tenant.into(), link.into(), wishes.into()]).await.map(drop)
}

/// Removes the links of a template.
pub async fn remove_of(tx: &mut Tx<'_>, tenant: &str, template: &str) -> Result<(), Fault> {
    tx.execute(REMOVE_OF, &[tenant.into(), template.into()]).await.map(drop)
}

fn record(mut row: Row) -> Result<TemplateLinkRow, Fault> {
    Ok(TemplateLinkRow {
        tenant: row.text()?,
        link: row.text()?,
        template: row.text()?,
        version: row.int()?,
        digest: row.text()?,
        token: row.bytes()?,
        label: row.text()?,
        wishes: row.bytes()?,
        uses_max: row.int_or_null()?,
        uses: row.int()?,
        expires_at: row.int_or_null()?,
        ended_at: row.int_or_null()?,
        made_by: row.text()?,
        created_at: row.int()?,
    })
}

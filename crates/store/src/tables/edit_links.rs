//! Addresses by which somebody without an account works on one draft.

use crate::{Fault, Row, Tx};

/// Such an address.
#[derive(Debug, Clone, PartialEq)]
pub struct EditLinkRow {
    /// The account.
    pub tenant: String,
    /// Its id, which may be shown.
    pub link: String,
    /// The envelope.
    pub envelope: String,
    /// HMAC of its token.
    pub digest: String,
    /// Where the browser goes afterwards.
    pub return_url: Option<String>,
    /// Origins that may show its page in a frame: a JSON list.
    pub frame_origins: String,
    /// HMAC of the e-mail address of whom its holder is, where that was said.
    pub signs_as: Option<String>,
    /// The id of the key or the user that handed it out.
    pub made_by: String,
    /// Until when it holds, microseconds.
    pub expires_at: i64,
    /// When it was taken back, microseconds.
    pub ended_at: Option<i64>,
    /// When it was made, microseconds.
    pub created_at: i64,
}

const INSERT: &str = "INSERT INTO edit_links (tenant, link, envelope, digest, return_url, frame_origins, signs_as, \
    made_by, expires_at, ended_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const BY_DIGEST: &str = "SELECT tenant, link, envelope, digest, return_url, frame_origins, signs_as, made_by, \
    expires_at, ended_at, created_at FROM edit_links WHERE tenant = $1 AND digest = $2";
const NEWEST_OF: &str = "SELECT tenant, link, envelope, digest, return_url, frame_origins, signs_as, made_by, \
    expires_at, ended_at, created_at FROM edit_links WHERE tenant = $1 AND envelope = $2 \
    ORDER BY created_at DESC, link DESC LIMIT 1";
const END_OF: &str =
    "UPDATE edit_links SET ended_at = $3 WHERE tenant = $1 AND envelope = $2 AND ended_at IS NULL";

/// Adds one.
pub async fn insert(tx: &mut Tx<'_>, row: &EditLinkRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.link).into(),
        (&row.envelope).into(),
        (&row.digest).into(),
        row.return_url.as_deref().into(),
        (&row.frame_origins).into(),
        row.signs_as.as_deref().into(),
        (&row.made_by).into(),
        row.expires_at.into(),
        row.ended_at.into(),
        row.created_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// The one whose token has this HMAC, also when it holds no more.
pub async fn by_digest(tx: &mut Tx<'_>, tenant: &str, digest: &str) -> Result<Option<EditLinkRow>, Fault> {
    tx.query_first(BY_DIGEST, &[tenant.into(), digest.into()]).await?.map(record).transpose()
}

/// The one that was made last for an envelope.
pub async fn newest_of(tx: &mut Tx<'_>, tenant: &str, envelope: &str) -> Result<Option<EditLinkRow>, Fault> {
    tx.query_first(NEWEST_OF, &[tenant.into(), envelope.into()]).await?.map(record).transpose()
}

/// Takes back those of an envelope and says how many there were.
pub async fn end_of(tx: &mut Tx<'_>, tenant: &str, envelope: &str, now: i64) -> Result<u64, Fault> {
    tx.execute(END_OF, &[tenant.into(), envelope.into(), now.into()]).await
}

fn record(mut row: Row) -> Result<EditLinkRow, Fault> {
    Ok(EditLinkRow {
        tenant: row.text()?,
        link: row.text()?,
        envelope: row.text()?,
        digest: row.text()?,
        return_url: row.text_or_null()?,
        frame_origins: row.text()?,
        signs_as: row.text_or_null()?,
        made_by: row.text()?,
        expires_at: row.int()?,
        ended_at: row.int_or_null()?,
        created_at: row.int()?,
    })
}

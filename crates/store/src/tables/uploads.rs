//! Files that were uploaded.

use crate::{Fault, Row, Tx};

/// An uploaded file; its bytes are the blob `digest`.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadRow {
    /// The account.
    pub tenant: String,
    /// Its id.
    pub upload: String,
    /// SHA-256 of the bytes as they came, lower-case hex.
    pub digest: String,
    /// Length in bytes.
    pub size: i64,
    /// The name it came with.
    pub filename: String,
    /// What the intake found, JSON of `service`.
    pub facts: String,
    /// When, microseconds.
    pub created_at: i64,
}

const INSERT: &str = "INSERT INTO uploads (tenant, upload, digest, size, filename, facts, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const FIND: &str = "SELECT tenant, upload, digest, size, filename, facts, created_at \
    FROM uploads WHERE tenant = $1 AND upload = $2";

const OF_DIGEST: &str = "SELECT tenant, upload, digest, size, filename, facts, created_at \
    FROM uploads WHERE tenant = $1 AND digest = $2 ORDER BY upload";
const REMOVE: &str = "DELETE FROM uploads WHERE tenant = $1 AND upload = $2";

/// Adds an upload.
pub async fn insert(tx: &mut Tx<'_>, row: &UploadRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.upload).into(),
        (&row.digest).into(),
        row.size.into(),
        (&row.filename).into(),
        (&row.facts).into(),
        row.created_at.into(),
    ];
    tx.execute(INSERT, &values).await.map(drop)
}

/// The upload of this id.
pub async fn find(tx: &mut Tx<'_>, tenant: &str, upload: &str) -> Result<Option<UploadRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), upload.into()]).await?.map(record).transpose()
}

/// All uploads of the same bytes.
pub async fn of_digest(tx: &mut Tx<'_>, tenant: &str, digest: &str) -> Result<Vec<UploadRow>, Fault> {
    tx.query(OF_DIGEST, &[tenant.into(), digest.into()]).await?.into_iter().map(record).collect()
}

/// Forgets an upload. Its bytes stay until [`crate::Blobs::remove`].
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, upload: &str) -> Result<(), Fault> {
    tx.execute(REMOVE, &[tenant.into(), upload.into()]).await.map(drop)
}

fn record(mut row: Row) -> Result<UploadRow, Fault> {
    Ok(UploadRow {
        tenant: row.text()?,
        upload: row.text()?,
        digest: row.text()?,
        size: row.int()?,
        filename: row.text()?,
        facts: row.text()?,
        created_at: row.int()?,
    })
}

//! What recipients agree to before they sign electronically, in words of an account's own; version after version.

use crate::{Fault, Row, Tx};

/// One version.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsentTextRow {
    /// The account.
    pub tenant: String,
    /// Language of the words.
    pub language: String,
    /// Its number in this language, from 1.
    pub version: i64,
    /// JSON list of paragraphs; an empty list where the built-in words are in force again.
    pub paragraphs: String,
    /// Who made it: a user or a key.
    pub made_by: String,
    /// When, microseconds.
    pub created_at: i64,
}

const INSERT: &str = "INSERT INTO consent_texts (tenant, language, version, paragraphs, made_by, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, language, version) DO NOTHING";
const NEWEST: &str = "SELECT tenant, language, version, paragraphs, made_by, created_at FROM consent_texts \
    WHERE tenant = $1 AND language = $2 ORDER BY version DESC LIMIT 1";
const LIST: &str = "SELECT tenant, language, version, paragraphs, made_by, created_at FROM consent_texts \
    WHERE tenant = $1 AND language = $2 ORDER BY version DESC LIMIT $3";

/// Adds a version. `false` when another of this number was made meanwhile; then nothing is changed.
pub async fn insert(tx: &mut Tx<'_>, row: &ConsentTextRow) -> Result<bool, Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.language).into(),
        row.version.into(),
        (&row.paragraphs).into(),
        (&row.made_by).into(),
        row.created_at.into(),
    ];
    Ok(tx.execute(INSERT, &values).await? == 1)
}

/// The version in force; none where the account never wrote words of its own in this language.
pub async fn newest(tx: &mut Tx<'_>, tenant: &str, language: &str) -> Result<Option<ConsentTextRow>, Fault> {
    tx.query_first(NEWEST, &[tenant.into(), language.into()]).await?.map(record).transpose()
}

/// The versions in a language, newest first, so many at most.
pub async fn list(
    tx: &mut Tx<'_>,
    tenant: &str,
    language: &str,
    limit: i64,
) -> Result<Vec<ConsentTextRow>, Fault> {
    let rows = tx.query(LIST, &[tenant.into(), language.into(), limit.into()]).await?;
    rows.into_iter().map(record).collect()
}

fn record(mut row: Row) -> Result<ConsentTextRow, Fault> {
    Ok(ConsentTextRow {
        tenant: row.text()?,
        language: row.text()?,
        version: row.int()?,
        paragraphs: row.text()?,
        made_by: row.text()?,
        created_at: row.int()?,
    })
}

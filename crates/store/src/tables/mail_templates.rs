//! The words of mails, where an account changed them.

use crate::{Fault, Row, Tx};

/// The words of one kind of mail in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct MailTemplateRow {
    /// The account.
    pub tenant: String,
    /// Key of the mail.
    pub kind: String,
    /// Language of the words.
    pub language: String,
    /// JSON of `service`.
    pub words: String,
    /// When they were changed last, microseconds.
    pub updated_at: i64,
}

const PUT: &str = "INSERT INTO mail_templates (tenant, kind, language, words, updated_at) \
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, kind, language) \
    DO UPDATE SET words = excluded.words, updated_at = excluded.updated_at";
const FIND: &str = "SELECT tenant, kind, language, words, updated_at FROM mail_templates \
    WHERE tenant = $1 AND kind = $2 AND language = $3";
const LIST: &str = "SELECT tenant, kind, language, words, updated_at FROM mail_templates \
    WHERE tenant = $1 ORDER BY kind, language";
const REMOVE: &str = "DELETE FROM mail_templates WHERE tenant = $1 AND kind = $2 AND language = $3";

/// Writes them, in place of those before.
pub async fn put(tx: &mut Tx<'_>, row: &MailTemplateRow) -> Result<(), Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.kind).into(),
        (&row.language).into(),
        (&row.words).into(),
        row.updated_at.into(),
    ];
    tx.execute(PUT, &values).await.map(drop)
}

/// The account's own words for a mail; none where it uses the built-in ones.
pub async fn find(
    tx: &mut Tx<'_>,
    tenant: &str,
    kind: &str,
    language: &str,
) -> Result<Option<MailTemplateRow>, Fault> {
    tx.query_first(FIND, &[tenant.into(), kind.into(), language.into()]).await?.map(record).transpose()
}

/// All that an account changed; as many at most as there are mails and languages.
pub async fn list(tx: &mut Tx<'_>, tenant: &str) -> Result<Vec<MailTemplateRow>, Fault> {
    tx.query(LIST, &[tenant.into()]).await?.into_iter().map(record).collect()
}

/// Goes back to the built-in words. `false` when they are in force already.
pub async fn remove(tx: &mut Tx<'_>, tenant: &str, kind: &str, language: &str) -> Result<bool, Fault> {
    Ok(tx.execute(REMOVE, &[tenant.into(), kind.into(), language.into()]).await? == 1)
}

fn record(mut row: Row) -> Result<MailTemplateRow, Fault> {
    Ok(MailTemplateRow {
        tenant: row.text()?,
        kind: row.text()?,
        language: row.text()?,
        words: row.text()?,
        updated_at: row.int()?,
    })
}

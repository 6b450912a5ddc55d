//! Messages that left, and those of test envelopes, which can be read here and nowhere else.

use crate::{Fault, Row, Tx};

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageRow {
    /// The account.
    pub tenant: String,
    /// Its id; the same message written twice is one.
    pub message: String,
    /// When, microseconds.
    pub at: i64,
    /// `email`, `sms`, …
    pub channel: String,
    /// To whom: address or number.
    pub recipient_address: String,
    /// Subject; empty where the channel has none.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part; empty where there is none.
    pub html: String,
    /// Whether it belongs to a test envelope and did not leave.
    pub test: bool,
}

const PUT: &str = "INSERT INTO messages (tenant, message, at_micros, channel, recipient_address, subject, body_text, \
    body_html, test) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant, message) DO NOTHING";
const LIST: &str = "SELECT tenant, message, at_micros, channel, recipient_address, subject, body_text, body_html, test \
    FROM messages WHERE tenant = $1 AND ($2 = '' OR recipient_address = $2) AND ($3 < 0 OR test = $3) \
    ORDER BY at_micros DESC, message DESC LIMIT $4";
const FORGET: &str = "DELETE FROM messages WHERE tenant = $1 AND at_micros < $2";
const COUNT_OF: &str = "SELECT COUNT(*) FROM messages WHERE tenant = $1 AND lower(recipient_address) = $2";
const FORGET_OF: &str = "DELETE FROM messages WHERE tenant = $1 AND lower(recipient_address) = $2";

/// Writes a message down. `false` when it was there already.
pub async fn put(tx: &mut Tx<'_>, row: &MessageRow) -> Result<bool, Fault> {
    let values = [
        (&row.tenant).into(),
        (&row.message).into(),
        row.at.into(),
        (&row.channel).into(),
        (&row.recipient_address).into(),
        (&row.subject).into(),
        (&row.text).into(),
        (&row.html).into(),
        row.test.into(),
    ];
    Ok(tx.execute(PUT, &values).await? == 1)
}

/// The newest messages first; to one address, or to all when `None`; test ones, live ones, or both.
pub async fn list(
    tx: &mut Tx<'_>,
    tenant: &str,
    to: Option<&str>,
    test: Option<bool>,
    limit: i64,
) -> Result<Vec<MessageRow>, Fault> {
    let values =
        [tenant.into(), to.unwrap_or_default().into(), test.map_or(-1, i64::from).into(), limit.into()];
    tx.query(LIST, &values).await?.into_iter().map(record).collect()
}

/// Removes messages older than `before` (microseconds) and says how many.
pub async fn forget(tx: &mut Tx<'_>, tenant: &str, before: i64) -> Result<u64, Fault> {
    tx.execute(FORGET, &[tenant.into(), before.into()]).await
}

/// How many messages to this address, in lower case, are kept.
pub async fn count_of(tx: &mut Tx<'_>, tenant: &str, to: &str) -> Result<u64, Fault> {
    let row = tx.query_first(COUNT_OF, &[tenant.into(), to.into()]).await?;
    Ok(row.map(|mut row| row.int()).transpose()?.map_or(0, i64::unsigned_abs))
}

/// Removes the messages to this address, in lower case, and says how many.
pub async fn forget_of(tx: &mut Tx<'_>, tenant: &str, to: &str) -> Result<u64, Fault> {
    tx.execute(FORGET_OF, &[tenant.into(), to.into()]).await
}

fn record(mut row: Row) -> Result<MessageRow, Fault> {
    Ok(MessageRow {
        tenant: row.text()?,
        message: row.text()?,
        at: row.int()?,
        channel: row.text()?,
        recipient_address: row.text()?,
        subject: row.text()?,
        text: row.text()?,
        html: row.text()?,
        test: row.flag()?,
    })
}

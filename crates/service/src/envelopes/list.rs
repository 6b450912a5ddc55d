//! Lists of envelopes.

use super::cursor;
use crate::error::Error;
use crate::server::{Mode, Service};
use crate::world::to_micros;
use envelope::Shelf;
use jiff::Timestamp;
use serde::Deserialize;
use store::envelopes::{self, Filter};

/// One line of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Id of the envelope.
    pub id: String,
    /// Its name.
    pub title: String,
    /// How far it has come.
    pub status: String,
    /// Sends nothing outside.
    pub test: bool,
    /// Microseconds since 1970.
    pub created_at: i64,
    /// Microseconds since 1970.
    pub updated_at: i64,
    /// Name, address and status of each recipient.
    pub recipients: Vec<SummaryRecipient>,
}

/// A recipient in a line of a list.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SummaryRecipient {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// How far they have come.
    pub status: String,
}

#[derive(Deserialize)]
struct Recipients {
    recipients: Vec<SummaryRecipient>,
}

/// Which envelopes a list is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Only tests, or only live ones.
    pub mode: Option<Mode>,
    /// Only those of this status.
    pub status: Option<String>,
    /// Only what its sender keeps there.
    pub shelf: Shelf,
    /// Only those with these letters in title, name or address.
    pub words: Option<String>,
    /// Only what was made of this template.
    pub template: Option<String>,
    /// Only what was made of the rows of this bulk sending.
    pub bulk: Option<String>,
    /// Only what was made then or later.
    pub created_from: Option<Timestamp>,
    /// Only what was made before.
    pub created_before: Option<Timestamp>,
    /// So many at most.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// What the store is asked for.
pub(crate) fn filter(wish: Wish, limit: i64) -> Result<Filter, Error> {
    Ok(Filter {
        status: wish.status,
        shelf: Some(wish.shelf.word().to_owned()),
        test: wish.mode.map(|mode| mode == Mode::Test),
        q: wish.words.map(|it| it.trim().to_lowercase()).filter(|it| !it.is_empty()),
        template: wish.template,
        bulk: wish.bulk,
        created_from: wish.created_from.map(to_micros),
        created_before: wish.created_before.map(to_micros),
        limit,
        before: wish.cursor.as_deref().map(cursor::read).transpose()?,
    })
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its lines, newest first.
    pub items: Vec<Summary>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

/// A page has so many lines at most.
const LIMIT_MAX: u32 = 100;

impl Service {
    /// Lists the envelopes of a tenant, newest change first.
    pub async fn list_envelopes(&self, tenant: &str, wish: Wish) -> Result<Page, Error> {
        let limit = wish.limit.unwrap_or(25).clamp(1, LIMIT_MAX);
        let filter = &filter(wish, i64::from(limit) + 1)?;
        let mut rows = self
            .store()
            .read(move |tx| Box::pin(async move { envelopes::list(tx, tenant, filter).await }))
            .await
            .map_err(Error::Fault)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next_cursor =
            rows.last().filter(|_| more).map(|row| cursor::write(row.updated_at, &row.envelope));
        let items = rows
            .into_iter()
            .map(|row| {
                let recipients: Recipients = serde_json::from_str(&row.summary).map_err(Error::fault)?;
                Ok(Summary {
                    id: row.envelope,
                    title: row.title,
                    status: row.status,
                    test: row.test,
                    created_at: row.created_at,
                    updated_at: row.updated_at,
                    recipients: recipients.recipients,
                })
            })
            .collect::<Result<_, Error>>()?;
        Ok(Page { items, next_cursor })
    }
}

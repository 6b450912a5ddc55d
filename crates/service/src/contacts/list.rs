//! The address book.

use super::{KnownContact, row};
use crate::error::{Class, Error};
use crate::server::Service;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use store::contacts::{self, Filter};

/// A page has so many lines at most.
const LIMIT_MAX: u32 = 100;

/// Which contacts a list is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContactWish {
    /// The address book of tests, or the other one.
    pub test: bool,
    /// Only those with these letters in name, address, company or telephone.
    pub words: Option<String>,
    /// So many at most.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// A page of the address book.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactPage {
    /// Its lines, by name.
    pub items: Vec<KnownContact>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

impl Service {
    /// Lists contacts by name. What is looked for is found without its accents, capitals and spaces.
    pub async fn contacts(&self, tenant: &str, wish: ContactWish) -> Result<ContactPage, Error> {
        let words = wish.words.unwrap_or_default();
        let q = row::folded(&words);
        if q.is_empty() && !words.trim().is_empty() {
            // Nothing but signs, which no name is found by.
            return Ok(ContactPage { items: Vec::new(), next_cursor: None });
        }
        let limit = wish.limit.unwrap_or(25).clamp(1, LIMIT_MAX);
        let after = wish.cursor.as_deref().map(after).transpose()?.unwrap_or_default();
        let filter = &Filter { test: wish.test, q, after, limit: i64::from(limit) + 1 };
        let mut rows = self
            .store()
            .read(move |tx| Box::pin(async move { contacts::list(tx, tenant, filter).await }))
            .await
            .map_err(Error::Fault)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next_cursor = rows.last().filter(|_| more).map(|row| URL_SAFE_NO_PAD.encode(&row.sort_key));
        Ok(ContactPage { items: rows.iter().map(KnownContact::of).collect(), next_cursor })
    }
}

/// The sort key behind a cursor, which the caller gives back unread.
fn after(cursor: &str) -> Result<Vec<u8>, Error> {
    URL_SAFE_NO_PAD.decode(cursor).map_err(|_| Error::Wrong {
        class: Class::Malformed,
        code: "cursor_malformed",
        sentence: "The cursor is none that we gave; begin at the first page.".to_owned(),
    })
}

//! The list of templates.

use super::{Asker, TemplateLine};
use crate::envelopes::cursor;
use crate::error::Error;
use crate::server::{Mode, Service};
use store::templates::{self, Filter};

/// A page has so many lines at most.
const LIMIT_MAX: u32 = 100;

/// Which templates a list is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TemplateWish {
    /// At the desk: those of tests, or the others.
    pub test: bool,
    /// Those that were taken out of the list.
    pub archived: bool,
    /// So many at most.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplatePage {
    /// Its lines, the last changed first.
    pub items: Vec<TemplateLine>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

impl Service {
    /// Lists templates, the last changed first.
    pub async fn templates(&self, asker: &Asker, wish: TemplateWish) -> Result<TemplatePage, Error> {
        let limit = wish.limit.unwrap_or(25).clamp(1, LIMIT_MAX);
        let filter = &Filter {
            test: asker.mode.map_or(wish.test, |mode| mode == Mode::Test),
            archived: wish.archived,
            limit: i64::from(limit) + 1,
            before: wish.cursor.as_deref().map(cursor::read).transpose()?,
        };
        let tenant = asker.tenant.as_str();
        let mut rows = self
            .store()
            .read(move |tx| Box::pin(async move { templates::list(tx, tenant, filter).await }))
            .await
            .map_err(Error::Fault)?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next_cursor =
            rows.last().filter(|_| more).map(|row| cursor::write(row.updated_at, &row.template));
        Ok(TemplatePage { items: rows.iter().map(TemplateLine::of).collect(), next_cursor })
    }
}

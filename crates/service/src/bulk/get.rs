//! Lists, and how far they have come.

use super::{BulkView, LOADING, unknown};
use crate::envelopes::cursor;
use crate::error::Error;
use crate::server::{Mode, Service};
use crate::templates::Asker;
use store::{bulk_rows, bulk_sends};

/// A page has so many lines at most.
const LIMIT_MAX: u32 = 100;

/// Which lists are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BulkWish {
    /// At the desk: those of tests, or the others.
    pub test: bool,
    /// So many at most.
    pub limit: Option<u32>,
    /// Where the page begins.
    pub cursor: Option<String>,
}

/// A page of them.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkPage {
    /// Its lines, newest first.
    pub items: Vec<BulkView>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
}

impl Service {
    /// One list.
    pub async fn bulk(&self, asker: &Asker, id: &str) -> Result<BulkView, Error> {
        let tenant = asker.tenant.as_str();
        let found = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let Some(row) = bulk_sends::find(tx, tenant, id).await? else { return Ok(None) };
                    Ok::<_, store::Fault>(Some((row, bulk_rows::count(tx, tenant, id).await?)))
                })
            })
            .await
            .map_err(Error::Fault)?;
        let (row, counts) =
            found.filter(|(row, _)| asker.sees(row.test) && row.status != LOADING).ok_or_else(unknown)?;
        Ok(BulkView::of(&row, &counts))
    }

    /// A page of them, newest first.
    pub async fn bulks(&self, asker: &Asker, wish: BulkWish) -> Result<BulkPage, Error> {
        let limit = wish.limit.unwrap_or(25).clamp(1, LIMIT_MAX);
        let test = asker.mode.map_or(wish.test, |mode| mode == Mode::Test);
        let before = &wish.cursor.as_deref().map(cursor::read).transpose()?;
        let tenant = asker.tenant.as_str();
        let (items, more) = self
            .store()
            .read(move |tx| {
                Box::pin(async move {
                    let rows =
                        bulk_sends::list(tx, tenant, test, before.clone(), i64::from(limit) + 1).await?;
                    let more = rows.len() > limit as usize;
                    let mut items = Vec::with_capacity(rows.len());
                    for row in rows.iter().take(limit as usize) {
                        items.push((row.clone(), bulk_rows::count(tx, tenant, &row.bulk).await?));
                    }
                    Ok::<_, store::Fault>((items, more))
                })
            })
            .await
            .map_err(Error::Fault)?;
        let next_cursor =
            items.last().filter(|_| more).map(|(row, _)| cursor::write(row.created_at, &row.bulk));
        let shown = items.iter().filter(|(row, _)| row.status != LOADING);
        Ok(BulkPage { items: shown.map(|(row, counts)| BulkView::of(row, counts)).collect(), next_cursor })
    }
}

//! A bulk sending on the wire.

use serde::Serialize;
use service::bulk::{BulkPage, BulkView};
use utoipa::ToSchema;

/// A list of which each row becomes an envelope, and how far it has come.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct BulkAnswer {
    id: String,
    /// Makes test envelopes.
    test: bool,
    /// Id of the template.
    template: String,
    /// Its version.
    version: i64,
    /// `ready`, `running`, `paused`, `done` or `cancelled`.
    status: String,
    filename: String,
    /// So many rows it has.
    rows: i64,
    sent: i64,
    failed: i64,
    /// Cancelled before their turn.
    cancelled: i64,
    created_at: String,
    updated_at: String,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct BulkList {
    items: Vec<BulkAnswer>,
    /// Give it as `cursor` for the next page.
    next_cursor: Option<String>,
}

impl From<BulkView> for BulkAnswer {
    fn from(it: BulkView) -> Self {
        Self {
            id: it.id,
            test: it.test,
            template: it.template,
            version: it.version,
            status: it.status,
            filename: it.file_name,
            rows: it.rows,
            sent: it.sent,
            failed: it.failed,
            cancelled: it.cancelled,
            created_at: it.created_at.to_string(),
            updated_at: it.updated_at.to_string(),
        }
    }
}

impl From<BulkPage> for BulkList {
    fn from(it: BulkPage) -> Self {
        Self { items: it.items.into_iter().map(Into::into).collect(), next_cursor: it.next_cursor }
    }
}

//! Bulk sending: a list of which each row becomes an envelope of one template.
//!
//! Every row is judged before anything is sent, and all that is wrong is said at once. What is right is kept row by
//! row, sealed; a worker makes the envelopes in slices (`work/bulk.rs`), each row in the transaction that makes its
//! envelope, so that a crash neither loses nor doubles one. What a row says is forgotten as soon as it is done.

mod blank;
mod check;
mod columns;
mod control;
mod create;
mod erase;
mod get;
mod results;
mod row;
mod table;

pub use blank::Blank;
pub use control::BulkAsk;
pub use create::{BulkStart, ListFile};
pub use get::{BulkPage, BulkWish};
pub(crate) use row::Wishes;

use crate::error::Error;
use crate::world::from_micros;
use jiff::Timestamp;
use store::bulk_sends::BulkRow;

/// Made, and its rows are still being written down: nothing can be done with it.
pub(crate) const LOADING: &str = "loading";
pub(crate) const READY: &str = "ready";
pub(crate) const RUNNING: &str = "running";
pub(crate) const PAUSED: &str = "paused";
pub(crate) const DONE: &str = "done";
pub(crate) const CANCELLED: &str = "cancelled";

/// A list, and how far it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkView {
    /// Its id.
    pub id: String,
    /// Makes test envelopes.
    pub test: bool,
    /// The template.
    pub template: String,
    /// Its version.
    pub version: i64,
    /// `ready`, `running`, `paused`, `done` or `cancelled`.
    pub status: String,
    /// Name of the file it came from.
    pub file_name: String,
    /// So many rows it has.
    pub rows: i64,
    /// So many of them were sent.
    pub sent: i64,
    /// So many could not be.
    pub failed: i64,
    /// So many were cancelled before their turn.
    pub cancelled: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its status changed last.
    pub updated_at: Timestamp,
}

impl BulkView {
    fn of(row: &BulkRow, counts: &[(String, i64)]) -> Self {
        let count = |status: &str| counts.iter().find(|(of, _)| of == status).map_or(0, |(_, many)| *many);
        Self {
            id: row.bulk.clone(),
            test: row.test,
            template: row.template.clone(),
            version: row.version,
            status: row.status.clone(),
            file_name: row.file_name.clone(),
            rows: row.rows_all,
            sent: count("sent"),
            failed: count("failed"),
            cancelled: count("cancelled"),
            created_at: from_micros(row.created_at),
            updated_at: from_micros(row.updated_at),
        }
    }
}

fn unknown() -> Error {
    Error::NotFound { what: "bulk sending" }
}

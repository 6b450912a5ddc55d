//! Backup and restore: one tar file that any engine can be filled from.
//!
//! ```text
//! manifest.json                     format and schema numbers
//! blobs/TENANT/sha256/ab/cdef…      every blob
//! tables/NAME.jsonl                 one row a line, an array in the order of `catalogue.rs`
//! end.json                          how many of each: a file without it was cut off
//! ```
//!
//! The rows are of one moment. Blobs are written before the rows that name them and never changed, so that the
//! blobs found after that moment hold at least all that the rows speak of. Secrets stay sealed; the master key
//! that opens them is not in the store and so not in the file.

mod catalogue;
mod dump;
mod restore;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::store::Engine;
use crate::{Fault, Store};

/// The layout of the file itself.
const FORMAT: i64 = 1;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Manifest {
    format: i64,
    schema: i64,
}

/// What a backup holds, or what a restore brought back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
    /// Number of blobs.
    pub blobs: u64,
}

impl Store {
    /// Copies a SQLite database into a new file, whole and of one moment, while the server runs: the quick way for
    /// a backup of one machine, beside a copy of the blobs' folder made afterwards.
    ///
    /// # Errors
    /// [`FaultKind::Configuration`](crate::FaultKind) on PostgreSQL, which has tools of its own for this, and when
    /// the file exists.
    pub async fn copy_sqlite(&self, file: &Path) -> Result<(), Fault> {
        let Engine::Sqlite { readers, .. } = &self.engine else {
            return Err(Fault::configuration("only a SQLite database can be copied into a file"));
        };
        if file.exists() {
            return Err(Fault::configuration(format!("{} exists already", file.display())));
        }
        let name = file.to_str().ok_or_else(|| Fault::configuration("the file's name has to be UTF-8"))?;
        sqlx::query("VACUUM INTO $1").bind(name.to_owned()).execute(readers).await?;
        Ok(())
    }
}

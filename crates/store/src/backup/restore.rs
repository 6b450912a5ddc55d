//! Filling an empty store from a backup.

use std::io::{BufRead, BufReader, Read, Write};

use serde_json::Value as Json;
use tar::Archive;
use tokio::runtime::Handle;

use super::catalogue::{Kind, TABLES, Table};
use super::{Contents, FORMAT, Manifest};
use crate::{Fault, Store, Value, open};

/// So many rows are written in one transaction.
const BATCH: usize = 500;

impl Store {
    /// Brings a backup back into this store, whichever engine either of them has. The digest of each blob is
    /// checked. If it fails half-way, empty the store and start again.
    ///
    /// # Errors
    /// [`FaultKind::Configuration`](crate::FaultKind) when the store is not empty or the backup is of another
    /// schema, `Corrupt` when the file is damaged or was cut off.
    pub async fn restore<R>(&self, from: R) -> Result<Contents, Fault>
    where
        R: Read + Send + 'static,
    {
        self.must_be_empty().await?;
        let (store, handle) = (self.clone(), Handle::current());
        let work = move || Restore { store, handle, found: Contents::default() }.run(from);
        tokio::task::spawn_blocking(work).await.map_err(Fault::unavailable)?
    }

    async fn must_be_empty(&self) -> Result<(), Fault> {
        for table in TABLES {
            let select = &format!("SELECT tenant FROM {} LIMIT 1", table.name);
            let filled: bool = self
                .read(|tx| {
                    Box::pin(async move {
                        let mut filled = false;
                        tx.each(select.clone(), &[], |_| {
                            filled = true;
                            Ok(())
                        })
                        .await?;
                        Ok::<_, Fault>(filled)
                    })
                })
                .await?;
            if filled {
                return Err(Fault::configuration(format!("the store is not empty: {} has rows", table.name)));
            }
        }
        Ok(())
    }
}

/// Runs on a thread that may block, since tar files are read that way.
struct Restore {
    store: Store,
    handle: Handle,
    found: Contents,
}

impl Restore {
    fn run(mut self, from: impl Read) -> Result<Contents, Fault> {
        let mut archive = Archive::new(BufReader::new(from));
        let mut manifest_seen = false;
        for entry in archive.entries()? {
            let mut entry = entry.map_err(damaged)?;
            let name = entry.path().map_err(damaged)?.to_string_lossy().into_owned();
            match name.split('/').collect::<Vec<_>>().as_slice() {
                ["manifest.json"] => {
                    manifest(serde_json::from_reader(&mut entry).map_err(damaged)?)?;
                    manifest_seen = true;
                }
                _ if !manifest_seen => {
                    return Err(Fault::corrupt("this is not a backup: it has no manifest"));
                }
                ["blobs", tenant, "sha256", head, tail] => {
                    self.blob(tenant, &format!("{head}{tail}"), &mut entry)?;
                }
                ["tables", file] => self.table(file.trim_end_matches(".jsonl"), &mut entry)?,
                ["end.json"] => return self.end(serde_json::from_reader(&mut entry).map_err(damaged)?),
                _ => return Err(Fault::corrupt(format!("the backup holds an unknown entry {name:?}"))),
            }
        }
        Err(Fault::corrupt("the backup was cut off: its end is missing"))
    }

    fn blob(&mut self, tenant: &str, digest: &str, bytes: &mut impl Read) -> Result<(), Fault> {
        let mut file = tempfile::NamedTempFile::new()?;
        std::io::copy(bytes, &mut file).map_err(damaged)?;
        file.flush()?;
        self.handle.block_on(self.store.blobs().put_file(tenant, file.path(), digest))?;
        self.found.blobs += 1;
        Ok(())
    }

    fn table(&mut self, name: &str, lines: &mut impl Read) -> Result<(), Fault> {
        let table = TABLES
            .iter()
            .find(|table| table.name == name)
            .ok_or_else(|| Fault::corrupt(format!("the backup holds an unknown table {name:?}")))?;
        let mut batch = Vec::with_capacity(BATCH);
        let mut rows = 0;
        for line in BufReader::new(lines).lines() {
            let cells: Vec<Json> = serde_json::from_str(&line.map_err(damaged)?).map_err(damaged)?;
            batch.push(values(table, cells)?);
            rows += 1;
            if batch.len() == BATCH {
                self.insert(table, &batch)?;
                batch.clear();
            }
        }
        self.insert(table, &batch)?;
        self.found.rows.insert(table.name.to_owned(), rows);
        Ok(())
    }

    fn insert(&self, table: &Table, batch: &[Vec<Value>]) -> Result<(), Fault> {
        let places: Vec<String> = (1..=table.columns.len()).map(|place| format!("${place}")).collect();
        let insert =
            &format!("INSERT INTO {} ({}) VALUES ({})", table.name, table.names(), places.join(", "));
        self.handle.block_on(self.store.write(|tx| {
            Box::pin(async move {
                for values in batch {
                    tx.execute_made(insert.clone(), values).await?;
                }
                Ok(())
            })
        }))
    }

    fn end(self, said: Contents) -> Result<Contents, Fault> {
        if said != self.found {
            return Err(Fault::corrupt("the backup does not hold what its end says"));
        }
        Ok(self.found)
    }
}

fn manifest(manifest: Manifest) -> Result<(), Fault> {
    let ours = Manifest { format: FORMAT, schema: open::schema_version() };
    if manifest == ours {
        return Ok(());
    }
    Err(Fault::configuration(format!(
        "the backup has schema {} and this program {}: restore it with the program that made it, then update",
        manifest.schema, ours.schema
    )))
}

fn values(table: &Table, cells: Vec<Json>) -> Result<Vec<Value>, Fault> {
    if cells.len() != table.columns.len() {
        return Err(Fault::corrupt(format!("a row of {} has another number of columns", table.name)));
    }
    table
        .columns
        .iter()
        .zip(cells)
        .map(|((_, kind), cell)| match (kind, cell) {
            (_, Json::Null) => Some(Value::Null),
            (Kind::Text, Json::String(text)) => Some(Value::Text(text)),
            (Kind::Int, Json::Number(number)) => number.as_i64().map(Value::Int),
            (Kind::Bytes, Json::String(hex)) => from_hex(&hex).map(Value::Bytes),
            _ => None,
        })
        .collect::<Option<_>>()
        .ok_or_else(|| Fault::corrupt(format!("a column of {} has another kind", table.name)))
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pair = |place: usize| text.get(place..place + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    text.len().is_multiple_of(2).then(|| (0..text.len()).step_by(2).map(pair).collect())?
}

fn damaged(error: impl std::fmt::Display) -> Fault {
    Fault::corrupt(format!("the backup cannot be read: {error}"))
}

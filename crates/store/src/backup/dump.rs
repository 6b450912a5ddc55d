//! Writing a backup.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};

use futures::TryStreamExt;
use serde_json::Value as Json;
use tar::{Builder, Header};

use super::catalogue::{Kind, TABLES, Table};
use super::{Contents, FORMAT, Manifest};
use crate::blobs::hex;
use crate::{Fault, Row, Store, Tx, Value, open};

impl Store {
    /// Writes everything into one tar file, in bounded memory, while the server runs. The rows wait in a
    /// temporary file while the blobs are written.
    ///
    /// # Errors
    /// A [`Fault`] when the store does not answer or `out` takes no more; what was written is then of no use.
    pub async fn backup<W>(&self, out: W) -> Result<Contents, Fault>
    where
        W: Write + Send + 'static,
    {
        let dumps: Vec<Dump> = self.read(|tx| Box::pin(dump_all(tx))).await?;
        let mut archive = Archive { builder: Builder::new(out) };
        archive = archive
            .json("manifest.json", &Manifest { format: FORMAT, schema: open::schema_version() })
            .await?;
        let mut contents = Contents::default();
        let mut blobs = self.blobs().list();
        while let Some(blob) = blobs.try_next().await? {
            let local = self.blobs().open_local(&blob.tenant, &blob.digest).await?;
            let (head, tail) = blob.digest.split_at(2);
            let name = format!("blobs/{}/sha256/{head}/{tail}", blob.tenant);
            archive = archive.file(name, File::open(local.path())?, local.length()).await?;
            contents.blobs += 1;
        }
        for dump in dumps {
            let name = format!("tables/{}.jsonl", dump.table);
            archive = archive.file(name, dump.file, dump.length).await?;
            contents.rows.insert(dump.table.to_owned(), dump.rows);
        }
        archive.json("end.json", &contents).await?.finish().await?;
        Ok(contents)
    }
}

/// A table's rows in a nameless temporary file.
struct Dump {
    table: &'static str,
    file: File,
    length: u64,
    rows: u64,
}

async fn dump_all(tx: &mut Tx<'_>) -> Result<Vec<Dump>, Fault> {
    let mut dumps = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        dumps.push(dump(tx, table).await?);
    }
    Ok(dumps)
}

async fn dump(tx: &mut Tx<'_>, table: &Table) -> Result<Dump, Fault> {
    let mut lines = BufWriter::new(tempfile::tempfile()?);
    let mut rows = 0;
    let select = format!("SELECT {} FROM {} ORDER BY {}", table.names(), table.name, table.key);
    tx.each(select, &[], |row| {
        rows += 1;
        serde_json::to_writer(&mut lines, &line(table, row)?).map_err(Fault::unavailable)?;
        Ok(lines.write_all(b"\n")?)
    })
    .await?;
    let mut file = lines.into_inner().map_err(|error| Fault::from(error.into_error()))?;
    let length = file.stream_position()?;
    file.rewind()?;
    Ok(Dump { table: table.name, file, length, rows })
}

fn line(table: &Table, mut row: Row) -> Result<Json, Fault> {
    table
        .columns
        .iter()
        .map(|(_, kind)| {
            Ok(match (kind, row.value()?) {
                (_, Value::Null) => Json::Null,
                (Kind::Text, Value::Text(text)) => Json::from(text),
                (Kind::Int, Value::Int(number)) => Json::from(number),
                (Kind::Bytes, Value::Bytes(bytes)) => Json::from(hex(&bytes)),
                _ => return Err(Fault::corrupt(format!("a column of {} has another kind", table.name))),
            })
        })
        .collect()
}

/// A tar file under way. Each step goes to a thread that may block and comes back.
struct Archive<W: Write + Send + 'static> {
    builder: Builder<W>,
}

impl<W: Write + Send + 'static> Archive<W> {
    async fn json(self, name: &str, value: &impl serde::Serialize) -> Result<Self, Fault> {
        let bytes = serde_json::to_vec(value).map_err(Fault::unavailable)?;
        let length = bytes.len() as u64;
        self.file(name.to_owned(), std::io::Cursor::new(bytes), length).await
    }

    async fn file(
        mut self,
        name: String,
        bytes: impl Read + Send + 'static,
        length: u64,
    ) -> Result<Self, Fault> {
        blocking(move || {
            let mut header = Header::new_gnu();
            header.set_size(length);
            header.set_mode(0o600);
            self.builder.append_data(&mut header, name, bytes.take(length))?;
            Ok(self)
        })
        .await
    }

    async fn finish(self) -> Result<(), Fault> {
        blocking(move || Ok(self.builder.into_inner()?.flush()?)).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(Fault::unavailable)?
}

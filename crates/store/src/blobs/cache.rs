//! Local copies of remote blobs.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures::TryStreamExt;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::sync::OnceCell;

use super::put::check;
use crate::Fault;

/// Copies of blobs in a folder of this process, the longest unused removed first.
pub(super) struct Cache {
    folder: TempDir,
    limit: u64,
    copies: Mutex<Copies>,
}

#[derive(Default)]
struct Copies {
    by_name: HashMap<String, Entry>,
    clock: u64,
}

struct Entry {
    // Two callers who want the same blob share one fetch.
    copied: Arc<OnceCell<Arc<Copied>>>,
    used: u64,
}

/// A copy on disk. It is removed when nobody holds it any more and the cache has let go of it.
pub(super) struct Copied {
    file: tempfile::TempPath,
    length: u64,
}

impl Copied {
    pub(super) fn path(&self) -> PathBuf {
        self.file.to_path_buf()
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }
}

impl Cache {
    pub(super) fn open(folder: Option<&Path>, limit: u64) -> Result<Cache, Fault> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("countersign-blobs-");
        let folder = match folder {
            Some(parent) => {
                std::fs::create_dir_all(parent)?;
                builder.tempdir_in(parent)?
            }
            None => builder.tempdir()?,
        };
        Ok(Cache { folder, limit, copies: Mutex::default() })
    }

    /// The copy of a blob; `fetch` is asked for its bytes when there is none yet. Futures are boxed here, so that
    /// a caller's own future is `Send` whatever it borrows.
    pub(super) async fn copy(
        &self,
        tenant: &str,
        digest: &str,
        fetch: BoxFuture<'_, Result<BoxStream<'static, object_store::Result<Bytes>>, Fault>>,
    ) -> Result<Arc<Copied>, Fault> {
        let cell = self.cell(&format!("{tenant}/{digest}"));
        let copied = cell.get_or_try_init(|| self.fill(digest, fetch)).await?.clone();
        self.trim();
        Ok(copied)
    }

    fn fill<'a>(
        &'a self,
        digest: &'a str,
        fetch: BoxFuture<'a, Result<BoxStream<'static, object_store::Result<Bytes>>, Fault>>,
    ) -> BoxFuture<'a, Result<Arc<Copied>, Fault>> {
        Box::pin(async move { self.fetch(digest, fetch.await?).await })
    }

    async fn fetch(
        &self,
        digest: &str,
        mut bytes: BoxStream<'static, object_store::Result<Bytes>>,
    ) -> Result<Arc<Copied>, Fault> {
        let (file, path) = tempfile::NamedTempFile::new_in(self.folder.path())?.into_parts();
        let mut file = tokio::fs::File::from_std(file);
        let (mut hash, mut length) = (Sha256::new(), 0);
        while let Some(chunk) = bytes.try_next().await? {
            hash.update(&chunk);
            length += chunk.len() as u64;
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        check(digest, &hash.finalize())?;
        Ok(Arc::new(Copied { file: path, length }))
    }

    fn cell(&self, name: &str) -> Arc<OnceCell<Arc<Copied>>> {
        let mut copies = self.lock();
        copies.clock += 1;
        let used = copies.clock;
        let entry =
            copies.by_name.entry(name.to_owned()).or_insert_with(|| Entry { copied: Arc::default(), used });
        entry.used = used;
        entry.copied.clone()
    }

    /// Lets go of the longest unused copies above the limit. Who holds one keeps its file.
    fn trim(&self) {
        let mut copies = self.lock();
        let mut by_age: Vec<(u64, u64, String)> = copies
            .by_name
            .iter()
            .filter_map(|(name, entry)| Some((entry.used, entry.copied.get()?.length, name.clone())))
            .collect();
        let mut total: u64 = by_age.iter().map(|(_, length, _)| length).sum();
        by_age.sort_unstable();
        for (_, length, name) in by_age {
            if total <= self.limit {
                break;
            }
            copies.by_name.remove(&name);
            total -= length;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Copies> {
        // The map is whole between any two statements above, so a panic elsewhere does not spoil it.
        self.copies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

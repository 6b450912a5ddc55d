//! A blob as a file of this machine.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use object_store::ObjectStoreExt;

use super::cache::Copied;
use super::{Blobs, Place};
use crate::Fault;

/// A stored blob that can be opened as a file. The file stays as long as this value lives.
#[derive(Clone)]
pub struct LocalBlob {
    path: PathBuf,
    length: u64,
    _kept: Option<Arc<Copied>>,
}

impl LocalBlob {
    /// Where the bytes are. Never write there: in a folder store it is the blob itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }
}

impl Blobs {
    /// The blob as a local file: the stored file itself, or a copy that is fetched from the bucket in
    /// bounded memory, checked against its digest and kept for the next time.
    ///
    /// # Errors
    /// [`FaultKind::Missing`](crate::FaultKind) when there is no such blob, `Corrupt` when the bucket gave other bytes.
    pub async fn open_local(&self, tenant: &str, digest: &str) -> Result<LocalBlob, Fault> {
        let key = self.key(tenant, digest)?;
        match &self.place {
            Place::Folder(root) => {
                let path = root.join(key.as_ref());
                let length = tokio::fs::metadata(&path).await?.len();
                Ok(LocalBlob { path, length, _kept: None })
            }
            Place::Bucket(cache) => {
                let fetch = Box::pin(async { Ok(self.objects.get(&key).await?.into_stream()) });
                let copied = cache.copy(tenant, digest, fetch).await?;
                Ok(LocalBlob { path: copied.path(), length: copied.length(), _kept: Some(copied) })
            }
        }
    }
}

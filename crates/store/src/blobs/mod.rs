//! Documents' bytes, by their SHA-256: written once, never changed.
//!
//! A blob's key is `TENANT/sha256/ab/cdef…`. Folder and bucket both go through `object_store`: its
//! `LocalFileSystem` writes a temporary file, syncs it, links it into place only if nothing stands there, and syncs
//! the folder (`with_fsync`), which is what a folder store of our own would do.

mod cache;
mod local;
mod put;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};

use crate::options::{self, BlobAddress};
use crate::{Fault, Options};
use cache::Cache;
pub use local::LocalBlob;
pub(crate) use put::hex;

/// The blobs of all tenants. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    objects: Arc<dyn ObjectStore>,
    place: Place,
    prefix: String,
}

#[derive(Clone)]
enum Place {
    /// Files can be opened where they lie.
    Folder(PathBuf),
    /// Files are fetched into a cache first.
    Bucket(Arc<Cache>),
}

/// A blob in a listing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BlobEntry {
    /// Whose it is.
    pub tenant: String,
    /// SHA-256 in lower-case hex.
    pub digest: String,
    /// Length in bytes.
    pub length: u64,
}

impl Blobs {
    pub(crate) fn open(options: &Options) -> Result<Blobs, Fault> {
        match options::blobs(&options.blobs)? {
            BlobAddress::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                let root = std::fs::canonicalize(folder)?;
                let objects = LocalFileSystem::new_with_prefix(&root)?.with_fsync(true);
                Ok(Blobs { objects: Arc::new(objects), place: Place::Folder(root), prefix: String::new() })
            }
            BlobAddress::Bucket { name, prefix, endpoint, region } => {
                let mut builder = AmazonS3Builder::from_env().with_bucket_name(name);
                if let Some(endpoint) = endpoint {
                    builder =
                        builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
                }
                if let Some(region) = region {
                    builder = builder.with_region(region);
                }
                let cache = Cache::open(options.cache.as_deref(), options.cache_bytes)?;
                let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
                Ok(Blobs {
                    objects: Arc::new(builder.build()?),
                    place: Place::Bucket(Arc::new(cache)),
                    prefix,
                })
            }
        }
    }

    /// Whether the blob is stored.
    ///
    /// # Errors
    /// A [`Fault`] when the store does not answer.
    pub async fn exists(&self, tenant: &str, digest: &str) -> Result<bool, Fault> {
        match self.objects.head(&self.key(tenant, digest)?).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// A part of a blob, in bytes from its start, end exclusive.
    ///
    /// # Errors
    /// [`FaultKind::Missing`](crate::FaultKind) when there is no such blob.
    pub async fn get_range(&self, tenant: &str, digest: &str, range: Range<u64>) -> Result<Bytes, Fault> {
        if range.is_empty() {
            return Ok(Bytes::new());
        }
        Ok(self.objects.get_range(&self.key(tenant, digest)?, range).await?)
    }

    /// A whole blob in memory: for small things. Documents go through [`Blobs::open_local`].
    ///
    /// # Errors
    /// [`FaultKind::Missing`](crate::FaultKind) when there is no such blob.
    pub async fn get(&self, tenant: &str, digest: &str) -> Result<Bytes, Fault> {
        Ok(self.objects.get(&self.key(tenant, digest)?).await?.bytes().await?)
    }

    /// Removes a blob for good; one that is not there is removed already.
    ///
    /// # Errors
    /// A [`Fault`] when the store does not answer.
    pub async fn remove(&self, tenant: &str, digest: &str) -> Result<(), Fault> {
        match self.objects.delete(&self.key(tenant, digest)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// All blobs of all tenants, in no particular order.
    pub fn list(&self) -> BoxStream<'_, Result<BlobEntry, Fault>> {
        let prefix = (!self.prefix.is_empty()).then(|| Key::from(self.prefix.trim_end_matches('/')));
        self.objects
            .list(prefix.as_ref())
            .map_err(Fault::from)
            .try_filter_map(
                move |object| async move { Ok(self.entry(object.location.as_ref(), object.size)) },
            )
            .boxed()
    }

    fn entry(&self, key: &str, length: u64) -> Option<BlobEntry> {
        let mut parts = key.strip_prefix(&self.prefix)?.split('/');
        let (tenant, kind, head, tail) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let digest = format!("{head}{tail}");
        let ours = kind == "sha256" && parts.next().is_none() && is_digest(&digest);
        ours.then(|| BlobEntry { tenant: tenant.to_owned(), digest, length })
    }

    /// The key in the object store. Tenant and digest are ours; whatever else is a mistake of ours.
    fn key(&self, tenant: &str, digest: &str) -> Result<Key, Fault> {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if tenant.is_empty() || !tenant.bytes().all(known) {
            return Err(Fault::missing("a tenant's name has to be made of letters, digits, _ and -"));
        }
        let (head, tail) = digest
            .split_at_checked(2)
            .filter(|_| is_digest(digest))
            .ok_or_else(|| Fault::missing("a digest has to be 64 lower-case hex digits"))?;
        Ok(Key::from(format!("{}{tenant}/sha256/{head}/{tail}", self.prefix)))
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

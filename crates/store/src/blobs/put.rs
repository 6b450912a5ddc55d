//! Storing a blob: conditional create for small ones, several parts for big ones.

use std::path::Path;

use bytes::{Bytes, BytesMut};
use object_store::path::Path as Key;
use object_store::{MultipartUpload, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use super::Blobs;
use crate::Fault;

/// Parts of big files; S3 takes no smaller ones (but the last).
const PART: usize = 5 << 20;

impl Blobs {
    /// Stores bytes that are in memory and returns their SHA-256 in lower-case hex. Durable when it returns.
    ///
    /// # Errors
    /// A [`Fault`] when the store does not answer or is full.
    pub async fn put_bytes(&self, tenant: &str, bytes: impl Into<Bytes>) -> Result<String, Fault> {
        let bytes = bytes.into();
        let digest = hex(&Sha256::digest(&bytes));
        self.create(&self.key(tenant, &digest)?, bytes).await?;
        Ok(digest)
    }

    /// Stores a file whose SHA-256 (lower-case hex) is known, in bounded memory. The digest is checked on the way;
    /// a blob that already stands is left as it is. Durable when it returns; the file itself is not touched.
    ///
    /// # Errors
    /// [`FaultKind::Corrupt`](crate::FaultKind) when the file has another digest.
    pub async fn put_file(&self, tenant: &str, path: &Path, digest: &str) -> Result<(), Fault> {
        let key = self.key(tenant, digest)?;
        let mut file = File::open(path).await?;
        let first = part(&mut file).await?;
        if first.len() < PART {
            check(digest, Sha256::digest(&first).as_slice())?;
            return self.create(&key, first).await;
        }
        // A multipart upload cannot be made conditional everywhere; the digest makes writing twice harmless.
        if self.exists(tenant, digest).await? {
            return Ok(());
        }
        let mut upload = self.objects.put_multipart(&key).await?;
        match parts(upload.as_mut(), &mut file, first, digest).await {
            Ok(()) => {
                upload.complete().await?;
                Ok(())
            }
            Err(fault) => {
                // What stays behind when this fails too is the bucket's lifecycle rule's to remove.
                let _ = upload.abort().await;
                Err(fault)
            }
        }
    }

    async fn create(&self, key: &Key, bytes: Bytes) -> Result<(), Fault> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.objects.put_opts(key, PutPayload::from(bytes), options).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

async fn parts(
    upload: &mut dyn MultipartUpload,
    file: &mut File,
    first: Bytes,
    digest: &str,
) -> Result<(), Fault> {
    let mut hash = Sha256::new();
    let mut bytes = first;
    while !bytes.is_empty() {
        hash.update(&bytes);
        upload.put_part(PutPayload::from(bytes)).await?;
        bytes = part(file).await?;
    }
    check(digest, &hash.finalize())
}

async fn part(file: &mut File) -> Result<Bytes, Fault> {
    // Room for what is left or one part, and a little more so that finding the end does not double the buffer.
    let length = usize::try_from(file.metadata().await?.len()).unwrap_or(PART);
    let mut bytes = BytesMut::with_capacity(length.min(PART) + 64);
    let mut limited = file.take(PART as u64);
    while limited.read_buf(&mut bytes).await? > 0 {}
    Ok(bytes.freeze())
}

pub(super) fn check(wanted: &str, found: &[u8]) -> Result<(), Fault> {
    let found = hex(found);
    if found == wanted {
        return Ok(());
    }
    Err(Fault::corrupt(format!("the bytes of blob {wanted} have the digest {found}")))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String does not fail");
        text
    })
}

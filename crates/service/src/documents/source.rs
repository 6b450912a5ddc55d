//! A revision as one file, though it is stored as a base and tails.

use crate::error::Error;
use crate::server::Service;
use futures::future::BoxFuture;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use store::{LocalBlob, revisions};

/// A stored blob, read at any place.
struct BlobSource {
    file: File,
    length: u64,
    /// A local copy lives as long as it is read.
    _held: LocalBlob,
}

impl pdf::Source for BlobSource {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> std::io::Result<()> {
        self.file.read_exact_at(buffer, offset)
    }
}

impl Service {
    /// The bytes of a revision, by its digest.
    pub(crate) async fn source(
        &self,
        tenant: &str,
        digest: envelope::Digest,
    ) -> Result<Arc<dyn pdf::Source>, Error> {
        let mut pieces: Vec<Arc<dyn pdf::Source>> = Vec::new();
        for piece in self.pieces(tenant, digest).await? {
            let file = File::open(piece.path()).map_err(|error| Error::Fault(error.into()))?;
            pieces.push(Arc::new(BlobSource { file, length: piece.length(), _held: piece }));
        }
        Ok(match pieces.len() {
            1 => pieces.remove(0),
            _ => Arc::new(pdf::Joined::new(pieces)),
        })
    }

    /// The stored pieces of a revision, in order.
    pub(crate) fn pieces<'a>(
        &'a self,
        tenant: &'a str,
        digest: envelope::Digest,
    ) -> BoxFuture<'a, Result<Vec<LocalBlob>, Error>> {
        Box::pin(async move {
            let hex = digest.to_string();
            let hex = hex.as_str();
            let row = self
                .store()
                .read(move |tx| Box::pin(async move { revisions::find(tx, tenant, hex).await }))
                .await
                .map_err(Error::Fault)?
                .ok_or(Error::NotFound { what: "revision" })?;
            let mut pieces = Vec::with_capacity(row.pieces.len());
            for piece in &row.pieces {
                pieces.push(self.store().blobs().open_local(tenant, &piece.digest).await?);
            }
            Ok(pieces)
        })
    }
}

//! Pictures that recipients gave: images, stamps.

use crate::error::Error;
use crate::server::Service;
use envelope::{Envelope, FieldId, Progress, Role};
use std::collections::BTreeMap;

/// The files, by field.
pub(crate) type Pictures = BTreeMap<FieldId, Vec<u8>>;

impl Service {
    /// The pictures that an act of this recipient draws: their own, and those of fillers before them.
    pub(crate) async fn pictures(
        &self,
        tenant: &str,
        state: &Envelope,
        progress: &Progress,
        recipient: u16,
    ) -> Result<Pictures, Error> {
        let mut pictures = Pictures::new();
        for field in state.draft.fields.iter().filter(|it| it.kind.is_picture()) {
            let filler = state.recipient(field.recipient).is_some_and(|it| it.role == Role::Filler);
            if field.recipient != recipient && !filler {
                continue;
            }
            let file = progress.files.get(&field.id).and_then(|it| it.digest.known());
            let Some(digest) = file else { continue };
            let bytes = self.store().blobs().get(tenant, &digest.to_string()).await?;
            pictures.insert(field.id.clone(), bytes.to_vec());
        }
        Ok(pictures)
    }
}

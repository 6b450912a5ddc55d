//! The finished documents, as they go with the last mail.

use super::mail::seen_by;
use crate::documents::download::{self, Which, file_name};
use crate::error::Error;
use crate::server::Service;
use deliver::{Attached, Attachment};
use envelope::{Attaching, Envelope};

impl Service {
    /// The finished documents that a recipient sees, for the mail to them, or all for the one to the sender, and what the mail says about them.
    pub(super) async fn attachments(
        &self,
        tenant: &str,
        state: &Envelope,
        recipient: Option<u16>,
    ) -> Result<(Attached, Vec<Attachment>), Error> {
        match state.attaching_for(recipient) {
            Attaching::No => return Ok((Attached::Unwanted, Vec::new())),
            Attaching::BehindProof => return Ok((Attached::BehindProof, Vec::new())),
            Attaching::Yes => {}
        }
        let mut sources = Vec::new();
        for (number, document) in seen_by(state, recipient) {
            let digest = download::digest(state, number, Which::Head)
                .ok_or_else(|| Error::fault("a finished document that is none"))?;
            sources.push((file_name(&document.title), self.source(tenant, digest).await?));
        }
        let together: u64 = sources.iter().map(|(_, source)| source.length()).sum();
        if together > self.settings().attachments_bytes_max {
            return Ok((Attached::TooLarge, Vec::new()));
        }
        let read = move || {
            sources
                .into_iter()
                .map(|(file_name, source)| {
                    let mut bytes = vec![0; usize::try_from(source.length()).unwrap_or_default()];
                    source.read_at(0, &mut bytes)?;
                    Ok(Attachment { file_name, bytes })
                })
                .collect::<std::io::Result<Vec<_>>>()
        };
        let attachments = tokio::task::spawn_blocking(read).await.map_err(Error::fault)?;
        Ok((Attached::Here, attachments.map_err(|error| Error::Fault(error.into()))?))
    }
}

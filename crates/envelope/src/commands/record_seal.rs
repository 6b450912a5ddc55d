//! A worker has put the seal on.

use super::record_act::made_on_heads;
use super::settle::completed;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::field::file::SealedFile;
use crate::model::revision::{CertificateFacts, NewRevision};
use crate::refusal::Refusal;
use crate::state::{Envelope, Status};

/// Records the seal on every document and on the files that recipients added, after their bytes were stored, and completes the envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSeal {
    /// The tenant's certificate.
    pub certificate: CertificateFacts,
    /// The sealed revision of each document, in their order.
    pub revisions: Vec<NewRevision>,
    /// The files of recipients that were sealed.
    pub files: Vec<SealedFile>,
}

impl RecordSeal {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let Status::Finishing(progress) = &state.status else { return Err(Refusal::NothingPending) };
        let documents: Vec<u16> = state.document_numbers().collect();
        if !made_on_heads(progress, &self.revisions, &documents) {
            return Err(Refusal::HeadMoved);
        }
        if !self.files.iter().all(|it| progress.files.contains_key(&it.field)) {
            return Err(Refusal::HeadMoved);
        }
        let sealed = Event::EnvelopeSealed {
            certificate: self.certificate.clone(),
            revisions: self.revisions.clone(),
            files: self.files.clone(),
        };
        Ok(Decision::of(sealed).then(state, context, completed))
    }
}

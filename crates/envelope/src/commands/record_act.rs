//! A worker has put an act into the documents.

use super::settle::tell_sender;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::revision::{CertificateFacts, NewRevision};
use crate::part::ActKind;
use crate::refusal::Refusal;
use crate::state::{Envelope, Progress, Status};

/// Records the result of an act, after its bytes were stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordAct {
    /// Number of the recipient.
    pub recipient: u16,
    /// The certificate made for this act.
    pub certificate: CertificateFacts,
    /// The revisions that carry the signature.
    pub revisions: Vec<NewRevision>,
}

impl RecordAct {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let Status::InProgress(progress) = &state.status else { return Err(Refusal::NothingPending) };
        let act = progress.act(self.recipient).filter(|act| act.kind == ActKind::Sign);
        let act = act.ok_or(Refusal::NothingPending)?;
        if !made_on_heads(progress, &self.revisions, &act.documents) {
            return Err(Refusal::HeadMoved);
        }
        let signed = Event::RecipientSigned {
            recipient: self.recipient,
            certificate: self.certificate.clone(),
            revisions: self.revisions.clone(),
        };
        Ok(tell_sender(Decision::of(signed), state, self.recipient, context))
    }
}

/// Whether there is one new revision for each of these documents, made on its head and not the head itself:
/// what was signed or sealed has more bytes than before.
pub(crate) fn made_on_heads(progress: &Progress, revisions: &[NewRevision], documents: &[u16]) -> bool {
    revisions.len() == documents.len()
        && revisions.iter().zip(documents).all(|(new, document)| {
            new.document == *document
                && new.digest != new.base
                && progress.head(*document).is_some_and(|head| head.digest == new.base)
        })
}

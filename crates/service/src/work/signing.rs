//! One signature in one revision, through its stages.

use crate::authority::Identity;
use crate::error::Error;
use crate::fault_point;
use crate::record;
use crate::server::Service;
use envelope::{CertificateFacts, Digest, NewRevision};
use jiff::Timestamp;
use pdf::form::{Act, Fill, SignatureField};
use std::sync::Arc;

/// What is signed, and how.
pub(crate) struct Job {
    pub(crate) document: u16,
    pub(crate) base: Digest,
    pub(crate) fills: Vec<Fill>,
    pub(crate) signature: SignatureField,
    pub(crate) name: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) at: Timestamp,
    pub(crate) head: Digest,
}

impl Service {
    /// Prepares, digests, signs and stores one revision.
    pub(crate) async fn sign_revision(
        &self,
        tenant: &str,
        identity: &Arc<Identity>,
        job: Job,
    ) -> Result<NewRevision, Error> {
        let source = self.source(tenant, job.base).await?;
        let identity = identity.clone();
        let (document, base, head) = (job.document, job.base, job.head);
        let signed = tokio::task::spawn_blocking(move || sign(source, &identity, job))
            .await
            .map_err(Error::fault)??;
        let tail = &signed.tail_bytes;
        self.store().blobs().put_bytes(tenant, tail.clone()).await?;
        Ok(NewRevision {
            document,
            base,
            digest: Digest(signed.revision_digest),
            length: signed.revision_length,
            tail: Some(record::digest(tail)),
            tail_length: tail.len() as u64,
            event_head: Some(head),
        })
    }
}

pub(crate) fn sign(
    source: Arc<dyn pdf::Source>,
    identity: &Identity,
    job: Job,
) -> Result<pades::Signed, Error> {
    let document = pdf::Document::open(source.clone()).map_err(Error::fault)?;
    let act = Act {
        fills: job.fills,
        signature: job.signature,
        signature_dictionary: pades::signature_dictionary(&pades::SignatureInfo {
            claimed_time: job.at,
            name: job.name,
            reason: job.reason,
            location: None,
            contact: None,
            event_head: Some(job.head.0),
        }),
        contents_bytes: pades::contents_estimate(&identity.certificate, &identity.chain),
        certify: None,
    };
    let tail = pdf::form::act(&document, &act).map_err(Error::fault)?;
    let prepared = pades::Prepared::new(tail).map_err(Error::fault)?;
    fault_point::reach("act.prepared");
    let signed = prepared
        .digest(&*source)
        .and_then(|digested| digested.sign(&identity.key, &identity.certificate, &identity.chain))
        .map_err(Error::fault)?;
    fault_point::reach("act.signed");
    Ok(signed)
}

impl Identity {
    /// What the events say of the certificate.
    pub(crate) fn facts(&self) -> CertificateFacts {
        CertificateFacts {
            serial: crate::vault::hex(self.certificate.serial()),
            digest: record::digest(self.certificate.der()),
        }
    }
}

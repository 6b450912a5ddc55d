//! One signature in one revision, through its stages.

use super::signing_key::SigningKey;
use crate::authority::Identity;
use crate::error::Error;
use crate::fault_point;
use crate::record;
use crate::server::Service;
use envelope::{CertificateFacts, Digest, NewRevision};
use jiff::Timestamp;
use pdf::form::{Act, Fill, Plan, SignatureField, Widget};
use pki::{Certificate, SignatureAlgorithm};
use std::sync::Arc;

/// What is signed, and how.
pub(crate) struct Job {
    pub(crate) document: u16,
    pub(crate) base: Digest,
    /// What is laid out before anything is filled in.
    pub(crate) widgets: Vec<Widget>,
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
        key: &Arc<SigningKey>,
        job: Job,
    ) -> Result<NewRevision, Error> {
        let source = self.source(tenant, job.base).await?;
        let (document, base, head) = (job.document, job.base, job.head);
        let prepared = key.clone();
        let digested = at_leisure(move || {
            let (source, laid_out) = lay_out(source, &job.widgets)?;
            Ok((prepare(source, prepared.certificate(), prepared.chain(), job)?, laid_out))
        });
        let (digested, mut tail) = digested.await?;
        let value = match &**key {
            SigningKey::Here(_) => None,
            SigningKey::Elsewhere(elsewhere) => Some(self.sign_elsewhere(elsewhere, &digested).await?),
        };
        let key = key.clone();
        let signed = at_leisure(move || complete(digested, &key, value)).await?;
        tail.extend(&signed.tail_bytes);
        self.store().blobs().put_bytes(tenant, tail.clone()).await?;
        Ok(NewRevision {
            document,
            base,
            digest: Digest(signed.revision_digest),
            length: signed.revision_length,
            tail: Some(record::digest(&tail)),
            tail_length: tail.len() as u64,
            event_head: Some(head),
        })
    }
}

/// Where reading, hashing and a key's arithmetic hold up nobody.
async fn at_leisure<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(Error::fault)?
}

/// All stages with a key at hand.
pub(crate) fn sign(
    source: Arc<dyn pdf::Source>,
    identity: &Identity,
    job: Job,
) -> Result<pades::Signed, Error> {
    let digested = prepare(source, &identity.certificate, &identity.chain, job)?;
    digested.sign(&identity.key, &identity.certificate, &identity.chain).map_err(Error::fault)
}

/// The document with the fields that its signer placed, blank: they come before the signature as those of the sender
/// do, so that it covers them. Gives what was added, too.
fn lay_out(
    source: Arc<dyn pdf::Source>,
    widgets: &[Widget],
) -> Result<(Arc<dyn pdf::Source>, Vec<u8>), Error> {
    let document = pdf::Document::open(source.clone()).map_err(Error::fault)?;
    let plan = Plan { widgets: widgets.to_vec(), ..Plan::default() };
    let Some(tail) = pdf::form::prepare(&document, &plan).map_err(Error::fault)? else {
        return Ok((source, Vec::new()));
    };
    let laid_out: Arc<dyn pdf::Source> = Arc::new(tail.bytes.clone());
    Ok((Arc::new(pdf::Joined::new(vec![source, laid_out])), tail.bytes))
}

fn prepare(
    source: Arc<dyn pdf::Source>,
    certificate: &Certificate,
    chain: &[Certificate],
    job: Job,
) -> Result<pades::Digested, Error> {
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
        contents_bytes: pades::contents_estimate(certificate, chain),
        certify: None,
    };
    let tail = pdf::form::act(&document, &act).map_err(Error::fault)?;
    let prepared = pades::Prepared::new(tail).map_err(Error::fault)?;
    fault_point::reach("act.prepared");
    prepared.digest(&*source).map_err(Error::fault)
}

/// Puts the signature in its place: that of the key at hand, or the `value` that came from elsewhere.
fn complete(
    digested: pades::Digested,
    key: &SigningKey,
    value: Option<(SignatureAlgorithm, Vec<u8>)>,
) -> Result<pades::Signed, Error> {
    let signed = match (key, value) {
        (SigningKey::Here(it), _) => digested.sign(&it.key, &it.certificate, &it.chain),
        (SigningKey::Elsewhere(_), None) => return Err(Error::fault("a key elsewhere was not asked")),
        (SigningKey::Elsewhere(_), Some((algorithm, value))) => {
            digested.complete(algorithm, &value, key.certificate(), key.chain())
        }
    };
    let signed = signed.map_err(|error| match error {
        pades::Error::WrongValue => Error::KeyElsewhere { why: error.to_string() },
        error => Error::fault(error),
    })?;
    fault_point::reach("act.signed");
    Ok(signed)
}

/// What the events say of a certificate.
pub(crate) fn facts(certificate: &Certificate) -> CertificateFacts {
    CertificateFacts {
        serial: crate::vault::hex(certificate.serial()),
        digest: record::digest(certificate.der()),
    }
}

//! Prepare the documents of a draft, and send it.

use super::view::EnvelopeView;
use crate::documents::plan;
use crate::error::{Class, Error};
use crate::execute::{Change, Scope};
use crate::server::Service;
use deliver::channel::{Channel, Medium};
use envelope::commands::send::{self, SendEnvelope};
use envelope::{Actor, Command, Context, Digest, Envelope, Finding, MethodKind, NewRevision};
use std::sync::Arc;

/// The prepared revisions of a draft, stored and not yet sent.
pub struct PreparedDraft {
    version: u64,
    revisions: Vec<NewRevision>,
}

/// How often a draft is prepared anew when it was changed meanwhile.
const TRIES: usize = 3;

impl Service {
    /// Sends a draft. Its documents are prepared and stored first; then one transaction says that it was
    /// sent and queues the invitations.
    pub async fn send_envelope(&self, scope: &Scope, actor: &Actor) -> Result<EnvelopeView, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            let loaded = self.load(scope).await?;
            send::check(&loaded.envelope, &Context::at(self.now()))?;
            self.check_ways(&loaded.envelope)?;
            self.check_documents(&scope.tenant, &loaded.envelope).await?;
            let prepared = self.prepare_draft(&scope.tenant, &loaded.envelope).await?;
            let command =
                Command::Send(SendEnvelope { version: prepared.version, revisions: prepared.revisions });
            let commands = [command];
            let change = Change::of(scope, actor, &commands);
            match self.execute(&change).await {
                Err(Error::Refused(envelope::Refusal::DraftMoved)) if tries < TRIES => {}
                Ok(changed) => return self.view(scope, changed.envelope).await,
                Err(error) => return Err(error),
            }
        }
    }

    /// Refuses codes by telephone where there is no way to one: nobody is to find out when they stand before it.
    fn check_ways(&self, state: &Envelope) -> Result<(), Error> {
        if state.test || self.settings().dev {
            return Ok(());
        }
        let without_way = |kind: MethodKind| match (&self.inner.channel, kind) {
            (Channel::None, kind) => kind.needs_phone(),
            (channel, MethodKind::SmsCode) => !channel.carries(Medium::Text),
            (channel, MethodKind::VoiceCode) => !channel.carries(Medium::Voice),
            _ => false,
        };
        let recipients = state.draft.recipients.iter().enumerate();
        let chains =
            recipients.flat_map(|(index, it)| it.authentication.iter().map(move |method| (index, method)));
        let found: Vec<Finding> = chains
            .filter(|(_, method)| without_way(method.kind()))
            .map(|(index, _)| {
                Finding::new(
                    format!("/recipients/{index}/authentication"),
                    "telephone_not_configured",
                    "No way to telephones is configured on this server; use another method, or set [telephone].",
                )
            })
            .collect();
        if found.is_empty() { Ok(()) } else { Err(envelope::Refusal::Invalid(found).into()) }
    }

    async fn prepare_draft(&self, tenant: &str, state: &Envelope) -> Result<PreparedDraft, Error> {
        let mut revisions = Vec::with_capacity(state.draft.documents.len());
        for (number, document) in state.document_numbers().zip(&state.draft.documents) {
            let sent = &document.facts.sent;
            let unchanged = NewRevision {
                document: number,
                base: sent.digest,
                digest: sent.digest,
                length: sent.length,
                tail: None,
                tail_length: 0,
                event_head: None,
            };
            let Some(plan) = plan::prepared(state, number, document) else {
                revisions.push(unchanged);
                continue;
            };
            let source = self.source(tenant, sent.digest).await?;
            let prepared = tokio::task::spawn_blocking(move || prepare(&source, &plan))
                .await
                .map_err(Error::fault)??;
            let Some((tail, digest)) = prepared else {
                revisions.push(unchanged);
                continue;
            };
            self.store().blobs().put_bytes(tenant, tail.clone()).await?;
            revisions.push(NewRevision {
                digest,
                length: sent.length + tail.len() as u64,
                tail: Some(crate::record::digest(&tail)),
                tail_length: tail.len() as u64,
                ..unchanged
            });
        }
        Ok(PreparedDraft { version: state.version, revisions })
    }
}

/// The bytes that preparing adds, and the digest of the whole revision.
fn prepare(
    source: &Arc<dyn pdf::Source>,
    plan: &pdf::form::Plan,
) -> Result<Option<(Vec<u8>, Digest)>, Error> {
    let document = pdf::Document::open(source.clone()).map_err(Error::fault)?;
    let Some(tail) = pdf::form::prepare(&document, plan).map_err(unprepared)? else { return Ok(None) };
    let digest = whole_digest(&**source, &tail.bytes).map_err(|error| Error::Fault(error.into()))?;
    Ok(Some((tail.bytes, digest)))
}

/// What the sender can do something about; everything else was looked at before.
fn unprepared(error: pdf::form::Error) -> Error {
    let (code, sentence) = match error {
        pdf::form::Error::NoTextThere { page } => (
            "tag_text_not_there",
            format!(
                "No text stands where tag_text says on page {page}; give it as it was found, or leave it out."
            ),
        ),
        pdf::form::Error::TextShared { page } => (
            "tag_text_not_removable",
            format!(
                "The text of a tag on page {page} stands in a part that is shown several times or in an annotation; let it \
                 be covered or kept instead."
            ),
        ),
        error => return Error::fault(error),
    };
    Error::Wrong { class: Class::Unprocessable, code, sentence }
}

/// SHA-256 of a base and what is added to it, read in chunks.
pub(crate) fn whole_digest(base: &dyn pdf::Source, tail: &[u8]) -> std::io::Result<Digest> {
    use sha2::Digest as _;
    let mut hash = sha2::Sha256::new();
    let mut chunk = vec![0; 1 << 18];
    let mut at = 0;
    while at < base.length() {
        let size = usize::try_from((base.length() - at).min(chunk.len() as u64)).unwrap_or(chunk.len());
        base.read_at(at, &mut chunk[..size])?;
        hash.update(&chunk[..size]);
        at += size as u64;
    }
    hash.update(tail);
    Ok(Digest(hash.finalize().into()))
}

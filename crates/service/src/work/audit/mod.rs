//! Make the audit trail of an envelope that has ended: told from its events alone, sealed by the tenant.

mod consent;
mod english;
mod events;
mod french;
mod people;
mod words;

use self::words::Words;
use super::signing::Job;
use crate::documents::plan;
use crate::effects::Queued;
use crate::envelopes::EventView;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::record::{digest, head_digest};
use crate::server::Service;
use crate::world::from_micros;
use envelope::commands::record_audit_trail::RecordAuditTrail;
use envelope::{Actor, Command, Envelope, Event, Refusal, RevisionKind};
use jiff::tz::TimeZone;
use pdf::audit::{Part, Report};
use std::sync::Arc;

impl Service {
    pub(crate) async fn issue_audit_trail(&self, job: &Queued, id: &str) -> Result<(), Error> {
        let scope = Scope { tenant: job.tenant.clone(), envelope: id.to_owned(), mode: None };
        let loaded = self.load(&scope).await?;
        if loaded.envelope.audit_trail.is_some() {
            return self.complete(job).await;
        }
        let words = Words::of(&loaded.envelope.draft.language);
        let trail = self.trail(&scope, &loaded.envelope, words.language).await?;
        let name = self.tenant_name(&job.tenant).await?;
        let report = report(id, &loaded.envelope, &trail, words, &name);
        let identity = Arc::new(self.seal_identity(&job.tenant, &name).await?);
        let bytes =
            tokio::task::spawn_blocking(move || pdf::audit::report(&report)).await.map_err(Error::fault)?;
        let sealed = self.seal_bytes(bytes, identity, name, head_digest(loaded.head)?).await?;
        self.store().blobs().put_bytes(&job.tenant, sealed.clone()).await?;
        let record = RecordAuditTrail { digest: digest(&sealed), length: sealed.len() as u64 };
        let commands = [Command::RecordAuditTrail(record)];
        let change = Change::of(&scope, &Actor::System, &commands).finishing(job);
        match self.execute(&change).await {
            Err(Error::Refused(Refusal::NothingPending)) => self.complete(job).await,
            other => other.map(drop),
        }
    }

    /// Seals a file that we made ourselves.
    async fn seal_bytes(
        &self,
        bytes: Vec<u8>,
        identity: Arc<crate::authority::Identity>,
        name: String,
        head: envelope::Digest,
    ) -> Result<Vec<u8>, Error> {
        let at = self.now();
        tokio::task::spawn_blocking(move || {
            let source: Arc<dyn pdf::Source> = Arc::new(bytes.clone());
            let job = Job {
                document: 1,
                base: digest(&bytes),
                fills: Vec::new(),
                signature: plan::seal(),
                name: Some(name),
                reason: None,
                at,
                head,
            };
            let signed = crate::work::signing::sign(source, &identity, job)?;
            let mut whole = bytes;
            whole.extend(&signed.tail_bytes);
            Ok(whole)
        })
        .await
        .map_err(Error::fault)?
    }
}

/// What is told, to whom and in which words.
struct Told<'a> {
    state: &'a Envelope,
    trail: &'a [EventView],
    words: &'a Words,
    zone: TimeZone,
}

impl Told<'_> {
    /// A time as the envelope's people read it.
    fn time(&self, micros: i64) -> String {
        from_micros(micros).to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
    }

    /// Who was in this place when the envelope was made.
    fn first_of(&self, number: u16) -> String {
        let first = self.trail.first().and_then(|it| match &it.event {
            Event::EnvelopeCreated { draft, .. } => draft.recipients.get(usize::from(number) - 1),
            _ => None,
        });
        first.map(people::who).unwrap_or_default()
    }
}

fn report(id: &str, state: &Envelope, trail: &[EventView], words: &Words, tenant: &str) -> Report {
    let zone = TimeZone::get(&state.draft.time_zone).unwrap_or(TimeZone::UTC);
    let told = Told { state, trail, words, zone };
    let mut parts = vec![
        Part::Paragraph(words.introduction.to_owned()),
        Part::Table(vec![
            (words.title.to_owned(), state.draft.title.clone()),
            (words.id.to_owned(), id.to_owned()),
            (words.status.to_owned(), words.outcome(&state.status).to_owned()),
            (
                words.sender.to_owned(),
                format!("{} <{}>", state.sender.name.text(), state.sender.email.text()),
            ),
            (words.tenant.to_owned(), tenant.to_owned()),
            (words.time_zone.to_owned(), state.draft.time_zone.clone()),
        ]),
        Part::Heading(words.documents.to_owned()),
    ];
    parts.extend(state.document_numbers().map(|number| document(&told, number)));
    parts.push(Part::Heading(words.recipients.to_owned()));
    parts.extend(state.recipient_numbers().map(|number| people::recipient(&told, number)));
    parts.extend(consent::texts(&told));
    parts.push(Part::Heading(words.events.to_owned()));
    parts.push(events::entries(&told));
    parts.extend(chain(&told));
    if state.test {
        parts.insert(0, Part::Paragraph(words.test.to_owned()));
    }
    Report {
        title: words.heading.to_owned(),
        subtitle: state.draft.title.clone(),
        language: words.language.to_owned(),
        footer: id.to_owned(),
        page_label: words.page.to_owned(),
        created: None,
        parts,
    }
}

/// A document in each of its revisions.
fn document(told: &Told<'_>, number: u16) -> Part {
    let (words, index) = (told.words, usize::from(number) - 1);
    let mut rows = Vec::new();
    if let Some(document) = told.state.draft.documents.get(index) {
        // Every recipient can read the audit trail; a title may say as much as the document.
        let title = match document.visible_to {
            None => document.title.clone(),
            Some(_) => words.title_withheld.to_owned(),
        };
        rows.push((format!("{} {number}", words.document), title));
        rows.push((words.uploaded.to_owned(), document.facts.digest.to_string()));
    }
    let history = told.state.status.progress().and_then(|progress| progress.documents.get(index));
    let name = |recipient: u16| told.state.recipient(recipient).map(|it| it.name.text()).unwrap_or_default();
    for revision in history.into_iter().flatten() {
        let label = match revision.kind {
            RevisionKind::Upload => continue,
            RevisionKind::Rewrite => words.rewritten.to_owned(),
            RevisionKind::Prepare => words.prepared.to_owned(),
            RevisionKind::Act { recipient } => words.acted.replace("{name}", name(recipient)),
            RevisionKind::Fill { recipient } => words.filled.replace("{name}", name(recipient)),
            RevisionKind::Seal => words.sealed.to_owned(),
        };
        rows.push((label, revision.digest.to_string()));
    }
    Part::Table(rows)
}

/// How the events hold each other, and the two ends of the chain.
fn chain(told: &Told<'_>) -> [Part; 3] {
    let words = told.words;
    let end =
        |event: Option<&EventView>| event.map(|it| format!("#{} {}", it.seq, it.hash)).unwrap_or_default();
    [
        Part::Heading(words.chain.to_owned()),
        Part::Paragraph(words.chain_told.to_owned()),
        Part::Table(vec![
            (words.chain_first.to_owned(), end(told.trail.first())),
            (words.chain_last.to_owned(), end(told.trail.last())),
        ]),
    ]
}

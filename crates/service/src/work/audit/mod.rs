//! Make the audit trail of an envelope that has ended: told from its events alone, sealed by the tenant.

use super::audit_words::Words;
use super::signing::Job;
use crate::ceremony::HANDED_LINK;
use crate::documents::plan;
use crate::effects::Queued;
use crate::envelopes::EventView;
use crate::error::Error;
use crate::execute::{Change, Scope};
use crate::record::{digest, head_digest};
use crate::server::Service;
use crate::world::from_micros;
use envelope::commands::record_audit_trail::RecordAuditTrail;
use envelope::{Actor, Command, Envelope, Refusal};
use jiff::tz::TimeZone;
use pdf::audit::{Entry, Part, Report};
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
            let signed = super::signing::sign(source, &identity, job)?;
            let mut whole = bytes;
            whole.extend(&signed.tail_bytes);
            Ok(whole)
        })
        .await
        .map_err(Error::fault)?
    }
}

fn report(id: &str, state: &Envelope, trail: &[EventView], words: &Words, tenant: &str) -> Report {
    let zone = TimeZone::get(&state.draft.time_zone).unwrap_or(TimeZone::UTC);
    let time = |micros: i64| {
        from_micros(micros).to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
    };
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
    parts.extend(state.document_numbers().map(|number| document(state, number, words)));
    parts.push(Part::Heading(words.recipients.to_owned()));
    parts.extend(state.recipient_numbers().map(|number| recipient(state, trail, number, words)));
    parts.push(Part::Heading(words.events.to_owned()));
    parts.push(Part::Events(
        trail
            .iter()
            .map(|event| Entry {
                time: time(event.at),
                text: event.summary.clone(),
                details: details(event, words),
            })
            .collect(),
    ));
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

fn document(state: &Envelope, number: u16, words: &Words) -> Part {
    let index = usize::from(number) - 1;
    let mut rows = Vec::new();
    if let Some(document) = state.draft.documents.get(index) {
        rows.push((format!("{} {number}", words.document), document.title.clone()));
        rows.push((words.uploaded.to_owned(), document.facts.digest.to_string()));
    }
    let history = state.status.progress().and_then(|progress| progress.documents.get(index));
    if let Some(head) = history.and_then(|history| history.last()) {
        rows.push((words.newest.to_owned(), head.digest.to_string()));
    }
    Part::Table(rows)
}

fn recipient(state: &Envelope, trail: &[EventView], number: u16, words: &Words) -> Part {
    let person = state.draft.recipients.get(usize::from(number) - 1);
    let (name, email) = person.map_or(("", ""), |it| (it.name.text(), it.email.text()));
    let mut rows = vec![
        (format!("{} {number}", words.recipient), format!("{name} <{email}>")),
        (words.status.to_owned(), words.part(crate::project::part_word(state, number)).to_owned()),
        (words.method.to_owned(), identified_by(trail, number, words).to_owned()),
    ];
    if let Some(delivery) = state.deliveries.get(&number) {
        rows.push((words.last_mail.to_owned(), words.delivery(*delivery).to_owned()));
    }
    Part::Table(rows)
}

/// How a recipient was identified, from the events in which they acted.
fn identified_by(trail: &[EventView], number: u16, words: &Words) -> &'static str {
    let methods = trail.iter().rev().find_map(|event| match &event.actor {
        Actor::Recipient { recipient, methods, .. } if *recipient == number => Some(methods),
        _ => None,
    });
    match methods {
        Some(methods) if methods.iter().any(|it| it == HANDED_LINK) => words.handed_link,
        Some(_) => words.email_link,
        None => words.nobody_came,
    }
}

fn details(event: &EventView, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    match &event.actor {
        Actor::Recipient { address, user_agent, .. } | Actor::User { address, user_agent, .. } => {
            lines.push(format!("{}: {}", words.address, address.text()));
            if !user_agent.text().is_empty() {
                lines.push(format!("{}: {}", words.browser, user_agent.text()));
            }
        }
        Actor::ApiKey { key, address } => {
            lines.push(format!("{}: {} · {key}", words.address, address.text()));
        }
        Actor::System => {}
    }
    lines.push(format!("#{} · SHA-256 {}", event.seq, event.hash));
    lines
}

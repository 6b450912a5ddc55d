//! What the record says, from top to bottom.

use super::language::Spoken;
use super::{consent, events, people};
use crate::envelopes::EventView;
use crate::envelopes::story::{Words, fill};
use crate::world::from_micros;
use crate::written_time;
use envelope::{Digest, Envelope, Event, RevisionKind};
use jiff::tz::TimeZone;
use pdf::audit::{Part, Report};

/// What is told, to whom and in which words.
pub(super) struct Told<'a> {
    pub(super) state: &'a Envelope,
    pub(super) trail: &'a [EventView],
    pub(super) words: &'a Words,
    zone: TimeZone,
}

impl Told<'_> {
    /// A time as the envelope's people read it.
    pub(super) fn time(&self, micros: i64) -> String {
        let at = from_micros(micros).to_zoned(self.zone.clone());
        written_time::exact_in_zone(self.words.language, &at)
    }

    /// Who was in this place when the envelope was made.
    pub(super) fn first_of(&self, number: u16) -> String {
        let first = self.trail.first().and_then(|it| match &it.event {
            Event::EnvelopeCreated { draft, .. } => draft.recipients.get(usize::from(number) - 1),
            _ => None,
        });
        first.map(people::who).unwrap_or_default()
    }
}

/// The record. `issued` is the one that was issued, where this one tells the same in other words.
pub(super) fn report(
    id: &str,
    state: &Envelope,
    trail: &[EventView],
    spoken: Spoken,
    issued: Option<Digest>,
    tenant: &str,
) -> Report {
    let zone = TimeZone::get(&state.draft.time_zone).unwrap_or(TimeZone::UTC);
    let (all, words) = (spoken.words, &spoken.words.report);
    let told = Told { state, trail, words: all, zone };
    let mut parts: Vec<Part> = Vec::new();
    parts.extend(state.test.then(|| Part::Paragraph(words.test.clone())));
    parts.extend(spoken.apology().map(Part::Paragraph));
    let same = |digest: Digest| fill(&words.same_events, &[("digest", &digest.to_string())]);
    parts.extend(issued.map(|it| Part::Paragraph(same(it))));
    parts.extend([
        Part::Paragraph(words.introduction.clone()),
        Part::Paragraph(words.times.clone()),
        Part::Table(vec![
            (words.title.clone(), state.draft.title.clone()),
            (words.id.clone(), id.to_owned()),
            (words.status.clone(), all.outcome(&state.status).to_owned()),
            (words.sender.clone(), format!("{} <{}>", state.sender.name.text(), state.sender.email.text())),
            (words.tenant.clone(), tenant.to_owned()),
            (words.time_zone.clone(), state.draft.time_zone.clone()),
        ]),
        Part::Heading(words.documents.clone()),
    ]);
    parts.extend(state.document_numbers().map(|number| document(&told, number)));
    parts.push(Part::Heading(words.recipients.clone()));
    parts.extend(state.recipient_numbers().map(|number| people::recipient(&told, number)));
    parts.extend(consent::texts(&told));
    parts.push(Part::Heading(words.events.clone()));
    parts.push(events::entries(&told));
    parts.extend(chain(&told));
    Report {
        title: words.heading.clone(),
        subtitle: state.draft.title.clone(),
        language: all.language.to_owned(),
        footer: id.to_owned(),
        page_label: words.page.clone(),
        created: None,
        parts,
    }
}

/// A document in each of its revisions.
fn document(told: &Told<'_>, number: u16) -> Part {
    let (words, index) = (&told.words.report, usize::from(number) - 1);
    let mut rows = Vec::new();
    if let Some(document) = told.state.draft.documents.get(index) {
        let name = fill(&words.document, &[("number", &number.to_string())]);
        // Every recipient can read the audit trail; a title may say as much as the document.
        let title = match document.visible_to {
            None => document.title.clone(),
            Some(_) => words.title_withheld.clone(),
        };
        rows.push((name, title));
        rows.push((words.uploaded.clone(), document.facts.digest.to_string()));
    }
    let history = told.state.status.progress().and_then(|progress| progress.documents.get(index));
    let name = |recipient: u16| told.state.recipient(recipient).map(|it| it.name.text()).unwrap_or_default();
    for revision in history.into_iter().flatten() {
        let label = match revision.kind {
            RevisionKind::Upload => continue,
            RevisionKind::Rewrite => words.rewritten.clone(),
            RevisionKind::Prepare => words.prepared.clone(),
            RevisionKind::Act { recipient } => fill(&words.acted, &[("name", name(recipient))]),
            RevisionKind::Fill { recipient } => fill(&words.filled, &[("name", name(recipient))]),
            RevisionKind::Seal => words.sealed.clone(),
        };
        rows.push((label, revision.digest.to_string()));
    }
    Part::Table(rows)
}

/// How the events hold each other, and the two ends of the chain.
fn chain(told: &Told<'_>) -> [Part; 3] {
    let words = &told.words.report;
    let end =
        |event: Option<&EventView>| event.map(|it| format!("#{} {}", it.seq, it.hash)).unwrap_or_default();
    [
        Part::Heading(words.chain.clone()),
        Part::Paragraph(words.chain_told.clone()),
        Part::Table(vec![
            (words.chain_first.clone(), end(told.trail.first())),
            (words.chain_last.clone(), end(told.trail.last())),
        ]),
    ]
}

//! What one envelope holds of a person, or of everybody in it, and its erasure.

use super::told::{self, About};
use crate::error::Error;
use crate::execute::Scope;
use crate::project;
use crate::record::{self, Entry};
use crate::server::Service;
use envelope::{Actor, Envelope, Event, Method, Personal, Recorded, Status, Whereabouts};
use evidence::Disclosure;
use std::collections::BTreeSet;
use store::{answers, codes, disclosures, dispatches, envelopes, links, secrets, visits};

/// Whose data are looked for.
#[derive(Clone, Copy)]
pub(super) enum Whose<'a> {
    /// Those of whoever has this address.
    Person(&'a str),
    /// Everybody's.
    All,
}

/// What one envelope holds.
#[derive(Default)]
pub(super) struct Holding {
    pub(super) envelope: String,
    /// Nothing more has to be done with it.
    pub(super) over: bool,
    /// What stays of the disclosures of each event that loses some.
    kept: Vec<(i64, Vec<Disclosure>)>,
    pub(super) values: u64,
    places: Vec<u16>,
    pub(super) blobs: BTreeSet<String>,
    answers: BTreeSet<String>,
    pins: BTreeSet<String>,
    /// What programs were told of them; everything where there is none.
    told: Option<About>,
}

/// What one run took from an envelope beside its events.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    pub(super) links: u64,
    pub(super) webhooks: u64,
}

/// What is theirs: found by the rules for a person, everything otherwise.
struct Found(Option<Whereabouts>);

impl Found {
    fn holds(&self, index: usize, place: u16) -> bool {
        self.0.as_ref().is_none_or(|person| person.holds(index, place))
    }

    fn owns(&self, index: usize, actor: &Actor, event: &Event, pointer: &str) -> bool {
        self.0.as_ref().is_none_or(|person| person.owns(index, actor, event, pointer))
    }
}

impl Holding {
    /// The places that were theirs at some time.
    pub(super) fn places(&self) -> &[u16] {
        &self.places
    }

    /// Looks through the events of an envelope; `None` where nothing in it is theirs.
    pub(super) fn of(id: &str, entries: &[Entry], whose: Whose<'_>) -> Result<Option<Self>, Error> {
        let recorded: Vec<Recorded> = entries.iter().map(Entry::recorded).collect::<Result<_, _>>()?;
        let person = match whose {
            Whose::Person(email) => Some(Whereabouts::of(&recorded, email)),
            Whose::All => None,
        };
        if person.as_ref().is_some_and(|person| !person.is_named()) {
            return Ok(None);
        }
        let state =
            Envelope::fold(&recorded).ok_or_else(|| Error::fault("the events do not begin an envelope"))?;
        let sent = state.status.progress().is_some();
        let places = person.as_ref().map(Whereabouts::places);
        let mut holding = Self {
            envelope: id.to_owned(),
            over: matches!(state.status, Status::Ended(_)) && (!sent || state.audit_trail.is_some()),
            places: places.unwrap_or_else(|| state.recipient_numbers().collect()),
            ..Self::default()
        };
        let found = Found(person);
        if found.0.is_some() {
            let all = u16::try_from(state.draft.recipients.len()).unwrap_or(u16::MAX);
            let mut places = BTreeSet::new();
            for (index, entry) in entries.iter().enumerate() {
                places.extend((1..=all).filter(|it| found.holds(index, *it)).map(|it| (entry.row.seq, it)));
            }
            let email = if let Whose::Person(email) = whose { email.to_owned() } else { String::new() };
            holding.told = Some(About { places, email });
        }
        for (index, (entry, recorded)) in entries.iter().zip(&recorded).enumerate() {
            let actor = entry.actor()?;
            let owns = |it: &&Disclosure| found.owns(index, &actor, &recorded.event, &it.pointer);
            let kept: Vec<Disclosure> = entry.disclosures.iter().filter(|it| !owns(it)).cloned().collect();
            let lost = entry.disclosures.len() - kept.len();
            if lost > 0 {
                holding.values += lost as u64;
                holding.kept.push((entry.row.seq, kept));
            }
            holding.beside(index, &recorded.event, &found);
        }
        // It tells their story in words, and cannot be told anew: its digest is an event.
        holding.blobs.extend(state.audit_trail.map(|it| it.to_string()));
        Ok(Some(holding))
    }

    /// What an event names that is kept elsewhere.
    fn beside(&mut self, index: usize, event: &Event, found: &Found) {
        match event {
            Event::SigningIntended { recipient, signature, initials, .. }
                if found.holds(index, *recipient) =>
            {
                let ink = [signature, initials].into_iter().flatten().filter_map(Personal::known);
                self.blobs.extend(ink.map(ToString::to_string));
            }
            Event::FileAttached { recipient, file, .. } if found.holds(index, *recipient) => {
                self.blobs.extend(file.digest.known().map(ToString::to_string));
            }
            Event::EnvelopeSealed { files, .. } => {
                let theirs = files.iter().filter(|it| found.holds(index, it.recipient));
                self.blobs.extend(theirs.filter_map(|it| it.tail.known()).map(ToString::to_string));
            }
            Event::EnvelopeCreated { draft, .. } | Event::DraftRevised { draft } => {
                for (recipient, place) in draft.recipients.iter().zip(1..) {
                    if found.holds(index, place) {
                        self.secrets(&recipient.authentication);
                    }
                }
            }
            Event::AuthenticationSet { recipient, authentication, .. } if found.holds(index, *recipient) => {
                self.secrets(authentication);
            }
            _ => {}
        }
    }

    fn secrets(&mut self, methods: &[Method]) {
        for method in methods {
            match method {
                Method::Secret { answer, .. } => self.answers.extend(answer.clone()),
                Method::Pin { pin } => self.pins.extend(pin.clone()),
                _ => {}
            }
        }
    }
}

impl Service {
    /// Erases in one envelope, in one transaction.
    pub(super) async fn erase_in(
        &self,
        tenant: &str,
        holding: &Holding,
        dry_run: bool,
    ) -> Result<Taken, Error> {
        let scope = Scope { tenant: tenant.to_owned(), envelope: holding.envelope.clone(), mode: None };
        let scope = &scope;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let (tenant, id) = (scope.tenant.as_str(), scope.envelope.as_str());
                    if dry_run {
                        let mut taken = Taken::default();
                        for place in &holding.places {
                            taken.links += links::count_of(tx, tenant, id, i64::from(*place)).await?;
                        }
                        taken.webhooks = told::erase(tx, tenant, id, holding.told.as_ref(), true).await?;
                        return Ok(taken);
                    }
                    envelopes::lock(tx, tenant, id).await?;
                    for (seq, kept) in &holding.kept {
                        let text = serde_json::to_string(kept).map_err(Error::fault)?;
                        disclosures::put(tx, tenant, id, *seq, &text).await?;
                    }
                    let mut taken = Taken::default();
                    for place in &holding.places {
                        taken.links += links::remove_of(tx, tenant, id, i64::from(*place)).await?;
                        visits::remove_of(tx, tenant, id, i64::from(*place)).await?;
                        codes::remove(tx, tenant, id, i64::from(*place)).await?;
                    }
                    taken.webhooks = told::erase(tx, tenant, id, holding.told.as_ref(), false).await?;
                    // What comes back now has nobody to speak of.
                    dispatches::remove_of(tx, tenant, id).await?;
                    for answer in &holding.answers {
                        answers::remove(tx, tenant, answer).await?;
                    }
                    for pin in &holding.pins {
                        secrets::destroy(tx, tenant, pin).await?;
                    }
                    // The list and its search hold names too.
                    let loaded = record::load(tx, tenant, id).await?;
                    let loaded =
                        loaded.ok_or_else(|| Error::fault("an envelope without events is listed"))?;
                    project::envelope(tx, scope, &loaded.envelope, loaded.seq, loaded.head).await?;
                    Ok(taken)
                })
            })
            .await
    }
}

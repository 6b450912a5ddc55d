//! Erase what is known of a person in the envelopes that have ended.

use crate::error::Error;
use crate::execute::Scope;
use crate::project;
use crate::record::{self, Entry};
use crate::server::Service;
use envelope::{Envelope, Event, Method, Personal, Recorded, Status, Whereabouts};
use evidence::Disclosure;
use std::collections::BTreeSet;
use store::{Tx, answers, authenticators, codes, disclosures, envelopes, links, messages, secrets, visits};

/// What was erased of a person, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// The envelopes in which they were named.
    pub envelopes: Vec<String>,
    /// Personal values in events, each with its salt.
    pub values: u64,
    /// Links by which they came to their pages.
    pub links: u64,
    /// Authenticator apps and passkeys.
    pub authenticators: u64,
    /// Messages to them that are kept here.
    pub messages: u64,
    /// Files beside the events: adopted signatures, and audit trails that named them.
    pub files: u64,
}

/// What one envelope holds of a person.
#[derive(Default)]
struct Holding {
    envelope: String,
    over: bool,
    /// What stays of the disclosures of each event that loses some.
    kept: Vec<(i64, Vec<Disclosure>)>,
    values: u64,
    places: Vec<u16>,
    blobs: BTreeSet<String>,
    answers: BTreeSet<String>,
    pins: BTreeSet<String>,
}

impl Service {
    /// Erases the personal values of whoever has this address in all envelopes of a tenant that have ended, and what
    /// else is kept of them. Hashes, commitments and the signed documents stay: the chain verifies as before.
    /// Done twice, it erases nothing more. A dry run only counts.
    ///
    /// # Errors
    /// `person_in_running_envelopes`, before anything was erased, where an envelope still needs to know them.
    pub async fn erase_person(&self, tenant: &str, email: &str, dry_run: bool) -> Result<Erased, Error> {
        let email = email.trim().to_lowercase();
        if !email.contains('@') {
            let sentence =
                format!("\u{201c}{email}\u{201d} is no e-mail address; write it like name@example.org.");
            return Err(Error::Wrong { code: "email_malformed", sentence });
        }
        let holdings = self.holdings(tenant, &email).await?;
        let running: Vec<&str> = holdings.iter().filter(|it| !it.over).map(|it| it.envelope.as_str()).collect();
        if !running.is_empty() {
            let sentence = format!(
                "Nothing was erased: {email} is still needed in {}; wait until these have ended, or cancel them.",
                running.join(", ")
            );
            return Err(Error::Wrong { code: "person_in_running_envelopes", sentence });
        }
        let person = self.inner.vault.digest("person", &format!("{tenant}/{email}"));
        let mut erased = Erased::default();
        for holding in &holdings {
            let links = self.erase_in(tenant, holding, dry_run).await?;
            erased.envelopes.push(holding.envelope.clone());
            erased.values += holding.values;
            erased.links += links;
            erased.files += holding.blobs.len() as u64;
            for digest in holding.blobs.iter().filter(|_| !dry_run) {
                self.store().blobs().remove(tenant, digest).await?;
            }
        }
        let (person, email) = (person.as_str(), email.as_str());
        (erased.authenticators, erased.messages) = self
            .store()
            .write(move |tx| Box::pin(async move { beside(tx, tenant, person, email, dry_run).await }))
            .await
            .map_err(Error::Fault)?;
        Ok(erased)
    }

    async fn holdings(&self, tenant: &str, email: &str) -> Result<Vec<Holding>, Error> {
        let all = self
            .store()
            .read(move |tx| Box::pin(async move { envelopes::all_ids(tx, tenant).await }))
            .await
            .map_err(Error::Fault)?;
        let mut holdings = Vec::new();
        for id in all {
            let envelope = id.as_str();
            let entries = self
                .store()
                .read(move |tx| Box::pin(async move { record::entries(tx, tenant, envelope).await }))
                .await?;
            holdings.extend(holding(&id, &entries, email)?);
        }
        Ok(holdings)
    }

    /// Erases in one envelope, in one transaction; gives the number of links.
    async fn erase_in(&self, tenant: &str, holding: &Holding, dry_run: bool) -> Result<u64, Error> {
        let scope = Scope { tenant: tenant.to_owned(), envelope: holding.envelope.clone(), mode: None };
        let scope = &scope;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let (tenant, id) = (scope.tenant.as_str(), scope.envelope.as_str());
                    if dry_run {
                        let mut count = 0;
                        for place in &holding.places {
                            count += links::count_of(tx, tenant, id, i64::from(*place)).await?;
                        }
                        return Ok(count);
                    }
                    envelopes::lock(tx, tenant, id).await?;
                    for (seq, kept) in &holding.kept {
                        let text = serde_json::to_string(kept).map_err(Error::fault)?;
                        disclosures::put(tx, tenant, id, *seq, &text).await?;
                    }
                    let mut count = 0;
                    for place in &holding.places {
                        count += links::remove_of(tx, tenant, id, i64::from(*place)).await?;
                        visits::remove_of(tx, tenant, id, i64::from(*place)).await?;
                        codes::remove(tx, tenant, id, i64::from(*place)).await?;
                    }
                    for answer in &holding.answers {
                        answers::remove(tx, tenant, answer).await?;
                    }
                    for pin in &holding.pins {
                        secrets::destroy(tx, tenant, pin).await?;
                    }
                    // The list and its search hold names too.
                    let loaded = record::load(tx, tenant, id).await?;
                    let loaded = loaded.ok_or_else(|| Error::fault("an envelope without events is listed"))?;
                    project::envelope(tx, scope, &loaded.envelope, loaded.seq, loaded.head).await?;
                    Ok(count)
                })
            })
            .await
    }
}

/// What lies beside all envelopes: authenticators and messages.
async fn beside(
    tx: &mut Tx<'_>,
    tenant: &str,
    person: &str,
    email: &str,
    dry_run: bool,
) -> Result<(u64, u64), store::Fault> {
    if dry_run {
        let enrolled = authenticators::count_of(tx, tenant, person).await?;
        return Ok((enrolled, messages::count_of(tx, tenant, email).await?));
    }
    let enrolled = authenticators::remove_of(tx, tenant, person).await?;
    Ok((enrolled, messages::forget_of(tx, tenant, email).await?))
}

/// What an envelope holds of the person with this address; `None` where that is nothing.
fn holding(id: &str, entries: &[Entry], email: &str) -> Result<Option<Holding>, Error> {
    let recorded: Vec<Recorded> = entries.iter().map(Entry::recorded).collect::<Result<_, _>>()?;
    let found = Whereabouts::of(&recorded, email);
    if !found.is_named() {
        return Ok(None);
    }
    let state = Envelope::fold(&recorded)
        .ok_or_else(|| Error::fault("the events do not begin an envelope"))?;
    let sent = state.status.progress().is_some();
    let mut holding = Holding {
        envelope: id.to_owned(),
        over: matches!(state.status, Status::Ended(_)) && (!sent || state.audit_trail.is_some()),
        places: found.places(),
        ..Holding::default()
    };
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

impl Holding {
    /// What an event names that is kept elsewhere.
    fn beside(&mut self, index: usize, event: &Event, found: &Whereabouts) {
        match event {
            Event::SigningIntended { recipient, signature, initials, .. } if found.holds(index, *recipient) => {
                let ink = [signature, initials].into_iter().flatten().filter_map(Personal::known);
                self.blobs.extend(ink.map(ToString::to_string));
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

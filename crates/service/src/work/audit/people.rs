//! What is told of each recipient.

use super::Told;
use crate::ceremony::{EMAIL_LINK, HANDED_LINK};
use crate::envelopes::EventView;
use crate::envelopes::story::fill;
use envelope::{Actor, Arrival, Digest, Event, MethodKind, RecipientDraft, Role};
use pdf::audit::Part;
use std::collections::BTreeMap;

type Rows = Vec<(String, String)>;

/// Everything about one recipient, as names and values.
pub(super) fn recipient(told: &Told<'_>, number: u16) -> Part {
    let (all, words) = (told.words, &told.words.report);
    let Some(person) = told.state.recipient(number) else { return Part::Table(Vec::new()) };
    let mut rows = vec![(fill(&words.recipient, &[("number", &number.to_string())]), who(person))];
    let mut role = all.role(person.role).to_owned();
    if person.optional {
        role = format!("{role}; {}", words.optional);
    }
    rows.push((words.role.clone(), role));
    let receives = !person.role.acts();
    let status = all.part(crate::project::part_word(told.state, number), receives);
    rows.push((words.status.clone(), status.to_owned()));
    let other = |number: u16| told.state.recipient(number).map(who).unwrap_or_default();
    rows.extend(person.mandate.iter().map(|it| (words.mandate.clone(), it.clone())));
    rows.extend(person.witness_of.map(|it| (words.witness_of.clone(), other(it))));
    rows.extend(person.host.map(|it| (words.on_device_of.clone(), other(it))));
    if let Arrival::Embedded(embedding) = &person.arrival {
        let name = embedding.client_user_id.iter();
        rows.extend(name.map(|it| (words.named_by_application.clone(), it.clone())));
    }
    if person.role.is_invited() || person.role == Role::InPersonSigner {
        rows.push((words.asked.clone(), chain(told, person)));
        identity(told, number, &mut rows);
    }
    what_happened(told, number, &mut rows);
    if let Some(delivery) = told.state.deliveries.get(&number) {
        rows.push((words.last_mail.clone(), all.delivery(*delivery).to_owned()));
    }
    Part::Table(rows)
}

/// A person by name and address; by the name of their role where they have none.
pub(super) fn who(person: &RecipientDraft) -> String {
    let name = person.name.text();
    let name = if name.is_empty() { person.placeholder.as_deref().unwrap_or_default() } else { name };
    match person.email.text() {
        "" => name.to_owned(),
        email => format!("{name} <{email}>"),
    }
}

fn chain(told: &Told<'_>, person: &RecipientDraft) -> String {
    let ways: Vec<&str> = person.authentication.iter().map(|it| told.words.way(it.kind())).collect();
    if ways.is_empty() { told.words.report.nothing_asked.clone() } else { ways.join(", ") }
}

/// How they came and what they proved in the visit in which they acted, or else came last.
fn identity(told: &Told<'_>, number: u16, rows: &mut Rows) {
    let words = &told.words.report;
    let own = |event: &&EventView| acted_as(event).is_some_and(|(recipient, _)| recipient == number);
    let deciding = told.trail.iter().rev().filter(own).find(|it| is_act(&it.event));
    let Some(last) = deciding.or_else(|| told.trail.iter().rev().find(own)) else {
        rows.push((words.arrived.clone(), words.nobody_came.clone()));
        return;
    };
    let methods = acted_as(last).map(|(_, methods)| methods).unwrap_or_default();
    rows.push((words.arrived.clone(), arrival(told, methods).to_owned()));
    let passed: Vec<String> = methods.iter().filter_map(|word| proof(told, number, word, last.seq)).collect();
    let passed = if passed.is_empty() { words.nothing_proved.clone() } else { passed.join("; ") };
    rows.push((words.proved.clone(), passed));
}

fn acted_as(event: &EventView) -> Option<(u16, &[String])> {
    match &event.actor {
        Actor::Recipient { recipient, methods, .. } => Some((*recipient, methods)),
        _ => None,
    }
}

fn is_act(event: &Event) -> bool {
    matches!(
        event,
        Event::SigningIntended { .. }
            | Event::FillingIntended { .. }
            | Event::RecipientApproved { .. }
            | Event::RecipientViewed { .. }
            | Event::RecipientDeclined { .. }
    )
}

fn arrival<'a>(told: &Told<'a>, methods: &[String]) -> &'a str {
    let words = &told.words.report;
    match methods.first().map(String::as_str) {
        Some(HANDED_LINK) => &words.handed_link,
        Some(word) if word == MethodKind::Custom.word() => &words.custom,
        Some(word) if word == MethodKind::Host.word() => &words.host,
        _ => &words.email_link,
    }
}

/// One proof, with where its code went and when it was passed.
fn proof(told: &Told<'_>, number: u16, word: &str, before: i64) -> Option<String> {
    let method = MethodKind::ALL.into_iter().find(|it| it.word() == word && word != EMAIL_LINK)?;
    if method.is_arrival() {
        return None;
    }
    let mut proof = told.words.way(method).to_owned();
    let earlier = || told.trail.iter().rev().filter(|it| it.seq <= before);
    let sent = earlier().find_map(|it| match &it.event {
        Event::ChallengeIssued { recipient, method: by, destination, .. }
            if *recipient == number && *by == method =>
        {
            Some(destination.text())
        }
        _ => None,
    });
    match sent {
        Some(issuer) if method == MethodKind::Oidc => proof = format!("{proof} ({issuer})"),
        Some(destination) => {
            proof = fill(&told.words.report.code_to, &[("way", &proof), ("destination", destination)]);
        }
        None => {}
    }
    let passed = earlier().find(|it| {
        matches!(&it.event, Event::ChallengePassed { recipient, method: by, .. } if *recipient == number && *by == method)
    });
    if let Some(passed) = passed {
        proof = format!("{proof}, {}", told.time(passed.at));
    }
    Some(proof)
}

/// What happened to them and by them, in order.
fn what_happened(told: &Told<'_>, number: u16, rows: &mut Rows) {
    let (all, words) = (told.words, &told.words.report);
    let mut wrong = 0_usize;
    let mut earlier = told.first_of(number);
    for view in told.trail {
        let at = told.time(view.at);
        let mut row = |name: &str, value: String| rows.push((name.to_owned(), value));
        match &view.event {
            Event::DraftRevised { draft } => {
                earlier = draft.recipients.get(usize::from(number) - 1).map(who).unwrap_or_default();
            }
            Event::RecipientReplaced { recipient, name, email, .. } if *recipient == number => {
                let now = format!("{} <{}>", name.text(), email.text());
                let before = std::mem::replace(&mut earlier, now);
                row(&words.earlier, format!("{before}, {at}"));
            }
            Event::RecipientCorrected { recipient, email, .. } if *recipient == number => {
                let name = told.state.recipient(number).map(|it| it.name.text().to_owned());
                let now = format!("{} <{}>", name.unwrap_or_default(), email.text());
                let before = std::mem::replace(&mut earlier, now);
                row(&words.earlier, format!("{before}, {at}"));
            }
            Event::DelegationAsked { recipient, name, email, reason } if *recipient == number => {
                row(&words.delegated, format!("{} <{}>, {at}: {}", name.text(), email.text(), reason.text()));
            }
            Event::DelegationRefused { recipient } if *recipient == number => {
                row(&words.delegation_refused, at);
            }
            Event::ChallengeFailed { recipient, .. } if *recipient == number => wrong += 1,
            Event::RecipientLocked { recipient, method } if *recipient == number => {
                row(&words.locked, format!("{}, {at}", all.way(*method)));
            }
            Event::RecipientUnlocked { recipient } if *recipient == number => row(&words.unlocked, at),
            Event::ConsentGiven { recipient, version, .. } if *recipient == number => {
                row(&words.consented, fill(&words.consented_at, &[("at", &at), ("version", version)]));
            }
            Event::ConsentWithdrawn { recipient } if *recipient == number => row(&words.withdrawn, at),
            Event::SigningIntended { recipient, shown: seen, meaning, .. } if *recipient == number => {
                row(&words.did, at);
                row(&words.shown, shown(told, seen));
                meaning.iter().for_each(|it| row(&words.meaning, it.clone()));
            }
            Event::FillingIntended { recipient, shown: seen, .. }
            | Event::RecipientApproved { recipient, shown: seen }
            | Event::RecipientViewed { recipient, shown: seen }
                if *recipient == number =>
            {
                row(&words.did, at);
                row(&words.shown, shown(told, seen));
            }
            Event::RecipientDeclined { recipient, reason } if *recipient == number => {
                row(&words.did, format!("{at}: {}", reason.text()));
            }
            Event::RecipientSigned { recipient, certificate, .. } if *recipient == number => {
                row(&words.certificate, format!("{} · SHA-256 {}", certificate.serial, certificate.digest));
            }
            _ => {}
        }
    }
    if wrong > 0 {
        rows.push((words.wrong.clone(), wrong.to_string()));
    }
}

/// The revision of each document that somebody was shown.
pub(super) fn shown(told: &Told<'_>, shown: &BTreeMap<u16, Digest>) -> String {
    let each = shown.iter().map(|(number, digest)| {
        let document = fill(&told.words.report.document, &[("number", &number.to_string())]);
        told.words.labelled(&document, &digest.to_string())
    });
    each.collect::<Vec<_>>().join("\n")
}

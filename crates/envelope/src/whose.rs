//! Which personal values in the events of an envelope speak of one person.

use crate::event::{Event, Recorded};
use crate::model::actor::Actor;
use crate::model::draft::Draft;
use crate::model::personal::Personal;
use std::collections::{BTreeMap, BTreeSet};

/// Where somebody stands in an envelope: which places they held from which event to which, under any of the
/// addresses that one and the same person had in it.
#[derive(Clone, Debug, Default)]
pub struct Whereabouts {
    email: String,
    /// The addresses of each person who held a place.
    people: Vec<BTreeSet<String>>,
    /// After each event, who of them holds which place.
    places: Vec<BTreeMap<u16, usize>>,
    /// Ids of users with the address, who sent it.
    users: BTreeSet<String>,
    named: bool,
}

impl Whereabouts {
    /// Looks for the person with this address in the events of an envelope.
    pub fn of<'e>(events: impl IntoIterator<Item = &'e Recorded>, email: &str) -> Self {
        let mut found = Self { email: folded(email), ..Self::default() };
        for recorded in events {
            found.note(&recorded.event);
        }
        let held = found.people.iter().any(|addresses| addresses.contains(&found.email));
        found.named |= held || !found.users.is_empty();
        found
    }

    /// Whether the person is named anywhere in it.
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// The places that the person holds after the last event.
    pub fn places(&self) -> Vec<u16> {
        let last = self.places.last().into_iter().flat_map(BTreeMap::keys);
        last.copied().filter(|place| self.holds(self.places.len().saturating_sub(1), *place)).collect()
    }

    /// Whether the person held this place after the event of this index, from 0.
    pub fn holds(&self, index: usize, place: u16) -> bool {
        let person = self.places.get(index).and_then(|places| places.get(&place));
        person.and_then(|person| self.people.get(*person)).is_some_and(|it| it.contains(&self.email))
    }

    /// Whether the personal value at this JSON pointer of an entry (`/actor/address`, `/body/reason`) speaks of the
    /// person; `index` is that of the entry, from 0.
    pub fn owns(&self, index: usize, actor: &Actor, event: &Event, pointer: &str) -> bool {
        let Some(within) = pointer.strip_prefix("/body/") else { return self.acted(index, actor) };
        let (first, rest) = within.split_once('/').unwrap_or((within, ""));
        match event {
            Event::EnvelopeCreated { sender, .. } if first == "sender" => self.is(&sender.email),
            Event::EnvelopeHandedOver { to } => self.is(&to.email),
            Event::EnvelopeCreated { draft, .. } | Event::DraftRevised { draft } => {
                if let Some(place) = filler(draft, rest) {
                    return self.holds(index, place);
                }
                let place = rest.strip_prefix("recipients/").and_then(|rest| rest.split('/').next());
                let place = place.and_then(|place| place.parse::<u16>().ok()?.checked_add(1));
                place.is_some_and(|place| self.holds(index, place))
            }
            Event::EnvelopeSealed { files, .. } => {
                let file = rest.split('/').next().and_then(|file| files.get(file.parse::<usize>().ok()?));
                file.is_some_and(|file| self.holds(index, file.recipient))
            }
            Event::DelegationAsked { email, .. } if first != "reason" => self.is(email),
            other => recipient(other).is_some_and(|place| self.holds(index, place)),
        }
    }

    /// Whether it was the person who asked. Whoever has their place taken asked for it from that place.
    fn acted(&self, index: usize, actor: &Actor) -> bool {
        match actor {
            Actor::Recipient { recipient, .. } => self.holds(index.saturating_sub(1), *recipient),
            Actor::User { user, .. } => self.users.contains(user),
            Actor::ApiKey { .. } | Actor::EditLink { .. } | Actor::System => false,
        }
    }

    fn is(&self, email: &Personal) -> bool {
        folded(email.text()) == self.email
    }

    fn note(&mut self, event: &Event) {
        let mut places = self.places.last().cloned().unwrap_or_default();
        match event {
            Event::EnvelopeCreated { sender, draft, .. } => {
                self.note_user(&sender.user, &sender.email);
                self.note_draft(draft, &mut places);
            }
            Event::DraftRevised { draft } => self.note_draft(draft, &mut places),
            Event::EnvelopeHandedOver { to } => self.note_user(&to.user, &to.email),
            Event::RecipientReplaced { recipient, email, .. } => {
                self.note_other(*recipient, email, &mut places);
            }
            Event::RecipientCorrected { recipient, email, .. } => {
                if let Some(person) = places.get(recipient).and_then(|person| self.people.get_mut(*person)) {
                    person.insert(folded(email.text()));
                }
            }
            Event::DelegationAsked { email, .. } => self.named |= self.is(email),
            _ => {}
        }
        self.places.push(places);
    }

    fn note_user(&mut self, user: &str, email: &Personal) {
        if self.is(email) {
            self.users.insert(user.to_owned());
        }
    }

    fn note_draft(&mut self, draft: &Draft, places: &mut BTreeMap<u16, usize>) {
        places.clear();
        for (recipient, place) in draft.recipients.iter().zip(1..) {
            self.note_other(place, &recipient.email, places);
        }
    }

    /// Somebody of whom nothing is known so far holds a place.
    fn note_other(&mut self, place: u16, email: &Personal, places: &mut BTreeMap<u16, usize>) {
        places.insert(place, self.people.len());
        let address = Some(folded(email.text())).filter(|it| !it.is_empty());
        self.people.push(address.into_iter().collect());
    }
}

fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Who fills the field whose value stands at this place of a draft (`fields/3/value`).
fn filler(draft: &Draft, within: &str) -> Option<u16> {
    let index = within.strip_prefix("fields/")?.split('/').next()?.parse::<usize>().ok()?;
    draft.fields.get(index).map(|field| field.recipient)
}

/// Whom an event is about, where it holds personal values of theirs.
fn recipient(event: &Event) -> Option<u16> {
    match event {
        Event::FieldsFilled { recipient, .. }
        | Event::FileAttached { recipient, .. }
        | Event::SigningIntended { recipient, .. }
        | Event::FillingIntended { recipient, .. }
        | Event::RecipientDeclined { recipient, .. }
        | Event::ChallengeIssued { recipient, .. }
        | Event::CodeUndelivered { recipient, .. }
        | Event::MessageBounced { recipient: Some(recipient), .. }
        | Event::ChallengePassed { recipient, .. }
        | Event::ChallengeFailed { recipient, .. }
        | Event::DelegationAsked { recipient, .. }
        | Event::RecipientReplaced { recipient, .. }
        | Event::RecipientCorrected { recipient, .. }
        | Event::AuthenticationSet { recipient, .. } => Some(*recipient),
        _ => None,
    }
}

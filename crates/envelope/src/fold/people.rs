//! Who the recipients are, and what reaches them.

use crate::event::Event;
use crate::model::draft::Draft;
use crate::model::method::Method;
use crate::model::recipient::RecipientDraft;
use crate::part::{Delegate, Part, Person, TakeOver, Visit};
use crate::state::Progress;
use jiff::Timestamp;

/// Changes the people of a draft, before and after it was sent.
pub(super) fn change(draft: &mut Draft, event: &Event) {
    let (Event::RecipientReplaced { recipient, .. }
    | Event::RecipientCorrected { recipient, .. }
    | Event::AuthenticationSet { recipient, .. }) = event
    else {
        return;
    };
    let index = usize::from(*recipient).checked_sub(1);
    let Some(person) = index.and_then(|index| draft.recipients.get_mut(index)) else { return };
    match event {
        Event::RecipientReplaced { name, email, phone, language, .. } => {
            *person = RecipientDraft {
                name: name.clone(),
                email: email.clone(),
                phone: phone.clone(),
                language: language.clone().unwrap_or_else(|| person.language.clone()),
                placeholder: None,
                ..person.clone()
            };
            // It names the person before them; who comes now is known by their address.
            for method in &mut person.authentication {
                if let Method::Oidc { subject } = method {
                    *subject = None;
                }
            }
        }
        Event::RecipientCorrected { email, phone, .. } => {
            person.email = email.clone();
            person.phone = phone.clone();
        }
        Event::AuthenticationSet { authentication, arrival, .. } => {
            person.authentication.clone_from(authentication);
            person.arrival = arrival.clone();
        }
        _ => {}
    }
}

impl Progress {
    /// A mail to the address that they have did not arrive.
    pub(super) fn not_reached(&mut self, recipient: u16, at: Timestamp) {
        if let Some(person) = self.person_mut(recipient) {
            person.bounced_at.get_or_insert(at);
        }
    }

    pub(super) fn apply_people(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::RecipientReplaced { recipient, name, email, .. } => {
                let was_asked = self.part(*recipient).is_some_and(Part::may_act);
                if let Some(person) = self.person_mut(*recipient) {
                    let named = person.delegation.as_ref();
                    let named_before = named.is_some_and(|it| it.name == *name && it.email == *email);
                    let mut takeovers = std::mem::take(&mut person.takeovers);
                    takeovers.push(TakeOver { at, name: name.clone(), named_before });
                    // Numbers of visits are never used again: a visit of the person before them proves nothing.
                    let visits = vec![Visit::default(); person.visits.len()];
                    let invited_at = was_asked.then_some(at);
                    *person = Person { takeovers, invited_at, visits, ..Person::default() };
                }
                if was_asked {
                    self.set(*recipient, Part::Invited);
                }
            }
            Event::AuthenticationSet { recipient, .. } => {
                if let Some(person) = self.person_mut(*recipient) {
                    person.challenge = None;
                    person.undelivered = None;
                    person.visits.fill(Visit::default());
                }
            }
            Event::RecipientCorrected { recipient, .. } => {
                if let Some(person) = self.person_mut(*recipient) {
                    person.bounced_at = None;
                    person.challenge = None;
                    person.undelivered = None;
                }
            }
            Event::DelegationAsked { recipient, name, email, reason } => {
                if let Some(person) = self.person_mut(*recipient) {
                    person.delegation =
                        Some(Delegate { name: name.clone(), email: email.clone(), reason: reason.clone() });
                }
            }
            Event::DelegationRefused { recipient } => {
                if let Some(person) = self.person_mut(*recipient) {
                    person.delegation = None;
                }
            }
            Event::RecipientsReminded { recipients } => {
                for recipient in recipients {
                    if let Some(person) = self.person_mut(*recipient) {
                        person.reminded_at = Some(at);
                    }
                }
            }
            _ => {}
        }
    }
}

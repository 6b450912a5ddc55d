//! What is told of each event.

use super::{Told, people};
use crate::envelopes::EventView;
use crate::envelopes::story::fill;
use crate::world::from_micros;
use envelope::{Actor, Event, Method};
use pdf::audit::{Entry, Part};

/// All events, one after the other.
pub(super) fn entries(told: &Told<'_>) -> Part {
    let entry = |event: &EventView| Entry {
        time: told.time(event.at),
        text: event.summary.clone(),
        details: details(told, event),
    };
    Part::Events(told.trail.iter().map(entry).collect())
}

fn details(told: &Told<'_>, event: &EventView) -> Vec<String> {
    let words = &told.words.report;
    let line = |label: &str, value: &str| told.words.labelled(label, value);
    let mut lines = vec![line(&words.by, &actor(told, event))];
    match &event.actor {
        Actor::Recipient { address, user_agent, .. }
        | Actor::User { address, user_agent, .. }
        | Actor::EditLink { address, user_agent, .. } => {
            lines.push(line(&words.address, address.text()));
            if !user_agent.text().is_empty() {
                lines.push(line(&words.browser, user_agent.text()));
            }
        }
        Actor::ApiKey { address, .. } => lines.push(line(&words.address, address.text())),
        Actor::System => {}
    }
    match &event.event {
        Event::SigningIntended { shown, .. }
        | Event::FillingIntended { shown, .. }
        | Event::RecipientApproved { shown, .. }
        | Event::RecipientViewed { shown, .. } => {
            let seen = people::shown(told, shown);
            lines.extend(seen.lines().map(|line| told.words.labelled(&words.shown, line)));
        }
        Event::EnvelopeCreated { draft, .. } | Event::DraftRevised { draft } => {
            lines.extend(draft.recipients.iter().flat_map(|it| &it.authentication).filter_map(said));
        }
        Event::AuthenticationSet { authentication, .. } => {
            lines.extend(authentication.iter().filter_map(said));
        }
        _ => {}
    }
    let instant = from_micros(event.at);
    lines.push(format!("#{} · {instant} · SHA-256 {}", event.seq, event.hash));
    lines
}

/// What the sender's own application says of its sign-in.
fn said(method: &Method) -> Option<String> {
    let Method::Custom { provider, data } = method else { return None };
    let data = data.known().into_iter().flatten().map(|(name, value)| format!("{name}: {value}"));
    Some([provider.clone()].into_iter().chain(data).collect::<Vec<_>>().join(" · "))
}

fn actor(told: &Told<'_>, event: &EventView) -> String {
    let words = &told.words.report;
    match &event.actor {
        Actor::Recipient { recipient, .. } => {
            fill(&words.by_recipient, &[("number", &recipient.to_string())])
        }
        Actor::User { user, .. } => fill(&words.by_user, &[("user", user)]),
        Actor::ApiKey { key, .. } => fill(&words.by_program, &[("key", key)]),
        Actor::EditLink { link, handed_out_by, .. } => {
            fill(&words.by_edit_link, &[("link", link), ("by", handed_out_by)])
        }
        Actor::System => words.by_server.clone(),
    }
}

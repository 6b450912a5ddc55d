//! What is told of each event.

use super::{Told, people};
use crate::envelopes::EventView;
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
    let words = told.words;
    let mut lines = vec![format!("{}: {}", words.by, actor(told, event))];
    match &event.actor {
        Actor::Recipient { address, user_agent, .. }
        | Actor::User { address, user_agent, .. }
        | Actor::EditLink { address, user_agent, .. } => {
            lines.push(format!("{}: {}", words.address, address.text()));
            if !user_agent.text().is_empty() {
                lines.push(format!("{}: {}", words.browser, user_agent.text()));
            }
        }
        Actor::ApiKey { address, .. } => lines.push(format!("{}: {}", words.address, address.text())),
        Actor::System => {}
    }
    match &event.event {
        Event::SigningIntended { shown, .. }
        | Event::FillingIntended { shown, .. }
        | Event::RecipientApproved { shown, .. }
        | Event::RecipientViewed { shown, .. } => {
            let seen = people::shown(told, shown);
            lines.extend(seen.lines().map(|line| format!("{}: {line}", words.shown)));
        }
        Event::EnvelopeCreated { draft, .. } | Event::DraftRevised { draft } => {
            lines.extend(draft.recipients.iter().flat_map(|it| &it.authentication).filter_map(said));
        }
        Event::AuthenticationSet { authentication, .. } => {
            lines.extend(authentication.iter().filter_map(said));
        }
        _ => {}
    }
    lines.push(format!("#{} · SHA-256 {}", event.seq, event.hash));
    lines
}

/// What the sender's own application says of its sign-in.
fn said(method: &Method) -> Option<String> {
    let Method::Custom { provider, data } = method else { return None };
    let data = data.known().into_iter().flatten().map(|(name, value)| format!("{name}: {value}"));
    Some([provider.clone()].into_iter().chain(data).collect::<Vec<_>>().join(" · "))
}

fn actor(told: &Told<'_>, event: &EventView) -> String {
    let words = told.words;
    match &event.actor {
        Actor::Recipient { recipient, .. } => format!("{} {recipient}", words.recipient.to_lowercase()),
        Actor::User { user, .. } => format!("{} ({user})", words.user),
        Actor::ApiKey { key, .. } => format!("{} {key}", words.program),
        Actor::EditLink { link, handed_out_by, .. } => {
            format!("{} {link} ({handed_out_by})", words.edit_link)
        }
        Actor::System => words.server.to_owned(),
    }
}

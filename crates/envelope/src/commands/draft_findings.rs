//! What can be wrong with a draft, whether it is complete or not.

use super::send::EXPIRY_DAYS_MAX;
use super::{draft_field_links, draft_fields};
use crate::model::draft::{Certification, Draft, Expiry};
use crate::refusal::Finding;
use crate::values::pattern::Patterns;
use std::collections::BTreeSet;

/// An envelope holds so many documents at most.
pub(crate) const DOCUMENTS_MAX: usize = 50;
/// An envelope has so many recipients at most.
pub(crate) const RECIPIENTS_MAX: usize = 50;
/// An envelope has so many fields at most.
pub(crate) const FIELDS_MAX: usize = 2000;
/// A name, a title or a label has so many characters at most.
pub(crate) const NAME_CHARACTERS_MAX: usize = 200;
/// A message to the recipients has so many characters at most.
pub(crate) const MESSAGE_CHARACTERS_MAX: usize = 5000;
/// An address has so many characters at most (RFC 5321 4.5.3.1.3).
const EMAIL_CHARACTERS_MAX: usize = 254;

/// Everything that is wrong with a draft already while it is being written.
pub(crate) fn findings(draft: &Draft) -> Vec<Finding> {
    let mut found = Vec::new();
    general(draft, &mut found);
    super::draft_recipients::findings(draft, &mut found);
    super::draft_wishes::findings(draft, &mut found);
    super::draft_visibility::findings(draft, &mut found);
    let (mut ids, patterns) = (BTreeSet::new(), Patterns::default());
    for (index, field) in draft.fields.iter().enumerate() {
        if !ids.insert(&field.id) {
            found.push(Finding::new(
                format!("/fields/{index}/id"),
                "field_id_repeated",
                format!("The field id {} is used twice; give each field its own.", field.id.0),
            ));
        }
        draft_fields::findings(draft, index, field, &patterns, &mut found);
    }
    draft_field_links::findings(draft, &mut found);
    found
}

fn general(draft: &Draft, found: &mut Vec<Finding>) {
    for (count, limit, key) in [
        (draft.documents.len(), DOCUMENTS_MAX, "documents"),
        (draft.recipients.len(), RECIPIENTS_MAX, "recipients"),
        (draft.fields.len(), FIELDS_MAX, "fields"),
    ] {
        if count > limit {
            found.push(Finding::new(
                format!("/{key}"),
                "too_many",
                format!("There are {count} {key}, and {limit} is the most; split it in two."),
            ));
        }
    }
    text(&draft.title, "/title".into(), found);
    for (index, document) in draft.documents.iter().enumerate() {
        text(&document.title, format!("/documents/{index}/title"), found);
        if document.facts.certification == Some(Certification::NoChanges) {
            found.push(Finding::new(format!("/documents/{index}"), "pdf_certified_no_changes", format!(
                "\u{201c}{}\u{201d} is certified and forbids any change, also signatures; ask its author for one that allows signing.",
                document.title)));
        }
    }
    if draft.message.text().chars().count() > MESSAGE_CHARACTERS_MAX {
        found.push(Finding::new(
            "/message",
            "text_too_long",
            format!("The message is longer than {MESSAGE_CHARACTERS_MAX} characters; shorten it."),
        ));
    }
    if holds_stray_control(draft.message.text()) {
        found.push(Finding::new("/message", "text_malformed", STRAY_CONTROL));
    }
    language(&draft.language, "/language".into(), found);
    if jiff::tz::TimeZoneDatabase::bundled().get(&draft.time_zone).is_err() {
        found.push(Finding::new(
            "/time_zone",
            "time_zone_unknown",
            format!(
                "\u{201c}{}\u{201d} is no time zone we know; use an IANA name such as Europe/Paris.",
                draft.time_zone
            ),
        ));
    }
    lifetime(draft.expiry, found);
    found.extend(origin_findings(&draft.frame_origins));
}

/// Those of the origins in `frame_origins` that are none.
#[must_use]
pub fn origin_findings(frame_origins: &[String]) -> Vec<Finding> {
    let malformed = |(index, origin): (usize, &String)| {
        Finding::new(
            format!("/frame_origins/{index}"),
            "origin_malformed",
            format!("\u{201c}{origin}\u{201d} is no web origin; write it like https://app.example.org."),
        )
    };
    frame_origins.iter().enumerate().filter(|(_, origin)| !is_origin(origin)).map(malformed).collect()
}

/// A number of days lies within what an envelope can live.
pub(crate) fn lifetime(expiry: Expiry, found: &mut Vec<Finding>) {
    if matches!(expiry, Expiry::Days(days) if !(1..=EXPIRY_DAYS_MAX).contains(&days)) {
        found.push(Finding::new(
            "/expires_in_days",
            "expiry_malformed",
            format!("It can live 1 to {EXPIRY_DAYS_MAX} days; choose a number between them."),
        ));
    }
}

/// The nth thing, counted from 1.
pub(crate) fn nth<T>(things: &[T], number: usize) -> Option<&T> {
    things.get(number.checked_sub(1)?)
}

pub(crate) fn text(text: &str, pointer: String, found: &mut Vec<Finding>) {
    if text.chars().count() > NAME_CHARACTERS_MAX {
        found.push(Finding::new(
            pointer.clone(),
            "text_too_long",
            format!("This is longer than {NAME_CHARACTERS_MAX} characters; shorten it."),
        ));
    }
    if text.chars().any(char::is_control) {
        found.push(Finding::new(
            pointer,
            "text_malformed",
            "This holds a line break or another control character; remove it.",
        ));
    }
}

/// What is said about a text of several lines that holds a control character.
pub(crate) const STRAY_CONTROL: &str = "This holds a control character other than a line break; remove it.";

/// Lines may be broken in a text of several lines; other control characters have no place in a mail or a
/// PDF, and PostgreSQL takes no U+0000 at all.
pub(crate) fn holds_stray_control(text: &str) -> bool {
    text.chars().any(|it| it.is_control() && !matches!(it, '\n' | '\r' | '\t'))
}

pub(crate) fn language(language: &str, pointer: String, found: &mut Vec<Finding>) {
    if !crate::LANGUAGES.contains(&language) {
        found.push(Finding::new(
            pointer,
            "language_unknown",
            format!(
                "\u{201c}{language}\u{201d} is no language we have; use one of {}.",
                crate::LANGUAGES.join(", ")
            ),
        ));
    }
}

/// Good enough to hand it to a mail server, which alone knows better.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    text.chars().count() <= EMAIL_CHARACTERS_MAX
        && !local.is_empty()
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && domain.contains('.')
        && !text.chars().any(|it| it.is_whitespace() || it.is_control() || "<>,;:\"()[]\\".contains(it))
        && !local.contains('@')
}

pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_')
}

/// Scheme, host and perhaps a port, as in the Origin header; it goes into a Content-Security-Policy.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty() && host.bytes().all(|it| it.is_ascii_alphanumeric() || b".-:".contains(&it))
    })
}

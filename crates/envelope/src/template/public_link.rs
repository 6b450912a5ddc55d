//! What can be said of a public link to a template.

use crate::refusal::Finding;
use jiff::Timestamp;
use std::ops::RangeInclusive;

/// A template has so many links at most that are on.
pub const LINKS_MAX: usize = 50;
/// What its owners call a link has so many characters at most.
const LABEL_CHARACTERS_MAX: usize = 200;
/// A link is used so often at most, where a number is said at all.
const USES: RangeInclusive<i64> = 1..=1_000_000;
/// A password has so many characters.
const PASSWORD_CHARACTERS: RangeInclusive<usize> = 4..=200;

/// A public link that is wanted: what is said of the link itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PublicLink<'l> {
    /// What its owners call it.
    pub label: &'l str,
    /// So many uses at most.
    pub uses_max: Option<i64>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// What a visitor has to know.
    pub password: Option<&'l str>,
}

/// Everything that is wrong with a link by itself at this moment.
pub fn public_link_findings(link: &PublicLink<'_>, now: Timestamp) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |pointer: &str, code, sentence: &str| found.push(Finding::new(pointer, code, sentence));
    if link.label.chars().count() > LABEL_CHARACTERS_MAX || link.label.chars().any(char::is_control) {
        say("/label", "text_malformed", "The label is one line of at most 200 characters; shorten it.");
    }
    if link.uses_max.is_some_and(|most| !USES.contains(&most)) {
        say("/uses_max", "uses_malformed", "A link has 1 to 1,000,000 uses; choose a number between them.");
    }
    if link.expires_at.is_some_and(|at| at <= now) {
        say("/expires_at", "expiry_in_the_past", "The time at which it ends has passed; choose a later one.");
    }
    if link.password.is_some_and(|it| !PASSWORD_CHARACTERS.contains(&it.chars().count())) {
        say("/password", "password_malformed", "A password has 4 to 200 characters; choose another one.");
    }
    found
}

/// Whether one more can be made beside so many that are on.
pub fn has_room_for_link(links_on: usize) -> bool {
    links_on < LINKS_MAX
}

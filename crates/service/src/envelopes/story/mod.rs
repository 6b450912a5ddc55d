//! Each event in a sentence, for people who were not there.

mod english;
mod french;

use envelope::{Envelope, Event, MethodKind, Personal};

/// Tells an event in a language; English where the language is not complete.
pub(crate) fn sentence(event: &Event, state: &Envelope, language: &str) -> String {
    let name = |number: &u16| {
        usize::from(*number)
            .checked_sub(1)
            .and_then(|index| state.draft.recipients.get(index))
            .and_then(|it| Some(it.name.text()).filter(|it| !it.is_empty()).or(it.placeholder.as_deref()))
            .map_or_else(|| number.to_string(), ToOwned::to_owned)
    };
    if language == "fr" {
        french::sentence(event, state, name)
    } else {
        english::sentence(event, state, name)
    }
}

/// A way to prove who one is, as the sentences name it.
pub(crate) fn way(method: MethodKind, language: &str) -> &'static str {
    if language == "fr" { french::way(method) } else { english::way(method) }
}

/// What was learnt of who answered, in brackets.
fn learnt(detail: &Personal) -> String {
    match detail.text() {
        "" => String::new(),
        detail => format!(" ({detail})"),
    }
}

/// Why a mail did not arrive: no mail for such an address, no such address, its mailbox, anything else.
type Reasons = [&'static str; 4];

const ENGLISH: Reasons = [
    "no mail can be made for this address",
    "the mail server does not know the address",
    "the mail server says that the mailbox does not take it",
    "the mail server refused it",
];
const FRENCH: Reasons = [
    "aucun courriel ne peut être adressé ainsi",
    "le serveur ne connaît pas l’adresse",
    "le serveur dit que la boîte ne le prend pas",
    "le serveur l’a refusé",
];

/// In words what a server said in codes (RFC 3463), and the codes.
fn refused(reply: Option<&str>, reasons: &Reasons) -> String {
    let Some(codes) = reply else { return reasons[0].to_owned() };
    let status = codes.split(' ').nth(1).unwrap_or_default();
    let reason = match status.split('.').nth(1) {
        Some("1") => reasons[1],
        Some("2") => reasons[2],
        _ => reasons[3],
    };
    format!("{reason} ({codes})")
}

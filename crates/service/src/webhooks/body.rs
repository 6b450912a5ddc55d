//! What is sent: enough to know what to fetch. Never what anybody filled in, never a secret.

use super::told::Told;
use crate::execute::Scope;
use crate::project::part_word;
use envelope::Envelope;
use jiff::Timestamp;
use serde::Serialize;

#[derive(Serialize)]
struct Body<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: String,
    sequence: i64,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    envelope: About<'a>,
    recipient: Option<Person<'a>>,
}

#[derive(Serialize)]
struct About<'a> {
    id: &'a str,
    title: &'a str,
    status: &'a str,
    test: bool,
}

#[derive(Serialize)]
struct Person<'a> {
    number: u16,
    name: &'a str,
    email: &'a str,
    status: &'a str,
}

/// What names one thing that happened to those who are told of it, the same for all of them and whenever it is sent
/// again. It has no dot, since the signature joins it to others by dots.
pub(super) fn message(envelope: &str, seq: i64, part: i64) -> String {
    let name = envelope.strip_prefix("env_").unwrap_or(envelope);
    if part == 0 { format!("evt_{name}_{seq}") } else { format!("evt_{name}_{seq}_{part}") }
}

/// The body, JSON. It shows the envelope as it stands after everything that happened at once.
pub(super) fn body(
    message: &str,
    scope: &Scope,
    state: &Envelope,
    (seq, at): (i64, Timestamp),
    told: Told,
) -> Result<String, serde_json::Error> {
    let person = told.recipient.and_then(|number| Some((number, state.recipient(number)?)));
    serde_json::to_string(&Body {
        id: message,
        kind: told.name,
        timestamp: at.to_string(),
        sequence: seq,
        data: Data {
            envelope: About {
                id: &scope.envelope,
                title: &state.draft.title,
                status: state.status.word(),
                test: state.test,
            },
            recipient: person.map(|(number, person)| Person {
                number,
                name: person.name.text(),
                email: person.email.text(),
                status: part_word(state, number),
            }),
        },
    })
}

//! One envelope as a row of a table.

use super::values::{EnvelopeValues, FieldValue, Value};
use envelope::FieldKind;
use std::collections::HashSet;

/// The columns that every table has.
pub(super) const ALWAYS: [&str; 7] =
    ["envelope", "title", "status", "created_at", "sent_at", "completed_at", "recipients"];

/// What stands in one place of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    /// As its field holds it: a decimal number.
    Number(String),
    /// By ISO 8601.
    Day(String),
    Ticked(bool),
}

/// The cells of the columns that every table has.
pub(super) fn always(envelope: &EnvelopeValues) -> [Cell; 7] {
    let instant = |at: &Option<String>| at.clone().map_or(Cell::Empty, Cell::Text);
    let people = envelope.recipients.iter().filter_map(|it| match (it.name.as_str(), it.email.as_str()) {
        ("", "") => None,
        (name, "") => Some(name.to_owned()),
        ("", email) => Some(email.to_owned()),
        (name, email) => Some(format!("{name} <{email}>")),
    });
    [
        Cell::Text(envelope.envelope.clone()),
        Cell::Text(envelope.title.clone()),
        Cell::Text(envelope.status.clone()),
        Cell::Text(envelope.created_at.clone()),
        instant(&envelope.sent_at),
        instant(&envelope.completed_at),
        Cell::Text(people.collect::<Vec<_>>().join("; ")),
    ]
}

/// Each field with the name of its column: its capture key, or what it is called and whose it is. No two of an
/// envelope have the same name.
pub(super) fn of_fields(envelope: &EnvelopeValues) -> Vec<(String, &FieldValue)> {
    let of_people =
        envelope.recipients.iter().flat_map(|it| it.fields.iter().map(|field| (it.number, field)));
    let of_nobody = envelope.fields.iter().map(|field| (0, field));
    let mut taken: HashSet<String> = ALWAYS.iter().map(|it| (*it).to_owned()).collect();
    let mut named = Vec::new();
    for (recipient, field) in of_people.chain(of_nobody) {
        let name = name(recipient, field);
        let again = (2..).map(|number| format!("{name} ({number})"));
        let free = std::iter::once(name.clone()).chain(again).find(|it| !taken.contains(it));
        let free = free.unwrap_or(name);
        taken.insert(free.clone());
        named.push((free, field));
    }
    named
}

fn name(recipient: u16, field: &FieldValue) -> String {
    if let Some(key) = &field.key {
        return key.clone();
    }
    let called = if field.label.trim().is_empty() { field.id.as_str() } else { field.label.trim() };
    match recipient {
        0 => called.to_owned(),
        number => format!("{called} - recipient {number}"),
    }
}

/// What a field shows in a table; of a file its name.
pub(super) fn cell(field: &FieldValue) -> Cell {
    match (&field.value, field.kind) {
        (None, _) => Cell::Empty,
        (Some(Value::Ticked(ticked)), _) => Cell::Ticked(*ticked),
        (Some(Value::File { name, .. }), _) => Cell::Text(name.clone()),
        (Some(Value::Text(text)), _) if text.is_empty() => Cell::Empty,
        (Some(Value::Text(text)), FieldKind::Number) if is_number(text) => Cell::Number(text.clone()),
        (Some(Value::Text(text)), FieldKind::Date | FieldKind::DateSigned | FieldKind::DateCompleted) => {
            Cell::Day(text.clone())
        }
        (Some(Value::Text(text)), _) => Cell::Text(text.clone()),
    }
}

fn is_number(text: &str) -> bool {
    text.parse::<envelope::Decimal>().is_ok()
}

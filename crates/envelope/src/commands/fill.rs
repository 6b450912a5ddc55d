//! A recipient fills fields.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::draft::{FieldDraft, FieldId, FieldKind};
use crate::model::personal::Personal;
use crate::refusal::{Finding, Refusal};
use crate::state::{Envelope, Progress};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A line of text has so many characters at most.
pub const TEXT_CHARACTERS_MAX: usize = 1000;

/// Keeps what a recipient has filled so far, so that nothing is lost when the phone goes dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillFields {
    /// Number of the recipient.
    pub recipient: u16,
    /// Values by field: text as it is, `true` or `false` for a box to tick.
    pub values: BTreeMap<FieldId, String>,
}

impl FillFields {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let progress = turn::with_consent(state, self.recipient, context)?;
        Refusal::unless_empty(findings(state, self.recipient, &self.values))?;
        let changed: BTreeMap<FieldId, Personal> = self
            .values
            .iter()
            .filter(|(id, value)| progress.values.get(*id).map(Personal::text) != Some(value.as_str()))
            .map(|(id, value)| (id.clone(), value.clone().into()))
            .collect();
        if changed.is_empty() {
            return Ok(Decision::default());
        }
        Ok(Decision::of(Event::FieldsFilled { recipient: self.recipient, values: changed }))
    }
}

/// What is wrong with the values of a recipient.
pub(crate) fn findings(state: &Envelope, recipient: u16, values: &BTreeMap<FieldId, String>) -> Vec<Finding> {
    values
        .iter()
        .filter_map(|(id, value)| {
            let field = state.fields_of(recipient).find(|field| field.id == *id);
            let (code, sentence) = match field {
                Some(field) => wrong_value(field, value)?,
                None => ("field_unknown", "There is no such field for this recipient; load the page again."),
            };
            Some(Finding::new(format!("/values/{}", token(id)), code, sentence))
        })
        .collect()
}

/// What was filled before, what comes now, and what the act itself fills.
pub(crate) fn all_values(
    state: &Envelope,
    progress: &Progress,
    recipient: u16,
    last: &BTreeMap<FieldId, String>,
    now: Timestamp,
) -> BTreeMap<FieldId, Personal> {
    state
        .fields_of(recipient)
        .filter_map(|field| {
            let value = match field.kind {
                FieldKind::DateSigned => Some(date(state, now).into()),
                _ => last
                    .get(&field.id)
                    .map(|value| value.clone().into())
                    .or_else(|| progress.values.get(&field.id).cloned()),
            };
            Some((field.id.clone(), value?))
        })
        .collect()
}

/// Adds what is required and still empty of what a recipient fills by hand.
pub(crate) fn missing(
    state: &Envelope,
    recipient: u16,
    values: &BTreeMap<FieldId, Personal>,
    found: &mut Vec<Finding>,
) {
    for field in state.fields_of(recipient) {
        if matches!(field.kind, FieldKind::Text | FieldKind::Checkbox)
            && is_empty(field, values.get(&field.id))
        {
            required(field, format!("/values/{}", field.id.0), found);
        }
    }
}

/// Adds that a field is empty, if it must not be and nothing was said of its place yet.
pub(crate) fn required(field: &FieldDraft, pointer: String, found: &mut Vec<Finding>) {
    if field.required && !found.iter().any(|it| it.pointer == pointer) {
        let name = if field.label.is_empty() { &field.id.0 } else { &field.label };
        found.push(Finding::new(
            pointer,
            "field_required",
            format!("\u{201c}{name}\u{201d} is still empty; fill it, then finish."),
        ));
    }
}

fn is_empty(field: &FieldDraft, value: Option<&Personal>) -> bool {
    let text = value.map_or("", Personal::text).trim();
    text.is_empty() || field.kind == FieldKind::Checkbox && text == "false"
}

/// The day of an act in the envelope's time zone, as ISO 8601 writes it: the same in every language.
fn date(state: &Envelope, now: Timestamp) -> String {
    let zone =
        jiff::tz::TimeZoneDatabase::bundled().get(&state.draft.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    now.to_zoned(zone).date().to_string()
}

/// A field id as a token of a JSON pointer (RFC 6901 3): an unknown one can hold any character.
fn token(id: &FieldId) -> String {
    id.0.replace('~', "~0").replace('/', "~1")
}

fn wrong_value(field: &FieldDraft, value: &str) -> Option<(&'static str, &'static str)> {
    match field.kind {
        FieldKind::Text if value.chars().count() > TEXT_CHARACTERS_MAX => {
            Some(("text_too_long", "This is longer than 1000 characters; shorten it."))
        }
        FieldKind::Text if value.chars().any(char::is_control) => {
            Some(("text_malformed", "This holds a line break or another control character; remove it."))
        }
        FieldKind::Checkbox if value != "true" && value != "false" => {
            Some(("checkbox_malformed", "A box is ticked (true) or not (false); send one of them."))
        }
        FieldKind::Text | FieldKind::Checkbox => None,
        FieldKind::Signature | FieldKind::Initials | FieldKind::DateSigned => {
            Some(("field_not_fillable", "This field is filled by the act of signing; leave it out."))
        }
    }
}

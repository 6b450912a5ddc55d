//! A recipient fills fields.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::field::kind::{FieldKind, FilledBy};
use crate::model::field::{FieldDraft, FieldId};
use crate::model::personal::Personal;
use crate::refusal::{Finding, Refusal};
use crate::state::{Envelope, Progress};
use crate::values::pattern::Patterns;
use crate::values::{Sheet, check};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Keeps what a recipient has filled so far, so that nothing is lost when the phone goes dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillFields {
    /// Number of the recipient.
    pub recipient: u16,
    /// Values by field: text as it is, `true` or `false` for a box to tick, a date as ISO 8601 has it.
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
    let patterns = Patterns::default();
    values
        .iter()
        .filter_map(|(id, value)| {
            let field = state.fields_of(recipient).find(|field| field.id == *id);
            let (code, sentence) = match field {
                Some(field) => check::wrong(field, value, &patterns)?,
                None => (
                    "field_unknown",
                    "There is no such field for this recipient; load the page again.".to_owned(),
                ),
            };
            Some(Finding::new(format!("/values/{}", token(id)), code, sentence))
        })
        .collect()
}

/// What was filled before, what comes now, and what the act itself fills, of the fields that are there.
pub(crate) fn all_values(
    state: &Envelope,
    progress: &Progress,
    recipient: u16,
    last: &BTreeMap<FieldId, String>,
    now: Timestamp,
) -> BTreeMap<FieldId, Personal> {
    let sheet = Sheet::new(&state.draft, &progress.values, last);
    let person = state.recipient(recipient);
    state
        .fields_of(recipient)
        .filter_map(|field| {
            let value = match field.kind {
                // What was filled before its field went away is no value any more.
                _ if !sheet.is_there(field) => progress.values.contains_key(&field.id).then(String::new)?,
                FieldKind::DateSigned => date(state, now),
                FieldKind::RecipientName => person?.name.text().to_owned(),
                FieldKind::RecipientEmail => person?.email.text().to_owned(),
                _ if field.kind.filled_by() == FilledBy::Person => {
                    Some(sheet.value(&field.id)).filter(|it| !it.is_empty() || sheet.is_given(field))?
                }
                _ => return None,
            };
            Some((field.id.clone(), value.into()))
        })
        .collect()
}

/// Adds what is required and still empty of what a recipient fills by hand, and the groups of which too few or too many
/// boxes are ticked.
pub(crate) fn missing(
    state: &Envelope,
    progress: &Progress,
    recipient: u16,
    last: &BTreeMap<FieldId, String>,
    found: &mut Vec<Finding>,
) {
    let sheet = Sheet::new(&state.draft, &progress.values, last);
    for field in state.fields_of(recipient) {
        let by_hand =
            field.kind.filled_by() == FilledBy::Person && field.formula.is_none() && !field.read_only;
        let alone = field.kind != FieldKind::Radio && field.group.is_none();
        if by_hand && alone && sheet.is_there(field) && is_empty(field, &sheet.value(&field.id)) {
            required(field, format!("/values/{}", field.id.0), found);
        }
        if sheet.overflows(field) {
            found.push(Finding::new(
                format!("/values/{}", field.id.0),
                "computed_too_long",
                format!(
                    "\u{201c}{}\u{201d} has no room for what it is computed from; fill in less there, then finish.",
                    field.name()
                ),
            ));
        }
    }
    super::field_groups::miscounted(state, recipient, &sheet, found);
}

/// Adds that a field is empty, if it must not be and nothing was said of its place yet.
pub(crate) fn required(field: &FieldDraft, pointer: String, found: &mut Vec<Finding>) {
    if field.required && !found.iter().any(|it| it.pointer == pointer) {
        found.push(Finding::new(
            pointer,
            "field_required",
            format!("\u{201c}{}\u{201d} is still empty; fill it, then finish.", field.name()),
        ));
    }
}

fn is_empty(field: &FieldDraft, value: &str) -> bool {
    let text = value.trim();
    text.is_empty() || field.kind.is_ticked() && text == "false"
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

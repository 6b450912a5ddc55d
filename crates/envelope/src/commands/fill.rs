//! A recipient fills fields.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::draft::{FieldDraft, FieldId, FieldKind};
use crate::model::personal::Personal;
use crate::refusal::{Finding, Refusal};
use crate::state::Envelope;
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

//! What was filled in one envelope.

use crate::envelopes::{Capture, captured};
use crate::project::part_word;
use crate::record::Loaded;
use envelope::{Envelope, FieldDraft, FieldKind, FileType, Outcome, Part, Role, Status};
use serde::{Deserialize, Serialize};

/// What was filled in envelopes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Exported {
    /// Each envelope, the last changed first.
    pub items: Vec<EnvelopeValues>,
}

/// What was filled in one envelope.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EnvelopeValues {
    /// Id of the envelope.
    pub envelope: String,
    /// Its name.
    pub title: String,
    /// `draft`, `in_progress`, `finishing`, `completed`, `declined`, `cancelled` or `expired`.
    pub status: String,
    /// Sends nothing outside.
    pub test: bool,
    /// Id of the template that it came from.
    pub template: Option<String>,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// When it was sent.
    pub sent_at: Option<String>,
    /// When it was completed.
    pub completed_at: Option<String>,
    /// Its recipients with their fields.
    pub recipients: Vec<RecipientValues>,
    /// What the end of the envelope fills.
    pub fields: Vec<FieldValue>,
}

/// What one recipient filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecipientValues {
    /// From 1.
    pub number: u16,
    /// Empty where the role has no person, or their data were erased.
    pub name: String,
    /// Address.
    pub email: String,
    /// Their part.
    pub role: Role,
    /// How far they have come.
    pub status: String,
    /// When they acted (RFC 3339).
    pub acted_at: Option<String>,
    /// Their fields, in the order of the draft.
    pub fields: Vec<FieldValue>,
}

/// A field that can hold a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldValue {
    /// Its id.
    pub id: String,
    /// What goes there.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Its capture key.
    pub key: Option<String>,
    /// What it is called on the page.
    pub label: String,
    /// What was filled; none before its recipient is done, or where it was erased.
    pub value: Option<Value>,
}

/// A value: words, figures and dates as text, boxes as `true` or `false`, files by name, type and digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Value {
    /// A box or a button.
    Ticked(bool),
    /// Words, a number, a date.
    Text(String),
    /// A file.
    File {
        /// Its name on the recipient's device.
        name: String,
        /// What it is.
        #[serde(rename = "type")]
        kind: FileType,
        /// SHA-256, hexadecimal.
        digest: String,
    },
}

impl From<Capture> for Value {
    fn from(capture: Capture) -> Self {
        match capture {
            Capture::Text(text) => Self::Text(text),
            Capture::Ticked(ticked) => Self::Ticked(ticked),
            Capture::File { name, kind, digest } => Self::File { name, kind, digest },
        }
    }
}

impl EnvelopeValues {
    pub(super) fn of(id: &str, loaded: &Loaded, template: Option<String>) -> Self {
        let state = &loaded.envelope;
        let progress = state.status.progress();
        let completed = match &state.status {
            Status::Ended(ending) if ending.outcome == Outcome::Completed => Some(ending.at),
            _ => None,
        };
        let recipients = state.recipient_numbers().zip(&state.draft.recipients).map(|(number, person)| {
            let acted_at = progress.and_then(|it| it.part(number)).and_then(Part::done_at);
            RecipientValues {
                number,
                name: person.name.text().to_owned(),
                email: person.email.text().to_owned(),
                role: person.role,
                status: part_word(state, number).to_owned(),
                acted_at: acted_at.map(|at| at.to_string()),
                fields: fields(state, number),
            }
        });
        Self {
            envelope: id.to_owned(),
            title: state.draft.title.clone(),
            status: state.status.word().to_owned(),
            test: state.test,
            template,
            created_at: state.created_at.to_string(),
            sent_at: progress.map(|it| it.sent_at.to_string()),
            completed_at: completed.map(|at| at.to_string()),
            recipients: recipients.collect(),
            fields: fields(state, 0),
        }
    }
}

/// The fields of a recipient that can hold a value, once it was sent. A draft is still being made.
fn fields(state: &Envelope, recipient: u16) -> Vec<FieldValue> {
    let Some(progress) = state.status.progress() else { return Vec::new() };
    let told = state.fields_of(recipient).filter(|it| is_told(it));
    let value = |field: &FieldDraft| FieldValue {
        id: field.id.0.clone(),
        kind: field.kind,
        key: field.capture_key.clone(),
        label: field.label.clone(),
        value: captured(state, progress, field).map(Value::from),
    };
    told.map(value).collect()
}

/// What was asked in confidence is told under the key that the sender gave for programs, or not at all.
fn is_told(field: &FieldDraft) -> bool {
    let kind = field.kind;
    let by_sender = kind == FieldKind::FreeText;
    let holds_value = (kind.is_text() && !by_sender) || kind.is_ticked() || kind.takes_file();
    holds_value && (!field.confidential || field.capture_key.is_some())
}

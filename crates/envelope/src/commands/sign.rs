//! A recipient finishes and signs.

use super::fill::findings;
use super::turn;
use crate::decision::{Context, Decision, Effect};
use crate::event::Event;
use crate::model::digest::Digest;
use crate::model::draft::{FieldDraft, FieldId, FieldKind};
use crate::model::personal::Personal;
use crate::refusal::{Finding, Refusal};
use crate::state::{Envelope, Progress};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The act of signing: the intent, made durable before any key is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Number of the recipient.
    pub recipient: u16,
    /// They said that they mean to sign.
    pub agreed: bool,
    /// Last values, on top of what was filled before.
    pub values: BTreeMap<FieldId, String>,
    /// Digest of the adopted signature.
    pub signature: Option<Digest>,
    /// Digest of the adopted initials.
    pub initials: Option<Digest>,
    /// The revision of each document that the signer was shown.
    pub shown: BTreeMap<u16, Digest>,
    /// What was found wrong with the signature, the initials or the letters of a value by those who draw
    /// them; they are refused together with what is found here.
    pub drawing_findings: Vec<Finding>,
}

impl Sign {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let progress = turn::with_consent(state, self.recipient, context)?;
        let documents = state.documents_signed_by(self.recipient);
        // Also a document that this act does not sign is named in the event only with what was true of it.
        for document in documents.iter().chain(self.shown.keys()) {
            if !self.was_shown(progress, *document) {
                return Err(Refusal::RevisionMoved { document: *document });
            }
        }
        let values = self.all_values(state, progress, context.now);
        let mut found = findings(state, self.recipient, &self.values);
        self.missing(state, &values, &mut found);
        found.extend(self.drawing_findings.iter().cloned());
        Refusal::unless_empty(found)?;
        let intent = Event::SigningIntended {
            recipient: self.recipient,
            documents,
            shown: self.shown.clone(),
            values,
            signature: self.signature.map(Personal::Known),
            initials: self.initials.map(Personal::Known),
        };
        Ok(Decision::of(intent)
            .with(Effect::EndLink { recipient: self.recipient })
            .with(Effect::CarryOutAct { recipient: self.recipient }))
    }

    /// What was shown is a revision from the opening of this step on: what lies between it and what is
    /// signed are then acts of others in the same step, each named by its event.
    fn was_shown(&self, progress: &Progress, document: u16) -> bool {
        let Some(index) = usize::from(document).checked_sub(1) else { return false };
        let (Some(shown), Some(history), Some(base)) =
            (self.shown.get(&document), progress.documents.get(index), progress.step_base.get(index))
        else {
            return false;
        };
        history.iter().skip(base.saturating_sub(1)).any(|revision| revision.digest == *shown)
    }

    /// What was filled before, what comes now, and what the act itself fills.
    fn all_values(
        &self,
        state: &Envelope,
        progress: &Progress,
        now: Timestamp,
    ) -> BTreeMap<FieldId, Personal> {
        state
            .fields_of(self.recipient)
            .filter_map(|field| {
                let value = match field.kind {
                    FieldKind::DateSigned => Some(date(state, now).into()),
                    _ => self
                        .values
                        .get(&field.id)
                        .map(|value| value.clone().into())
                        .or_else(|| progress.values.get(&field.id).cloned()),
                };
                Some((field.id.clone(), value?))
            })
            .collect()
    }

    fn missing(&self, state: &Envelope, values: &BTreeMap<FieldId, Personal>, found: &mut Vec<Finding>) {
        if !self.agreed {
            found.push(Finding::new("/agreed", "not_agreed", "Confirm that you mean to sign, then finish."));
        }
        for field in state.fields_of(self.recipient) {
            let (absent, pointer) = match field.kind {
                FieldKind::Signature => (self.signature.is_none(), "/signature".to_owned()),
                FieldKind::Initials => (self.initials.is_none(), "/initials".to_owned()),
                FieldKind::Text | FieldKind::Checkbox => {
                    (is_empty(field, values.get(&field.id)), format!("/values/{}", field.id.0))
                }
                FieldKind::DateSigned => continue,
            };
            if absent && field.required && !found.iter().any(|it| it.pointer == pointer) {
                let name = if field.label.is_empty() { &field.id.0 } else { &field.label };
                found.push(Finding::new(
                    pointer,
                    "field_required",
                    format!("\u{201c}{name}\u{201d} is still empty; fill it, then finish."),
                ));
            }
        }
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

//! Fields of the documents themselves that take values, checked before anybody is invited.

use super::drawable;
use super::plan::signature_place;
use crate::error::Error;
use crate::server::Service;
use envelope::values::check::options;
use envelope::{Envelope, FieldDraft, FieldKind, Finding, Refusal};
use pdf::form::{OwnField, OwnKind};
use std::collections::BTreeMap;

impl Service {
    /// Refuses a draft whose words cannot be drawn, or that names form fields which its documents do not have or which
    /// take something else.
    pub(crate) async fn check_documents(&self, tenant: &str, state: &Envelope) -> Result<(), Error> {
        let mut found = drawable::findings(state);
        for (number, document) in state.document_numbers().zip(&state.draft.documents) {
            let named = |it: &FieldDraft| it.document == number && it.form_field.is_some();
            if !state.draft.fields.iter().any(named) {
                continue;
            }
            let source = self.source(tenant, document.facts.sent.digest).await?;
            let read = tokio::task::spawn_blocking(move || {
                let document = pdf::Document::open(source).map_err(Error::fault)?;
                pdf::form::own_fields(&document).map_err(Error::fault)
            });
            let own = read.await.map_err(Error::fault)??;
            found.extend(findings(state, number, &own));
        }
        if found.is_empty() { Ok(()) } else { Err(Refusal::Invalid(found).into()) }
    }
}

fn findings(state: &Envelope, document: u16, own: &BTreeMap<String, OwnField>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut takers: BTreeMap<&str, Vec<&FieldDraft>> = BTreeMap::new();
    for (index, field) in state.draft.fields.iter().enumerate().filter(|(_, it)| it.document == document) {
        let Some(name) = field.form_field.as_deref().filter(|_| field.stands_in_document()) else { continue };
        let mut at = |code, sentence: String| {
            found.push(Finding::new(format!("/fields/{index}/form_field"), code, sentence));
        };
        let before = takers.entry(name).or_default();
        let is_group = |it: &&FieldDraft| {
            it.kind == FieldKind::Radio && (it.recipient, &it.group) == (field.recipient, &field.group)
        };
        if field.kind != FieldKind::Radio && !before.is_empty() || !before.iter().all(is_group) {
            at("form_field_repeated", format!("Another field goes into {name} already; choose another one."));
            continue;
        }
        if field.form_option.is_some() && before.iter().any(|it| it.form_option == field.form_option) {
            at(
                "form_field_repeated",
                format!("Another field is this button of {name} already; choose another one."),
            );
            continue;
        }
        before.push(field);
        let Some(there) = own.get(name) else {
            at(
                "form_field_unknown",
                format!("Document {document} has no form field {name}; correct the name."),
            );
            continue;
        };
        if let Some(sentence) = mismatch(state, field, before.len(), name, there) {
            at("form_field_mismatched", sentence);
        }
    }
    found
}

/// Why the document's own field cannot take the value of this one, as its `place`th button.
fn mismatch(
    state: &Envelope,
    field: &FieldDraft,
    place: usize,
    name: &str,
    own: &OwnField,
) -> Option<String> {
    let fits = match (&own.kind, field.kind) {
        (OwnKind::Text, kind) => kind.is_text() && !matches!(kind, FieldKind::Dropdown | FieldKind::FreeText),
        (OwnKind::CheckBox, kind) => kind == FieldKind::Checkbox,
        (OwnKind::Radio { states }, FieldKind::Radio) => match &field.form_option {
            None => place <= states.len(),
            Some(option) if states.contains(option) => true,
            Some(option) => {
                return Some(format!(
                    "The form field {name} of the document has no button {option}; use one of its own."
                ));
            }
        },
        (OwnKind::PushButton, kind) => {
            matches!(kind, FieldKind::Initials | FieldKind::Image | FieldKind::Stamp)
        }
        (OwnKind::Choice { values, open }, FieldKind::Dropdown) => {
            let told = options(&field.choices).map(|it| it.value.unwrap_or(it.label));
            let unknown = told.filter(|it| !open && !values.contains(it)).take(1).next();
            if let Some(value) = unknown {
                return Some(format!(
                    "The list {name} of the document has no option {value}; use its own options."
                ));
            }
            true
        }
        (OwnKind::Signature { signed: false }, FieldKind::Signature) => {
            let place = signature_place(state, field.recipient, field.document);
            place.is_some_and(|place| place.id == field.id)
        }
        _ => false,
    };
    (!fits).then(|| {
        format!("The form field {name} of the document takes something else; use another type or field.")
    })
}

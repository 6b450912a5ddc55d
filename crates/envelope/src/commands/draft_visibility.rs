//! What can be wrong about who sees which document.

use super::draft_findings::nth;
use crate::model::draft::Draft;
use crate::model::field::FieldId;
use crate::model::field::formula::Formula;
use crate::model::role::Role;
use crate::refusal::Finding;
use crate::state::Envelope;
use std::collections::BTreeMap;

/// Already a draft names recipients who exist.
pub(crate) fn findings(draft: &Draft, found: &mut Vec<Finding>) {
    for (index, document) in draft.documents.iter().enumerate() {
        let unknown = |number: &&u16| nth(&draft.recipients, usize::from(**number)).is_none();
        if let Some(number) = document.visible_to.iter().flatten().find(unknown) {
            found.push(Finding::new(
                format!("/documents/{index}/visible_to"),
                "visible_to_unknown",
                format!(
                    "Document {} is to be seen by recipient {number}, who does not exist; use a number from the list.",
                    index + 1
                ),
            ));
        }
    }
}

/// What a draft may lack, and an envelope that is sent may not.
pub(crate) fn complete(state: &Envelope, found: &mut Vec<Finding>) {
    for (index, document) in state.draft.documents.iter().enumerate() {
        if document.visible_to.as_ref().is_some_and(|them| them.is_empty()) {
            found.push(Finding::new(
                format!("/documents/{index}/visible_to"),
                "document_without_reader",
                format!("Nobody sees document {}; say who does, or take it out.", index + 1),
            ));
        }
    }
    // Nothing more is to be said of documents that are not there yet.
    if state.draft.documents.is_empty() {
        return;
    }
    for number in state.recipient_numbers() {
        recipient(state, number, found);
    }
    fields(&state.draft, found);
}

/// Everybody sees something, and a witness something of what they witness. A host has no documents of their own: on
/// their device is seen what the person sees who signs there.
fn recipient(state: &Envelope, number: u16, found: &mut Vec<Finding>) {
    let Some(recipient) = state.recipient(number) else { return };
    let pointer = |key: &str| format!("/recipients/{}{key}", number - 1);
    if recipient.role != Role::Host && state.documents_seen_by(number).next().is_none() {
        found.push(Finding::new(
            pointer(""),
            "recipient_without_document",
            format!("Recipient {number} sees none of the documents; show them one, or leave them out."),
        ));
    } else if let Some(witnessed) = recipient.witness_of
        && !state.documents_signed_by(witnessed).iter().any(|it| state.draft.is_visible(*it, number))
    {
        found.push(Finding::new(
            pointer("/witness_of"),
            "witness_sees_nothing_of_it",
            format!(
                "Recipient {number} witnesses recipient {witnessed} and sees none of the documents that they act in; \
                 show them one of these."
            ),
        ));
    }
}

/// Nobody fills what they do not see, and nobody learns by a condition or a formula what others fill there.
fn fields(draft: &Draft, found: &mut Vec<Finding>) {
    let documents: BTreeMap<&FieldId, u16> = draft.fields.iter().map(|it| (&it.id, it.document)).collect();
    for (index, field) in draft.fields.iter().enumerate() {
        // What nobody fills stands there for whoever sees the document.
        if field.recipient == 0 {
            continue;
        }
        let unseen = |document: &u16| !draft.is_visible(*document, field.recipient);
        if unseen(&field.document) {
            found.push(Finding::new(
                format!("/fields/{index}/document"),
                "field_in_unseen_document",
                format!(
                    "Field {} is of recipient {}, who does not see document {}; show it to them, or remove the field.",
                    index + 1,
                    field.recipient,
                    field.document
                ),
            ));
            continue;
        }
        let condition = field.only_if.iter().map(|it| ("only_if", &it.field));
        let parts = field.formula.iter().flat_map(Formula::fields).map(|it| ("formula", it));
        for (key, other) in condition.chain(parts) {
            if documents.get(other).is_some_and(unseen) {
                found.push(Finding::new(
                    format!("/fields/{index}/{key}"),
                    "field_leans_on_unseen_document",
                    format!(
                        "Field {} depends on the field {}, whose document recipient {} does not see; show it to them, \
                         or take that out.",
                        index + 1,
                        other.0,
                        field.recipient
                    ),
                ));
            }
        }
    }
}

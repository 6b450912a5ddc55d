//! What fields are called in the PDF.

use super::signature_place;
use envelope::{Envelope, FieldDraft, FieldKind};

/// Name of a field in the PDF: that of the document's own field, or by role and number, never by person. The buttons
/// of a radio group share one.
pub(super) fn field_name(state: &Envelope, field: &FieldDraft) -> String {
    if let Some(own) = &field.form_field {
        return own.clone();
    }
    let whose = match field.recipient {
        0 => "completion".to_owned(),
        number => format!("signer{number}"),
    };
    if field.kind == FieldKind::Radio
        && let Some(group) = &field.group
    {
        return format!("{whose}_radio_{group}");
    }
    let number =
        state.draft.fields.iter().filter(same(field)).position(|it| it.id == field.id).unwrap_or(0) + 1;
    format!("{whose}_{}{number}", kind(field.kind))
}

/// Name of the field that is signed in a document.
pub(super) fn signature_name(state: &Envelope, recipient: u16, document: u16) -> String {
    match signature_place(state, recipient, document) {
        Some(place) => field_name(state, place),
        // Every place there is may be absent in the end; they are marks, and have their numbers.
        None => {
            let place = FieldDraft { recipient, document, ..FieldDraft::default() };
            let number = state.draft.fields.iter().filter(same(&place)).count() + 1;
            format!("signer{recipient}_signature{number}")
        }
    }
}

/// The fields of the same kind of the same person in the same document.
fn same(field: &FieldDraft) -> impl Fn(&&FieldDraft) -> bool {
    |it: &&FieldDraft| (it.recipient, it.document, it.kind) == (field.recipient, field.document, field.kind)
}

/// The word of a kind; none ends in a digit, so that no two fields share a name.
fn kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Signature => "signature",
        FieldKind::Initials => "initials",
        FieldKind::Text => "text",
        FieldKind::DateSigned | FieldKind::DateCompleted => "date",
        FieldKind::Checkbox => "checkbox",
        FieldKind::MultilineText => "multiline_text",
        FieldKind::BoxedText => "boxed_text",
        FieldKind::Number => "number",
        FieldKind::Email => "email",
        FieldKind::Date => "date_entered",
        FieldKind::Radio => "radio",
        FieldKind::Dropdown => "dropdown",
        FieldKind::Image => "image",
        FieldKind::Stamp => "stamp",
        FieldKind::RecipientName => "recipient_name",
        FieldKind::RecipientEmail => "recipient_email",
        FieldKind::Company => "company",
        FieldKind::JobTitle => "job_title",
        FieldKind::FreeText => "free_text",
        FieldKind::Strikethrough => "strikethrough",
        // Nothing of these stands in a document.
        FieldKind::Attachment | FieldKind::Note | FieldKind::DeclineButton | FieldKind::ApproveButton => {
            "none"
        }
    }
}

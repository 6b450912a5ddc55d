//! What is filled into the fields of a document.

use super::fields;
use super::name::field_name;
use crate::documents::drawn;
use crate::documents::picture::Pictures;
use envelope::values::Sheet;
use envelope::{Envelope, FieldDraft, FieldKind, Progress};
use pdf::form::{Button, Fill};
use std::collections::BTreeMap;

/// What somebody fills in a document, apart from what they sign with.
pub(crate) fn fills(
    state: &Envelope,
    progress: &Progress,
    recipient: u16,
    document: u16,
    pictures: &Pictures,
) -> Vec<Fill> {
    let none = BTreeMap::new();
    let sheet = Sheet::new(&state.draft, &progress.values, &none);
    fields(state, recipient, document)
        .filter(|field| sheet.is_there(field))
        .filter_map(|field| {
            let value = progress.values.get(&field.id)?.text();
            fill(state, field, value, pictures)
        })
        .collect()
}

/// What the end of the envelope fills in a document.
pub(crate) fn at_completion(state: &Envelope, progress: &Progress, document: u16) -> Vec<Fill> {
    let day = drawn::completed_on(state, progress);
    fields(state, 0, document)
        .filter(|field| field.kind == FieldKind::DateCompleted)
        .filter_map(|field| fill(state, field, &day, &Pictures::default()))
        .collect()
}

/// A value as the PDF takes it; none where the field stays as it was prepared.
fn fill(state: &Envelope, field: &FieldDraft, value: &str, pictures: &Pictures) -> Option<Fill> {
    let name = field_name(state, field);
    // The document's own field may hold something already, which an empty value takes away.
    let says_something = !value.is_empty() || field.form_field.is_some();
    let style = drawn::style(field);
    match field.kind {
        FieldKind::Checkbox => {
            let on = value == "true";
            (on || field.form_field.is_some()).then_some(Fill::Check { name, on })
        }
        FieldKind::Radio => (value == "true").then(|| Fill::Radio { name, button: button(state, field) }),
        FieldKind::Image | FieldKind::Stamp => {
            let bytes = pictures.get(&field.id).filter(|_| !value.is_empty())?.clone();
            Some(Fill::Picture { name, bytes })
        }
        FieldKind::Dropdown if says_something => {
            let label = drawn::words(state, field, value);
            Some(Fill::Choice { name, value: value.to_owned(), label, style })
        }
        kind if kind.is_text() && says_something => {
            let value = drawn::words(state, field, value);
            // What the server fills was chosen by nobody: a name in letters that we cannot draw was told to the
            // sender, and may have been corrected to since. A blank is better than an empty box, or than no act.
            let is_drawn = !drawn::filled_by_server(kind) || style.missing(&value).is_empty();
            is_drawn.then_some(Fill::Text { name, value, style })
        }
        _ => None,
    }
}

/// The button as the document knows it: by its state where that is said, else by its place among those of its group.
fn button(state: &Envelope, button: &FieldDraft) -> Button {
    if let Some(option) = button.form_option.as_ref().filter(|_| button.form_field.is_some()) {
        return Button::State(option.clone());
    }
    let key = |it: &FieldDraft| (it.kind, it.recipient, it.document, it.form_field.clone(), it.group.clone());
    let group = state.draft.fields.iter().filter(|it| key(it) == key(button));
    Button::Place(group.take_while(|it| it.id != button.id).count() + 1)
}

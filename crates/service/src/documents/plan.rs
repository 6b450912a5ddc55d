//! Fields of an envelope as fields of a PDF.

use crate::written_time;
use envelope::{Act, DocumentDraft, Envelope, FieldDraft, FieldKind, Progress, RevisionKind};
use pdf::form::{Fill, Lock, Plan, SignatureField, Widget, WidgetKind};

/// What is written over every page of a test.
const TEST_MARK: &str = "TEST";

/// Name of a field in the PDF: by role and number, never by person.
pub(crate) fn field_name(state: &Envelope, field: &FieldDraft) -> String {
    let same = |it: &&FieldDraft| {
        it.recipient == field.recipient && it.document == field.document && it.kind == field.kind
    };
    let number = state.draft.fields.iter().filter(same).position(|it| it.id == field.id).unwrap_or(0) + 1;
    let kind = match field.kind {
        FieldKind::Signature => "signature",
        FieldKind::Initials => "initials",
        FieldKind::DateSigned => "date",
        FieldKind::Checkbox => "checkbox",
        _ => "text",
    };
    format!("signer{}_{kind}{number}", field.recipient)
}

fn rect(field: &FieldDraft) -> pdf::Rect {
    pdf::Rect {
        x: field.rect.x.get(),
        y: field.rect.y.get(),
        width: field.rect.width.get(),
        height: field.rect.height.get(),
    }
}

/// The fields of a recipient in a document.
fn fields(state: &Envelope, recipient: u16, document: u16) -> impl Iterator<Item = &FieldDraft> {
    state.fields_of(recipient).filter(move |field| field.document == document)
}

/// The place where a recipient's signature field is made: their first signature place in the document.
/// Their further places show the same signature, and carry none.
fn signature_place(state: &Envelope, recipient: u16, document: u16) -> Option<&FieldDraft> {
    fields(state, recipient, document).find(|field| field.kind == FieldKind::Signature)
}

/// What is prepared in a document at send: every field but signatures, blank. Nothing is prepared in a
/// document that came signed.
pub(crate) fn prepared(state: &Envelope, number: u16, document: &DocumentDraft) -> Option<Plan> {
    if document.facts.signatures > 0 {
        return None;
    }
    let widgets = state
        .draft
        .fields
        .iter()
        .filter(|field| field.document == number)
        .filter(|field| {
            signature_place(state, field.recipient, number).is_none_or(|place| place.id != field.id)
        })
        .map(|field| Widget {
            name: field_name(state, field),
            kind: match field.kind {
                FieldKind::Checkbox => WidgetKind::CheckBox,
                FieldKind::Signature | FieldKind::Initials => WidgetKind::Mark,
                _ => WidgetKind::Text,
            },
            page: field.page,
            rect: rect(field),
            label: field.label.clone(),
            required: field.required,
        })
        .collect();
    Some(Plan { widgets, test_mark: state.test.then(|| TEST_MARK.to_owned()) })
}

/// The ink that an act draws with.
pub(crate) struct Inks {
    pub(crate) signature: Option<pdf::appearance::Ink>,
    pub(crate) initials: Option<pdf::appearance::Ink>,
}

/// What an act fills in a document, and where it signs.
pub(crate) fn act(
    state: &Envelope,
    progress: &Progress,
    act: &Act,
    document: u16,
    inks: &Inks,
    caption: Vec<String>,
) -> (Vec<Fill>, SignatureField) {
    let place = signature_place(state, act.recipient, document);
    let mut fills = Vec::new();
    let mut locked = Vec::new();
    for field in fields(state, act.recipient, document) {
        if place.is_some_and(|place| place.id == field.id) {
            continue;
        }
        let name = field_name(state, field);
        locked.push(name.clone());
        let value = progress.values.get(&field.id).map_or("", envelope::Personal::text);
        match field.kind {
            FieldKind::Text if !value.is_empty() => {
                fills.push(Fill::Text { name, value: value.to_owned() });
            }
            FieldKind::DateSigned if !value.is_empty() => {
                fills.push(Fill::Text { name, value: written_date(&state.draft.language, value) });
            }
            FieldKind::Checkbox if value == "true" => fills.push(Fill::Check { name, on: true }),
            FieldKind::Signature => {
                fills.extend(inks.signature.clone().map(|ink| Fill::Mark { name, ink }));
            }
            FieldKind::Initials => fills.extend(inks.initials.clone().map(|ink| Fill::Mark { name, ink })),
            _ => {}
        }
    }
    // What was filled without a signature before is covered, and locked, by this one. It is written once more: readers
    // take the appearance of a locked field that is older than the revision which locks it for a change after it.
    for filler in unsigned_fillers(progress, document) {
        locked.extend(fields(state, filler, document).map(|field| field_name(state, field)));
        fills.extend(self::fills(state, progress, filler, document));
    }
    let visible = place.filter(|place| !place.rect.is_invisible() && inks.signature.is_some());
    let signature = SignatureField {
        name: match place {
            Some(place) => field_name(state, place),
            None => format!("signer{}_signature1", act.recipient),
        },
        page: place.map_or(1, |place| place.page),
        rect: visible.map(rect),
        ink: visible.and(inks.signature.clone()),
        caption: if visible.is_some() { caption } else { Vec::new() },
        lock: if locked.is_empty() { Lock::None } else { Lock::Include(locked) },
    };
    (fills, signature)
}

/// Those whose values stand in the document and are covered by no signature yet.
fn unsigned_fillers(progress: &Progress, document: u16) -> Vec<u16> {
    let history = usize::from(document).checked_sub(1).and_then(|index| progress.documents.get(index));
    let since = history.into_iter().flat_map(|it| it.iter().rev());
    let since = since.take_while(|revision| !matches!(revision.kind, RevisionKind::Act { .. }));
    since
        .filter_map(|revision| match revision.kind {
            RevisionKind::Fill { recipient } => Some(recipient),
            _ => None,
        })
        .collect()
}

/// What somebody who signs nothing fills in a document.
pub(crate) fn fills(state: &Envelope, progress: &Progress, recipient: u16, document: u16) -> Vec<Fill> {
    let value = |field: &FieldDraft| progress.values.get(&field.id).map_or("", envelope::Personal::text);
    fields(state, recipient, document)
        .filter_map(|field| {
            let (name, value) = (field_name(state, field), value(field));
            match field.kind {
                FieldKind::Text if !value.is_empty() => Some(Fill::Text { name, value: value.to_owned() }),
                FieldKind::DateSigned if !value.is_empty() => {
                    Some(Fill::Text { name, value: written_date(&state.draft.language, value) })
                }
                FieldKind::Checkbox if value == "true" => Some(Fill::Check { name, on: true }),
                _ => None,
            }
        })
        .collect()
}

/// The day of an act as the envelope's language writes it; as the event has it, by ISO 8601, where the face cannot.
fn written_date(language: &str, value: &str) -> String {
    let day =
        value.parse::<jiff::civil::Date>().ok().map(|day| written_time::day(language, day));
    day.filter(|day| pdf::fonts::covers(day)).unwrap_or_else(|| value.to_owned())
}

/// The tenant's seal: invisible, on the first page, over everything.
pub(crate) fn seal() -> SignatureField {
    SignatureField {
        name: "seal".to_owned(),
        page: 1,
        rect: None,
        ink: None,
        caption: Vec::new(),
        lock: Lock::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_its_language_does_where_the_face_can_write_it() {
        for (language, written) in [
            ("en", "Nov 22, 2026"),
            ("de", "22.11.2026"),
            ("hu", "2026. nov. 22."),
            ("ru", "22 нояб. 2026 г."),
            ("tr", "22 Kas 2026"),
            // No face has these letters.
            ("hi", "2026-11-22"),
            ("zh", "2026-11-22"),
        ] {
            assert_eq!(written_date(language, "2026-11-22"), written, "{language}");
        }
        assert_eq!(written_date("en", "yesterday"), "yesterday", "what is no day stays as it is");
    }
}

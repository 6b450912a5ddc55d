//! What an act fills and where it signs.

use super::fills::fills;
use super::name::{field_name, signature_name};
use super::{fields, rect, signature_place};
use crate::documents::picture::Pictures;
use envelope::values::Sheet;
use envelope::{Act, Envelope, FieldKind, Progress, RevisionKind};
use pdf::form::{Fill, Lock, SignatureField, Widget};
use std::collections::BTreeMap;

/// The ink that an act draws with, and the pictures that people gave.
#[derive(Default)]
pub(crate) struct Inks {
    pub(crate) signature: Option<pdf::appearance::Ink>,
    pub(crate) initials: Option<pdf::appearance::Ink>,
    pub(crate) pictures: Pictures,
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
    let mut filled = fills(state, progress, act.recipient, document, &inks.pictures);
    filled.extend(marks(state, progress, act, document, inks));
    let mut locked = names(state, act.recipient, document);
    // What was filled without a signature before is covered, and locked, by this one. It is written once more: readers
    // take the appearance of a locked field that is older than the revision which locks it for a change after it.
    for filler in unsigned_fillers(progress, document) {
        locked.extend(names(state, filler, document));
        filled.extend(fills(state, progress, filler, document, &inks.pictures));
    }
    let visible = place.filter(|place| !place.rect.is_invisible() && inks.signature.is_some());
    let signature = SignatureField {
        name: signature_name(state, act.recipient, document),
        page: place.map_or(1, |place| place.page),
        rect: visible.map(rect),
        ink: visible.and(inks.signature.clone()),
        caption: if visible.is_some() { caption } else { Vec::new() },
        lock: if locked.is_empty() { Lock::None } else { Lock::Include(locked) },
    };
    (filled, signature)
}

/// What a signer placed themselves in a document and an act lays out before it fills it: all but their signature, which
/// makes its own field.
pub(crate) fn laid_out(state: &Envelope, recipient: u16, document: u16) -> Vec<Widget> {
    let place = signature_place(state, recipient, document);
    let placed = state.placed_by(recipient).filter(|field| field.document == document);
    placed
        .filter(|field| place.is_none_or(|place| place.id != field.id))
        .map(|field| super::prepared::widget(state, field))
        .collect()
}

/// Further places of the signature, and initials: of those that are there.
fn marks(state: &Envelope, progress: &Progress, act: &Act, document: u16, inks: &Inks) -> Vec<Fill> {
    let place = signature_place(state, act.recipient, document);
    let none = BTreeMap::new();
    let sheet = Sheet::new(&state.draft, &progress.values, &none);
    fields(state, act.recipient, document)
        .filter(|field| place.is_none_or(|place| place.id != field.id) && sheet.is_there(field))
        .filter_map(|field| {
            let ink = match field.kind {
                FieldKind::Signature => inks.signature.clone()?,
                FieldKind::Initials => inks.initials.clone()?,
                _ => return None,
            };
            Some(Fill::Mark { name: field_name(state, field), ink })
        })
        .collect()
}

/// The names of a recipient's fields in a document, without the one that is signed, each once.
fn names(state: &Envelope, recipient: u16, document: u16) -> Vec<String> {
    let place = signature_place(state, recipient, document);
    let mut names = Vec::new();
    for field in fields(state, recipient, document) {
        let name = field_name(state, field);
        if place.is_none_or(|place| place.id != field.id) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
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

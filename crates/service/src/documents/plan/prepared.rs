//! What is laid out before anybody is invited.

use super::name::field_name;
use super::{rect, signature_place, to_pdf};
use crate::documents::drawn;
use envelope::values::check::options;
use envelope::{DocumentDraft, Envelope, FieldDraft, FieldKind, Points, TagTextWish};
use pdf::form::{Choice, Inscription, Plan, Widget, WidgetKind, Written};

/// What is written over every page of a test.
const TEST_MARK: &str = "TEST";

/// What is prepared in a document at send: every field but signatures, blank, and the sender's words. Nothing is
/// prepared in a document that came signed.
pub(crate) fn prepared(state: &Envelope, number: u16, document: &DocumentDraft) -> Option<Plan> {
    if document.facts.signatures > 0 {
        return None;
    }
    let mut plan = Plan { test_mark: state.test.then(|| TEST_MARK.to_owned()), ..Plan::default() };
    tag_texts(state, number, &mut plan);
    let mut widgets = Vec::new();
    for field in &state.draft.fields {
        let is_place =
            signature_place(state, field.recipient, number).is_some_and(|place| place.id == field.id);
        if field.document != number || !field.stands_in_document() || is_place {
            continue;
        }
        if let Some(what) = written(field) {
            let style = drawn::style(field);
            plan.inscriptions.push(Inscription { page: field.page, rect: rect(field), style, what });
        } else if let Some(own) = &field.form_field {
            if !plan.taken.contains(own) {
                plan.taken.push(own.clone());
            }
        } else {
            widgets.push((tab_place(state, field), widget(state, field)));
        }
    }
    // Readers lead from field to field as a page lists them.
    widgets.sort_by_key(|(place, _)| *place);
    plan.widgets = widgets.into_iter().map(|(_, widget)| widget).collect();
    Some(plan)
}

/// What is done to the text of tags, below everything else that is written.
fn tag_texts(state: &Envelope, number: u16, plan: &mut Plan) {
    let fields = state.draft.fields.iter().filter(|it| it.document == number);
    for text in fields.filter_map(|it| it.tag_text.as_ref()) {
        for place in &text.places {
            let place = to_pdf(*place);
            match text.what {
                TagTextWish::Remove => plan.erased.push((text.page, place)),
                TagTextWish::Cover => plan.inscriptions.push(Inscription {
                    page: text.page,
                    rect: place,
                    style: pdf::appearance::TextStyle::default(),
                    what: Written::Cover,
                }),
            }
        }
    }
}

pub(super) fn widget(state: &Envelope, field: &FieldDraft) -> Widget {
    Widget {
        name: field_name(state, field),
        kind: kind(field),
        page: field.page,
        rect: rect(field),
        label: label(state, field),
        required: field.required,
        style: drawn::style(field),
    }
}

/// Where a field comes in the order in which readers lead through a document: what the sender numbered, then from the top
/// of each page down. The buttons of a group stay together where the first of them is, in the order in which they are
/// numbered in the document.
fn tab_place(state: &Envelope, field: &FieldDraft) -> (u16, u32, Points, Points) {
    let place = |it: &FieldDraft| (it.tab_order.unwrap_or(u16::MAX), it.page, it.rect.y, it.rect.x);
    let same = |it: &&FieldDraft| {
        it.kind == FieldKind::Radio && (it.recipient, &it.group) == (field.recipient, &field.group)
    };
    let group = state.draft.fields.iter().filter(|_| field.kind == FieldKind::Radio).filter(same);
    group.map(place).min().unwrap_or_else(|| place(field))
}

/// Its label; of the first button of a group, what the group asks comes before.
fn label(state: &Envelope, field: &FieldDraft) -> String {
    let in_group = |it: &&FieldDraft| {
        it.kind == FieldKind::Radio && (it.recipient, &it.group) == (field.recipient, &field.group)
    };
    let is_first = field.kind == FieldKind::Radio
        && state.draft.fields.iter().find(in_group).is_some_and(|first| first.id == field.id);
    let group = state.draft.groups.iter().find(|it| is_first && Some(&it.key) == field.group.as_ref());
    group.filter(|it| !it.label.is_empty()).map_or_else(|| field.label.clone(), |it| it.label.clone())
}

/// What becomes page content; none where it is a field.
fn written(field: &FieldDraft) -> Option<Written> {
    match field.kind {
        FieldKind::FreeText => Some(Written::Words(field.value.text().to_owned())),
        FieldKind::Strikethrough => Some(Written::Strike),
        _ => None,
    }
}

fn kind(field: &FieldDraft) -> WidgetKind {
    match field.kind {
        FieldKind::Checkbox => WidgetKind::CheckBox,
        FieldKind::Radio => WidgetKind::Radio,
        FieldKind::Signature | FieldKind::Initials | FieldKind::Image | FieldKind::Stamp => WidgetKind::Mark,
        FieldKind::MultilineText => WidgetKind::Lines,
        FieldKind::BoxedText => field.characters_max.map_or(WidgetKind::Text, WidgetKind::Boxes),
        FieldKind::Dropdown => WidgetKind::Choice(
            options(&field.choices)
                .map(|it| Choice { value: it.value.unwrap_or_else(|| it.label.clone()), label: it.label })
                .collect(),
        ),
        _ => WidgetKind::Text,
    }
}

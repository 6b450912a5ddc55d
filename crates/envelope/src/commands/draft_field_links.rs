//! What can be wrong between the fields of a draft: groups, conditions, formulas, keys.

use super::draft_fields::OPTIONS_MAX;
use super::draft_findings::{is_id, nth, text};
use crate::model::draft::Draft;
use crate::model::field::condition::Test;
use crate::model::field::formula::{Formula, Piece};
use crate::model::field::kind::{FieldKind, FilledBy};
use crate::model::field::{FieldDraft, FieldId};
use crate::refusal::Finding;
use crate::values::check::MULTILINE_CHARACTERS_MAX;
use std::collections::{BTreeMap, BTreeSet};

/// A formula has so many parts at most.
const PARTS_MAX: usize = 200;
/// A draft has so many groups at most.
const GROUPS_MAX: usize = 500;

/// Everything that is wrong between fields.
pub(crate) fn findings(draft: &Draft, found: &mut Vec<Finding>) {
    let fields: BTreeMap<&FieldId, &FieldDraft> = draft.fields.iter().map(|it| (&it.id, it)).collect();
    let mut captured = BTreeSet::new();
    for (index, field) in draft.fields.iter().enumerate() {
        if field.capture_key.as_ref().is_some_and(|key| !captured.insert(key)) {
            found.push(Finding::new(
                format!("/fields/{index}/capture_key"),
                "capture_key_repeated",
                "Another field is captured under this key; give each field its own.",
            ));
        }
        condition(draft, &fields, index, field, found);
        formula(draft, &fields, index, field, found);
    }
    circles(&draft.fields, &fields, found);
    groups(draft, found);
}

fn condition(
    draft: &Draft,
    fields: &BTreeMap<&FieldId, &FieldDraft>,
    index: usize,
    field: &FieldDraft,
    found: &mut Vec<Finding>,
) {
    let Some(condition) = &field.only_if else { return };
    let pointer = format!("/fields/{index}/only_if");
    if !matches!(field.kind.filled_by(), FilledBy::Person | FilledBy::Act | FilledBy::Nobody) {
        found.push(Finding::new(
            pointer,
            "field_always_there",
            format!(
                "Field {} is filled by no recipient and is always there; leave the condition out.",
                index + 1
            ),
        ));
        return;
    }
    if let Test::OneOf(values) | Test::NoneOf(values) = &condition.is {
        compared(values, &pointer, found);
    }
    leans_on(draft, fields, field, &condition.field, pointer, found);
}

/// The values that a condition compares with are values that a field can have, and not endlessly many.
fn compared(values: &[String], pointer: &str, found: &mut Vec<Finding>) {
    if values.len() > OPTIONS_MAX {
        found.push(Finding::new(
            format!("{pointer}/is"),
            "too_many",
            format!("A condition names {OPTIONS_MAX} values at most; name fewer."),
        ));
    } else if values.iter().any(|it| it.chars().count() > MULTILINE_CHARACTERS_MAX) {
        found.push(Finding::new(
            format!("{pointer}/is"),
            "text_too_long",
            format!("No value is longer than {MULTILINE_CHARACTERS_MAX} characters; shorten this one."),
        ));
    }
}

fn formula(
    draft: &Draft,
    fields: &BTreeMap<&FieldId, &FieldDraft>,
    index: usize,
    field: &FieldDraft,
    found: &mut Vec<Finding>,
) {
    let Some(formula) = &field.formula else { return };
    let pointer = format!("/fields/{index}/formula");
    let takes = match formula {
        Formula::Sum(_) => matches!(field.kind, FieldKind::Number | FieldKind::Text),
        Formula::Concatenation(_) => matches!(field.kind, FieldKind::Text | FieldKind::MultilineText),
    };
    if !takes {
        found.push(Finding::new(
            pointer,
            "field_takes_no_formula",
            format!("Field {} cannot be computed; make it a text, or a number for a sum.", index + 1),
        ));
        return;
    }
    let parts = match formula {
        Formula::Sum(fields) => fields.len(),
        Formula::Concatenation(pieces) => pieces.len(),
    };
    if !(1..=PARTS_MAX).contains(&parts) {
        let sentence = format!("A formula has 1 to {PARTS_MAX} parts; shorten it, or leave it out.");
        found.push(Finding::new(pointer, "formula_malformed", sentence));
        return;
    }
    if let Formula::Concatenation(pieces) = formula {
        for piece in pieces {
            if let Piece::Words(words) = piece {
                text(words, pointer.clone(), found);
            }
        }
    }
    for other in formula.fields() {
        leans_on(draft, fields, field, other, pointer.clone(), found);
        let number = fields.get(other).is_some_and(|it| it.kind == FieldKind::Number || it.formula.is_some());
        if matches!(formula, Formula::Sum(_)) && fields.contains_key(other) && !number {
            found.push(Finding::new(
                pointer.clone(),
                "sum_of_words",
                format!("A sum adds numbers, and the field {} is none; make it a number.", other.0),
            ));
        }
    }
}

/// A field leans on another one only if that one has its value by then: it is filled by the same person or in an
/// earlier step.
fn leans_on(
    draft: &Draft,
    fields: &BTreeMap<&FieldId, &FieldDraft>,
    field: &FieldDraft,
    other: &FieldId,
    pointer: String,
    found: &mut Vec<Finding>,
) {
    let Some(other) = fields.get(other) else {
        let sentence = format!("There is no field {}; use the id of another field.", other.0);
        found.push(Finding::new(pointer, "field_unknown", sentence));
        return;
    };
    if other.kind.filled_by() != FilledBy::Person {
        found.push(Finding::new(
            pointer,
            "field_without_value",
            format!(
                "The field {} is not filled by hand, so nothing can depend on it; use another one.",
                other.id.0
            ),
        ));
        return;
    }
    let step = |number: u16| nth(&draft.recipients, number.into()).map(|it| it.step);
    let earlier = step(other.recipient).zip(step(field.recipient)).is_some_and(|(theirs, own)| theirs < own);
    if other.recipient != field.recipient && !earlier {
        found.push(Finding::new(pointer, "field_comes_later", format!(
            "The field {} is filled at the same time or later by somebody else; use one of an earlier step.", other.id.0)));
    }
}

/// Fields that lean on themselves, over however many others.
fn circles(all: &[FieldDraft], fields: &BTreeMap<&FieldId, &FieldDraft>, found: &mut Vec<Finding>) {
    // Takes away again and again what leans on nothing that is left; what stays leans on itself.
    let mut open: BTreeMap<&FieldId, usize> = BTreeMap::new();
    let mut behind: BTreeMap<&FieldId, Vec<&FieldId>> = BTreeMap::new();
    for field in all {
        let on: BTreeSet<&FieldId> = field.leans_on().filter(|it| fields.contains_key(it)).collect();
        open.insert(&field.id, on.len());
        for other in on {
            behind.entry(other).or_default().push(&field.id);
        }
    }
    let mut free: Vec<&FieldId> = open.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    while let Some(id) = free.pop() {
        open.remove(id);
        for leaning in behind.get(id).into_iter().flatten() {
            let Some(count) = open.get_mut(leaning) else { continue };
            *count = count.saturating_sub(1);
            if *count == 0 {
                free.push(leaning);
            }
        }
    }
    for (index, _) in all.iter().enumerate().filter(|(_, field)| open.contains_key(&field.id)) {
        found.push(Finding::new(
            format!("/fields/{index}"),
            "fields_in_a_circle",
            format!(
                "Field {} depends on itself, perhaps over others; take one condition or formula out.",
                index + 1
            ),
        ));
    }
}

fn groups(draft: &Draft, found: &mut Vec<Finding>) {
    let mut members: BTreeMap<&str, Vec<&FieldDraft>> = BTreeMap::new();
    for (index, field) in draft.fields.iter().enumerate() {
        let at = || format!("/fields/{index}/group");
        match field.group.as_deref() {
            Some(_) if !field.kind.is_ticked() => found.push(Finding::new(
                at(),
                "field_takes_no_group",
                format!("Field {} is neither a box nor a button; leave the group out.", index + 1),
            )),
            Some(group) => {
                let others = members.entry(group).or_default();
                let same = |it: &&FieldDraft| {
                    (it.kind, it.recipient, it.document) == (field.kind, field.recipient, field.document)
                };
                if !others.iter().all(same) {
                    found.push(Finding::new(at(), "group_mixed", format!(
                        "A group holds boxes, or buttons, of one recipient in one document; give field {} another group.",
                        index + 1)));
                }
                others.push(field);
            }
            None if field.kind == FieldKind::Radio => found.push(Finding::new(
                at(),
                "group_missing",
                format!("Field {} is one button of several; say of which group.", index + 1),
            )),
            None => {}
        }
    }
    if draft.groups.len() > GROUPS_MAX {
        found.push(Finding::new(
            "/groups",
            "too_many",
            format!("There are {GROUPS_MAX} groups at most; leave some out."),
        ));
        return;
    }
    let mut keys = BTreeSet::new();
    for (index, group) in draft.groups.iter().enumerate() {
        let at = |key: &str| format!("/groups/{index}/{key}");
        text(&group.label, at("label"), found);
        if !is_id(&group.key) || !keys.insert(&group.key) {
            found.push(Finding::new(
                at("key"),
                "key_malformed",
                "A group has a key of its own: 1 to 64 letters, digits, hyphens or underscores.",
            ));
        }
        let size = members.get(group.key.as_str()).map_or(0, Vec::len);
        if size == 0 {
            found.push(Finding::new(
                at("key"),
                "group_empty",
                "No field is in this group; put boxes into it or leave it out.",
            ));
        } else if usize::from(group.min) > size || group.max.is_some_and(|max| max < group.min.max(1)) {
            found.push(Finding::new(
                at("min"),
                "bounds_crossed",
                format!("So many of {size} boxes can never be ticked; correct min and max."),
            ));
        }
    }
}

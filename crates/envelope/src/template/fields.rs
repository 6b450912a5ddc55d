//! Which fields of a template are given a value when it is used, and how they get it.

use crate::model::draft::Draft;
use crate::model::field::FieldDraft;
use crate::model::field::kind::FilledBy;
use crate::refusal::Finding;
use std::collections::BTreeMap;

/// What can be filled beforehand: the fields of one merge key, or a field that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField<'t> {
    /// The merge key, or the field's id where it has none.
    pub key: &'t str,
    /// The fields that take the value; there is at least one.
    pub fields: Vec<&'t FieldDraft>,
}

/// What of a template can be filled beforehand, in the order of its fields.
pub fn form_fields(template: &Draft) -> Vec<FormField<'_>> {
    let mut all: Vec<FormField<'_>> = Vec::new();
    for field in template.fields.iter().filter(|it| takes_value(it)) {
        let key = key(field);
        match all.iter_mut().find(|it| it.key == key) {
            Some(known) => known.fields.push(field),
            None => all.push(FormField { key, fields: vec![field] }),
        }
    }
    all
}

/// What is wrong with this draft already as a template. A value that comes with each use may lack in it.
pub(super) fn lacks_at_use_alone(template: &Draft, finding: &Finding) -> bool {
    let lacking = matches!(finding.code, "read_only_and_empty" | "words_missing");
    lacking && field_at(template, finding).is_some_and(|it| it.merge_key.is_some())
}

/// Gives the fields their values, by merge key or by id.
pub(super) fn set(draft: &mut Draft, values: &BTreeMap<String, String>, found: &mut Vec<Finding>) {
    for (name, value) in values {
        let mut taken = false;
        for field in draft.fields.iter_mut().filter(|it| takes_value(it)) {
            if key(field) == name || field.id.0 == *name {
                field.value = told(field, value).into();
                taken = true;
            }
        }
        if !taken {
            found.push(Finding::new(
                pointer(name),
                "value_unknown",
                format!("The template has no field \u{201c}{name}\u{201d} that takes a value; leave it out."),
            ));
        }
    }
}

/// The findings of a filled draft, in the words of who filled it.
pub(super) fn in_words_of_use(draft: &Draft, finding: Finding) -> Finding {
    let of_value = finding.pointer.ends_with("/value");
    match field_at(draft, &finding).filter(|_| of_value) {
        Some(field) => Finding { pointer: pointer(key(field)), ..finding },
        None => finding,
    }
}

fn field_at<'d>(draft: &'d Draft, finding: &Finding) -> Option<&'d FieldDraft> {
    let rest = finding.pointer.strip_prefix("/fields/")?;
    draft.fields.get(rest.split('/').next()?.parse::<usize>().ok()?)
}

fn key(field: &FieldDraft) -> &str {
    field.merge_key.as_deref().unwrap_or(&field.id.0)
}

fn takes_value(field: &FieldDraft) -> bool {
    let by_hand = field.kind.filled_by() == FilledBy::Person && !field.kind.takes_file();
    let words = field.merge_key.is_some() && field.kind == crate::FieldKind::FreeText;
    (by_hand || words) && field.formula.is_none()
}

/// A value as the field keeps it: a box may be ticked in several words.
fn told(field: &FieldDraft, value: &str) -> String {
    if !field.kind.is_ticked() {
        return value.to_owned();
    }
    match value.trim().to_lowercase().as_str() {
        "true" | "yes" | "x" | "1" => "true".to_owned(),
        "" | "false" | "no" | "0" => "false".to_owned(),
        _ => value.to_owned(),
    }
}

fn pointer(name: &str) -> String {
    format!("/values/{}", name.replace('~', "~0").replace('/', "~1"))
}

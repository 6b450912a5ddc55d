//! Boxes and buttons that are counted together.

use crate::model::field::FieldDraft;
use crate::model::field::kind::FieldKind;
use crate::refusal::Finding;
use crate::state::Envelope;
use crate::values::Sheet;
use std::collections::BTreeMap;

/// Adds each group of a recipient of which too few or too many are ticked, at its first box. Boxes that are not there
/// do not count, and a group none of whose boxes is there asks for nothing.
pub(crate) fn miscounted(state: &Envelope, recipient: u16, sheet: &Sheet<'_>, found: &mut Vec<Finding>) {
    let mut groups: BTreeMap<&str, Vec<&FieldDraft>> = BTreeMap::new();
    for field in state.fields_of(recipient).filter(|field| sheet.is_there(field)) {
        if let Some(group) = field.group.as_deref().filter(|_| field.kind.is_ticked()) {
            groups.entry(group).or_default().push(field);
        }
    }
    for (key, members) in groups {
        let Some(first) = members.first() else { continue };
        let ticked = members.iter().filter(|field| sheet.value(&field.id) == "true").count();
        let (min, max) = bounds(state, key, &members);
        let Some((code, sentence)) = wrong(ticked, min, max) else { continue };
        found.push(Finding::new(format!("/values/{}", first.id.0), code, sentence));
    }
}

/// How many of a group are ticked at least and at most. Of radio buttons it is one at most; where a member is required,
/// one at least.
fn bounds(state: &Envelope, key: &str, members: &[&FieldDraft]) -> (usize, usize) {
    let group = state.draft.groups.iter().find(|it| it.key == key);
    let required = usize::from(members.iter().any(|it| it.required));
    let radio = members.iter().any(|it| it.kind == FieldKind::Radio);
    let most = if radio { 1 } else { members.len() };
    let min = group.map_or(0, |it| usize::from(it.min)).max(required);
    let max = group.and_then(|it| it.max).map_or(most, usize::from).min(most);
    // Conditions can have taken so many boxes away that the least cannot be reached.
    (min.min(members.len()), max)
}

fn wrong(ticked: usize, min: usize, max: usize) -> Option<(&'static str, String)> {
    if ticked < min {
        let sentence = match (min, max) {
            (1, 1) => "Choose one of these, then finish.".to_owned(),
            _ => format!("{ticked} of these are ticked; tick {min} at least, then finish."),
        };
        return Some(("group_too_few", sentence));
    }
    (ticked > max).then(|| {
        ("group_too_many", format!("{ticked} of these are ticked; leave {max} at most, then finish."))
    })
}

//! A field as its recipient's page needs it.

use super::file::FileAnswer;
use crate::v1::wire::field::WireStyle;
use serde::Serialize;
use service::envelope::values::Sheet;
use service::envelope::values::check::options;
use service::envelope::{
    Check, Condition, Envelope, FieldDraft, FieldGroup, FieldId, FieldKind, FileWishes, FilledBy, Formula,
    Placing,
};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// A field of the recipient.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct CeremonyField {
    id: String,
    #[serde(rename = "type")]
    kind: FieldKind,
    document: u16,
    page: u32,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    required: bool,
    label: String,
    /// What stands there: filled by them before, given by the sender, computed, or known to the server.
    value: Option<String>,
    /// The value stays as it is.
    read_only: bool,
    placeholder: String,
    hint: String,
    /// What a value has to be; the server says whether it is.
    check: Check,
    characters_max: Option<u16>,
    /// What can be chosen.
    options: Vec<OptionAnswer>,
    /// Which files can be added.
    files: FileWishes,
    /// The file that they added.
    file: Option<FileAnswer>,
    group: Option<String>,
    style: WireStyle,
    tab_order: Option<u16>,
    /// Whether it is there now.
    there: bool,
    /// There only while another field has a certain value.
    only_if: Option<Condition>,
    /// Computed from other fields instead of filled.
    formula: Option<Formula>,
    /// They placed it themselves, and can move it or take it away.
    placed: bool,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct OptionAnswer {
    /// What the person reads.
    label: String,
    /// What is sent.
    value: String,
}

/// What a field of somebody else holds.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(super) struct Known {
    /// The field.
    field: String,
    /// Whether it is a box or a button.
    ticked: bool,
    value: String,
}

/// The fields of a recipient.
pub(super) fn of(state: &Envelope, recipient: u16) -> Vec<CeremonyField> {
    let Some(progress) = state.status.progress() else { return Vec::new() };
    let now = BTreeMap::new();
    let sheet = Sheet::new(&state.draft, &progress.values, &now);
    let value = |field: &FieldDraft| match field.kind {
        FieldKind::RecipientName => state.recipient(recipient).map(|it| it.name.text().to_owned()),
        FieldKind::RecipientEmail => state.recipient(recipient).map(|it| it.email.text().to_owned()),
        FieldKind::Note => Some(field.value.text().to_owned()),
        _ => {
            let said = field.formula.is_some() || sheet.is_given(field);
            said.then(|| sheet.value(&field.id))
        }
    };
    state
        .fields_of(recipient)
        .map(|field| CeremonyField {
            id: field.id.0.clone(),
            kind: field.kind,
            document: field.document,
            page: field.page,
            x: field.rect.x.get(),
            y: field.rect.y.get(),
            width: field.rect.width.get(),
            height: field.rect.height.get(),
            required: field.required,
            label: field.label.clone(),
            value: value(field),
            read_only: field.read_only,
            placeholder: field.placeholder.clone(),
            hint: field.hint.clone(),
            check: field.check.clone(),
            characters_max: field.characters_max,
            options: options(&field.choices)
                .map(|it| OptionAnswer {
                    value: it.value.unwrap_or_else(|| it.label.clone()),
                    label: it.label,
                })
                .collect(),
            files: field.files.clone(),
            file: progress.files.get(&field.id).and_then(FileAnswer::of),
            group: field.group.clone(),
            style: WireStyle::from_draft(&field.style),
            tab_order: field.tab_order,
            there: sheet.is_there(field),
            only_if: field.only_if.clone(),
            formula: field.formula.clone(),
            placed: field.placing == Placing::Recipient,
        })
        .collect()
}

/// What is said of the groups of their fields.
pub(super) fn groups(state: &Envelope, recipient: u16) -> Vec<FieldGroup> {
    let theirs: BTreeSet<&str> = state.fields_of(recipient).filter_map(|it| it.group.as_deref()).collect();
    state.draft.groups.iter().filter(|it| theirs.contains(it.key.as_str())).cloned().collect()
}

/// What fields of others hold on which theirs lean. A confidential one is named to nobody: what leans on it stays as
/// the server says.
pub(super) fn known(state: &Envelope, recipient: u16) -> Vec<Known> {
    let Some(progress) = state.status.progress() else { return Vec::new() };
    let now = BTreeMap::new();
    let sheet = Sheet::new(&state.draft, &progress.values, &now);
    let own: BTreeSet<&FieldId> = state.fields_of(recipient).map(|it| &it.id).collect();
    let mut asked: BTreeSet<&FieldId> = BTreeSet::new();
    for field in state.fields_of(recipient) {
        asked.extend(field.only_if.iter().map(|it| &it.field));
        asked.extend(field.formula.iter().flat_map(Formula::fields));
    }
    let others = state.draft.fields.iter().filter(|it| asked.contains(&it.id) && !own.contains(&it.id));
    others
        .filter(|it| it.kind.filled_by() == FilledBy::Person && !it.confidential)
        .map(|it| Known { field: it.id.0.clone(), ticked: it.kind.is_ticked(), value: sheet.value(&it.id) })
        .collect()
}

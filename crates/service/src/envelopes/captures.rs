//! What was filled, under the keys that the sender gave: of acts that are done alone.

use super::view::EnvelopeView;
use crate::documents::drawn;
use envelope::{Envelope, FieldDraft, FieldKind, FileType, Outcome, Progress, Status};
use std::collections::BTreeMap;

/// A value as a program is told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Capture {
    /// Words, a number, a date.
    Text(String),
    /// A box or a button: ticked or not.
    Ticked(bool),
    /// A file.
    File {
        /// Its name on the recipient's device.
        name: String,
        /// What it is.
        kind: FileType,
        /// SHA-256, hexadecimal.
        digest: String,
    },
}

impl EnvelopeView {
    /// The values of the fields that have a key, of those who are done.
    pub fn captures(&self) -> BTreeMap<String, Capture> {
        let state = &self.envelope;
        let Some(progress) = state.status.progress() else { return BTreeMap::new() };
        let of_key = |field: &FieldDraft| {
            let key = field.capture_key.clone()?;
            Some((key, captured(state, progress, field)?))
        };
        state.draft.fields.iter().filter_map(of_key).collect()
    }
}

/// The value of a field, once whoever fills it is done; none where it was erased.
pub(crate) fn captured(state: &Envelope, progress: &Progress, field: &FieldDraft) -> Option<Capture> {
    if field.kind == FieldKind::DateCompleted {
        let Status::Ended(ending) = &state.status else { return None };
        let completed = ending.outcome == Outcome::Completed;
        return completed.then(|| Capture::Text(drawn::completed_on(state, progress)));
    }
    progress.part(field.recipient)?.done_at()?;
    if field.kind.takes_file() {
        let file = progress.files.get(&field.id)?;
        let digest = file.digest.known()?.to_string();
        return Some(Capture::File { name: file.name.text().to_owned(), kind: file.kind, digest });
    }
    let value = progress.values.get(&field.id)?.known()?;
    Some(match field.kind.is_ticked() {
        true => Capture::Ticked(value == "true"),
        false => Capture::Text(value.clone()),
    })
}

//! A recipient adds a file to a field.

use super::turn;
use crate::decision::{Context, Decision};
use crate::event::Event;
use crate::model::field::FieldId;
use crate::model::field::file::{AttachedFile, FileType};
use crate::refusal::{Finding, Refusal};
use crate::state::Envelope;

/// A file that is added to a field has so many bytes at most, whatever its sender allows.
pub const FILE_BYTES_MAX: u64 = 25 * 1024 * 1024;

/// Adds a file, in place of the one that was there. What it is was told by its content, not by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachFile {
    /// Number of the recipient.
    pub recipient: u16,
    /// The field.
    pub field: FieldId,
    /// The file, already kept.
    pub file: AttachedFile,
}

impl AttachFile {
    pub(crate) fn decide(&self, state: &Envelope, context: &Context) -> Result<Decision, Refusal> {
        let progress = turn::with_consent(state, self.recipient, context)?;
        Refusal::unless_empty(self.wrong(state).into_iter().collect())?;
        if progress.files.get(&self.field) == Some(&self.file) {
            return Ok(Decision::default());
        }
        let (recipient, field, file) = (self.recipient, self.field.clone(), self.file.clone());
        Ok(Decision::of(Event::FileAttached { recipient, field, file }))
    }

    fn wrong(&self, state: &Envelope) -> Option<Finding> {
        let pointer = || format!("/values/{}", self.field.0.replace('~', "~0").replace('/', "~1"));
        let field = state.fields_of(self.recipient).find(|it| it.id == self.field && it.kind.takes_file());
        let Some(field) = field.filter(|it| !it.read_only) else {
            return Some(Finding::new(
                pointer(),
                "field_unknown",
                "There is no field for a file here; load the page again.",
            ));
        };
        let pictures = [FileType::Jpeg, FileType::Png];
        let all = [FileType::Pdf, FileType::Jpeg, FileType::Png];
        let allowed: &[FileType] = match field.files.types.as_slice() {
            _ if field.kind.is_picture() => &pictures,
            [] => &all,
            types => types,
        };
        if !allowed.contains(&self.file.kind) {
            let names: Vec<&str> = allowed.iter().map(|it| it.name()).collect();
            return Some(Finding::new(
                pointer(),
                "file_type_not_allowed",
                format!("This is a {}; add one of these: {}.", self.file.kind.name(), names.join(", ")),
            ));
        }
        let most = field.files.bytes_max.unwrap_or(FILE_BYTES_MAX).min(FILE_BYTES_MAX);
        (self.file.length > most).then(|| {
            let kilobytes = most / 1024;
            Finding::new(
                pointer(),
                "file_too_large",
                format!("This is larger than {kilobytes} kB; add a smaller one."),
            )
        })
    }
}

//! Files that recipients added.

use serde::Serialize;
use service::envelope::{AttachedFile, Envelope, FileType, SealedFile};
use utoipa::ToSchema;

/// A file that a recipient added.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FileAnswer {
    /// Its name.
    name: String,
    /// What it is, told by its content.
    #[serde(rename = "type")]
    kind: FileType,
    /// Its length in bytes.
    length: u64,
    /// Its SHA-256, hexadecimal.
    digest: String,
}

impl FileAnswer {
    /// None where its data were erased.
    pub(crate) fn of(file: &AttachedFile) -> Option<Self> {
        Some(Self {
            name: file.name.known()?.clone(),
            kind: file.kind,
            length: file.length,
            digest: file.digest.known()?.to_string(),
        })
    }
}

/// A file, and where it was added.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FileOfField {
    /// The field.
    field: String,
    /// What was asked for there.
    label: String,
    /// Number of the recipient, from 1.
    recipient: u16,
    #[serde(flatten)]
    file: FileAnswer,
    /// The same with the tenant's seal on it, as it is downloaded; a PDF that takes one, in a completed envelope.
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<SealedAnswer>,
}

/// A file with the seal on it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct SealedAnswer {
    /// Its length in bytes.
    length: u64,
    /// Its SHA-256, hexadecimal.
    digest: String,
}

impl SealedAnswer {
    fn of(file: &SealedFile) -> Option<Self> {
        Some(Self { length: file.length, digest: file.digest.known()?.to_string() })
    }
}

/// The files that were added, as far as this recipient may see them; all of them for the sender.
pub(crate) fn of(state: &Envelope, viewer: Option<u16>) -> Vec<FileOfField> {
    let Some(progress) = state.status.progress() else { return Vec::new() };
    let fields = state.draft.fields.iter();
    let open = fields.filter(|it| viewer.is_none_or(|viewer| state.may_see_field(viewer, &it.id)));
    open.filter_map(|field| {
        Some(FileOfField {
            field: field.id.0.clone(),
            label: field.label.clone(),
            recipient: field.recipient,
            file: FileAnswer::of(progress.files.get(&field.id)?)?,
            sealed: progress.sealed_files.get(&field.id).and_then(SealedAnswer::of),
        })
    })
    .collect()
}

//! An upload on the wire.

use super::WirePage;
use serde::Serialize;
use service::envelope::Certification;
use service::uploads::Upload;
use utoipa::ToSchema;

/// What was found in an upload.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct UploadAnswer {
    /// Its id, to be used in an envelope.
    id: String,
    /// The name it came with.
    filename: String,
    /// SHA-256 of the bytes as they came.
    digest: String,
    /// Length in bytes.
    size: u64,
    /// The pages as they are shown.
    pages: Vec<WirePage>,
    /// How many signatures it came with.
    signatures: u16,
    /// What a certification in it allows: `no_changes`, `fill_forms`, `annotate`.
    certification: Option<&'static str>,
    /// Encrypted, and readable without a password.
    encrypted: bool,
    /// Why it was rewritten on intake; null where it is used as it came.
    rewritten: Option<String>,
}

impl From<&Upload> for UploadAnswer {
    fn from(upload: &Upload) -> Self {
        let facts = &upload.facts;
        Self {
            id: upload.id.clone(),
            filename: upload.file_name.clone(),
            digest: facts.digest.to_string(),
            size: facts.length,
            pages: facts.pages.iter().map(WirePage::from).collect(),
            signatures: facts.signatures,
            certification: facts.certification.map(|it| match it {
                Certification::NoChanges => "no_changes",
                Certification::FillForms => "fill_forms",
                Certification::Annotate => "annotate",
            }),
            encrypted: upload.encrypted,
            rewritten: upload.rewritten.clone(),
        }
    }
}

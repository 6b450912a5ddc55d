//! An upload on the wire.

use super::WirePage;
use serde::Serialize;
use service::documents::find_text::{FOUND_MAX, FoundText};
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
            certification: facts.certification.map(certification),
            encrypted: upload.encrypted,
            rewritten: upload.rewritten.clone(),
        }
    }
}

/// Where a text stands in an upload.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(crate) struct FoundAnswer {
    /// The places, page by page.
    occurrences: Vec<Occurrence>,
    /// So many are told at most.
    limit: usize,
    /// Whether there are more.
    more: bool,
    /// Pages whose text could not be read, because there is too much of it.
    unread_pages: Vec<u32>,
}

/// A place on a page as it is shown: points, origin top left.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
struct Occurrence {
    /// The page, from 1.
    page: u32,
    /// Distance of its left side from the left side of the page.
    x: f64,
    /// Distance of its upper side from the upper side of the page.
    y: f64,
    /// Width.
    width: f64,
    /// Height.
    height: f64,
    /// Whether a letter or digit stands right before or after it.
    inside_word: bool,
}

impl From<&FoundText> for FoundAnswer {
    fn from(found: &FoundText) -> Self {
        // Thousandths of a point: what is smaller is noise of the arithmetic.
        let round = |number: f64| (number * 1000.0).round() / 1000.0;
        Self {
            occurrences: found
                .places
                .iter()
                .map(|place| Occurrence {
                    page: place.page,
                    x: round(place.rect.x),
                    y: round(place.rect.y),
                    width: round(place.rect.width),
                    height: round(place.rect.height),
                    inside_word: place.inside_word,
                })
                .collect(),
            limit: FOUND_MAX,
            more: found.more,
            unread_pages: found.unread.clone(),
        }
    }
}

/// The word for what a certification allows.
pub(super) fn certification(it: Certification) -> &'static str {
    match it {
        Certification::NoChanges => "no_changes",
        Certification::FillForms => "fill_forms",
        Certification::Annotate => "annotate",
    }
}

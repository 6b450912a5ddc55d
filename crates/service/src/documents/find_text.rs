//! Where a text stands in an upload.

use crate::error::{Class, Error};
use crate::server::{Mode, Service};
use pdf::Found;
use std::sync::Arc;

/// So many occurrences are told at most.
pub const FOUND_MAX: usize = 1000;
/// So long a text is looked for.
const NEEDLE_CHARACTERS_MAX: usize = 500;

/// What a search gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundText {
    /// The places, page by page.
    pub places: Vec<Found>,
    /// Whether there are more than [`FOUND_MAX`].
    pub more: bool,
    /// Pages whose text could not be read, because there is too much of it.
    pub unread: Vec<u32>,
}

impl Service {
    /// Every occurrence of a text on the pages of an upload, as it will be sent.
    ///
    /// # Errors
    /// `find_wrong` where there is nothing to find; [`Error::NotFound`].
    pub async fn find_in_upload(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        id: &str,
        needle: &str,
    ) -> Result<FoundText, Error> {
        let upload = self.find_upload(tenant, mode, id).await?.ok_or(Error::NotFound { what: "upload" })?;
        if needle.trim().is_empty() || needle.chars().count() > NEEDLE_CHARACTERS_MAX {
            return Err(Error::Wrong {
                class: Class::Malformed,
                code: "find_wrong",
                sentence: format!(
                    "Say in `find` what is looked for: 1 to {NEEDLE_CHARACTERS_MAX} characters, not only blanks."
                ),
            });
        }
        let source = self.source(tenant, upload.facts.sent.digest).await?;
        let needle = needle.to_owned();
        tokio::task::spawn_blocking(move || search(source, &needle)).await.map_err(Error::fault)?
    }
}

fn search(source: Arc<dyn pdf::Source>, needle: &str) -> Result<FoundText, Error> {
    let document = pdf::Document::open(source).map_err(Error::fault)?;
    let mut found = FoundText::default();
    for page in 1..=document.page_count().map_err(Error::fault)? {
        match document.page_text(page) {
            Ok(text) => found.places.extend(text.find(needle)),
            Err(pdf::Error::TooComplex(_)) => found.unread.push(page),
            Err(error) => return Err(Error::fault(error)),
        }
        if found.places.len() > FOUND_MAX {
            found.places.truncate(FOUND_MAX);
            found.more = true;
            break;
        }
    }
    Ok(found)
}

//! The tags of an upload: its text is looked through page by page, and what stands there the rules turn into fields.

use crate::error::Error;
use crate::server::{Mode, Service};
use crate::uploads::Upload;
use envelope::tags::{Grammar, PlacedTag, TaggedFields, fields_of, tags_in};
use envelope::{PageSize, Rect, TagTextWish};
use std::sync::Arc;

/// Of so many tags at most the places are told; a document with more of them is no form of anybody's.
const TAGS_MAX: usize = 5_000;

impl Service {
    /// What the tags of these grammars in an upload come to; `document` is its number in the draft that they are for, and
    /// `text` says what becomes of the tags' own text there.
    ///
    /// # Errors
    /// `NotFound` for an upload that the caller may not see.
    pub async fn tags(
        &self,
        tenant: &str,
        mode: Option<Mode>,
        upload: &str,
        grammars: Vec<Grammar>,
        document: u16,
        text: Option<TagTextWish>,
    ) -> Result<TaggedFields, Error> {
        let found = self.find_upload(tenant, mode, upload).await?;
        let upload = found.ok_or(Error::NotFound { what: "upload" })?;
        let source = self.source(tenant, upload.facts.sent.digest).await?;
        let look = move || look(source, &upload, &grammars).map(|tags| fields_of(&tags, document, text));
        tokio::task::spawn_blocking(look).await.map_err(Error::fault)?
    }
}

fn look(
    source: Arc<dyn pdf::Source>,
    upload: &Upload,
    grammars: &[Grammar],
) -> Result<Vec<PlacedTag>, Error> {
    let document = pdf::Document::open(source).map_err(Error::fault)?;
    let mut tags = Vec::new();
    for (number, size) in (1..).zip(&upload.facts.pages) {
        // A page that cannot be read has no tags, and holds up none of the others.
        let Ok(text) = document.page_text(number) else { continue };
        tags.extend(on_page(&text, number, *size, grammars));
        if tags.len() > TAGS_MAX {
            tags.truncate(TAGS_MAX);
            break;
        }
    }
    Ok(tags)
}

fn on_page(text: &pdf::PageText, page: u32, size: PageSize, grammars: &[Grammar]) -> Vec<PlacedTag> {
    let found = tags_in(text.text(), grammars).into_iter();
    let placed = found.filter_map(|tag| {
        let place = text.place(tag.range.clone())?;
        let lines = text.places(tag.range.clone());
        let lines = lines.into_iter().filter_map(|line| place_of(line)?.within(size.width, size.height));
        Some(PlacedTag {
            lines: lines.collect(),
            grammar: tag.grammar,
            text: text.text().get(tag.range)?.to_owned(),
            page,
            size,
            rect: place_of(place.rect)?,
            inside_word: place.inside_word,
            wish: tag.wish,
        })
    });
    placed.take(TAGS_MAX + 1).collect()
}

/// A place as the rules have it; `None` for what is none on any page.
pub(crate) fn place_of(rect: pdf::Rect) -> Option<Rect> {
    Rect::new(rect.x, rect.y, rect.width, rect.height)
}

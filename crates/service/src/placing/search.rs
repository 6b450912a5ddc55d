//! The places of several texts in one document, which is read once for all of them.

use super::{Anchor, PLACED_MAX};
use crate::error::Error;
use std::sync::Arc;

/// So long a text is looked for.
pub(super) const TEXT_CHARACTERS_MAX: usize = 500;

/// A text on a page as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hit {
    pub(super) page: u32,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The places of each anchor. A page of which there is too much to read has no text.
pub(super) fn search(source: Arc<dyn pdf::Source>, anchors: &[Anchor]) -> Result<Vec<Vec<Hit>>, Error> {
    let document = pdf::Document::open(source).map_err(Error::fault)?;
    let pages = document.page_count().map_err(Error::fault)?;
    let mut hits: Vec<Vec<Hit>> = vec![Vec::new(); anchors.len()];
    for page in 1..=pages {
        if !anchors.iter().any(|anchor| anchor.pages.holds(page, pages)) {
            continue;
        }
        let text = match document.page_text(page) {
            Ok(text) => text,
            Err(pdf::Error::TooComplex(_)) => continue,
            Err(error) => return Err(Error::fault(error)),
        };
        for (anchor, hits) in anchors.iter().zip(&mut hits) {
            if anchor.pages.holds(page, pages) && hits.len() < PLACED_MAX {
                let found = text.find(&anchor.text).into_iter();
                hits.extend(found.map(|it| {
                    let pdf::Rect { x, y, width, height } = it.rect;
                    Hit { page, x, y, width, height }
                }));
            }
        }
    }
    for (anchor, hits) in anchors.iter().zip(&mut hits) {
        if let Some(number) = anchor.occurrence {
            let wanted =
                usize::try_from(number).ok().and_then(|number| hits.get(number.checked_sub(1)?).copied());
            *hits = wanted.into_iter().collect();
        }
    }
    Ok(hits)
}

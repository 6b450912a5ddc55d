//! The words across every page of a test.

use std::collections::BTreeMap;

use super::overlay::{put_save, wrap};
use crate::appearance::{InkRefusal, deflated, number, outlined_text};
use crate::fonts::Face;
use crate::form::Error;
use crate::geometry::Page;
use crate::object::{Dictionary, ObjectId};
use crate::revision::Revision;

/// Part of the page's diagonal that the words fill.
const SHARE: f64 = 0.7;
/// Largest size in points.
const SIZE_MAX: f64 = 120.0;

/// Prints `words` over every page. The words are outlines, stroked and not filled: they hide nothing below them and
/// need no resource, so that the page's own /Resources (inherited, shared, indirect) stay untouched.
pub(super) fn print(revision: &mut Revision<'_>, words: &str) -> Result<(), Error> {
    if !Face::Bold.covers(words) || words.trim().is_empty() {
        return Err(InkRefusal::TextNotDrawable { missing: Face::Bold.missing(words) }.into());
    }
    let save = put_save(revision);
    let mut marks: BTreeMap<String, ObjectId> = BTreeMap::new();
    for number in 1..=revision.document().page_count()? {
        let page = revision.document().page(number)?;
        let content = mark(&page, words);
        let id = match marks.get(&content) {
            Some(known) => *known,
            None => {
                let id = revision.allocate();
                revision.put(id, deflated(Dictionary::new(), content.as_bytes()));
                marks.insert(content, id);
                id
            }
        };
        wrap(revision, page.id, save, id)?;
    }
    Ok(())
}

fn mark(page: &Page, words: &str) -> String {
    let diagonal = page.width.hypot(page.height);
    let size = (diagonal * SHARE / Face::Bold.width(words, 1.0)).min(SIZE_MAX);
    let (width, capitals) = (Face::Bold.width(words, size), Face::Bold.cap_height() * size);
    // From the corner below on the left to the one above on the right, as shown; a /Rotate turns the page clockwise.
    let angle = page.height.atan2(page.width) + f64::from(page.rotate).to_radians();
    let (sine, cosine) = angle.sin_cos();
    let [left, bottom, right, top] = page.crop_box;
    let unit = 1.0 / page.user_unit;
    let turn = [cosine * unit, sine * unit, -sine * unit, cosine * unit];
    let outlines = outlined_text(Face::Bold, words, size, -width / 2.0, -capitals / 2.0);
    format!(
        "Q\n/Artifact BMC\nq\n{:.5} {:.5} {:.5} {:.5} {} {} cm\n0.6 G\n0.7 w\n1 j\n{outlines}S\nQ\nEMC\n",
        turn[0],
        turn[1],
        turn[2],
        turn[3],
        number((left + right) / 2.0),
        number((bottom + top) / 2.0),
    )
}

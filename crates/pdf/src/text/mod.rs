//! The text of a page: every letter with its place, whether it is seen or not.
//!
//! Text is found where it stands on the page as it is shown: across strings that were split or kerned, in ligatures,
//! turned, white on white or invisible, in form XObjects. What this never does: guess at letters that no font names;
//! run for ever or eat memory for a stranger's file ([`crate::limits`]); draw.
//!
//! From the file inwards: `content` (operators), `interpreter` (what they do), `show` and `font` (from strings to
//! glyphs), `lines` (the order of reading), [`PageText`] (the answer).

mod accents;
mod annotations;
mod content;
mod erase;
mod fold;
mod font;
mod forgive;
mod glyph;
mod interpreter;
mod lines;
mod marks;
mod matrix;
mod page_text;
mod resources;
mod right_to_left;
mod show;

pub(crate) use erase::{Erased, NotErased};
pub(crate) use font::Font;
pub use page_text::{Found, PageText};

use crate::document::Document;
use crate::error::Error;

impl Document {
    /// The text of a page by its number, from 1. What is damaged has no text; the rest of the page has.
    ///
    /// # Errors
    /// `NoSuchPage`, `TooComplex`, `Read`.
    pub fn page_text(&self, number: u32) -> Result<PageText, Error> {
        let page = self.page(number)?;
        let mut interpreter = interpreter::Interpreter::new(self, &page);
        interpreter.page(&page)?;
        let mut glyphs = interpreter.glyphs;
        accents::join(&mut glyphs);
        Ok(PageText::new(number, glyphs))
    }
}

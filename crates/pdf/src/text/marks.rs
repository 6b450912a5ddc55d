//! Marked content that says by itself what it shows (14.9.4): hyphens of broken words, letters drawn as pictures.

use super::glyph::Glyph;
use crate::limits::GRAPHICS_STATES_MAX;

/// What is open. Text within text is that of the outermost.
#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Option<(String, usize)>>,
    /// Marks that were opened beyond the limit.
    beyond: usize,
}

impl Marks {
    pub(super) fn begin(&mut self, text: Option<String>, glyphs: usize) {
        if self.open.len() >= GRAPHICS_STATES_MAX {
            self.beyond = self.beyond.saturating_add(1);
            return;
        }
        let within = self.open.iter().any(Option::is_some);
        self.open.push(text.filter(|_| !within).map(|text| (text, glyphs)));
    }

    pub(super) fn end(&mut self, glyphs: &mut Vec<Glyph>) {
        if self.beyond > 0 {
            self.beyond = self.beyond.saturating_sub(1);
            return;
        }
        if let Some(Some((text, first))) = self.open.pop() {
            replace(glyphs, first, &text);
        }
    }
}

/// Lets the glyphs from `first` say `text`, where they stand on one line; where they do not, they say what they said.
fn replace(glyphs: &mut Vec<Glyph>, first: usize, text: &str) {
    let Some([one, others @ ..]) = glyphs.get(first..) else { return };
    let tolerance = one.em * 0.2;
    let same_line = others
        .iter()
        .all(|other| other.along == one.along && (other.baseline() - one.baseline()).abs() <= tolerance);
    if !same_line {
        return;
    }
    let start = others.iter().fold(one.start(), |start, glyph| start.min(glyph.start()));
    let end = others.iter().fold(one.end(), |end, glyph| end.max(glyph.end()));
    let by_itself: String = glyphs.iter().skip(first).map(|glyph| &*glyph.text).collect();
    if by_itself == text {
        return;
    }
    let mut whole = one.clone();
    let ahead = start - whole.start();
    whole.origin = [whole.origin[0] + whole.along[0] * ahead, whole.origin[1] + whole.along[1] * ahead];
    whole.advance = whole.along.map(|part| part * (end - start));
    whole.text = text.into();
    glyphs.truncate(first);
    if !text.is_empty() {
        glyphs.push(whole);
    }
}

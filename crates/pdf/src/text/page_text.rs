//! The text of a page, and where each letter of it stands.

use std::ops::Range;

use super::fold::Folded;
use super::glyph::Glyph;
use super::lines::{self, Part};
use crate::geometry::Rect;

/// The text of one page in the order in which it is read, with the place of each letter.
#[derive(Debug, Clone)]
pub struct PageText {
    page: u32,
    text: String,
    letters: Vec<Letter>,
    glyphs: Vec<Glyph>,
    folded: Folded,
}

/// A place where a text stands on a page.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Found {
    /// The page, from 1.
    pub page: u32,
    /// Its box on the page as shown: from the beginning of the first letter to the end of the last, from the font's
    /// descent to its ascent. Of text that is turned, the upright box around it.
    pub rect: Rect,
    /// Distance of the baseline, where the text begins, from the upper side of the page.
    pub baseline: f64,
    /// Whether a letter or digit stands right before or after it: a tag in the middle of a word may be a mistake.
    pub inside_word: bool,
}

/// One character of the text.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// Where it begins in the text.
    at: u32,
    /// Its glyph; `NO_GLYPH` for spaces and ends of lines, which nobody painted.
    glyph: u32,
    /// Which of so many letters of its glyph it is.
    part: u8,
    parts: u8,
}

const NO_GLYPH: u32 = u32::MAX;

impl PageText {
    /// The page of these glyphs, which come in the order in which they were painted.
    pub(super) fn new(page: u32, glyphs: Vec<Glyph>) -> Self {
        let mut text = String::new();
        let mut letters = Vec::new();
        let mut put = |letter: char, glyph: u32, part: u8, parts: u8| {
            letters.push(Letter { at: u32::try_from(text.len()).unwrap_or(u32::MAX), glyph, part, parts });
            text.push(letter);
        };
        for part in lines::read(&glyphs) {
            match part {
                Part::Space => put(' ', NO_GLYPH, 0, 1),
                Part::LineEnd => put('\n', NO_GLYPH, 0, 1),
                Part::Glyph(place) => {
                    let said = glyphs.get(place).map(|glyph| &*glyph.text).unwrap_or_default();
                    let said: Vec<char> = super::fold::spelled_out(said).take(usize::from(u8::MAX)).collect();
                    let parts = u8::try_from(said.len()).unwrap_or(u8::MAX);
                    let glyph = u32::try_from(place).unwrap_or(NO_GLYPH);
                    for (part, letter) in (0..parts).zip(said) {
                        put(letter, glyph, part, parts);
                    }
                }
            }
        }
        let folded = Folded::new(&text);
        Self { page, text, letters, glyphs, folded }
    }

    /// The number of the page, from 1.
    #[must_use]
    pub fn page(&self) -> u32 {
        self.page
    }

    /// The text: ligatures are spelled out, gaps are spaces, each line ends with a line feed. What a font does not
    /// tell is U+FFFD.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every occurrence of `needle`, in the order of the text. It matches anywhere, also inside a word, but not across
    /// the end of a line. Spaces of any kind and number are one space; how an accent is written makes no difference.
    #[must_use]
    pub fn find(&self, needle: &str) -> Vec<Found> {
        self.ranges(needle).into_iter().filter_map(|range| self.place(range)).collect()
    }

    /// The places in [`PageText::text`] where `needle` stands.
    #[must_use]
    pub fn ranges(&self, needle: &str) -> Vec<Range<usize>> {
        let places = self.folded.find(needle);
        places.into_iter().map(|letters| self.byte(letters.start)..self.byte(letters.end)).collect()
    }

    fn byte(&self, letter: usize) -> usize {
        self.letters
            .get(letter)
            .map_or(self.text.len(), |letter| usize::try_from(letter.at).unwrap_or(usize::MAX))
    }

    /// The same for each line that the bytes `range` run over, so that nothing is named that stands beside them.
    #[must_use]
    pub fn places(&self, range: Range<usize>) -> Vec<Rect> {
        let mut start = range.start;
        let mut places = Vec::new();
        for line in self.text.get(range).unwrap_or_default().split_inclusive('\n') {
            let end = start.saturating_add(line.len());
            places.extend(self.place(start..end).map(|it| it.rect));
            start = end;
        }
        places
    }

    /// Where the bytes `range` of [`PageText::text`] stand; `None` where nothing of them was painted.
    #[must_use]
    pub fn place(&self, range: Range<usize>) -> Option<Found> {
        let index = |byte: usize| {
            self.letters.partition_point(|letter| usize::try_from(letter.at).is_ok_and(|at| at < byte))
        };
        let letters = self.letters.get(index(range.start)..index(range.end))?;
        let mut low = [f64::MAX; 2];
        let mut high = [f64::MIN; 2];
        let mut baseline = None;
        for letter in letters {
            let Some(glyph) = usize::try_from(letter.glyph).ok().and_then(|place| self.glyphs.get(place))
            else {
                continue;
            };
            baseline = baseline.or(Some(glyph.origin[1]));
            let (part, parts) = (f64::from(letter.part), f64::from(letter.parts.max(1)));
            for corner in glyph.corners(part / parts, (part + 1.0) / parts) {
                low = [low[0].min(corner[0]), low[1].min(corner[1])];
                high = [high[0].max(corner[0]), high[1].max(corner[1])];
            }
        }
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let before = self.text.get(..range.start).and_then(|text| text.chars().next_back());
        let after = self.text.get(range.end..).and_then(|text| text.chars().next());
        Some(Found {
            page: self.page,
            rect: Rect { x: low[0], y: low[1], width: high[0] - low[0], height: high[1] - low[1] },
            baseline: baseline?,
            inside_word: is_word(before) || is_word(after),
        })
    }
}

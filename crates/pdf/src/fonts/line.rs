//! One line of text as the glyphs that draw it: split by direction and by face, shaped, from left to right.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

use super::normal::{drawn_form, is_joiner};
use super::shape::shape;
use super::{Extent, Face};

/// A line, from left to right.
#[derive(Debug)]
pub(crate) struct Line {
    runs: Vec<Run>,
    missing: Vec<char>,
    seen: BTreeSet<char>,
    text: String,
}

/// Neighbours that one face draws.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) face: Face,
    pub(crate) glyphs: Vec<Glyph>,
}

/// A glyph and where it stands. Lengths in thousandths of an em.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    /// From its own start to that of the next glyph.
    pub(crate) advance: f64,
    /// To the right of its start.
    pub(crate) x: f64,
    /// Above the baseline.
    pub(crate) y: f64,
    /// The letters that it draws together with its neighbours of the same cluster, as a place in the line's text.
    pub(crate) cluster: Range<usize>,
    /// Its own share of them.
    pub(crate) said: Range<usize>,
}

impl Line {
    /// The glyphs of `text` in `face` and those beside it. A character that none of them has is left out and told by
    /// [`Line::missing`].
    pub(crate) fn new(face: Face, text: &str) -> Self {
        let text = drawn_form(text);
        let mut line =
            Self { runs: Vec::new(), missing: Vec::new(), seen: BTreeSet::new(), text: String::new() };
        if text.chars().any(turns) {
            let bidi = BidiInfo::new(&text, None);
            for paragraph in &bidi.paragraphs {
                let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
                for run in runs {
                    let right_to_left = levels.get(run.start).is_some_and(|level| level.is_rtl());
                    line.put(face, &text, run, right_to_left);
                }
            }
        } else {
            line.put(face, &text, 0..text.len(), false);
        }
        line.text = text;
        line
    }

    /// Runs of one face, from left to right.
    pub(crate) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The line as it is drawn, to which the ranges of its glyphs refer.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The characters that no face has, each once.
    pub(super) fn missing(&self) -> &[char] {
        &self.missing
    }

    /// From the start of the first glyph to the end of the last one, in points.
    pub(crate) fn width(&self, size: f64) -> f64 {
        self.runs.iter().map(|run| run.width(size)).sum()
    }

    /// The box of all ink, none where there is no ink.
    pub(super) fn extent(&self, size: f64) -> Option<Extent> {
        let mut pen = 0.0;
        let mut extent: Option<Extent> = None;
        for run in &self.runs {
            for glyph in &run.glyphs {
                if let Some(ink) = run.face.ink(glyph.id, size) {
                    let (x, y) = (pen + glyph.x * size / 1000.0, glyph.y * size / 1000.0);
                    let own = Extent {
                        left: ink.left + x,
                        bottom: ink.bottom + y,
                        right: ink.right + x,
                        top: ink.top + y,
                    };
                    extent = Some(extent.map_or(own, |so_far| so_far.union(own)));
                }
                pen += glyph.advance * size / 1000.0;
            }
        }
        extent
    }

    /// Adds a piece of the text that has one direction.
    fn put(&mut self, face: Face, text: &str, piece: Range<usize>, right_to_left: bool) {
        let mut pieces = self.pieces(face, text, piece);
        if right_to_left {
            pieces.reverse();
        }
        for (face, range) in pieces {
            let Some(said) = text.get(range.clone()) else { continue };
            let glyphs = if face.is_shaped() || right_to_left {
                shape(face, said, range.start, right_to_left)
            } else {
                one_by_one(face, said, range.start)
            };
            match self.runs.last_mut() {
                Some(last) if last.face == face => last.glyphs.extend(glyphs),
                _ => self.runs.push(Run { face, glyphs }),
            }
        }
    }

    /// Which face draws what of a piece of the text, in the order of the text.
    fn pieces(&mut self, face: Face, text: &str, piece: Range<usize>) -> Vec<(Face, Range<usize>)> {
        let mut pieces: Vec<(Face, Range<usize>)> = Vec::new();
        let mut add = |face: Face, from: usize, length: usize| match pieces.last_mut() {
            Some((last, range)) if *last == face && range.end == from => range.end += length,
            _ => pieces.push((face, from..from + length)),
        };
        let said = text.get(piece.clone()).unwrap_or("");
        let mut before = None;
        for (at, cluster) in said.grapheme_indices(true) {
            let at = piece.start + at;
            // Readers put words from right to left in order inside one string alone, so their face sets the spaces too.
            if let Some(face) = before.filter(|face: &Face| cluster == " " && face.is_right_to_left()) {
                add(face, at, cluster.len());
                continue;
            }
            before = face.beside(cluster);
            if let Some(face) = before {
                add(face, at, cluster.len());
                continue;
            }
            // A letter with a mark of another script: each by whoever has it.
            for (inside, character) in cluster.char_indices() {
                match face.beside(cluster.get(inside..inside + character.len_utf8()).unwrap_or("")) {
                    _ if is_joiner(character) => {}
                    Some(face) => add(face, at + inside, character.len_utf8()),
                    None if self.seen.insert(character) => self.missing.push(character),
                    None => {}
                }
            }
        }
        pieces
    }
}

impl Run {
    /// From the start of the first glyph to the end of the last one, in points.
    pub(crate) fn width(&self, size: f64) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.advance * size / 1000.0).sum()
    }
}

/// Whether a character makes its neighbours go from right to left.
fn turns(character: char) -> bool {
    // All such characters stand behind the letters of Latin, Greek and Cyrillic, which are most of what is asked.
    character >= '\u{590}' && matches!(bidi_class(character), BidiClass::R | BidiClass::AL | BidiClass::AN)
}

fn one_by_one(face: Face, text: &str, start: usize) -> Vec<Glyph> {
    text.char_indices()
        .filter_map(|(at, character)| {
            let id = face.glyph(character)?;
            let range = start + at..start + at + character.len_utf8();
            Some(Glyph { id, advance: face.advance(id), x: 0.0, y: 0.0, cluster: range.clone(), said: range })
        })
        .collect()
}

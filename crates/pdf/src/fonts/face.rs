//! The six faces and their measures.

use std::sync::OnceLock;

use ttf_parser::{Face as Outlines, GlyphId};

use super::normal::{drawn_form, is_space, misleads};

/// One of the embedded faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Noto Sans Regular: values of fields, captions, the audit trail. Latin, Greek, Cyrillic.
    Text,
    /// Noto Sans Bold: headings.
    Bold,
    /// Caveat Medium, a handwriting face: typed signatures. Latin, Cyrillic.
    Script,
    /// Noto Serif Italic: typed signatures whose letters the handwriting face lacks (Greek, Vietnamese).
    Italic,
    /// Noto Serif Regular: values in letters with serifs.
    Serif,
    /// Noto Sans Mono Regular: values in letters of one width.
    Mono,
}

/// The box that the ink of a line of text fills, in points; the origin is the start of the baseline, y goes up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Left end of the ink; negative where a letter reaches before its own start.
    pub left: f64,
    /// Lowest point of the ink; negative below the baseline.
    pub bottom: f64,
    /// Right end of the ink.
    pub right: f64,
    /// Highest point of the ink.
    pub top: f64,
}

const FACES: [&[u8]; 6] = [
    include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../assets/fonts/Caveat-Medium.ttf"),
    include_bytes!("../../assets/fonts/NotoSerif-Italic.ttf"),
    include_bytes!("../../assets/fonts/NotoSerif-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSansMono-Regular.ttf"),
];

impl Face {
    /// Every face.
    pub const ALL: [Face; 6] = [Face::Text, Face::Bold, Face::Script, Face::Italic, Face::Serif, Face::Mono];

    /// The face for a typed signature: handwriting where it has every letter, else the italic for the whole text
    /// (letters of two hands in one name look forged), else none.
    pub fn for_signature(text: &str) -> Option<Face> {
        [Face::Script, Face::Italic].into_iter().find(|face| face.covers(text))
    }

    /// Whether every character of `text` has a glyph that draws something (or is a space).
    pub fn covers(self, text: &str) -> bool {
        drawn_form(text).chars().all(|character| self.glyph(character).is_some())
    }

    /// The characters of `text` that have no glyph, each once, in their order.
    pub fn missing(self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for character in drawn_form(text).chars() {
            if self.glyph(character).is_none() && !missing.contains(&character) {
                missing.push(character);
            }
        }
        missing
    }

    /// Advance width of one line of `text` at `size` points. Characters without a glyph count nothing.
    pub fn width(self, text: &str, size: f64) -> f64 {
        drawn_form(text)
            .chars()
            .filter_map(|character| self.glyph(character))
            .map(|glyph| self.advance(glyph) * size / 1000.0)
            .sum()
    }

    /// Height above the baseline that a line of this face asks for, in ems (multiply by the size).
    pub fn ascent(self) -> f64 {
        f64::from(self.outlines().ascender()) / self.units_per_em()
    }

    /// Depth below the baseline that a line of this face asks for, in ems, as a positive number.
    pub fn descent(self) -> f64 {
        -f64::from(self.outlines().descender()) / self.units_per_em()
    }

    /// Height of the capital letters, in ems.
    pub fn cap_height(self) -> f64 {
        self.outlines().capital_height().map_or(0.7, f64::from) / self.units_per_em()
    }

    /// The box that the ink of `text` fills at `size` points, or none where it has no ink (spaces).
    pub fn extent(self, text: &str, size: f64) -> Option<Extent> {
        let scale = size / self.units_per_em();
        let mut pen = 0.0;
        let mut extent: Option<Extent> = None;
        for glyph in drawn_form(text).chars().filter_map(|character| self.glyph(character)) {
            if let Some(ink) = self.outlines().glyph_bounding_box(GlyphId(glyph)) {
                let own = Extent {
                    left: pen + f64::from(ink.x_min) * scale,
                    bottom: f64::from(ink.y_min) * scale,
                    right: pen + f64::from(ink.x_max) * scale,
                    top: f64::from(ink.y_max) * scale,
                };
                extent = Some(extent.map_or(own, |so_far| so_far.union(own)));
            }
            pen += self.advance(glyph) * size / 1000.0;
        }
        extent
    }

    /// The font program as it is shipped.
    pub(super) fn program(self) -> &'static [u8] {
        FACES[self as usize]
    }

    /// Name in the font's own name table, as it stands in a PDF's /BaseFont.
    pub(super) fn postscript_name(self) -> &'static str {
        [
            "NotoSans-Regular",
            "NotoSans-Bold",
            "Caveat-Medium",
            "NotoSerif-Italic",
            "NotoSerif-Regular",
            "NotoSansMono-Regular",
        ][self as usize]
    }

    /// Glyph of a character, or none where it would be an empty box or nothing at all. Direction overrides count as
    /// missing, although the font has a sign for them: they would change what is read, not what is drawn.
    pub(crate) fn glyph(self, character: char) -> Option<u16> {
        let glyph = self.outlines().glyph_index(character)?;
        let draws = is_space(character) || self.outlines().glyph_bounding_box(glyph).is_some();
        (glyph.0 != 0 && draws && !misleads(character)).then_some(glyph.0)
    }

    /// Advance width of a glyph in thousandths of an em, the unit of ISO 32000-2 9.7.4.3 /W.
    pub(crate) fn advance(self, glyph: u16) -> f64 {
        let units = self.outlines().glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
        f64::from(units) * 1000.0 / self.units_per_em()
    }

    pub(crate) fn outlines(self) -> &'static Outlines<'static> {
        static PARSED: [OnceLock<Outlines<'static>>; 6] = [const { OnceLock::new() }; 6];
        PARSED[self as usize].get_or_init(|| {
            Outlines::parse(self.program(), 0)
                .expect("the shipped faces are sound TrueType fonts; a test opens each")
        })
    }

    fn units_per_em(self) -> f64 {
        f64::from(self.outlines().units_per_em())
    }
}

impl Extent {
    fn union(self, other: Extent) -> Extent {
        Extent {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }
}

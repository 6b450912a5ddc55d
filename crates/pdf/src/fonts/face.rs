//! The faces and their measures.

use std::sync::OnceLock;

use ttf_parser::{Face as Outlines, GlyphId};

use super::line::Line;
use super::normal::{drawn_form, is_space, misleads};
use super::packed;

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
    /// Noto Sans Devanagari: what Hindi, Marathi and Nepali are written in, beside every other face.
    Devanagari,
    /// Noto Sans SC: Chinese characters, beside every other face.
    Chinese,
    /// Noto Sans Arabic, beside every other face.
    Arabic,
    /// Noto Sans Hebrew, beside every other face.
    Hebrew,
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

const FACES: usize = 10;

impl Face {
    /// Every face.
    pub const ALL: [Face; FACES] = [
        Face::Text,
        Face::Bold,
        Face::Script,
        Face::Italic,
        Face::Serif,
        Face::Mono,
        Face::Devanagari,
        Face::Chinese,
        Face::Arabic,
        Face::Hebrew,
    ];

    /// The faces that are asked in this order for what a face itself does not have.
    const BESIDE: [Face; 4] = [Face::Devanagari, Face::Chinese, Face::Arabic, Face::Hebrew];

    /// The face for a typed signature: handwriting where it has every letter, else the italic for the whole text
    /// (letters of two hands in one name look forged), else the text face beside those of other scripts, whose
    /// strokes are as thick as its own; else none.
    pub fn for_signature(text: &str) -> Option<Face> {
        let drawn = drawn_form(text);
        let has_all = |face: &Face| drawn.chars().all(|character| face.glyph(character).is_some());
        let one_hand = [Face::Script, Face::Italic].into_iter().find(has_all);
        one_hand.or_else(|| Face::Text.covers(text).then_some(Face::Text))
    }

    /// Whether every character of `text` has a glyph that draws something (or is a space), in this face or in one of
    /// those beside it.
    pub fn covers(self, text: &str) -> bool {
        Line::new(self, text).missing().is_empty()
    }

    /// The characters of `text` that have no glyph anywhere, each once, in their order.
    pub fn missing(self, text: &str) -> Vec<char> {
        Line::new(self, text).missing().to_vec()
    }

    /// Advance width of one line of `text` at `size` points. Characters without a glyph count nothing.
    pub fn width(self, text: &str, size: f64) -> f64 {
        Line::new(self, text).width(size)
    }

    /// The face that draws `cluster` (a letter with its marks) where this one is asked for: itself or one beside it.
    pub(super) fn beside(self, cluster: &str) -> Option<Face> {
        std::iter::once(self)
            .chain(Self::BESIDE)
            .find(|face| cluster.chars().all(|it| super::normal::is_joiner(it) || face.glyph(it).is_some()))
    }

    /// Whether its letters change with their neighbours, so that a text has to be shaped as a whole.
    pub(super) fn is_shaped(self) -> bool {
        matches!(self, Face::Devanagari | Face::Arabic | Face::Hebrew)
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
        Line::new(self, text).extent(size)
    }

    /// The box of a glyph's own ink at `size` points, none for a space.
    pub(super) fn ink(self, glyph: u16, size: f64) -> Option<Extent> {
        let scale = size / self.units_per_em();
        let ink = self.outlines().glyph_bounding_box(GlyphId(glyph))?;
        Some(Extent {
            left: f64::from(ink.x_min) * scale,
            bottom: f64::from(ink.y_min) * scale,
            right: f64::from(ink.x_max) * scale,
            top: f64::from(ink.y_max) * scale,
        })
    }

    /// Whether its letters go from right to left.
    pub(super) fn is_right_to_left(self) -> bool {
        matches!(self, Face::Arabic | Face::Hebrew)
    }

    /// The font program, unpacked where it is shipped packed.
    pub(super) fn program(self) -> &'static [u8] {
        match self {
            Face::Text => include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
            Face::Bold => include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
            Face::Script => include_bytes!("../../assets/fonts/Caveat-Medium.ttf"),
            Face::Italic => include_bytes!("../../assets/fonts/NotoSerif-Italic.ttf"),
            Face::Serif => include_bytes!("../../assets/fonts/NotoSerif-Regular.ttf"),
            Face::Mono => include_bytes!("../../assets/fonts/NotoSansMono-Regular.ttf"),
            Face::Devanagari => packed::devanagari(),
            Face::Chinese => packed::chinese(),
            Face::Arabic => packed::arabic(),
            Face::Hebrew => packed::hebrew(),
        }
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
            "NotoSansDevanagari-Regular",
            "NotoSansSC-Regular",
            "NotoSansArabic-Regular",
            "NotoSansHebrew-Regular",
        ][self as usize]
    }

    /// This face's own glyph of a character, or none where it would be an empty box or nothing at all. Direction overrides count as
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
        static PARSED: [OnceLock<Outlines<'static>>; FACES] = [const { OnceLock::new() }; FACES];
        PARSED[self as usize].get_or_init(|| {
            Outlines::parse(self.program(), 0)
                .expect("the shipped faces are sound TrueType fonts; a test opens each")
        })
    }

    pub(super) fn units_per_em(self) -> f64 {
        f64::from(self.outlines().units_per_em())
    }
}

impl Extent {
    pub(super) fn union(self, other: Extent) -> Extent {
        Extent {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }
}

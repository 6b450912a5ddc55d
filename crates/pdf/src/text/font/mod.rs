//! Fonts, as far as text is concerned: how a string falls into glyphs, how wide each is and what it says.
//!
//! What a glyph says comes from the first of these that knows: the font's `/ToUnicode`; the names of its encoding
//! and the Adobe Glyph List; the character collection of East Asia that it draws from; the encoding or the character map
//! of the embedded font program. Where none knows, it says nothing, and nothing is guessed.

mod cmap;
mod composite;
mod core_font;
mod encoding;
mod names;
mod program;
mod simple;

use super::forgive::{data, look, look_in};
use super::matrix::Matrix;
use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object};
use cmap::CMap;
use composite::Composite;
use simple::Simple;

/// Above and below the baseline where the font does not say, in em.
const HEIGHTS: (f64, f64) = (0.75, -0.25);

/// What putting a font's tables together costs, in units of work.
const WORK_PER_FONT: u64 = 8 * 1024;

/// A font as a page uses it.
#[derive(Debug)]
pub(crate) struct Font {
    kind: Kind,
    /// In text space, for a size of 1.
    pub(super) ascent: f64,
    pub(super) descent: f64,
    /// What counts as one em: 1, but for Type 3 fonts, whose glyphs have any size.
    pub(super) em: f64,
}

#[derive(Debug)]
enum Kind {
    Simple(Box<Simple>),
    Composite(Box<Composite>),
}

/// One glyph of a string.
#[derive(Debug, PartialEq)]
pub(super) struct Shown<'f> {
    /// Bytes of the string that it took, at least one.
    pub(super) length: usize,
    /// In text space, for a size of 1: along the baseline, or down where the font is vertical.
    pub(super) advance: f64,
    /// From the point where the glyph is set to its origin for horizontal writing; zero unless it is vertical.
    pub(super) shift: (f64, f64),
    pub(super) text: Option<std::borrow::Cow<'f, str>>,
    /// Whether word spacing applies (9.3.3).
    pub(super) is_space: bool,
}

impl Font {
    pub(crate) fn load(document: &Document, dictionary: &Dictionary) -> Result<Self, Error> {
        document.work().copied(WORK_PER_FONT)?;
        let to_unicode = data(document, &look(document, dictionary, "ToUnicode")?)?;
        document.work().parsed(to_unicode.len() as u64)?;
        let to_unicode = CMap::parse(&to_unicode);
        let subtype = look(document, dictionary, "Subtype")?;
        if subtype.is_name("Type0") {
            let Object::Array(descendants) = look(document, dictionary, "DescendantFonts")? else {
                return Self::simple(document, dictionary, to_unicode);
            };
            let descendant = descendants.first().cloned().unwrap_or(Object::Null);
            let descendant = Dictionary::new().with("Font", descendant);
            let descendant = look_in(document, &descendant, "Font")?;
            let (ascent, descent) =
                heights(document, &look_in(document, &descendant, "FontDescriptor")?, None)?;
            let composite = Composite::load(document, dictionary, &descendant, to_unicode)?;
            return Ok(Self { kind: Kind::Composite(Box::new(composite)), ascent, descent, em: 1.0 });
        }
        Self::simple(document, dictionary, to_unicode)
    }

    fn simple(document: &Document, dictionary: &Dictionary, to_unicode: CMap) -> Result<Self, Error> {
        let descriptor = look_in(document, dictionary, "FontDescriptor")?;
        let simple = Simple::load(document, dictionary, &descriptor, &to_unicode)?;
        if !look(document, dictionary, "Subtype")?.is_name("Type3") {
            let (ascent, descent) = heights(document, &descriptor, simple.core)?;
            return Ok(Self { kind: Kind::Simple(Box::new(simple)), ascent, descent, em: 1.0 });
        }
        // Glyphs of a Type 3 font are of the size that its matrix gives them, so its em is measured.
        let matrix = numbers::<6>(document, dictionary, "FontMatrix")?.map_or(Matrix::IDENTITY, Matrix);
        let matrix = if matrix.is_finite() { matrix } else { Matrix::IDENTITY };
        let simple = simple.scaled(matrix.arrow(1.0, 0.0)[0]);
        let bounds = numbers::<4>(document, dictionary, "FontBBox")?.unwrap_or_default();
        let [low, high] = [bounds[1], bounds[3]].map(|height| matrix.arrow(0.0, height)[1]);
        let (low, high) = (low.min(high), low.max(high));
        let usual = simple.usual_width() * 2.0;
        let height = high - low;
        // A box of nothing, or one that has nothing to do with the glyphs, says nothing.
        let (ascent, descent) = if height > 0.0 && (usual <= 0.0 || height < usual * 8.0) {
            (high, low)
        } else {
            (HEIGHTS.0 * usual, HEIGHTS.1 * usual)
        };
        Ok(Self { kind: Kind::Simple(Box::new(simple)), ascent, descent, em: ascent - descent })
    }

    /// The first glyph of `bytes`; `None` where nothing is left.
    pub(super) fn next(&self, bytes: &[u8]) -> Option<Shown<'_>> {
        match &self.kind {
            Kind::Simple(simple) => simple.next(bytes),
            Kind::Composite(composite) => composite.next(bytes),
        }
    }

    /// Whether lines run downwards.
    pub(super) fn is_vertical(&self) -> bool {
        matches!(&self.kind, Kind::Composite(composite) if composite.vertical)
    }
}

/// Ascent and descent of a descriptor where they make sense, of a core font, or the usual ones.
fn heights(
    document: &Document,
    descriptor: &Dictionary,
    core: Option<core_font::CoreFont>,
) -> Result<(f64, f64), Error> {
    let ascent = look(document, descriptor, "Ascent")?.as_number().unwrap_or(0.0) / 1000.0;
    let descent = look(document, descriptor, "Descent")?.as_number().unwrap_or(0.0) / 1000.0;
    // Some producers write the descent without its sign.
    let descent = -descent.abs();
    if (0.1..=2.0).contains(&ascent) && descent >= -1.0 {
        return Ok((ascent, if descent == 0.0 { HEIGHTS.1 } else { descent }));
    }
    Ok(core.and_then(core_font::CoreFont::heights).unwrap_or(HEIGHTS))
}

/// An array of exactly so many numbers.
pub(super) fn numbers<const N: usize>(
    document: &Document,
    dictionary: &Dictionary,
    key: &str,
) -> Result<Option<[f64; N]>, Error> {
    let Object::Array(items) = look(document, dictionary, key)? else { return Ok(None) };
    let mut numbers = [0.0; N];
    if items.len() < N {
        return Ok(None);
    }
    for (number, item) in numbers.iter_mut().zip(&items) {
        *number = super::forgive::forgive(document.resolve(item), Object::Null)?.as_number().unwrap_or(0.0);
    }
    Ok(Some(numbers))
}

//! The measures of the fonts that a PDF need not embed nor measure (9.6.2.2), and of those that stand in for others.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A face whose widths are known by the names of its glyphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CoreFont {
    Courier,
    /// A column of `data/core-widths.txt`.
    Column(usize),
}

const HELVETICA: usize = 0;
const TIMES: usize = 2;
/// Ascent and descent of each column, of Adobe's metrics files (1/1000 em).
const HEIGHTS: [(f64, f64); 6] =
    [(718.0, -207.0), (718.0, -207.0), (683.0, -217.0), (676.0, -205.0), (683.0, -205.0), (699.0, -205.0)];

impl CoreFont {
    /// The face that a `/BaseFont` names, also by the usual other names (Arial, Times New Roman, Courier New).
    pub(super) fn named(name: &str) -> Option<Self> {
        let plain: String = name
            .split_once('+')
            .map_or(name, |(_, name)| name)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let bold = plain.contains("bold");
        let italic = plain.contains("italic") || plain.contains("oblique");
        let starts = |words: &[&str]| words.iter().any(|word| plain.starts_with(word));
        Some(if starts(&["courier"]) {
            Self::Courier
        } else if starts(&["helvetica", "arial"]) {
            Self::Column(HELVETICA + usize::from(bold))
        } else if starts(&["times"]) {
            Self::Column(TIMES + usize::from(bold) + 2 * usize::from(italic))
        } else if starts(&["symbol"]) {
            Self::Column(6)
        } else if starts(&["zapfdingbats"]) {
            Self::Column(7)
        } else {
            return None;
        })
    }

    /// The face that stands in for one that is neither embedded nor measured, by its descriptor's flags (9.8.2).
    pub(super) fn stand_in(flags: i64) -> Self {
        match flags {
            flags if flags & 1 != 0 => Self::Courier,
            flags if flags & 2 != 0 => Self::Column(TIMES),
            _ => Self::Column(HELVETICA),
        }
    }

    /// Advance width of a glyph, in em.
    pub(super) fn width(self, glyph: &str) -> Option<f64> {
        static WIDTHS: OnceLock<HashMap<&'static str, [Option<f64>; 8]>> = OnceLock::new();
        let Self::Column(column) = self else { return Some(0.6) };
        let widths = WIDTHS.get_or_init(|| {
            let lines = include_str!("data/core-widths.txt").lines().filter(|line| !line.starts_with('#'));
            lines
                .filter_map(|line| {
                    let mut words = line.split(' ');
                    let name = words.next()?;
                    let mut row = [None; 8];
                    for (entry, word) in row.iter_mut().zip(words) {
                        *entry = word.parse::<f64>().ok().map(|width| width / 1000.0);
                    }
                    Some((name, row))
                })
                .collect()
        });
        widths.get(glyph).and_then(|row| row.get(column).copied().flatten())
    }

    /// Ascent and descent, in em, where the face has letters.
    pub(super) fn heights(self) -> Option<(f64, f64)> {
        let (ascent, descent) = match self {
            Self::Courier => (629.0, -157.0),
            Self::Column(column) => *HEIGHTS.get(column)?,
        };
        Some((ascent / 1000.0, descent / 1000.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_fonts_are_known_by_their_names_and_by_those_of_their_doubles() {
        let width = |name: &str, glyph: &str| CoreFont::named(name).and_then(|font| font.width(glyph));
        assert_eq!(width("Helvetica", "A"), Some(0.667));
        assert_eq!(width("ABCDEF+Arial,Bold", "A"), Some(0.722));
        assert_eq!(width("TimesNewRomanPS-BoldItalicMT", "A"), Some(0.667));
        assert_eq!(width("CourierNew", "A"), Some(0.6));
        assert_eq!(width("Symbol", "alpha"), Some(0.631));
        assert_eq!(width("Helvetica", "no such glyph"), None);
        assert_eq!(CoreFont::named("Garamond"), None);
    }
}

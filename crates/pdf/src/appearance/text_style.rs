//! How the text of a value looks.

use super::canvas::BLACK;
use crate::fonts::Face;

/// How the text of a value looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// The family of letters.
    pub family: Family,
    /// Their size in points where the box allows it; as large as the box and 12 points allow where it is left out.
    pub size: Option<f64>,
    /// Their colour: red, green, blue from 0 to 1.
    pub colour: [f64; 3],
    /// Bold letters.
    pub bold: bool,
    /// Slanted letters.
    pub italic: bool,
    /// A line under the letters.
    pub underline: bool,
    /// To which side of the box the lines stand.
    pub align: Align,
}

/// A family of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Family {
    /// Without serifs.
    #[default]
    Sans,
    /// With serifs.
    Serif,
    /// All letters of one width.
    Mono,
}

/// To which side of the box lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// To its left side.
    #[default]
    Left,
    /// In its middle.
    Centre,
    /// To its right side.
    Right,
}

/// The outlines that a style is drawn with, and what is done to them: where we ship no bold or slanted outlines of a
/// family, its regular ones are stroked or leaned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letters {
    pub(super) face: Face,
    stroked: bool,
    leaned: bool,
    bold: bool,
    italic: bool,
}

impl Letters {
    /// Whether the outlines of `face` are stroked and leaned. The faces of other scripts are neither bold nor slanted.
    pub(super) fn of(self, face: Face) -> (bool, bool) {
        if face == self.face { (self.stroked, self.leaned) } else { (self.bold, self.italic) }
    }
}

impl Default for TextStyle {
    fn default() -> Self {
        Self {
            family: Family::Sans,
            size: None,
            colour: BLACK,
            bold: false,
            italic: false,
            underline: false,
            align: Align::Left,
        }
    }
}

impl TextStyle {
    /// The characters of `text` that cannot be drawn in this style, each once, in their order.
    #[must_use]
    pub fn missing(&self, text: &str) -> Vec<char> {
        self.letters().face.missing(text)
    }

    pub(super) fn letters(&self) -> Letters {
        let (face, bold_is_drawn, italic_is_drawn) = match (self.family, self.bold, self.italic) {
            (Family::Sans, true, _) => (Face::Bold, true, false),
            (Family::Sans, false, _) => (Face::Text, false, false),
            (Family::Serif, _, true) => (Face::Italic, false, true),
            (Family::Serif, _, false) => (Face::Serif, false, false),
            (Family::Mono, ..) => (Face::Mono, false, false),
        };
        Letters {
            face,
            stroked: self.bold && !bold_is_drawn,
            leaned: self.italic && !italic_is_drawn,
            bold: self.bold,
            italic: self.italic,
        }
    }

    /// Where a line of this width starts between `left` and `left + room`; one that is too long starts at the left, so
    /// that its beginning is read.
    pub(super) fn start(&self, left: f64, room: f64, width: f64) -> f64 {
        let rest = (room - width).max(0.0);
        match self.align {
            Align::Left => left,
            Align::Centre => left + rest / 2.0,
            Align::Right => left + rest,
        }
    }
}

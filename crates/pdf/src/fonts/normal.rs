//! From the text that a person typed to the characters that are drawn.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::Face;
use super::line::Line;

/// The characters that are drawn for `text`: composed letters (Unicode NFC, since the faces hold `é`, not `e` and a
/// floating accent), every kind of space as a plain one, and without the characters that mean "draw nothing here".
/// A joiner stays where it chooses the shape of a letter, one for each letter.
pub fn drawn_form(text: &str) -> String {
    let mut before = ' ';
    let mut drawn = String::with_capacity(text.len());
    for character in text.nfc() {
        let stays = if is_joiner(character) { has_shapes(before) } else { !draws_nothing(character) };
        if stays {
            before = plain_space(character);
            drawn.push(before);
        }
    }
    drawn
}

/// `text` with each character that `face` and those beside it cannot draw written as its code, as in `[U+0E2A]`. For
/// records that must name everything, such as the audit trail; never for what a person signs.
pub fn spelled_out(face: Face, text: &str) -> String {
    let line = Line::new(face, text);
    if line.missing().is_empty() {
        return line.text().to_owned();
    }
    let missing: BTreeSet<char> = line.missing().iter().copied().collect();
    let mut spelled = String::with_capacity(text.len());
    for character in line.text().chars() {
        if missing.contains(&character) {
            spelled.push_str(&format!("[U+{:04X}]", u32::from(character)));
        } else {
            spelled.push(character);
        }
    }
    spelled
}

/// The first `count` letters of what is drawn for `text`, each with its marks: what stands in a box of its own.
pub fn letters_of(text: &str, count: usize) -> Vec<String> {
    drawn_form(text).graphemes(true).take(count).map(ToOwned::to_owned).collect()
}

/// The zero-width joiner and non-joiner.
pub(super) fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

/// Whether a joiner after this letter means something: Arabic and Devanagari.
fn has_shapes(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{97F}' | '\u{A8E0}'..='\u{A8FF}')
}

/// Whether a character is a space that the faces draw as a gap.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace()
}

/// Direction embeddings, overrides and isolates, and the sign for lost text: what holds one is refused.
pub(super) fn misleads(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | char::REPLACEMENT_CHARACTER)
}

fn plain_space(character: char) -> char {
    // Tabs and line ends in a value that has one line are gaps like any other.
    if character == '\t'
        || character == '\n'
        || character == '\r'
        || character == '\u{2028}'
        || character == '\u{2029}'
    {
        ' '
    } else {
        character
    }
}

/// Soft hyphen, zero-width space, word joiner, byte order mark, direction marks.
fn draws_nothing(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

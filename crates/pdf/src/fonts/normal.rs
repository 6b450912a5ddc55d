//! From the text that a person typed to the characters that are drawn.

use unicode_normalization::UnicodeNormalization;

use super::Face;

/// The characters that are drawn for `text`: composed letters (Unicode NFC, since the faces hold `é`, not `e` and a
/// floating accent), every kind of space as a plain one, and without the characters that mean "draw nothing here".
pub fn drawn_form(text: &str) -> String {
    text.nfc().filter(|&character| !draws_nothing(character)).map(plain_space).collect()
}

/// `text` with each character that `face` cannot draw written as its code, as in `[U+5F20]`. For records that must
/// name everything, such as the audit trail; never for what a person signs.
pub fn spelled_out(face: Face, text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for character in drawn_form(text).chars() {
        if face.glyph(character).is_some() {
            spelled.push(character);
        } else {
            spelled.push_str(&format!("[U+{:04X}]", u32::from(character)));
        }
    }
    spelled
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

/// Soft hyphen, zero-width space and (non-)joiner, word joiner, byte order mark, direction marks.
fn draws_nothing(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

//! Breaking a paragraph into lines.

use super::{Face, drawn_form};

/// Lines of `text`, none wider than `width` points at `size` points. Breaks at spaces; a word that is wider than a
/// whole line is broken inside. Line ends in `text` stay. At least one line, also for no text.
pub fn wrap(face: Face, text: &str, size: f64, width: f64) -> Vec<String> {
    text.split('\n').flat_map(|paragraph| wrap_paragraph(face, &drawn_form(paragraph), size, width)).collect()
}

fn wrap_paragraph(face: Face, text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        for piece in pieces(face, word, size, width) {
            let joined = if line.is_empty() { piece.clone() } else { format!("{line} {piece}") };
            if line.is_empty() || face.width(&joined, size) <= width {
                line = joined;
            } else {
                lines.push(std::mem::replace(&mut line, piece));
            }
        }
    }
    lines.push(line);
    lines
}

/// A word in pieces that each fit on a line; mostly the word itself.
fn pieces(face: Face, word: &str, size: f64, width: f64) -> Vec<String> {
    if face.width(word, size) <= width {
        return vec![word.to_owned()];
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut filled = 0.0;
    for character in word.chars() {
        let advance = face.width(character.encode_utf8(&mut [0; 4]), size);
        if filled + advance > width && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
            filled = 0.0;
        }
        piece.push(character);
        filled += advance;
    }
    pieces.push(piece);
    pieces
}

//! Breaking a paragraph into lines.

use std::cell::OnceCell;

use unicode_segmentation::UnicodeSegmentation;

use super::{Face, drawn_form};

/// Lines of `text`, none wider than `width` points at `size` points. Breaks at spaces and between Chinese characters;
/// a word that is wider than a whole line is broken inside, between two letters with their marks. Line ends in `text`
/// stay. At least one line, also for no text.
pub fn wrap(face: Face, text: &str, size: f64, width: f64) -> Vec<String> {
    Measured::new(face, text).lines(size, width)
}

/// A text whose words have been measured once, to be broken at several sizes.
pub struct Measured {
    face: Face,
    paragraphs: Vec<Vec<Word>>,
    space: f64,
}

/// What no line is broken inside, unless it is wider than the line.
struct Word {
    text: String,
    /// In ems.
    width: f64,
    /// Whether it stands at its predecessor without a space.
    is_joined: bool,
    letters: OnceCell<Vec<(String, f64)>>,
}

/// Of a line's width: sums of the same widths in another order differ by less.
const ROUNDING: f64 = 1e-9;

impl Measured {
    /// The words of `text` in `face` and those beside it.
    pub fn new(face: Face, text: &str) -> Self {
        let paragraphs = text.split('\n').map(|paragraph| words(face, &drawn_form(paragraph))).collect();
        Self { face, paragraphs, space: face.width(" ", 1.0) }
    }

    /// What [`wrap`] gives.
    pub fn lines(&self, size: f64, width: f64) -> Vec<String> {
        self.paragraphs.iter().flat_map(|words| self.paragraph(words, size, width)).collect()
    }

    fn paragraph(&self, words: &[Word], size: f64, width: f64) -> Vec<String> {
        let room = width / size * (1.0 + ROUNDING);
        let mut lines = Vec::new();
        let (mut line, mut filled) = (String::new(), 0.0);
        for word in words {
            for (place, (piece, wide)) in self.pieces(word, room).into_iter().enumerate() {
                let space = if word.is_joined || place > 0 { 0.0 } else { self.space };
                if line.is_empty() {
                    (line, filled) = (piece, wide);
                } else if filled + space + wide <= room {
                    if space > 0.0 {
                        line.push(' ');
                    }
                    line.push_str(&piece);
                    filled += space + wide;
                } else {
                    lines.push(std::mem::replace(&mut line, piece));
                    filled = wide;
                }
            }
        }
        lines.push(line);
        lines
    }

    /// A word in pieces that each fit on a line, with their widths in ems; mostly the word itself.
    fn pieces(&self, word: &Word, room: f64) -> Vec<(String, f64)> {
        if word.width <= room {
            return vec![(word.text.clone(), word.width)];
        }
        let letters = word.letters.get_or_init(|| {
            word.text.graphemes(true).map(|it| (it.to_owned(), self.face.width(it, 1.0))).collect()
        });
        let mut pieces = Vec::new();
        let (mut piece, mut filled) = (String::new(), 0.0);
        for (letter, wide) in letters {
            if filled + wide > room && !piece.is_empty() {
                pieces.push((std::mem::take(&mut piece), filled));
                filled = 0.0;
            }
            piece.push_str(letter);
            filled += wide;
        }
        pieces.push((piece, filled));
        pieces
    }
}

fn words(face: Face, text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut from = 0;
        for end in breaks(word) {
            let text = word.get(from..end).unwrap_or("").to_owned();
            words.push(Word {
                width: face.width(&text, 1.0),
                text,
                is_joined: from > 0,
                letters: OnceCell::new(),
            });
            from = end;
        }
    }
    words
}

/// Where a line may end inside a word, and the word's own end. Only what has Chinese characters may be broken without
/// a space: by the Unicode rules, which keep a full stop with what it ends.
fn breaks(word: &str) -> Vec<usize> {
    if word.chars().any(is_ideographic) {
        unicode_linebreak::linebreaks(word).map(|(at, _)| at).collect()
    } else {
        vec![word.len()]
    }
}

fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

//! What makes no difference when text is looked for.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical, decompose_compatible};

/// Text as it is compared, and which letter each of its characters came from.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    text: String,
    /// By byte of `text`: the place of the letter in the original.
    letters: Vec<u32>,
}

/// Ligatures and the shapes of Arabic letters as the letters that they are.
pub(super) fn spelled_out(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(|letter| {
        let mut letters = Vec::new();
        match letter {
            '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' => {
                decompose_compatible(letter, |letter| letters.push(letter));
            }
            // A control character is none that anybody sees.
            letter if letter.is_control() => letters.push(' '),
            letter => letters.push(letter),
        }
        letters.into_iter().nfc().collect::<Vec<char>>()
    })
}

/// The characters of a letter that are compared; none where it is not seen.
fn fold(letter: char, mut put: impl FnMut(char)) {
    match letter {
        // The end of a line is no space: it parts what stands on it from what follows.
        '\n' => put('\n'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
        '\u{2010}' | '\u{2011}' => put('-'),
        letter if letter.is_whitespace() => put(' '),
        letter => decompose_canonical(letter, put),
    }
}

impl Folded {
    pub(super) fn new(original: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), letters: Vec::new() };
        for (place, letter) in (0_u32..).zip(original.chars()) {
            fold(letter, |letter| {
                if letter == ' ' && folded.text.ends_with(' ') {
                    return;
                }
                folded.text.push(letter);
                folded.letters.resize(folded.text.len(), place);
            });
        }
        folded
    }

    /// The letters of the original that `needle` stands on, each occurrence after the one before.
    pub(super) fn find(&self, needle: &str) -> Vec<Range<usize>> {
        let needle = Self::new(&spelled_out(needle.trim()).collect::<String>()).text;
        let mut found = Vec::new();
        if needle.is_empty() {
            return found;
        }
        let mut from = 0;
        while let Some(place) = self.text.get(from..).and_then(|rest| rest.find(&needle)) {
            let start = from.saturating_add(place);
            let end = start.saturating_add(needle.len());
            let letter = |byte: usize| self.letters.get(byte).copied();
            let last = letter(end.saturating_sub(1));
            let next = self.text.get(end..).and_then(|rest| rest.chars().next());
            // A letter with an accent is not the letter without it.
            let whole = start == 0 || letter(start) != letter(start.saturating_sub(1));
            let whole = whole && letter(end).is_none_or(|after| Some(after) != last);
            let whole = whole && next.is_none_or(|next| canonical_combining_class(next) == 0);
            if let (true, Some(first), Some(last)) = (whole, letter(start), last) {
                let index = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
                found.push(index(first)..index(last).saturating_add(1));
                from = end;
            } else {
                let step = needle.chars().next().map_or(1, char::len_utf8);
                from = start.saturating_add(step);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_accents_are_found_however_they_are_written() {
        for (text, needle, places) in [
            ("a\u{a0}  b", "a b", vec![(0, 5)]),
            ("cafe\u{301} café", "café", vec![(0, 5), (6, 10)]),
            ("café cafe\u{301}", "cafe", vec![]),
            ("aaaa", "aa", vec![(0, 2), (2, 4)]),
            ("co\u{ad}op", "coop", vec![(0, 5)]),
            ("a\nb", "a b", vec![]),
            ("ab", " ", vec![]),
        ] {
            let found = Folded::new(text).find(needle).into_iter().map(|it| (it.start, it.end));
            assert_eq!(found.collect::<Vec<_>>(), places, "{text:?} {needle:?}");
        }
    }
}

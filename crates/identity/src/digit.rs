//! Digits as people's keyboards write them.

/// The zeros of the decimal digits in use on keyboards: each is followed by its one to nine (Unicode, general category
/// Nd).
const ZEROS: [char; 16] = [
    '0', '\u{0660}', // Arabic-Indic
    '\u{06F0}', // Persian and Urdu
    '\u{07C0}', // N'Ko
    '\u{0966}', // Devanagari
    '\u{09E6}', // Bengali
    '\u{0A66}', // Gurmukhi
    '\u{0AE6}', // Gujarati
    '\u{0BE6}', // Tamil
    '\u{0C66}', // Telugu
    '\u{0CE6}', // Kannada
    '\u{0D66}', // Malayalam
    '\u{0E50}', // Thai
    '\u{1040}', // Burmese
    '\u{17E0}', // Khmer
    '\u{FF10}', // full width, from Chinese and Japanese input
];

/// The ASCII form of a decimal digit of any of these scripts; `None` for everything else.
pub(crate) fn ascii(letter: char) -> Option<char> {
    ZEROS
        .iter()
        .filter_map(|zero| u32::from(letter).checked_sub(u32::from(*zero)))
        .find(|value| *value < 10)
        .and_then(|value| char::from_digit(value, 10))
}

/// What people and programs put between digits for the eye: spaces of any width, dashes, dots, and marks of direction
/// that come along when a number is copied.
pub(crate) fn is_separator(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '.' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2010}'..='\u{2015}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{2212}' | '\u{FE63}' | '\u{FEFF}' | '\u{FF0D}'
        )
}

//! Answers to a secret question, compared as people compare them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use crate::digit;

/// No longer answer is looked at.
const LONGEST: usize = 1000;

/// What of an answer counts: the form that is stored (as an HMAC) and compared. `Saint-Étienne`, `saint etienne` and
/// `SAINTETIENNE` are the same answer; so are `Straße` and `STRASSE`, `Ærø` and `aero`. `Müller` is `Muller` and not
/// `Mueller`: an accent left out and a letter put in its place cannot both be forgiven.
///
/// In this order: compatibility decomposition, accents taken off, letters that are written as two taken apart, digits of
/// all scripts to ASCII, case folded, everything that is neither letter nor digit left out. `None` when nothing is left
/// or when the answer is longer than 1000 letters: no such answer can be set, and none is right.
pub fn normalised(answer: &str) -> Option<String> {
    if answer.chars().nth(LONGEST).is_some() {
        return None;
    }
    let counts: String = answer
        .nfkd()
        .filter(|letter| !is_accent(*letter))
        .flat_map(taken_apart)
        .map(|letter| digit::ascii(letter).unwrap_or(letter))
        .flat_map(folded)
        // Folding decomposes some letters (ΐ), whose accents go as well.
        .nfkd()
        .filter(|letter| letter.is_alphanumeric() || (is_combining_mark(*letter) && !is_accent(*letter)))
        // What was left out may have kept marks apart that have an order among themselves.
        .nfkd()
        .collect();
    if counts.chars().any(char::is_alphanumeric) { Some(counts) } else { None }
}

/// Marks that people leave out when they are in a hurry or their keyboard has none: the accents of the European scripts
/// and the vowel points of Hebrew and Arabic. Marks that make another letter (the voiced sounds of Japanese, the vowels
/// of the Indian scripts and of Thai) stay.
fn is_accent(letter: char) -> bool {
    // Unicode Standard 4.3, combining classes: 10 to 36 are the points of Hebrew, Arabic and Syriac, 200 and more stand
    // by place (above, below, attached); nuktas are 7, voicing marks 8, viramas 9, Thai and Lao vowels from 103.
    matches!(canonical_combining_class(letter), 10..=36 | 200..=255)
}

/// Letters that no decomposition takes apart, as people write them who do not have them.
fn taken_apart(letter: char) -> impl Iterator<Item = char> {
    let pair = match letter {
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ß' | 'ẞ' => "ss",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        'ħ' | 'Ħ' => "h",
        _ => "",
    };
    let own = if pair.is_empty() { Some(letter) } else { None };
    pair.chars().chain(own)
}

/// Full case folding letter by letter: by way of the upper case, which brings together what has several lower cases (σ
/// and ς, s and ſ).
fn folded(letter: char) -> impl Iterator<Item = char> {
    letter.to_uppercase().flat_map(char::to_lowercase)
}

//! Arabic and Hebrew are painted as they are seen, from left to right; text has them as they are read.

use super::glyph::Glyph;
use super::lines::Part;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    RightToLeft,
    LeftToRight,
    Digit,
    Neutral,
}

/// Turns the stretches of a line that are read from right to left; numbers within them stay as they are.
pub(super) fn turn(glyphs: &[Glyph], line: &mut [Part]) {
    let classes: Vec<Class> = line.iter().map(|part| class(glyphs, *part)).collect();
    let mut from = 0;
    while let Some(first) = classes.iter().skip(from).position(|class| *class == Class::RightToLeft) {
        let first = from.saturating_add(first);
        let rest = classes.get(first..).unwrap_or_default();
        let until = rest.iter().position(|class| *class == Class::LeftToRight).unwrap_or(rest.len());
        let stretch = rest.get(..until).unwrap_or_default();
        let length =
            stretch.iter().rposition(|class| *class == Class::RightToLeft).unwrap_or(0).saturating_add(1);
        let end = first.saturating_add(length);
        if let (Some(parts), Some(kinds)) = (line.get_mut(first..end), classes.get(first..end)) {
            parts.reverse();
            let kinds: Vec<Class> = kinds.iter().rev().copied().collect();
            turn_numbers(parts, &kinds);
        }
        from = end;
    }
}

fn turn_numbers(parts: &mut [Part], kinds: &[Class]) {
    let mut at = 0;
    for same in kinds.chunk_by(|a, b| a == b) {
        let end = at + same.len();
        if same.first() == Some(&Class::Digit)
            && let Some(number) = parts.get_mut(at..end)
        {
            number.reverse();
        }
        at = end;
    }
}

fn class(glyphs: &[Glyph], part: Part) -> Class {
    let Part::Glyph(place) = part else { return Class::Neutral };
    match glyphs.get(place).and_then(|glyph| glyph.text.chars().next()) {
        Some('\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}') => Class::RightToLeft,
        Some(digit) if digit.is_numeric() => Class::Digit,
        Some(letter) if letter.is_alphabetic() => Class::LeftToRight,
        _ => Class::Neutral,
    }
}

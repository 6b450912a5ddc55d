//! Accents that were painted over their letters, as TeX does it, become one letter with them.

use unicode_normalization::char::compose;

use super::glyph::Glyph;

/// Puts an accent and the letter painted right after it, or before it, together where it stands over the letter.
pub(super) fn join(glyphs: &mut Vec<Glyph>) {
    let mut at = 0_usize;
    while let Some([first, second]) = glyphs.get(at..at.saturating_add(2)) {
        let joined = over(first, second).map(|letter| (at.saturating_add(1), at, letter));
        let joined = joined.or_else(|| over(second, first).map(|letter| (at, at.saturating_add(1), letter)));
        if let Some((of_letter, of_accent, letter)) = joined {
            if let Some(glyph) = glyphs.get_mut(of_letter) {
                glyph.text = letter.to_string().into();
            }
            // Emptied here, taken out below: removing each from the middle would be slow for many.
            if let Some(glyph) = glyphs.get_mut(of_accent) {
                glyph.text = "".into();
            }
            at = at.saturating_add(1);
        }
        at = at.saturating_add(1);
    }
    glyphs.retain(|glyph| !glyph.text.is_empty());
}

/// The letter with its accent, where one glyph is an accent that stands over the other.
fn over(accent: &Glyph, letter: &Glyph) -> Option<char> {
    let mark = combining(single(accent)?)?;
    let base = match single(letter)? {
        'ı' => 'i',
        'ȷ' => 'j',
        base => base,
    };
    let middle = f64::midpoint(accent.start(), accent.end());
    let is_over = accent.along == letter.along
        && middle > letter.start()
        && middle < letter.end()
        && (accent.baseline() - letter.baseline()).abs() < letter.em;
    compose(base, mark).filter(|_| is_over)
}

fn single(glyph: &Glyph) -> Option<char> {
    let mut letters = glyph.text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// The combining character of an accent that stands by itself.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' | 'ˋ' => '\u{300}',
        '´' | 'ˊ' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '¯' | 'ˉ' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' | '°' => '\u{30a}',
        '˝' => '\u{30b}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        '\u{300}'..='\u{36f}' => accent,
        _ => return None,
    })
}

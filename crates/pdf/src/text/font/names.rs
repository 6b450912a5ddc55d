//! What a glyph's name says of its text: the Adobe Glyph List and its rules for names that are not in it.

use std::collections::HashMap;
use std::sync::OnceLock;

type List = HashMap<&'static str, &'static str>;

fn list(text: &'static str) -> List {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(';')).collect()
}

fn letters() -> &'static List {
    static LIST: OnceLock<List> = OnceLock::new();
    LIST.get_or_init(|| list(include_str!("data/glyphlist.txt")))
}

fn dingbats() -> &'static List {
    static LIST: OnceLock<List> = OnceLock::new();
    LIST.get_or_init(|| list(include_str!("data/zapfdingbats.txt")))
}

/// The text of a glyph by its name; `None` where the name says nothing.
pub(super) fn text_of(name: &str) -> Option<String> {
    // "A name's part after the first full stop says how the glyph looks, not what it means."
    let base = name.split('.').next().unwrap_or_default();
    let mut text = String::new();
    for part in base.split('_') {
        if let Some(codes) = letters().get(part).or_else(|| dingbats().get(part)) {
            text.extend(codes.split(' ').filter_map(code));
        } else if let Some(digits) = part.strip_prefix("uni").filter(|rest| rest.len().is_multiple_of(4)) {
            let mut rest = digits;
            while let Some((digits, others)) = rest.split_at_checked(4).filter(|(four, _)| four.len() == 4) {
                text.push(code(digits)?);
                rest = others;
            }
        } else if let Some(digits) = part.strip_prefix('u').filter(|rest| (4..=6).contains(&rest.len())) {
            text.push(code(digits)?);
        } else {
            return None;
        }
    }
    Some(text).filter(|text| !text.is_empty())
}

fn code(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

/// The code that names such as `g65`, `c65`, `cid65` or `A65` carry: producers that number their glyphs often number
/// them by the code of the letter.
pub(super) fn number_in(name: &str) -> Option<u32> {
    let digits = name.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let prefix = name.len().saturating_sub(digits.len());
    if prefix > 3 || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_the_list_and_by_its_rules() {
        for (name, text) in [
            ("A", "A"),
            ("eacute", "é"),
            ("fi", "\u{fb01}"),
            ("f_f_i", "ffi"),
            ("a.sc", "a"),
            ("uni20AC", "€"),
            ("uni00410042", "AB"),
            ("u1F600", "😀"),
            ("a9", "\u{2720}"),
        ] {
            assert_eq!(text_of(name).as_deref(), Some(text), "{name}");
        }
        for name in ["", ".notdef", "g65", "uniD800", "uniXYZW", "u12"] {
            assert_eq!(text_of(name), None, "{name}");
        }
        assert_eq!(number_in("g65"), Some(65));
        assert_eq!(number_in("glyph"), None);
    }
}

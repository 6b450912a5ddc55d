//! The encodings that need no naming of their glyphs (Annex D).

use std::sync::OnceLock;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    MacRoman,
    WinAnsi,
    MacExpert,
    Symbol,
    ZapfDingbats,
}

type Names = [Option<&'static str>; 256];

impl Encoding {
    /// By the name that `/Encoding` or `/BaseEncoding` gives.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacExpertEncoding" => Some(Self::MacExpert),
            _ => None,
        }
    }

    /// The name of a code's glyph.
    pub(super) fn glyph(self, code: u8) -> Option<&'static str> {
        static TABLES: OnceLock<[Box<Names>; 6]> = OnceLock::new();
        let tables = TABLES.get_or_init(|| {
            let mut tables = std::array::from_fn(|_| Box::new([None; 256]));
            let lines = include_str!("data/encodings.txt").lines().filter(|line| !line.starts_with('#'));
            for line in lines {
                let mut words = line.split(' ');
                let code = words.next().and_then(|code| usize::from_str_radix(code, 16).ok()).unwrap_or(0);
                for (table, name) in tables.iter_mut().zip(words) {
                    if let Some(entry) = table.get_mut(code) {
                        *entry = Some(name).filter(|name| *name != "-");
                    }
                }
            }
            tables
        });
        tables.get(self as usize).and_then(|table| table.get(usize::from(code)).copied().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_code_is_another_glyph_in_each_encoding() {
        assert_eq!(Encoding::Standard.glyph(0xAE), Some("fi"));
        assert_eq!(Encoding::WinAnsi.glyph(0x80), Some("Euro"));
        assert_eq!(Encoding::MacRoman.glyph(0x80), Some("Adieresis"));
        assert_eq!(Encoding::Symbol.glyph(b'a'), Some("alpha"));
        assert_eq!(Encoding::ZapfDingbats.glyph(0x21), Some("a1"));
        assert_eq!(Encoding::Standard.glyph(0), None);
    }
}

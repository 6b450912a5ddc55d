//! The /ToUnicode map: which characters the glyph codes stand for, so that text can be searched and copied.

use std::fmt::Write as _;

/// A CMap from two-byte codes, from 1 up, to the characters that each says (ISO 32000-2 9.10.3), in the shape that
/// every reader knows.
pub(super) fn to_unicode<'a>(said: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let lines: Vec<String> =
        (1_u32..).zip(said).map(|(code, said)| format!("<{code:04X}> <{}>", utf16(said))).collect();
    // ISO 32000-2 9.7.5.4 refers to Adobe TN 5014: at most 100 entries a block.
    for block in lines.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar\n{}\nendbfchar", block.len(), block.join("\n"));
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map.into_bytes()
}

/// UTF-16BE in hexadecimal digits.
pub(super) fn utf16(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::to_unicode;

    #[test]
    fn a_hundred_and_one_characters_take_two_blocks() {
        let map = String::from_utf8(to_unicode(std::iter::repeat_n("x", 101))).unwrap();
        assert!(map.contains("100 beginbfchar\n<0001> <0078>\n"));
        assert!(map.contains("1 beginbfchar\n<0065> <0078>\nendbfchar\n"));
    }

    #[test]
    fn a_character_beyond_the_first_plane_is_a_surrogate_pair() {
        let map = String::from_utf8(to_unicode(std::iter::once("\u{1D49C}"))).unwrap();
        assert!(map.contains("<0001> <D835DC9C>"));
    }
}

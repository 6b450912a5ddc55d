//! Text strings (7.9.2.2).

/// PDFDocEncoding where it is not Latin-1 (annex D.3): from 0x18, and from 0x80.
const FROM_18: [char; 8] =
    ['\u{2D8}', '\u{2C7}', '\u{2C6}', '\u{2D9}', '\u{2DD}', '\u{2DB}', '\u{2DA}', '\u{2DC}'];
const FROM_80: [char; 33] = [
    '\u{2022}', '\u{2020}', '\u{2021}', '\u{2026}', '\u{2014}', '\u{2013}', '\u{192}', '\u{2044}',
    '\u{2039}', '\u{203A}', '\u{2212}', '\u{2030}', '\u{201E}', '\u{201C}', '\u{201D}', '\u{2018}',
    '\u{2019}', '\u{201A}', '\u{2122}', '\u{FB01}', '\u{FB02}', '\u{141}', '\u{152}', '\u{160}', '\u{178}',
    '\u{17D}', '\u{131}', '\u{142}', '\u{153}', '\u{161}', '\u{17E}', '\u{FFFD}', '\u{20AC}',
];

pub(super) fn encode(text: &str) -> Vec<u8> {
    // Below 0x20 PDFDocEncoding has accents, so only what is printed or ends a line goes out as it is.
    if text.bytes().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7E)) {
        return text.as_bytes().to_vec();
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // Not allowed by the standard, but written by some and read by all.
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        other => other.iter().map(|byte| pdf_doc(*byte)).collect(),
    }
}

fn pdf_doc(byte: u8) -> char {
    let special = match byte {
        0x18..=0x1F => FROM_18.get(usize::from(byte.wrapping_sub(0x18))),
        0x80..=0xA0 => FROM_80.get(usize::from(byte.wrapping_sub(0x80))),
        _ => None,
    };
    special.copied().unwrap_or(char::from(byte))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|result| result.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_out_and_comes_back() {
        for text in ["Jane", "two\nlines", "Łódź", "Ελένη", "😀", "", "\u{1}\u{18}"] {
            assert_eq!(decode(&encode(text)), text);
        }
    }

    #[test]
    fn old_encodings_are_read() {
        assert_eq!(decode(b"\x8D50 \xA0\x8E \xE9 \x18"), "\u{201C}50 €\u{201D} é \u{2D8}");
        assert_eq!(decode(b"\xEF\xBB\xBF\xC3\xA9"), "é");
        assert_eq!(decode(b"\xFF\xFEA\0"), "A");
    }
}

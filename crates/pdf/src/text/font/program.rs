//! What an embedded font program says of its glyphs, where the PDF itself says nothing.

use std::collections::HashMap;

use ttf_parser::{Face, GlyphId, PlatformId, cff};

use super::names;
use crate::document::Document;
use crate::error::Error;
use crate::object::Dictionary;
use crate::text::forgive::{data, look};

/// What asking a program for all its letters costs, in units of work.
const WORK_PER_PROGRAM: u64 = 512 * 1024;

/// An embedded program, decoded.
pub(super) enum Program {
    /// TrueType, or OpenType with either kind of outlines.
    Sfnt(Vec<u8>),
    /// Bare CFF.
    Compact(Vec<u8>),
    /// Type 1.
    Type1(Vec<u8>),
}

impl Program {
    pub(super) fn load(document: &Document, descriptor: &Dictionary) -> Result<Option<Self>, Error> {
        for key in ["FontFile2", "FontFile3", "FontFile"] {
            if !descriptor.has(key) {
                continue;
            }
            let bytes = data(document, &look(document, descriptor, key)?)?;
            // A thousand fonts may share one program, and each asks it for its letters.
            document.work().copied(WORK_PER_PROGRAM)?;
            return Ok(Some(match bytes.first_chunk::<4>() {
                Some([0, 1, 0, 0] | b"true" | b"OTTO" | b"ttcf") => Self::Sfnt(bytes),
                Some([1, 0, _, 1..=4]) => Self::Compact(bytes),
                _ if key == "FontFile" => Self::Type1(bytes),
                _ => return Ok(None),
            }));
        }
        Ok(None)
    }

    /// The names of the glyphs of all 256 codes by the program's own encoding, where it has one.
    pub(super) fn encoding(&self) -> HashMap<u8, String> {
        match self {
            Self::Type1(bytes) => type1_encoding(bytes),
            Self::Compact(bytes) => {
                let Some(table) = cff::Table::parse(bytes) else { return HashMap::new() };
                (0..=255)
                    .filter_map(|code| {
                        let glyph = table.glyph_index(code).filter(|glyph| glyph.0 != 0)?;
                        Some((code, table.glyph_name(glyph)?.to_owned()))
                    })
                    .collect()
            }
            Self::Sfnt(_) => HashMap::new(),
        }
    }

    /// The texts of the codes of a simple font whose TrueType program maps them to glyphs (9.6.5.4).
    pub(super) fn texts_of_codes(&self) -> HashMap<u8, String> {
        let Self::Sfnt(bytes) = self else { return HashMap::new() };
        let Ok(face) = Face::parse(bytes, 0) else { return HashMap::new() };
        let texts = texts_of_glyphs(&face);
        let tables = face.tables().cmap.map(|cmap| cmap.subtables);
        (0..=255_u8)
            .filter_map(|code| {
                let glyph =
                    tables?.into_iter().find_map(|table| match (table.platform_id, table.encoding_id) {
                        (PlatformId::Windows, 0) => {
                            let code = u32::from(code);
                            [0xf000, 0, 0xf100, 0xf200]
                                .into_iter()
                                .find_map(|base| table.glyph_index(base + code).filter(|glyph| glyph.0 != 0))
                        }
                        (PlatformId::Macintosh, 0) => table.glyph_index(u32::from(code)),
                        _ => None,
                    })?;
                Some((code, texts.get(&glyph.0)?.clone()))
            })
            .collect()
    }

    /// The texts of glyphs by their numbers.
    pub(super) fn texts_of_glyphs(&self) -> HashMap<u16, String> {
        match self {
            Self::Sfnt(bytes) => Face::parse(bytes, 0).map(|face| texts_of_glyphs(&face)).unwrap_or_default(),
            Self::Compact(bytes) => {
                let Some(table) = cff::Table::parse(bytes) else { return HashMap::new() };
                (1..table.number_of_glyphs())
                    .filter_map(|glyph| Some((glyph, names::text_of(table.glyph_name(GlyphId(glyph))?)?)))
                    .collect()
            }
            Self::Type1(_) => HashMap::new(),
        }
    }
}

/// The character map backwards, else the names of the glyphs. Asking for each character is bounded; a map's own list
/// of its characters is as long as the file says.
fn texts_of_glyphs(face: &Face<'_>) -> HashMap<u16, String> {
    let mut texts = HashMap::new();
    for letter in (0x20..=0xffff_u32).filter_map(char::from_u32) {
        // What stands in the private area is a code, not a letter.
        if ('\u{e000}'..='\u{f8ff}').contains(&letter) {
            continue;
        }
        if let Some(glyph) = face.glyph_index(letter) {
            texts.entry(glyph.0).or_insert_with(|| letter.to_string());
        }
    }
    for glyph in 1..face.number_of_glyphs() {
        if let std::collections::hash_map::Entry::Vacant(entry) = texts.entry(glyph)
            && let Some(text) = face.glyph_name(GlyphId(glyph)).and_then(names::text_of)
        {
            entry.insert(text);
        }
    }
    texts
}

/// `dup 65 /A put` of the part of a Type 1 program that is not encrypted.
fn type1_encoding(bytes: &[u8]) -> HashMap<u8, String> {
    let clear = bytes.windows(5).position(|window| window == b"eexec").unwrap_or(bytes.len());
    let text = String::from_utf8_lossy(bytes.get(..clear).unwrap_or_default());
    let mut words = text.split_ascii_whitespace();
    let mut names = HashMap::new();
    while let Some(word) = words.next() {
        if word != "dup" {
            continue;
        }
        let (code, name) = match words.next() {
            // Written without a blank: `dup 65/A put`.
            Some(word) if word.contains('/') => match word.split_once('/') {
                Some((code, name)) => (code, name),
                None => continue,
            },
            Some(code) => match words.next().and_then(|name| name.strip_prefix('/')) {
                Some(name) => (code, name),
                None => continue,
            },
            None => break,
        };
        if let Ok(code) = code.parse() {
            names.insert(code, name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_1_program_tells_its_encoding_in_clear() {
        let names =
            type1_encoding(b"/Encoding 256 array\ndup 65 /A put\ndup 66/B put\ndup x eexec dup 67 /C put");
        assert_eq!(names.get(&65).map(String::as_str), Some("A"));
        assert_eq!(names.get(&66).map(String::as_str), Some("B"));
        assert_eq!(names.get(&67), None);
    }
}

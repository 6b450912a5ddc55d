//! Composite fonts: codes of any length, glyphs by the numbers of a collection (9.7).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::Shown;
use super::cmap::CMap;
use super::program::Program;
use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object};
use crate::text::forgive::{data, forgive, look};

/// Entries of `/W` that are kept.
const WIDTHS_MAX: usize = 200_000;

/// A Type 0 font with its only descendant.
#[derive(Debug)]
pub(super) struct Composite {
    codes: Codes,
    to_unicode: CMap,
    /// By glyph of the embedded program, where nothing else tells its text.
    texts: HashMap<u16, String>,
    /// From CIDs to those glyphs where they are not the same, two bytes each.
    glyphs: Vec<u8>,
    /// By first CID: last CID and width in em.
    widths: BTreeMap<u32, (u32, f64)>,
    usual_width: f64,
    /// Advance downwards and height of the origin, in em.
    down: (f64, f64),
    pub(super) vertical: bool,
    /// Whether the CIDs are those of one of Adobe's collections, which all begin with the letters of ASCII.
    is_collection: bool,
}

/// How strings fall into codes.
#[derive(Debug)]
enum Codes {
    /// Two bytes, which are the CID.
    Identity,
    /// Two bytes or four, which are UTF-16.
    Utf16,
    /// Four bytes, which are UTF-32.
    Utf32,
    /// As UTF-8.
    Utf8,
    /// One byte below this one, else two: the old encodings of East Asia. Of these only ASCII is known to us.
    Legacy { lead: u8, half_width: bool },
    /// By an embedded map.
    Map(CMap),
}

impl Composite {
    pub(super) fn load(
        document: &Document,
        dictionary: &Dictionary,
        descendant: &Dictionary,
        to_unicode: CMap,
    ) -> Result<Self, Error> {
        let encoding = look(document, dictionary, "Encoding")?;
        let mut vertical = false;
        let codes = match &encoding {
            Object::Name(name) => {
                vertical = name.as_bytes().ends_with(b"V");
                Codes::named(name.as_bytes())
            }
            Object::Stream(stream) => {
                let map = CMap::parse(&data(document, &encoding)?);
                let says = look(document, &stream.dictionary, "WMode")?.as_integer();
                vertical = says.map_or(map.vertical, |mode| mode == 1);
                if map.has_spaces() { Codes::Map(map) } else { Codes::Identity }
            }
            _ => Codes::Identity,
        };
        let system = super::look_in(document, descendant, "CIDSystemInfo")?;
        let ordering = look(document, &system, "Ordering")?;
        let is_collection = [&b"Japan1"[..], b"GB1", b"CNS1", b"Korea1", b"KR"]
            .iter()
            .any(|name| ordering.as_string().is_some_and(|text| text == *name));
        let mut texts = HashMap::new();
        let mut glyphs = Vec::new();
        if !to_unicode.has_texts() && !is_collection {
            let descriptor = super::look_in(document, descendant, "FontDescriptor")?;
            if let Some(program) = Program::load(document, &descriptor)? {
                texts = program.texts_of_glyphs();
            }
            glyphs = data(document, &look(document, descendant, "CIDToGIDMap")?)?;
        }
        let down = super::numbers::<2>(document, descendant, "DW2")?.unwrap_or([880.0, -1000.0]);
        Ok(Self {
            codes,
            to_unicode,
            texts,
            glyphs,
            widths: widths(document, descendant)?,
            usual_width: look(document, descendant, "DW")?.as_number().unwrap_or(1000.0) / 1000.0,
            down: (down[1] / 1000.0, down[0] / 1000.0),
            vertical,
            is_collection,
        })
    }

    fn width(&self, cid: u32) -> f64 {
        match self.widths.range(..=cid).next_back() {
            Some((_, (last, width))) if cid <= *last => *width,
            _ => self.usual_width,
        }
    }

    pub(super) fn next(&self, bytes: &[u8]) -> Option<Shown<'_>> {
        let (code, length, own_text) = self.codes.next(bytes)?;
        let cid = match &self.codes {
            Codes::Identity => Some(code),
            Codes::Map(map) => map.cid(code).or(map.uses.as_ref().map(|_| code)),
            _ if self.is_collection => own_text.and_then(collection_cid),
            _ => Some(code),
        };
        let width = match (&self.codes, cid) {
            (Codes::Legacy { half_width: true, .. }, _) if length == 1 => 0.5,
            (_, Some(cid)) => self.width(cid),
            _ => self.usual_width,
        };
        let text = self.to_unicode.text(code).map(Cow::Owned).or_else(|| self.text(cid, own_text));
        let (advance, shift) =
            if self.vertical { (self.down.0, (-width / 2.0, -self.down.1)) } else { (width, (0.0, 0.0)) };
        Some(Shown { length, advance, shift, text, is_space: length == 1 && code == 32 })
    }

    fn text(&self, cid: Option<u32>, own: Option<char>) -> Option<Cow<'_, str>> {
        if let Some(letter) = own {
            return Some(Cow::Owned(letter.to_string()));
        }
        let cid = cid?;
        if self.is_collection {
            let letter =
                cid.checked_add(31).filter(|code| (0x20..0x7f).contains(code)).and_then(char::from_u32);
            return letter.map(|letter| Cow::Owned(letter.to_string()));
        }
        let place = usize::try_from(cid).ok()?;
        let glyph = if self.glyphs.is_empty() {
            u16::try_from(cid).ok()?
        } else {
            u16::from_be_bytes(*self.glyphs.get(place.checked_mul(2)?..)?.first_chunk::<2>()?)
        };
        self.texts.get(&glyph).map(|text| Cow::Borrowed(text.as_str()))
    }
}

/// Latin letters stand at the beginning of all of Adobe's collections, proportional ones.
fn collection_cid(letter: char) -> Option<u32> {
    Some(u32::from(letter)).filter(|code| (0x20..0x7f).contains(code)).map(|code| code.saturating_sub(31))
}

impl Codes {
    fn named(name: &[u8]) -> Self {
        let has = |part: &[u8]| name.windows(part.len()).any(|window| window == part);
        if name.starts_with(b"Identity") {
            Self::Identity
        } else if has(b"UCS2") || has(b"UTF16") {
            Self::Utf16
        } else if has(b"UTF32") {
            Self::Utf32
        } else if has(b"UTF8") {
            Self::Utf8
        } else if has(b"RKSJ") || has(b"EUC") || has(b"GBK") || has(b"B5") || has(b"HKscs") || has(b"KSCms") {
            // "H" or "pc" in the middle of a name: Latin letters of half a width, or of their own.
            Self::Legacy { lead: 0x81, half_width: !has(b"p-") && !has(b"pc") }
        } else {
            // `H`, `V`, `GB-H`, `KSC-H` and the like: two bytes, of which nothing is known to us.
            Self::Legacy { lead: 0, half_width: false }
        }
    }

    /// The code, its length in bytes, and its character where the code itself is one.
    fn next(&self, bytes: &[u8]) -> Option<(u32, usize, Option<char>)> {
        let first = *bytes.first()?;
        let unit = |at: usize| {
            let pair = bytes.get(at..)?.first_chunk::<2>()?;
            Some(u16::from_be_bytes(*pair))
        };
        // Half a code at the end of a string is a code all the same.
        let half = Some((u32::from(first), bytes.len().min(2), None));
        match self {
            Self::Identity => unit(0).map(|code| (u32::from(code), 2, None)).or(half),
            Self::Map(map) => map.next_code(bytes).map(|(code, length)| (code, length, None)),
            Self::Utf16 => {
                let Some(high) = unit(0) else { return half };
                let units = [Some(high), unit(2)].into_iter().flatten();
                match char::decode_utf16(units).next() {
                    Some(Ok(letter)) => {
                        let length = letter.len_utf16().saturating_mul(2);
                        Some((u32::from(letter), length, Some(letter)))
                    }
                    _ => Some((u32::from(high), 2, None)),
                }
            }
            Self::Utf32 => match bytes.first_chunk::<4>() {
                Some(four) => {
                    let code = u32::from_be_bytes(*four);
                    Some((code, 4, char::from_u32(code)))
                }
                None => Some((u32::from(first), bytes.len(), None)),
            },
            Self::Utf8 => {
                let head = bytes.get(..bytes.len().min(4)).unwrap_or_default();
                let letter = (1..=head.len()).find_map(|length| {
                    std::str::from_utf8(head.get(..length)?).ok().and_then(|text| text.chars().next())
                });
                Some(letter.map_or((u32::from(first), 1, None), |letter| {
                    (u32::from(letter), letter.len_utf8(), Some(letter))
                }))
            }
            Self::Legacy { lead, .. } => {
                // Half-width katakana of Shift JIS (A1 to DF) are one byte, but of the others none is.
                if first < *lead || bytes.len() < 2 {
                    let letter = char::from(first);
                    return Some((u32::from(first), 1, Some(letter).filter(char::is_ascii)));
                }
                unit(0).map(|code| (u32::from(code), 2, None)).or(half)
            }
        }
    }
}

/// `/W` (9.7.4.3).
fn widths(document: &Document, descendant: &Dictionary) -> Result<BTreeMap<u32, (u32, f64)>, Error> {
    let mut widths = BTreeMap::new();
    let Object::Array(items) = look(document, descendant, "W")? else { return Ok(widths) };
    let whole = |object: &Object| object.as_integer().and_then(|value| u32::try_from(value).ok());
    let mut items = items.iter();
    while let Some(item) = items.next() {
        if widths.len() >= WIDTHS_MAX {
            break;
        }
        let first = forgive(document.resolve(item), Object::Null)?;
        let Some(mut cid) = whole(&first) else { continue };
        match items.next().map(|item| forgive(document.resolve(item), Object::Null)).transpose()? {
            Some(Object::Array(list)) => {
                for width in list.iter().take(WIDTHS_MAX) {
                    let width = forgive(document.resolve(width), Object::Null)?.as_number().unwrap_or(0.0);
                    widths.insert(cid, (cid, width / 1000.0));
                    cid = cid.saturating_add(1);
                }
            }
            Some(last) => {
                let width =
                    items.next().map(|item| forgive(document.resolve(item), Object::Null)).transpose()?;
                if let (Some(last), Some(width)) = (whole(&last), width.and_then(|width| width.as_number())) {
                    widths.insert(cid, (last, width / 1000.0));
                }
            }
            None => break,
        }
    }
    Ok(widths)
}

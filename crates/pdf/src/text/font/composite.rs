//! Composite fonts: codes of any length, glyphs by the numbers of a collection (9.7).

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use hayro_cmap::{BfString, CMapName, CidFamily};

use super::Shown;
use super::cmap::CMap;
use super::program::Program;
use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object};
use crate::text::forgive::{data, forgive, look};

/// What unpacking one of the maps that every reader knows costs, in units of work.
const WORK_PER_MAP: u64 = 512 * 1024;
/// Entries of `/W` that are kept.
const WIDTHS_MAX: usize = 200_000;

/// A Type 0 font with its only descendant.
#[derive(Debug)]
pub(super) struct Composite {
    codes: Codes,
    to_unicode: CMap,
    /// By CID: the texts of the collection that the font draws from.
    collection: Option<Box<hayro_cmap::CMap>>,
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
}

/// How strings fall into codes, and which glyphs these are.
#[derive(Debug)]
enum Codes {
    /// Two bytes, which are the CID.
    Identity,
    /// By one of the maps that every reader knows (9.7.5.2).
    Predefined(Box<hayro_cmap::CMap>),
    /// By an embedded map, which may continue another one.
    Map(Box<CMap>, Option<Box<hayro_cmap::CMap>>),
}

/// A map that every reader knows.
fn predefined(document: &Document, name: CMapName<'_>) -> Result<Option<Box<hayro_cmap::CMap>>, Error> {
    document.work().copied(WORK_PER_MAP)?;
    let bytes = hayro_cmap::load_embedded(name);
    Ok(bytes.and_then(|bytes| hayro_cmap::CMap::parse(bytes, hayro_cmap::load_embedded)).map(Box::new))
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
                Codes::named(document, name.as_bytes())?.unwrap_or(Codes::Identity)
            }
            Object::Stream(stream) => {
                let bytes = data(document, &encoding)?;
                document.work().parsed(bytes.len() as u64)?;
                let map = CMap::parse(&bytes);
                let says = look(document, &stream.dictionary, "WMode")?.as_integer();
                vertical = says.map_or(map.vertical, |mode| mode == 1);
                let base = match map.uses.as_deref().map(|name| Codes::named(document, name)).transpose()? {
                    Some(Some(Codes::Predefined(base))) => Some(base),
                    _ => None,
                };
                if map.has_spaces() {
                    Codes::Map(Box::new(map), base)
                } else {
                    base.map_or(Codes::Identity, Codes::Predefined)
                }
            }
            _ => Codes::Identity,
        };
        let mut collection = None;
        let mut texts = HashMap::new();
        let mut glyphs = Vec::new();
        if !to_unicode.has_texts() {
            let system = super::look_in(document, descendant, "CIDSystemInfo")?;
            let registry = look(document, &system, "Registry")?;
            let ordering = look(document, &system, "Ordering")?;
            let family = CidFamily::from_registry_ordering(
                registry.as_string().unwrap_or_default(),
                ordering.as_string().unwrap_or_default(),
            );
            if let Some(name) = family.ucs2_cmap() {
                collection = predefined(document, name)?;
            }
            if collection.is_none() {
                let descriptor = super::look_in(document, descendant, "FontDescriptor")?;
                if let Some(program) = Program::load(document, &descriptor)? {
                    texts = program.texts_of_glyphs();
                }
                glyphs = data(document, &look(document, descendant, "CIDToGIDMap")?)?;
            }
        }
        let down = super::numbers::<2>(document, descendant, "DW2")?.unwrap_or([880.0, -1000.0]);
        Ok(Self {
            codes,
            to_unicode,
            collection,
            texts,
            glyphs,
            widths: widths(document, descendant)?,
            usual_width: look(document, descendant, "DW")?.as_number().unwrap_or(1000.0) / 1000.0,
            down: (down[1] / 1000.0, down[0] / 1000.0),
            vertical,
        })
    }

    fn width(&self, cid: u32) -> f64 {
        match self.widths.range(..=cid).next_back() {
            Some((_, (last, width))) if cid <= *last => *width,
            _ => self.usual_width,
        }
    }

    pub(super) fn next(&self, bytes: &[u8]) -> Option<Shown<'_>> {
        let (code, length) = self.codes.next(bytes)?;
        let cid = self.codes.cid(code, length);
        let width = cid.map_or(self.usual_width, |cid| self.width(cid));
        let text = self.to_unicode.text(code).map(Cow::Owned).or_else(|| self.text(cid?));
        let (advance, shift) =
            if self.vertical { (self.down.0, (-width / 2.0, -self.down.1)) } else { (width, (0.0, 0.0)) };
        Some(Shown { length, advance, shift, text, is_space: length == 1 && code == 32 })
    }

    fn text(&self, cid: u32) -> Option<Cow<'_, str>> {
        if let Some(collection) = &self.collection {
            return Some(Cow::Owned(match collection.lookup_bf_string(cid)? {
                BfString::Char(letter) => letter.to_string(),
                BfString::String(text) => text,
            }));
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

impl Codes {
    fn named(document: &Document, name: &[u8]) -> Result<Option<Self>, Error> {
        if name.starts_with(b"Identity") {
            return Ok(Some(Self::Identity));
        }
        Ok(predefined(document, CMapName::from_bytes(name))?.map(Self::Predefined))
    }

    /// The first code of a string, and of how many bytes it is made.
    fn next(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        let first = *bytes.first()?;
        match self {
            Self::Identity => Some(match bytes.first_chunk::<2>() {
                Some(pair) => (u32::from(u16::from_be_bytes(*pair)), 2),
                // Half a code at the end of a string is a code all the same.
                None => (u32::from(first), 1),
            }),
            Self::Map(map, _) => map.next_code(bytes),
            Self::Predefined(map) => {
                let mut code = 0;
                let mut pair = (u32::from(first), 1);
                for (length, byte) in (1..=4_u8).zip(bytes) {
                    code = (code << 8) | u32::from(*byte);
                    if map.lookup_cid_code(code, length).is_some() {
                        return Some((code, usize::from(length)));
                    }
                    if length == 2 {
                        pair = (code, 2);
                    }
                }
                // Most codes that such a map does not know are of two bytes, as most that it knows.
                Some(pair)
            }
        }
    }

    fn cid(&self, code: u32, length: usize) -> Option<u32> {
        match self {
            Self::Identity => Some(code),
            Self::Predefined(map) => map.lookup_cid_code(code, u8::try_from(length).ok()?),
            Self::Map(map, base) => map.cid(code).or_else(|| match base {
                Some(base) => base.lookup_cid_code(code, u8::try_from(length).ok()?),
                None => map.uses.as_ref().map(|_| code),
            }),
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

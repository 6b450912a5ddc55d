//! Simple fonts: one byte, one glyph (9.6).

use std::borrow::Cow;
use std::collections::HashMap;

use super::Shown;
use super::cmap::CMap;
use super::core_font::CoreFont;
use super::encoding::Encoding;
use super::names;
use super::program::Program;
use crate::document::Document;
use crate::error::Error;
use crate::object::{Dictionary, Object};
use crate::text::forgive::{forgive, look};

/// Its 256 glyphs.
#[derive(Debug)]
pub(super) struct Simple {
    widths: Vec<f64>,
    texts: Vec<Option<Box<str>>>,
    /// The font of known measures that it is.
    pub(super) core: Option<CoreFont>,
}

/// What the dictionary says of the encoding.
#[derive(Default)]
struct Named {
    base: Option<Encoding>,
    differences: HashMap<u8, String>,
}

impl Simple {
    pub(super) fn load(
        document: &Document,
        dictionary: &Dictionary,
        descriptor: &Dictionary,
        to_unicode: &CMap,
    ) -> Result<Self, Error> {
        let base_font = look(document, dictionary, "BaseFont")?;
        let base_font = base_font.as_name().map(|name| String::from_utf8_lossy(name.as_bytes()).into_owned());
        let core = base_font.as_deref().and_then(CoreFont::named);
        let flags = look(document, descriptor, "Flags")?.as_integer().unwrap_or(0);
        let is_true_type = look(document, dictionary, "Subtype")?.is_name("TrueType");
        let named = Named::read(document, dictionary)?;
        // Programs are large; one whose codes are all named has nothing to add.
        let program = if named.base.is_none() { Program::load(document, descriptor)? } else { None };
        let own = match &program {
            Some(program) => program.encoding(),
            None => HashMap::new(),
        };
        // Only the codes of a TrueType program that no encoding names are its own business.
        let of_program = match &program {
            Some(program) if is_true_type && !to_unicode.has_texts() => program.texts_of_codes(),
            _ => HashMap::new(),
        };
        let base = named.base.unwrap_or(match core {
            Some(CoreFont::Column(6)) => Encoding::Symbol,
            Some(CoreFont::Column(7)) => Encoding::ZapfDingbats,
            _ if is_true_type => Encoding::WinAnsi,
            _ => Encoding::Standard,
        });
        let glyph = |code: u8| {
            let given = named.differences.get(&code).or_else(|| own.get(&code)).map(String::as_str);
            given.or_else(|| base.glyph(code).filter(|_| own.is_empty()))
        };
        let text = |code: u8| {
            let name = glyph(code);
            to_unicode
                .text(u32::from(code))
                .or_else(|| of_program.get(&code).cloned())
                .or_else(|| name.and_then(names::text_of))
                .or_else(|| name.and_then(names::number_in).and_then(printable))
        };
        let measures = core.unwrap_or(CoreFont::stand_in(flags));
        let widths = match look(document, dictionary, "Widths")? {
            Object::Array(widths) => given_widths(document, dictionary, descriptor, &widths)?,
            _ => (0..=255)
                .map(|code| glyph(code).and_then(|name| measures.width(name)).unwrap_or(0.0))
                .collect(),
        };
        Ok(Self { widths, texts: (0..=255).map(|code| text(code).map(Into::into)).collect(), core })
    }

    /// The same with widths in other units.
    pub(super) fn scaled(mut self, factor: f64) -> Self {
        // They were given in thousandths, as for all other fonts.
        self.widths.iter_mut().for_each(|width| *width *= 1000.0 * factor);
        self
    }

    /// The width of a usual letter; zero where there is none.
    pub(super) fn usual_width(&self) -> f64 {
        let widths: Vec<f64> = self.widths.iter().copied().filter(|width| *width > 0.0).collect();
        widths.iter().sum::<f64>() / f64::from(u16::try_from(widths.len()).unwrap_or(1).max(1))
    }

    pub(super) fn next(&self, bytes: &[u8]) -> Option<Shown<'_>> {
        let code = *bytes.first()?;
        let text = self.texts.get(usize::from(code)).and_then(Option::as_deref);
        Some(Shown {
            length: 1,
            advance: self.widths.get(usize::from(code)).copied().unwrap_or(0.0),
            shift: (0.0, 0.0),
            text: text.map(Cow::Borrowed),
            is_space: code == b' ',
        })
    }
}

impl Named {
    fn read(document: &Document, dictionary: &Dictionary) -> Result<Self, Error> {
        let mut named = Self::default();
        match look(document, dictionary, "Encoding")? {
            Object::Name(name) => named.base = Encoding::named(name.as_bytes()),
            Object::Dictionary(encoding) => {
                let base = look(document, &encoding, "BaseEncoding")?;
                named.base = base.as_name().and_then(|name| Encoding::named(name.as_bytes()));
                let Object::Array(differences) = look(document, &encoding, "Differences")? else {
                    return Ok(named);
                };
                let mut code = 0_i64;
                for item in &differences {
                    match forgive(document.resolve(item), Object::Null)? {
                        Object::Name(name) => {
                            if let Ok(code) = u8::try_from(code) {
                                let name = String::from_utf8_lossy(name.as_bytes()).into_owned();
                                named.differences.insert(code, name);
                            }
                            code = code.saturating_add(1);
                        }
                        other => code = other.as_integer().unwrap_or(code),
                    }
                }
            }
            _ => {}
        }
        Ok(named)
    }
}

/// `/Widths` from `/FirstChar`, in em.
fn given_widths(
    document: &Document,
    dictionary: &Dictionary,
    descriptor: &Dictionary,
    widths: &[Object],
) -> Result<Vec<f64>, Error> {
    let missing = look(document, descriptor, "MissingWidth")?.as_number().unwrap_or(0.0);
    let mut all = vec![missing / 1000.0; 256];
    let first = look(document, dictionary, "FirstChar")?.as_integer().unwrap_or(0);
    let Ok(first) = usize::try_from(first) else { return Ok(all) };
    for (entry, width) in all.iter_mut().skip(first).zip(widths) {
        if let Some(width) = forgive(document.resolve(width), Object::Null)?.as_number() {
            *entry = width / 1000.0;
        }
    }
    Ok(all)
}

fn printable(code: u32) -> Option<String> {
    char::from_u32(code).filter(|letter| !letter.is_control() && *letter < '\u{100}').map(String::from)
}

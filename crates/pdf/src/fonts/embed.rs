//! Subsets of the faces as they go into a file: Type0, Identity-H, with widths and /ToUnicode.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::to_unicode::to_unicode;
use super::{Face, NewObjects, drawn_form};
use crate::appearance::deflated;
use crate::object::{Dictionary, Object, ObjectId};

/// Collects the glyphs that the streams of one revision (or one new file) show, and writes one subset per face at
/// the end. The same text in the same order gives the same bytes.
#[derive(Default)]
pub struct Embedder {
    subsets: BTreeMap<Face, Subset>,
}

struct Subset {
    id: ObjectId,
    glyphs: GlyphRemapper,
    // New glyph number -> the character it was first asked for, and its width.
    shown: BTreeMap<u16, (char, f64)>,
}

impl Embedder {
    /// An embedder that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The Type0 font object of a face, to be named in a /Font resource. The first call gives it a number.
    pub fn font(&mut self, face: Face, objects: &mut dyn NewObjects) -> ObjectId {
        self.subset(face, objects).id
    }

    /// The name under which content streams of this crate call the face.
    pub fn resource_name(face: Face) -> &'static str {
        ["CsText", "CsBold", "CsScript", "CsItalic", "CsSerif", "CsMono"][face as usize]
    }

    /// The two-byte codes of a line of text, as a hexadecimal string for the Tj operator, with its brackets.
    /// Characters without a glyph are left out: ask [`Face::covers`] before.
    pub fn codes(&mut self, face: Face, text: &str, objects: &mut dyn NewObjects) -> String {
        let subset = self.subset(face, objects);
        let mut codes = String::from("<");
        for character in drawn_form(text).chars() {
            let Some(glyph) = face.glyph(character) else { continue };
            let code = subset.glyphs.remap(glyph);
            subset.shown.entry(code).or_insert((character, face.advance(glyph)));
            codes.push_str(&format!("{code:04X}"));
        }
        codes.push('>');
        codes
    }

    /// Writes the fonts. Call once, after the last stream.
    pub fn finish(self, objects: &mut dyn NewObjects) {
        for (face, subset) in self.subsets {
            subset.write(face, objects);
        }
    }

    fn subset(&mut self, face: Face, objects: &mut dyn NewObjects) -> &mut Subset {
        self.subsets.entry(face).or_insert_with(|| Subset {
            id: objects.allocate(),
            glyphs: GlyphRemapper::new(),
            shown: BTreeMap::new(),
        })
    }
}

impl Subset {
    // ISO 32000-2 9.7.6: a Type0 font, its one CIDFont, the descriptor, the program and the /ToUnicode map.
    fn write(self, face: Face, objects: &mut dyn NewObjects) {
        let program = subsetter::subset(face.program(), 0, &self.glyphs)
            .expect("the shipped faces are TrueType and every glyph number comes from their own cmap");
        let name = Object::name(&format!("{}+{}", tag(&program), face.postscript_name()));

        let length = program.len();
        let file = objects.allocate();
        let dictionary = Dictionary::new().with("Length1", Object::Integer(length as i64));
        objects.put(file, Object::Stream(deflated(dictionary, &program)));

        let descriptor = objects.allocate();
        objects.put(descriptor, Object::Dictionary(descriptor_of(face, name.clone(), file)));

        let descendant = objects.allocate();
        let system = Dictionary::new()
            .with("Registry", Object::String(b"Adobe".to_vec()))
            .with("Ordering", Object::String(b"Identity".to_vec()))
            .with("Supplement", Object::Integer(0));
        let cid_font = Dictionary::new()
            .with("Type", Object::name("Font"))
            .with("Subtype", Object::name("CIDFontType2"))
            .with("BaseFont", name.clone())
            .with("CIDSystemInfo", Object::Dictionary(system))
            .with("FontDescriptor", Object::Reference(descriptor))
            .with("CIDToGIDMap", Object::name("Identity"))
            .with("DW", Object::Integer(0))
            .with("W", self.widths());
        objects.put(descendant, Object::Dictionary(cid_font));

        let map = objects.allocate();
        let codes: Vec<(u16, char)> =
            self.shown.iter().map(|(&code, &(character, _))| (code, character)).collect();
        objects.put(map, Object::Stream(deflated(Dictionary::new(), &to_unicode(codes.into_iter()))));

        let font = Dictionary::new()
            .with("Type", Object::name("Font"))
            .with("Subtype", Object::name("Type0"))
            .with("BaseFont", name)
            .with("Encoding", Object::name("Identity-H"))
            .with("DescendantFonts", Object::Array(vec![Object::Reference(descendant)]))
            .with("ToUnicode", Object::Reference(map));
        objects.put(self.id, Object::Dictionary(font));
    }

    /// /W: the codes run from 1 without a gap, so one group holds them all.
    fn widths(&self) -> Object {
        let widths = self.shown.values().map(|&(_, width)| number(width)).collect();
        Object::Array(vec![Object::Integer(1), Object::Array(widths)])
    }
}

fn descriptor_of(face: Face, name: Object, file: ObjectId) -> Dictionary {
    let outlines = face.outlines();
    let em = f64::from(outlines.units_per_em());
    let scaled = |units: i16| number(f64::from(units) * 1000.0 / em);
    let bounds = outlines.global_bounding_box();
    // ISO 32000-2 table 121: 1 of one width, 2 serifs, 4 symbolic (the codes are glyph numbers), 8 script,
    // 64 italic.
    let flags = match face {
        Face::Text | Face::Bold => 4,
        Face::Script => 4 + 8,
        Face::Italic => 4 + 64,
        Face::Serif => 4 + 2,
        Face::Mono => 4 + 1,
    };
    let box_of_all = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
    Dictionary::new()
        .with("Type", Object::name("FontDescriptor"))
        .with("FontName", name)
        .with("Flags", Object::Integer(flags))
        .with("FontBBox", Object::Array(box_of_all.into_iter().map(scaled).collect()))
        .with("ItalicAngle", Object::Integer(if face == Face::Italic { -12 } else { 0 }))
        .with("Ascent", scaled(outlines.ascender()))
        .with("Descent", scaled(outlines.descender()))
        .with("CapHeight", number(face.cap_height() * 1000.0))
        .with("StemV", Object::Integer(if face == Face::Bold { 140 } else { 80 }))
        .with("FontFile2", Object::Reference(file))
}

fn number(value: f64) -> Object {
    if value.fract() == 0.0 {
        Object::Integer(value as i64)
    } else {
        Object::Real((value * 100.0).round() / 100.0)
    }
}

/// ISO 32000-2 9.9.2: six capital letters that tell subsets of one face apart. Taken from the subset itself, so
/// that the same subset has the same name everywhere.
fn tag(program: &[u8]) -> String {
    Sha256::digest(program).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

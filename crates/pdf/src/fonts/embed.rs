//! Subsets of the faces as they go into a file: Type0, Identity-H, with widths and /ToUnicode.

use std::collections::BTreeMap;
use std::ops::Range;

use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::line::{Line, Run};
use super::show::Show;
use super::to_unicode::{to_unicode, utf16};
use super::{Face, NewObjects};
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
    // Which code shows a glyph where it says these characters: the same glyph may say several things.
    codes: BTreeMap<(u16, String), u16>,
    // What the codes show, from code 1 up.
    shown: Vec<Shown>,
}

struct Shown {
    // The glyph's number in the subset.
    glyph: u16,
    width: f64,
    said: String,
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
        match face {
            Face::Text => "CsText",
            Face::Bold => "CsBold",
            Face::Script => "CsScript",
            Face::Italic => "CsItalic",
            Face::Serif => "CsSerif",
            Face::Mono => "CsMono",
            Face::Devanagari => "CsDevanagari",
            Face::Chinese => "CsChinese",
            Face::Arabic => "CsArabic",
            Face::Hebrew => "CsHebrew",
        }
    }

    /// The operators that show `run` of `line` at `size` points, each on a line of its own, after a Tf with its face.
    /// They leave the pen at the end of the run.
    pub(crate) fn show(&mut self, line: &Line, run: &Run, size: f64, objects: &mut dyn NewObjects) -> String {
        let subset = self.subset(run.face, objects);
        let mut shown = Show::default();
        for cluster in run.glyphs.chunk_by(|one, next| one.cluster == next.cluster) {
            // ISO 32000-2 14.9.4: glyphs that only together stand for some letters say which. From right to left the
            // readers that turn the letters around tear words apart at such a place, and need it for nothing.
            let is_told = cluster.len() > 1 && !run.face.is_right_to_left();
            let letters = cluster.first().filter(|_| is_told).map(|it| said(line, &it.cluster));
            if let Some(letters) = letters {
                shown.operator(&format!("/Span <</ActualText <FEFF{}>>> BDC", utf16(letters)));
            }
            for glyph in cluster {
                let width = run.face.advance(glyph.id);
                if let Some(code) = subset.code(glyph.id, said(line, &glyph.said), width) {
                    shown.rise(glyph.y * size / 1000.0);
                    shown.glyph(code, glyph.x);
                    shown.skip += glyph.advance - width - glyph.x;
                } else {
                    shown.skip += glyph.advance;
                }
            }
            if letters.is_some() {
                shown.operator("EMC");
            }
        }
        shown.finish()
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
            codes: BTreeMap::new(),
            shown: Vec::new(),
        })
    }
}

fn said<'a>(line: &'a Line, range: &Range<usize>) -> &'a str {
    line.text().get(range.clone()).unwrap_or("")
}

impl Subset {
    /// The code of a glyph that says these characters. None where all 65,535 codes are taken, by a text that nobody
    /// typed.
    fn code(&mut self, glyph: u16, said: &str, width: f64) -> Option<u16> {
        let key = (glyph, said.to_owned());
        if let Some(code) = self.codes.get(&key) {
            return Some(*code);
        }
        let code = u16::try_from(self.shown.len() + 1).ok()?;
        self.shown.push(Shown { glyph: self.glyphs.remap(glyph), width, said: key.1.clone() });
        self.codes.insert(key, code);
        Some(code)
    }

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

        let glyphs = self.glyphs_of_codes(objects);
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
            .with("CIDToGIDMap", glyphs)
            .with("DW", Object::Integer(0))
            .with("W", self.widths());
        objects.put(descendant, Object::Dictionary(cid_font));

        let map = objects.allocate();
        let said = self.shown.iter().map(|shown| shown.said.as_str());
        objects.put(map, Object::Stream(deflated(Dictionary::new(), &to_unicode(said))));

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
        let widths = self.shown.iter().map(|shown| number(shown.width)).collect();
        Object::Array(vec![Object::Integer(1), Object::Array(widths)])
    }

    /// /CIDToGIDMap (table 115): two bytes for each code from 0, or the name where both are the same.
    fn glyphs_of_codes(&self, objects: &mut dyn NewObjects) -> Object {
        if (1..).zip(&self.shown).all(|(code, shown): (u32, _)| code == u32::from(shown.glyph)) {
            return Object::name("Identity");
        }
        let glyphs = std::iter::once(0).chain(self.shown.iter().map(|shown| shown.glyph));
        let map: Vec<u8> = glyphs.flat_map(u16::to_be_bytes).collect();
        let id = objects.allocate();
        objects.put(id, Object::Stream(deflated(Dictionary::new(), &map)));
        Object::Reference(id)
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
        Face::Text | Face::Bold | Face::Devanagari | Face::Chinese | Face::Arabic | Face::Hebrew => 4,
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

//! Taking text out of a page's content, so that nothing else moves: a string loses the codes of the glyphs that stand in
//! a place, and gets a number instead that moves as far as they did (9.4.3).
//!
//! What this never does: guess. A glyph in a form that is shown a second time, where it would have to stay, or in what
//! an annotation shows, is a reason to leave everything as it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::rc::Rc;

use super::content::Operand;
use super::forgive::data;
use super::glyph::Glyph;
use super::interpreter::{Interpreter, content_of};
use super::resources::Resources;
use super::show::Code;
use crate::document::Document;
use crate::error::Error;
use crate::geometry::{Page, Rect};
use crate::object::{Dictionary, Name, Object, ObjectId, Stream};

/// The names of the forms that lead to one, from the page on; the page itself has none.
type Path = Vec<Name>;

/// What a page's content is without some of its text.
pub(crate) struct Erased {
    /// The content of the page.
    pub(crate) content: Vec<u8>,
    /// The forms whose content is another now, or that show one which is; those within others come after these.
    pub(crate) forms: Vec<ErasedForm>,
    /// What the page's names stand for.
    pub(crate) resources: Dictionary,
}

/// A form without some of its text.
pub(crate) struct ErasedForm {
    /// By which names it is reached from the page.
    pub(crate) path: Path,
    /// Its dictionary, as it was.
    pub(crate) dictionary: Dictionary,
    /// Its content.
    pub(crate) content: Vec<u8>,
    /// What its names stand for.
    pub(crate) resources: Dictionary,
}

/// Why nothing was taken out.
#[derive(Debug)]
pub(crate) enum NotErased {
    /// The document could not be read.
    Document(Error),
    /// No text stands there.
    NothingThere,
    /// It stands in a part that is shown several times, or in an annotation.
    Shared,
}

impl From<Error> for NotErased {
    fn from(error: Error) -> Self {
        Self::Document(error)
    }
}

/// Where a marked content begins that says by itself what it shows, its tag, and its number in the structure.
type Mark = (Range<usize>, Name, Option<i64>);

/// Notes what is to be taken out while a page is read.
pub(super) struct Eraser {
    places: Vec<Rect>,
    path: Path,
    /// How often each content was run, and what is to be written anew in it.
    runs: BTreeMap<Path, Run>,
    forms: BTreeMap<Path, (ObjectId, Rc<Resources>)>,
    /// Of the operator that is being run: which of its strings, and what of them.
    string: usize,
    codes: Vec<(usize, Code)>,
    /// What is open and says by itself what it shows; how much had been taken out where it began.
    marks: Vec<(usize, Option<Mark>)>,
    taken: usize,
    /// The content of the page is over: what comes now belongs to annotations.
    elsewhere: bool,
    is_shared: bool,
}

#[derive(Default)]
struct Run {
    times: usize,
    /// By where an operator begins: where it ends, what stands in its place, and in how many runs that was so.
    edits: BTreeMap<usize, (usize, Vec<u8>, usize)>,
}

impl Eraser {
    fn new(places: Vec<Rect>) -> Self {
        let runs = BTreeMap::from([(Path::new(), Run { times: 1, edits: BTreeMap::new() })]);
        Self {
            places,
            path: Path::new(),
            runs,
            forms: BTreeMap::new(),
            string: 0,
            codes: Vec::new(),
            marks: Vec::new(),
            taken: 0,
            elsewhere: false,
            is_shared: false,
        }
    }

    pub(super) fn enter(&mut self, name: &Name) {
        self.path.push(name.clone());
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    pub(super) fn leave_content(&mut self) {
        self.elsewhere = true;
    }

    pub(super) fn note_form(&mut self, id: ObjectId, resources: &Rc<Resources>) {
        if self.elsewhere {
            return;
        }
        self.runs.entry(self.path.clone()).or_default().times += 1;
        self.forms.entry(self.path.clone()).or_insert_with(|| (id, Rc::clone(resources)));
    }

    /// The next string of an operator begins.
    pub(super) fn begin_string(&mut self) {
        self.string += 1;
    }

    pub(super) fn look_at(&mut self, glyph: &Glyph, code: Code) {
        let middle = |axis: usize| {
            let of = |arrow: [f64; 2]| arrow.get(axis).copied().unwrap_or_default();
            of(glyph.origin) + (of(glyph.advance) + of(glyph.up) + of(glyph.down)) / 2.0
        };
        let (x, y) = (middle(0), middle(1));
        let is_in =
            |it: &Rect| (it.x..=it.x + it.width).contains(&x) && (it.y..=it.y + it.height).contains(&y);
        if !self.places.iter().any(|it| is_in(it) && is_on_its_line(glyph, (x, y), it)) {
            return;
        }
        self.taken += 1;
        // Without a size nothing moves, and no number could say how far.
        if self.elsewhere || !code.back.is_finite() {
            self.is_shared = true;
        } else {
            self.codes.push((self.string, code));
        }
    }

    /// The operator that stands here has been run.
    pub(super) fn end_operator(&mut self, range: Range<usize>, word: &[u8], operands: &[Operand]) {
        self.string = 0;
        let codes = std::mem::take(&mut self.codes);
        if !codes.is_empty() {
            self.edit(range, without(word, operands, &codes));
        }
    }

    fn edit(&mut self, range: Range<usize>, bytes: Vec<u8>) {
        let run = self.runs.entry(self.path.clone()).or_default();
        let edit = run.edits.entry(range.start).or_insert_with(|| (range.end, bytes.clone(), 0));
        if edit.1 == bytes {
            edit.2 += 1;
        } else {
            self.is_shared = true;
        }
    }

    pub(super) fn begin_mark(&mut self, mark: Option<(Range<usize>, Name, Option<i64>)>) {
        if self.marks.len() < crate::limits::GRAPHICS_STATES_MAX {
            self.marks.push((self.taken, mark));
        }
    }

    /// What said by itself what it shows does not say it any more where something of it was taken out.
    pub(super) fn end_mark(&mut self) {
        let Some((before, Some((range, tag, mcid)))) = self.marks.pop() else { return };
        if self.taken == before || self.elsewhere {
            return;
        }
        let mut bytes = Vec::from(b"\n");
        let written = crate::write::object(&Object::Name(tag), &mut bytes);
        bytes.extend(match mcid {
            Some(mcid) => format!(" <</MCID {mcid}>> BDC\n").into_bytes(),
            None => b" BMC\n".to_vec(),
        });
        match written {
            Ok(()) => self.edit(range, bytes),
            Err(_) => self.is_shared = true,
        }
    }

    /// The content of this path without what was taken out.
    fn apply(&self, path: &Path, content: &[u8]) -> Vec<u8> {
        let mut written = Vec::with_capacity(content.len());
        let mut at = 0;
        for (start, (end, bytes, _)) in self.runs.get(path).iter().flat_map(|it| &it.edits) {
            written.extend_from_slice(content.get(at..*start).unwrap_or_default());
            written.extend_from_slice(bytes);
            at = *end;
        }
        written.extend_from_slice(content.get(at..).unwrap_or_default());
        written
    }

    /// Whether what is taken out of a content is taken out of it wherever it is shown on this page.
    fn is_unequal(&self) -> bool {
        self.is_shared || self.runs.values().any(|run| run.edits.values().any(|edit| edit.2 != run.times))
    }
}

/// Of a line that runs at a slant the box holds parts of its neighbours, and only the line itself runs through the box's
/// middle.
fn is_on_its_line(glyph: &Glyph, (x, y): (f64, f64), place: &Rect) -> bool {
    const LEVEL: f64 = 1e-3;
    let [along_x, along_y] = glyph.along;
    if along_x.abs().min(along_y.abs()) < LEVEL {
        return true;
    }
    let (ahead, below) = (place.x + place.width / 2.0 - x, place.y + place.height / 2.0 - y);
    let height = (glyph.up[0] - glyph.down[0]).hypot(glyph.up[1] - glyph.down[1]);
    (ahead * along_y - below * along_x).abs() <= height / 2.0
}

/// The same operator with numbers in the place of these codes.
fn without(word: &[u8], operands: &[Operand], codes: &[(usize, Code)]) -> Vec<u8> {
    let mut out = String::from("\n");
    let number = |at: usize| operands.get(at).and_then(Operand::number).unwrap_or(0.0);
    match word {
        b"'" => out.push_str("T* "),
        b"\"" => {
            let _ = write!(out, "{} Tw {} Tc T* ", written(number(0)), written(number(1)));
        }
        _ => {}
    }
    let items = match operands.last() {
        Some(Operand::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    out.push('[');
    let mut string = 0;
    for item in items {
        match item {
            Operand::Number(back) => {
                let _ = write!(out, "{} ", written(*back));
            }
            Operand::String(bytes) => {
                string += 1;
                let mut at = 0;
                let mut back = 0.0;
                for (_, code) in codes.iter().filter(|(of, _)| *of == string) {
                    if code.bytes.start > at {
                        put_string(&mut out, &mut back, bytes.get(at..code.bytes.start).unwrap_or_default());
                    }
                    back += code.back;
                    at = code.bytes.end;
                }
                put_string(&mut out, &mut back, bytes.get(at..).unwrap_or_default());
            }
            _ => {}
        }
    }
    out.push_str("] TJ\n");
    out.into_bytes()
}

/// The move that is due, and a string.
fn put_string(out: &mut String, back: &mut f64, bytes: &[u8]) {
    if *back != 0.0 {
        let _ = write!(out, "{} ", written(std::mem::take(back)));
    }
    if !bytes.is_empty() {
        out.push('<');
        for byte in bytes {
            let _ = write!(out, "{byte:02x}");
        }
        out.push('>');
    }
}

/// A number as content streams have it: without an exponent.
fn written(number: f64) -> String {
    let text = format!("{number:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Document {
    /// The content of a page without the text whose glyphs stand, with their middle, in one of these places (on the page
    /// as shown). Everything else stays where it is.
    pub(crate) fn erase(&self, page: &Page, places: Vec<Rect>) -> Result<Erased, NotErased> {
        let mut interpreter = Interpreter::new(self, page);
        interpreter.eraser = Some(Eraser::new(places));
        interpreter.page(page)?;
        let Some(eraser) = interpreter.eraser else { return Err(NotErased::NothingThere) };
        if eraser.taken == 0 {
            return Err(NotErased::NothingThere);
        }
        if eraser.is_unequal() {
            return Err(NotErased::Shared);
        }
        let mut forms = Vec::new();
        for (path, (id, resources)) in &eraser.forms {
            // Also a form that shows a changed one is another one now.
            let changed = eraser.runs.iter().any(|(of, run)| !run.edits.is_empty() && of.starts_with(path));
            if !changed {
                continue;
            }
            let form = self.resolve(&Object::Reference(*id))?;
            let content = eraser.apply(path, &data(self, &form)?);
            let Object::Stream(Stream { dictionary, .. }) = form else { continue };
            let resources = resources.dictionary().clone();
            forms.push(ErasedForm { path: path.clone(), dictionary, content, resources });
        }
        let content = eraser.apply(&Path::new(), &content_of(self, page)?);
        Ok(Erased { content, forms, resources: page.resources.clone() })
    }
}

//! Runs the operators that move, scale and show text; all others are passed over.

use std::rc::Rc;

use super::content::{Content, Operand};
use super::erase::Eraser;
use super::forgive::{data, forgive, look};
use super::glyph::Glyph;
use super::marks::Marks;
use super::matrix::Matrix;
use super::resources::Resources;
use super::show::{Line, State};
use crate::document::Document;
use crate::error::{Error, Limit};
use crate::geometry::Page;
use crate::limits::{FORM_DEPTH_MAX, GRAPHICS_STATES_MAX, PAGE_GLYPHS_MAX, PAGE_OPERATORS_MAX};
use crate::object::{Name, Object, ObjectId};

/// Reads one page.
pub(super) struct Interpreter<'d> {
    pub(super) document: &'d Document,
    pub(super) glyphs: Vec<Glyph>,
    operators: usize,
    /// Forms that are being run, so that none runs within itself.
    open_forms: Vec<ObjectId>,
    /// Width and height of the page: what lies outside of it is not shown.
    size: [f64; 2],
    /// Notes what is to be taken out of the content.
    pub(super) eraser: Option<Eraser>,
}

impl<'d> Interpreter<'d> {
    pub(super) fn new(document: &'d Document, page: &Page) -> Self {
        Self {
            document,
            glyphs: Vec::new(),
            operators: 0,
            open_forms: Vec::new(),
            size: [page.width, page.height],
            eraser: None,
        }
    }

    /// The content of the page, then what its annotations show.
    pub(super) fn page(&mut self, page: &Page) -> Result<(), Error> {
        let content = content_of(self.document, page)?;
        self.run(&content, &Resources::new(page.resources.clone()), Matrix::shown(page), 0)?;
        if let Some(eraser) = &mut self.eraser {
            eraser.leave_content();
        }
        self.annotations(page)
    }

    /// Runs a content stream whose space `matrix` leads to the page as shown.
    pub(super) fn run(
        &mut self,
        content: &[u8],
        resources: &Rc<Resources>,
        matrix: Matrix,
        depth: usize,
    ) -> Result<(), Error> {
        self.document.work().copied(content.len() as u64)?;
        let mut state = State::new(matrix);
        let mut saved: Vec<State> = Vec::new();
        let mut line = Line::default();
        let mut marks = Marks::default();
        let mut content = Content::new(content);
        while let Some(word) = content.operator() {
            self.operators = self.operators.saturating_add(1);
            if self.operators > PAGE_OPERATORS_MAX {
                return Err(Error::TooComplex(Limit::Operators));
            }
            let operands = &content.operands;
            match word {
                b"q" => {
                    if saved.len() < GRAPHICS_STATES_MAX {
                        saved.push(state.clone());
                    }
                }
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => {
                    if let Some(matrix) = matrix_of(operands) {
                        state.matrix = matrix.then(state.matrix);
                    }
                }
                b"Do" => {
                    if let [Operand::Name(name)] = &operands[..] {
                        self.object(name, resources, state.matrix, depth)?;
                    }
                }
                b"Tf" => {
                    if let [Operand::Name(name), Operand::Number(size)] = &operands[..] {
                        state.font = resources.font(self.document, name)?;
                        state.size = *size;
                    }
                }
                b"gs" => {
                    if let [Operand::Name(name)] = &operands[..] {
                        self.graphics_state(name, resources, &mut state)?;
                    }
                }
                b"BDC" => {
                    let said = self.actual_text(operands, resources)?;
                    if let Some(eraser) = &mut self.eraser {
                        let mark = match (&said, &operands[..]) {
                            (Some(_), [Operand::Name(tag), Operand::Dictionary(pairs)]) => {
                                Some((tag, mcid_of(pairs)))
                            }
                            (Some(_), [Operand::Name(tag), Operand::Name(name)]) => {
                                Some((tag, resources.mcid(self.document, name)?))
                            }
                            _ => None,
                        };
                        eraser.begin_mark(mark.map(|(tag, mcid)| (content.range(), tag.clone(), mcid)));
                    }
                    marks.begin(said, self.glyphs.len());
                }
                b"BMC" => {
                    if let Some(eraser) = &mut self.eraser {
                        eraser.begin_mark(None);
                    }
                    marks.begin(None, self.glyphs.len());
                }
                b"EMC" => {
                    if let Some(eraser) = &mut self.eraser {
                        eraser.end_mark();
                    }
                    marks.end(&mut self.glyphs);
                }
                _ => {
                    self.text(word, operands, &mut state, &mut line)?;
                    if let Some(eraser) = &mut self.eraser {
                        eraser.end_operator(content.range(), word, operands);
                    }
                }
            }
        }
        Ok(())
    }

    /// Operators within `BT` and `ET`, and those that set how text looks.
    fn text(
        &mut self,
        word: &[u8],
        operands: &[Operand],
        state: &mut State,
        line: &mut Line,
    ) -> Result<(), Error> {
        let first = operands.first().and_then(Operand::number).filter(|number| number.is_finite());
        match (word, first) {
            (b"BT", _) => *line = Line::default(),
            (b"Tc", Some(space)) => state.letter_space = space,
            (b"Tw", Some(space)) => state.word_space = space,
            (b"Tz", Some(scale)) => state.stretch = scale / 100.0,
            (b"TL", Some(leading)) => state.leading = leading,
            (b"Ts", Some(rise)) => state.rise = rise,
            (b"Tm", _) => {
                if let Some(matrix) = matrix_of(operands) {
                    line.set(matrix);
                }
            }
            (b"Td" | b"TD", Some(x)) => {
                let y = operands.get(1).and_then(Operand::number).unwrap_or(0.0);
                if word == b"TD" {
                    state.leading = -y;
                }
                line.next(x, y);
            }
            (b"T*", _) => line.next(0.0, -state.leading),
            (b"Tj", _) => self.show(operands.last(), state, line)?,
            (b"'", _) => {
                line.next(0.0, -state.leading);
                self.show(operands.last(), state, line)?;
            }
            (b"\"", Some(space)) => {
                state.word_space = space;
                state.letter_space = operands.get(1).and_then(Operand::number).unwrap_or(0.0);
                line.next(0.0, -state.leading);
                self.show(operands.last(), state, line)?;
            }
            (b"TJ", _) => {
                let Some(Operand::Array(items)) = operands.last() else { return Ok(()) };
                for item in items {
                    match item {
                        Operand::Number(back) => line.kern(state, *back),
                        other => self.show(Some(other), state, line)?,
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, operand: Option<&Operand>, state: &State, line: &mut Line) -> Result<(), Error> {
        let Some(Operand::String(bytes)) = operand else { return Ok(()) };
        if let Some(eraser) = &mut self.eraser {
            eraser.begin_string();
        }
        line.show(state, bytes, |glyph, code| {
            if glyph.is_finite() && is_on(&glyph, self.size) {
                if self.glyphs.len() >= PAGE_GLYPHS_MAX {
                    return Err(Error::TooComplex(Limit::Glyphs));
                }
                if let Some(eraser) = &mut self.eraser {
                    eraser.look_at(&glyph, code);
                }
                self.glyphs.push(glyph);
            }
            Ok(())
        })
    }

    /// 8.4.5: a font may also come from a dictionary of parameters.
    fn graphics_state(&self, name: &Name, resources: &Resources, state: &mut State) -> Result<(), Error> {
        let Some(object) = resources.get(self.document, "ExtGState", name)? else { return Ok(()) };
        let object = forgive(self.document.resolve(&object), Object::Null)?;
        if let Some(dictionary) = object.as_dictionary()
            && let Object::Array(pair) = look(self.document, dictionary, "Font")?
            && let [font, size] = &pair[..]
        {
            state.font = self.document.font(font)?;
            state.size = size.as_number().unwrap_or(state.size);
        }
        Ok(())
    }

    /// A form runs in its own space; pictures say nothing.
    fn object(
        &mut self,
        name: &Name,
        resources: &Rc<Resources>,
        matrix: Matrix,
        depth: usize,
    ) -> Result<(), Error> {
        if resources.is_picture(name) {
            return Ok(());
        }
        let Some(object) = resources.get(self.document, "XObject", name)? else { return Ok(()) };
        if let Some(eraser) = &mut self.eraser {
            eraser.enter(name);
        }
        let is_form = self.form(&object, Some(resources), matrix, depth);
        if let Some(eraser) = &mut self.eraser {
            eraser.leave();
        }
        if !is_form? {
            resources.note_picture(name);
        }
        Ok(())
    }

    /// Runs a form XObject and says whether it was one. Resources that it lacks are those of the page, as in old files.
    pub(super) fn form(
        &mut self,
        object: &Object,
        resources: Option<&Rc<Resources>>,
        matrix: Matrix,
        depth: usize,
    ) -> Result<bool, Error> {
        let Some(id) = object.as_reference() else { return Ok(false) };
        if depth >= FORM_DEPTH_MAX || self.open_forms.contains(&id) {
            return Ok(true);
        }
        // A picture's data, which can be large, are not read.
        let head = forgive(self.document.head(id), Object::Null)?;
        if head.as_dictionary().is_none_or(|head| head.is("Subtype", "Image")) {
            return Ok(false);
        }
        let form = forgive(self.document.resolve(object), Object::Null)?;
        let Object::Stream(stream) = &form else { return Ok(false) };
        let own = super::font::numbers::<6>(self.document, &stream.dictionary, "Matrix")?;
        let own = own.map_or(Matrix::IDENTITY, Matrix);
        if !own.is_finite() {
            return Ok(false);
        }
        let inner = match (look(self.document, &stream.dictionary, "Resources")?, resources) {
            (Object::Dictionary(inner), _) => Resources::new(inner),
            (_, Some(outer)) => Rc::clone(outer),
            _ => Rc::default(),
        };
        let content = data(self.document, &form)?;
        self.open_forms.push(id);
        if let Some(eraser) = &mut self.eraser {
            eraser.note_form(id, &inner);
        }
        let result = self.run(&content, &inner, own.then(matrix), depth.saturating_add(1));
        self.open_forms.pop();
        result.map(|()| true)
    }

    /// What a stretch of content says by its own account (14.9.4).
    fn actual_text(&self, operands: &[Operand], resources: &Resources) -> Result<Option<String>, Error> {
        match operands {
            [_, Operand::Dictionary(pairs)] => Ok(pairs.iter().find_map(|(key, value)| match value {
                Operand::String(bytes) if *key == "ActualText" => Object::string(bytes.clone()).as_text(),
                _ => None,
            })),
            [_, Operand::Name(name)] => resources.actual_text(self.document, name),
            _ => Ok(None),
        }
    }
}

/// By which a stretch of content is known in the structure of the document (14.7.5.2).
fn mcid_of(pairs: &[(Name, Operand)]) -> Option<i64> {
    pairs.iter().find_map(|(key, value)| match value {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a number that is none of such a kind names nothing"
        )]
        Operand::Number(number) if *key == "MCID" => Some(*number as i64),
        _ => None,
    })
}

fn matrix_of(operands: &[Operand]) -> Option<Matrix> {
    let mut numbers = [0.0; 6];
    for (number, operand) in numbers.iter_mut().zip(operands) {
        *number = operand.number()?;
    }
    Some(Matrix(numbers)).filter(|matrix| operands.len() == 6 && matrix.is_finite())
}

/// The content of a page as one stream.
pub(super) fn content_of(document: &Document, page: &Page) -> Result<Vec<u8>, Error> {
    let mut content = Vec::new();
    let parts = match look(document, &page.dictionary, "Contents")? {
        Object::Array(parts) => parts,
        other => vec![other],
    };
    for part in &parts {
        let part = forgive(document.resolve(part), Object::Null)?;
        content.append(&mut data(document, &part)?);
        // 7.8.2: the parts are one stream, but no token crosses from one into the next.
        content.push(b'\n');
        if content.len() > crate::limits::DECODED_BYTES_MAX {
            return Err(Error::TooComplex(Limit::DecodedBytes));
        }
    }
    Ok(content)
}

/// Whether any part of the glyph's box is on the page.
fn is_on(glyph: &Glyph, [width, height]: [f64; 2]) -> bool {
    let corners = glyph.corners(0.0, 1.0);
    let within = |axis: usize, end: f64| {
        let places = corners.iter().filter_map(|corner| corner.get(axis));
        let (low, high) =
            places.fold((f64::MAX, f64::MIN), |(low, high), place| (low.min(*place), high.max(*place)));
        high >= 0.0 && low <= end
    };
    within(0, width) && within(1, height)
}

//! A content stream in the making, with the resources that it needs.

use std::collections::BTreeSet;

use super::deflate::deflated;
use super::frame::{Area, Frame};
use super::number::number;
use super::shared::Shared;
use super::text_style::Letters;
use crate::fonts::{Embedder, Face, Line, NewObjects, Run};
use crate::object::{Dictionary, Object, ObjectId, Stream};

/// Ink of what a person signs or ticks: a blue so dark that it copies black.
pub(super) const INK: [f64; 3] = [0.06, 0.09, 0.31];
/// Text of values.
pub(super) const BLACK: [f64; 3] = [0.0, 0.0, 0.0];
/// Captions and rules.
pub(super) const GREY: [f64; 3] = [0.35, 0.35, 0.35];

/// Width of the stroke that makes regular outlines bold, in ems.
const BOLD_STROKE: f64 = 0.03;
/// How far leaned outlines go to the right for each unit of height: 12 degrees.
const LEAN: f64 = 0.21;

/// Collects operators (ISO 32000-2 Annex A) and remembers which fonts and images they name.
pub struct Canvas<'a> {
    /// Where fonts and images of this stream go.
    pub objects: &'a mut dyn NewObjects,
    pub(super) shared: &'a mut Shared,
    content: String,
    faces: BTreeSet<Face>,
    images: Vec<ObjectId>,
}

impl<'a> Canvas<'a> {
    /// An empty stream.
    pub fn new(objects: &'a mut dyn NewObjects, shared: &'a mut Shared) -> Self {
        Self { objects, shared, content: String::new(), faces: BTreeSet::new(), images: Vec::new() }
    }

    /// One operator with its operands, on a line of its own.
    pub fn op(&mut self, operands: &[f64], operator: &str) {
        for &operand in operands {
            self.content.push_str(&number(operand));
            self.content.push(' ');
        }
        self.content.push_str(operator);
        self.content.push('\n');
    }

    /// The colour of fills and text, RGB from 0 to 1.
    pub fn fill_colour(&mut self, colour: [f64; 3]) {
        self.op(&colour, "rg");
    }

    /// The colour of strokes, RGB from 0 to 1.
    pub fn stroke_colour(&mut self, colour: [f64; 3]) {
        self.op(&colour, "RG");
    }

    /// Nothing outside `area` is drawn from here to the end of the graphics state.
    pub fn clip(&mut self, area: Area) {
        self.op(&[area.x, area.y, area.width, area.height], "re");
        self.op(&[], "W n");
    }

    /// One line of text from the start of its baseline.
    pub fn text(&mut self, face: Face, size: f64, x: f64, y: f64, text: &str) {
        let line = Line::new(face, text);
        self.op(&[], "BT");
        for (place, run) in line.runs().iter().enumerate() {
            self.face(run.face, size);
            if place == 0 {
                self.op(&[x, y], "Td");
            }
            self.show(&line, run, size);
        }
        self.op(&[], "ET");
    }

    /// One line of text from the start of its baseline, its outlines stroked or leaned where its style asks for what
    /// they are not.
    pub(super) fn letters(
        &mut self,
        letters: Letters,
        size: f64,
        (mut x, y): (f64, f64),
        text: &str,
        colour: [f64; 3],
    ) {
        let line = Line::new(letters.face, text);
        if line.runs().iter().all(|run| letters.of(run.face) == (false, false)) {
            return self.text(letters.face, size, x, y, text);
        }
        self.op(&[], "BT");
        let mut was_stroked = false;
        for run in line.runs() {
            let (stroked, leaned) = letters.of(run.face);
            self.face(run.face, size);
            if stroked {
                // ISO 32000-2 9.3.6: 2 fills and strokes.
                self.stroke_colour(colour);
                self.op(&[size * BOLD_STROKE], "w");
                self.op(&[2.0], "Tr");
            } else if was_stroked {
                self.op(&[0.0], "Tr");
            }
            was_stroked = stroked;
            let lean = if leaned { LEAN } else { 0.0 };
            self.op(&[1.0, 0.0, lean, 1.0, x, y], "Tm");
            self.show(&line, run, size);
            x += run.width(size);
        }
        self.op(&[], "ET");
    }

    fn face(&mut self, face: Face, size: f64) {
        self.faces.insert(face);
        self.op(&[], &format!("/{} {} Tf", Embedder::resource_name(face), number(size)));
    }

    fn show(&mut self, line: &Line, run: &Run, size: f64) {
        let shown = self.shared.fonts.show(line, run, size, self.objects);
        if !shown.is_empty() {
            self.op(&[], &shown);
        }
    }

    /// An image; `matrix` maps the unit square to where it stands.
    pub fn image(&mut self, id: ObjectId, matrix: [f64; 6]) {
        self.images.push(id);
        let name = format!("/{} Do", image_name(self.images.len()));
        self.op(&[], "q");
        self.op(&matrix, "cm");
        self.op(&[], &name);
        self.op(&[], "Q");
    }

    /// The stream so far.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// Content and /Resources, for a page.
    pub fn into_parts(self) -> (String, Dictionary) {
        let mut resources = Dictionary::new();
        if !self.faces.is_empty() {
            let mut fonts = Dictionary::new();
            for face in self.faces {
                fonts.set(Embedder::resource_name(face), self.shared.fonts.font(face, self.objects));
            }
            resources.set("Font", fonts);
        }
        if !self.images.is_empty() {
            let mut images = Dictionary::new();
            for (index, id) in self.images.iter().enumerate() {
                images.set(&image_name(index + 1), *id);
            }
            resources.set("XObject", images);
        }
        (self.content, resources)
    }

    /// The stream as a Form XObject that fills `frame` (ISO 32000-2 8.10.2).
    pub fn into_form(self, frame: &Frame) -> Stream {
        let (content, resources) = self.into_parts();
        let mut dictionary = Dictionary::new()
            .with("Type", Object::name("XObject"))
            .with("Subtype", Object::name("Form"))
            .with("BBox", numbers(&[0.0, 0.0, frame.width, frame.height]))
            .with("Resources", resources);
        if frame.matrix != Frame::upright(0.0, 0.0).matrix {
            dictionary.set("Matrix", numbers(&frame.matrix));
        }
        deflated(dictionary, content.as_bytes())
    }
}

/// Numbers of a dictionary with at most two decimals.
pub(crate) fn numbers(values: &[f64]) -> Object {
    let rounded = values.iter().map(|value| {
        let hundredths = (value * 100.0).round();
        if hundredths % 100.0 == 0.0 {
            Object::Integer((hundredths / 100.0) as i64)
        } else {
            Object::Real(hundredths / 100.0)
        }
    });
    Object::Array(rounded.collect())
}

fn image_name(number: usize) -> String {
    format!("CsImage{number}")
}

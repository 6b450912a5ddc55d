//! Setting a value and its appearance together, so that no reader has to make one.

use super::{Fill, button, edit, named};
use crate::appearance::{
    Area, Canvas, Frame, InkRefusal, Shared, TextStyle, picture, signature, text_block, text_boxes, text_line,
};
use crate::fields::{Field, FieldKind};
use crate::fonts::NewObjects;
use crate::form::page_turn::frame_of;
use crate::form::{Error, flags};
use crate::limits::TREE_DEPTH_MAX;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

pub(super) fn fill(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    fields: &[Field],
    fill: &Fill,
) -> Result<(), Error> {
    match fill {
        Fill::Text { name, value, style } => {
            let (id, field) = find(fields, name, FieldKind::Text)?;
            fill_text(revision, shared, (id, field), value, value, style)
        }
        Fill::Choice { name, value, label, style } => {
            let (id, field) = find(fields, name, FieldKind::Choice)?;
            fill_text(revision, shared, (id, field), value, label, style)
        }
        Fill::Check { name, on } => {
            let (id, field) = find(fields, name, FieldKind::Button)?;
            button::check(revision, id, field, *on)
        }
        Fill::Radio { name, button: chosen } => {
            let (id, field) = find(fields, name, FieldKind::Button)?;
            button::choose(revision, id, field, chosen)
        }
        Fill::Mark { name, ink } => {
            let (_, field) = find(fields, name, FieldKind::Button)?;
            appear(revision, shared, field, &|canvas, frame| signature(canvas, frame.area(), Some(ink), &[]))
        }
        Fill::Picture { name, bytes } => {
            let (_, field) = find(fields, name, FieldKind::Button)?;
            appear(revision, shared, field, &|canvas, frame| picture(canvas, frame.area(), bytes))
        }
    }
}

/// The field and its object. One that is written into its parent instead of standing alone is none of ours.
fn find<'f>(fields: &'f [Field], name: &str, kind: FieldKind) -> Result<(ObjectId, &'f Field), Error> {
    let field = named(fields, name).ok_or_else(|| Error::NoSuchField(name.to_owned()))?;
    match field.id {
        Some(id) if field.kind == kind => Ok((id, field)),
        _ => Err(Error::WrongKind(name.to_owned())),
    }
}

/// Sets `value`, and draws `shown` in the way that the field itself asks for.
fn fill_text(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    (id, field): (ObjectId, &Field),
    value: &str,
    shown: &str,
    style: &TextStyle,
) -> Result<(), Error> {
    let missing = style.missing(shown);
    if !missing.is_empty() {
        return Err(InkRefusal::TextNotDrawable { missing }.into());
    }
    let mut dictionary = edit::dictionary(revision, id)?;
    let way = Way::of(revision, field, &dictionary)?;
    dictionary.set("V", Object::text(value));
    // Table 234: the places of what is chosen, which would now speak of another value.
    dictionary.remove("I");
    // Table 228: text with its looks, which readers take before /V.
    dictionary.remove("RV");
    revision.put(id, dictionary);
    appear(revision, shared, field, &|canvas, frame| {
        way.draw(canvas, frame.area(), shown, style);
        Ok(())
    })
}

/// In which way the field shows its text.
enum Way {
    Line,
    Lines,
    Boxes(u16),
}

impl Way {
    fn of(revision: &Revision<'_>, field: &Field, dictionary: &Dictionary) -> Result<Self, Error> {
        if field.kind == FieldKind::Choice {
            return Ok(Self::Line);
        }
        // Table 231: several lines and boxes exclude one another.
        if field.flags & flags::MULTILINE != 0 {
            return Ok(Self::Lines);
        }
        if field.flags & flags::COMB == 0 {
            return Ok(Self::Line);
        }
        let count = inherited(revision, dictionary, "MaxLen")?.as_integer();
        Ok(count.and_then(|it| u16::try_from(it).ok()).filter(|it| *it > 0).map_or(Self::Line, Self::Boxes))
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area, shown: &str, style: &TextStyle) {
        match self {
            Self::Line => text_line(canvas, area, shown, style),
            Self::Lines => text_block(canvas, area, shown, style),
            Self::Boxes(count) => text_boxes(canvas, area, shown, *count, style),
        }
    }
}

/// The value of a key of a field, own or inherited (12.7.4.1).
fn inherited(revision: &Revision<'_>, field: &Dictionary, key: &str) -> Result<Object, Error> {
    let mut node = field.clone();
    for _ in 0..TREE_DEPTH_MAX {
        let value = edit::lookup(revision, &node, key)?;
        if !value.is_null() {
            return Ok(value);
        }
        match edit::lookup(revision, &node, "Parent")? {
            Object::Dictionary(parent) => node = parent,
            _ => break,
        }
    }
    Ok(Object::Null)
}

/// Gives every visible widget of the field a new normal appearance.
fn appear(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    field: &Field,
    draw: &dyn Fn(&mut Canvas<'_>, &Frame) -> Result<(), InkRefusal>,
) -> Result<(), Error> {
    for widget in &field.widgets {
        let mut dictionary = edit::dictionary(revision, *widget)?;
        let Some(frame) = frame_of(revision, &dictionary, 0)? else { continue };
        let appearance = put_appearance(revision, shared, &frame, draw)?;
        // A button that was laid out with a state keeps it; one that had none gets none, or it would be a change after
        // a signature.
        let normal = match field.kind == FieldKind::Button && dictionary.is("AS", "Off") {
            true => Dictionary::new().with("Off", appearance).into(),
            false => Object::from(appearance),
        };
        dictionary.set("AP", Dictionary::new().with("N", normal));
        revision.put(*widget, dictionary);
    }
    Ok(())
}

/// Draws into a new Form XObject of the size of `frame`.
pub(super) fn put_appearance(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    frame: &Frame,
    draw: &dyn Fn(&mut Canvas<'_>, &Frame) -> Result<(), InkRefusal>,
) -> Result<ObjectId, Error> {
    let objects: &mut dyn NewObjects = revision;
    let id = objects.allocate();
    let mut canvas = Canvas::new(objects, shared);
    draw(&mut canvas, frame)?;
    let form = canvas.into_form(frame);
    revision.put(id, form);
    Ok(id)
}

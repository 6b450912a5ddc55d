//! Setting a value and its appearance together, so that no reader has to make one.

use super::{Fill, edit, named};
use crate::appearance::{Canvas, Frame, InkRefusal, Shared, signature, text_line};
use crate::fields::{Field, FieldKind};
use crate::fonts::{Face, NewObjects};
use crate::form::Error;
use crate::form::page_turn::frame_of;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

pub(super) fn fill(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    fields: &[Field],
    fill: &Fill,
) -> Result<(), Error> {
    match fill {
        Fill::Text { name, value } => {
            let (id, field) = find(fields, name, FieldKind::Text)?;
            fill_text(revision, shared, id, field, value)
        }
        Fill::Check { name, on } => {
            let (id, field) = find(fields, name, FieldKind::Button)?;
            fill_check(revision, id, field, *on)
        }
        Fill::Mark { name, ink } => {
            let (_, field) = find(fields, name, FieldKind::Button)?;
            appear(revision, shared, field, &|canvas, frame| signature(canvas, frame.area(), Some(ink), &[]))
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

fn fill_text(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    id: ObjectId,
    field: &Field,
    value: &str,
) -> Result<(), Error> {
    let missing = Face::Text.missing(value);
    if !missing.is_empty() {
        return Err(InkRefusal::TextNotDrawable { missing }.into());
    }
    let mut dictionary = edit::dictionary(revision, id)?;
    dictionary.set("V", Object::text(value));
    revision.put(id, dictionary);
    appear(revision, shared, field, &|canvas, frame| {
        text_line(canvas, frame.area(), value);
        Ok(())
    })
}

/// ISO 32000-2 12.7.5.2.3: value and shown state are the name of the state that is not /Off.
fn fill_check(revision: &mut Revision<'_>, id: ObjectId, field: &Field, on: bool) -> Result<(), Error> {
    for widget in &field.widgets {
        let mut dictionary = edit::dictionary(revision, *widget)?;
        let state = if on { on_state(revision, &dictionary, &field.name)? } else { Object::name("Off") };
        dictionary.set("AS", state.clone());
        revision.put(*widget, dictionary);
        let mut value = edit::dictionary(revision, id)?;
        value.set("V", state);
        revision.put(id, value);
    }
    Ok(())
}

fn on_state(revision: &Revision<'_>, widget: &Dictionary, name: &str) -> Result<Object, Error> {
    let appearances = edit::lookup(revision, widget, "AP")?;
    if let Some(appearances) = appearances.as_dictionary()
        && let Object::Dictionary(states) = edit::lookup(revision, appearances, "N")?
        && let Some((state, _)) = states.iter().find(|(state, _)| *state != "Off")
    {
        return Ok(Object::Name(state.clone()));
    }
    // A push button has one appearance and no states.
    Err(Error::WrongKind(name.to_owned()))
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
        dictionary.set("AP", Dictionary::new().with("N", appearance));
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

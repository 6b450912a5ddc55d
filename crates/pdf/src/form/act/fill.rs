//! Setting a value and its appearance together, so that no reader has to make one.

use super::{Fill, edit};
use crate::appearance::{Canvas, Frame, InkRefusal, Shared, signature, text_line};
use crate::fonts::{Face, NewObjects};
use crate::form::Error;
use crate::form::fields::{Field, Fields};
use crate::form::page_turn::frame_of;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

pub(super) fn fill(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    fields: &Fields,
    fill: &Fill,
) -> Result<(), Error> {
    match fill {
        Fill::Text { name, value } => {
            let field = find(fields, name, "Tx")?;
            fill_text(revision, shared, field, value)
        }
        Fill::Check { name, on } => {
            let field = find(fields, name, "Btn")?;
            fill_check(revision, field, name, *on)
        }
        Fill::Mark { name, ink } => {
            let field = find(fields, name, "Btn")?;
            appear(revision, shared, field, &|canvas, frame| signature(canvas, frame.area(), Some(ink), &[]))
        }
    }
}

fn find<'f>(fields: &'f Fields, name: &str, kind: &str) -> Result<&'f Field, Error> {
    let field = fields.get(name).ok_or_else(|| Error::NoSuchField(name.to_owned()))?;
    if field.kind.as_ref().is_none_or(|own| *own != kind) {
        return Err(Error::WrongKind(name.to_owned()));
    }
    Ok(field)
}

fn fill_text(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    field: &Field,
    value: &str,
) -> Result<(), Error> {
    let missing = Face::Text.missing(value);
    if !missing.is_empty() {
        return Err(InkRefusal::TextNotDrawable { missing }.into());
    }
    let mut dictionary = edit::dictionary(revision, field.id)?;
    dictionary.set("V", Object::text(value));
    revision.put(field.id, dictionary);
    appear(revision, shared, field, &|canvas, frame| {
        text_line(canvas, frame.area(), value);
        Ok(())
    })
}

/// ISO 32000-2 12.7.5.2.3: value and shown state are the name of the state that is not /Off.
fn fill_check(revision: &mut Revision<'_>, field: &Field, name: &str, on: bool) -> Result<(), Error> {
    for widget in &field.widgets {
        let mut dictionary = edit::dictionary(revision, *widget)?;
        let state = if on { on_state(revision, &dictionary, name)? } else { Object::name("Off") };
        dictionary.set("AS", state.clone());
        if *widget == field.id {
            dictionary.set("V", state);
            revision.put(*widget, dictionary);
        } else {
            revision.put(*widget, dictionary);
            let mut value = edit::dictionary(revision, field.id)?;
            value.set("V", state);
            revision.put(field.id, value);
        }
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

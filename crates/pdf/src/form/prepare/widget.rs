//! One blank widget (ISO 32000-2 12.5.6.19), merged with its field.

use super::{Widget, WidgetKind};
use crate::appearance::{Canvas, Frame, Shared, check_box_off, check_box_on, numbers, text_line};
use crate::fonts::NewObjects;
use crate::form::register::DEFAULT_APPEARANCE;
use crate::geometry::Page;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// Table 227: readers must not invite typing; what a person enters goes through their act.
const READ_ONLY: i64 = 1;
/// Table 227.
const REQUIRED: i64 = 1 << 1;
/// Table 229.
const PUSH_BUTTON: i64 = 1 << 16;
/// Table 167: the widget is printed.
const PRINT: i64 = 1 << 2;

/// Puts the widget and its blank appearance, and gives its object.
pub(super) fn put_blank(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    widget: &Widget,
    page: &Page,
) -> ObjectId {
    let id = revision.allocate();
    let flags = READ_ONLY | if widget.required { REQUIRED } else { 0 };
    let frame = Frame::on(page, widget.rect);
    let mut field = Dictionary::new()
        .with("Type", Object::name("Annot"))
        .with("Subtype", Object::name("Widget"))
        .with("FT", Object::name(if widget.kind == WidgetKind::Text { "Tx" } else { "Btn" }))
        .with("T", Object::text(&widget.name));
    if !widget.label.is_empty() {
        field.set("TU", Object::text(&widget.label));
    }
    field.set("F", PRINT);
    field.set("P", page.id);
    field.set("Rect", numbers(&page.to_user_space(widget.rect)));
    if page.rotate != 0 {
        field.set("MK", Dictionary::new().with("R", page.rotate));
    }
    let mut form = |draw: &dyn Fn(&mut Canvas<'_>)| put_form(revision, shared, &frame, draw);
    match widget.kind {
        WidgetKind::Text => {
            let blank = form(&|canvas| text_line(canvas, frame.area(), ""));
            field.set("Ff", flags);
            field.set("DA", Object::string(DEFAULT_APPEARANCE));
            field.set("AP", Dictionary::new().with("N", blank));
        }
        WidgetKind::CheckBox => {
            let on = form(&|canvas| check_box_on(canvas, frame.area()));
            let off = form(&|canvas| check_box_off(canvas, frame.area()));
            field.set("Ff", flags);
            field.set("V", Object::name("Off"));
            field.set("AS", Object::name("Off"));
            field.set("AP", Dictionary::new().with("N", Dictionary::new().with("Yes", on).with("Off", off)));
        }
        WidgetKind::Mark => {
            let blank = form(&|_| ());
            field.set("Ff", flags | PUSH_BUTTON);
            field.set("AP", Dictionary::new().with("N", blank));
        }
    }
    revision.put(id, field);
    id
}

fn put_form(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    frame: &Frame,
    draw: &dyn Fn(&mut Canvas<'_>),
) -> ObjectId {
    let objects: &mut dyn NewObjects = revision;
    let id = objects.allocate();
    let mut canvas = Canvas::new(objects, shared);
    draw(&mut canvas);
    let stream = canvas.into_form(frame);
    revision.put(id, stream);
    id
}

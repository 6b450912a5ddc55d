//! One blank widget (ISO 32000-2 12.5.6.19), merged with its field.

use super::{Choice, Widget, WidgetKind};
use crate::appearance::{Align, TextStyle};
use crate::appearance::{
    Canvas, Frame, Shared, check_box_off, check_box_on, number, numbers, text_block, text_boxes, text_line,
};
use crate::fonts::NewObjects;
use crate::form::flags;
use crate::form::register::DEFAULT_APPEARANCE;
use crate::geometry::Page;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// Puts the widget and its blank appearance, and gives its object.
pub(super) fn put_blank(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    widget: &Widget,
    page: &Page,
) -> ObjectId {
    let id = revision.allocate();
    let frame = Frame::on(page, widget.rect);
    let mut field = annotation(widget, page);
    describe(&mut field, widget);
    let common = field_flags(widget);
    let style = &widget.style;
    let mut form = |draw: &dyn Fn(&mut Canvas<'_>)| put_form(revision, shared, &frame, draw);
    match &widget.kind {
        WidgetKind::Text => {
            let blank = form(&|canvas| text_line(canvas, frame.area(), "", style));
            text(&mut field, common, style, blank);
        }
        WidgetKind::Lines => {
            let blank = form(&|canvas| text_block(canvas, frame.area(), "", style));
            text(&mut field, common | flags::MULTILINE, style, blank);
        }
        WidgetKind::Boxes(count) => {
            let blank = form(&|canvas| text_boxes(canvas, frame.area(), "", *count, style));
            text(&mut field, common | flags::COMB, style, blank);
            field.set("MaxLen", i64::from(*count));
        }
        WidgetKind::Choice(choices) => {
            let blank = form(&|canvas| text_line(canvas, frame.area(), "", style));
            text(&mut field, common | flags::COMBO, style, blank);
            field.set("Opt", choices.iter().map(option).collect::<Vec<_>>());
        }
        WidgetKind::CheckBox => {
            let on = form(&|canvas| check_box_on(canvas, frame.area()));
            let off = form(&|canvas| check_box_off(canvas, frame.area()));
            field.set("Ff", common);
            field.set("V", Object::name("Off"));
            field.set("AS", Object::name("Off"));
            field.set("AP", Dictionary::new().with("N", Dictionary::new().with("Yes", on).with("Off", off)));
        }
        WidgetKind::Mark | WidgetKind::Radio => {
            let blank = form(&|_| ());
            field.set("Ff", common | flags::PUSH_BUTTON);
            // One state, as if it could be switched: PDF/A takes no other kind of button (ISO 19005-2 6.3.3).
            field.set("AS", Object::name("Off"));
            field.set("AP", Dictionary::new().with("N", Dictionary::new().with("Off", blank)));
        }
    }
    revision.put(id, field);
    id
}

/// What makes it an annotation of its page.
pub(super) fn annotation(widget: &Widget, page: &Page) -> Dictionary {
    let mut annotation = Dictionary::new()
        .with("Type", Object::name("Annot"))
        .with("Subtype", Object::name("Widget"))
        .with("F", flags::PRINT)
        .with("P", page.id)
        .with("Rect", numbers(&page.to_user_space(widget.rect)));
    if page.rotate != 0 {
        annotation.set("MK", Dictionary::new().with("R", page.rotate));
    }
    annotation
}

/// What makes it a field: kind, name, words for a screen reader.
pub(super) fn describe(field: &mut Dictionary, widget: &Widget) {
    let kind = match widget.kind {
        WidgetKind::Text | WidgetKind::Lines | WidgetKind::Boxes(_) => "Tx",
        WidgetKind::Choice(_) => "Ch",
        WidgetKind::CheckBox | WidgetKind::Radio | WidgetKind::Mark => "Btn",
    };
    field.set("FT", Object::name(kind));
    field.set("T", Object::text(&widget.name));
    if !widget.label.is_empty() {
        field.set("TU", Object::text(&widget.label));
    }
}

/// Readers must not invite typing; what a person enters goes through their act.
pub(super) fn field_flags(widget: &Widget) -> i64 {
    flags::READ_ONLY | if widget.required { flags::REQUIRED } else { 0 }
}

fn text(field: &mut Dictionary, flags: i64, style: &TextStyle, blank: ObjectId) {
    field.set("Ff", flags);
    field.set("DA", Object::string(default_appearance(style)));
    match style.align {
        Align::Left => {}
        Align::Centre => field.set("Q", 1_i64),
        Align::Right => field.set("Q", 2_i64),
    }
    field.set("AP", Dictionary::new().with("N", blank));
}

/// The font that [`crate::form::register`] provides, at the size and in the colour of the style; 0 is the reader's
/// choice.
fn default_appearance(style: &TextStyle) -> Vec<u8> {
    if style.size.is_none() && style.colour == TextStyle::default().colour {
        return DEFAULT_APPEARANCE.to_vec();
    }
    let [red, green, blue] = style.colour.map(number);
    format!("/Helv {} Tf {red} {green} {blue} rg", number(style.size.unwrap_or(0.0))).into_bytes()
}

/// Table 234: what is exported, what is shown.
fn option(choice: &Choice) -> Object {
    if choice.value == choice.label {
        return Object::text(&choice.label);
    }
    Object::Array(vec![Object::text(&choice.value), Object::text(&choice.label)])
}

pub(super) fn put_form(
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

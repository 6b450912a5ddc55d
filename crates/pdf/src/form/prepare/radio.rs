//! Radio groups: one field with a widget for each button (ISO 32000-2 12.7.5.2.4).

use std::collections::BTreeMap;

use super::Widget;
use super::widget::{annotation, describe, field_flags, put_form};
use crate::appearance::{Frame, Shared, radio_off, radio_on};
use crate::form::flags;
use crate::geometry::Page;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// The groups in the making, in the order of their names.
#[derive(Default)]
pub(super) struct Groups(BTreeMap<String, Group>);

struct Group {
    id: ObjectId,
    field: Dictionary,
    buttons: Vec<ObjectId>,
}

impl Groups {
    /// Puts a button with its two states and gives its object. The name of its on-state is its place in the group.
    pub(super) fn put_button(
        &mut self,
        revision: &mut Revision<'_>,
        shared: &mut Shared,
        widget: &Widget,
        page: &Page,
    ) -> ObjectId {
        let id = revision.allocate();
        let group = self.0.entry(widget.name.clone()).or_insert_with(|| {
            let mut field = Dictionary::new();
            describe(&mut field, widget);
            field.set("Ff", field_flags(widget) | flags::RADIO | flags::NO_TOGGLE_TO_OFF);
            field.set("V", Object::name("Off"));
            Group { id: revision.allocate(), field, buttons: Vec::new() }
        });
        group.buttons.push(id);
        let place = group.buttons.len().to_string();
        let frame = Frame::on(page, widget.rect);
        let on = put_form(revision, shared, &frame, &|canvas| radio_on(canvas, frame.area()));
        let off = put_form(revision, shared, &frame, &|canvas| radio_off(canvas, frame.area()));
        let mut button = annotation(widget, page)
            .with("Parent", group.id)
            .with("AS", Object::name("Off"))
            .with("AP", Dictionary::new().with("N", Dictionary::new().with(&place, on).with("Off", off)));
        // The group's words are those of its first button; the others say their own.
        if group.buttons.len() > 1 && !widget.label.is_empty() {
            button.set("TU", Object::text(&widget.label));
        }
        revision.put(id, button);
        id
    }

    /// Puts the fields and gives their objects.
    pub(super) fn put(self, revision: &mut Revision<'_>) -> Vec<ObjectId> {
        let put = |group: Group| {
            let kids: Vec<Object> = group.buttons.into_iter().map(Object::Reference).collect();
            revision.put(group.id, group.field.with("Kids", kids));
            group.id
        };
        self.0.into_values().map(put).collect()
    }
}

//! The signature field: made, or taken up where one of its name waits.

use super::fill::put_appearance;
use super::{SignatureField, check_new_name, check_place, edit, lock};
use crate::appearance::{Frame, Shared, numbers, signature};
use crate::fields::{Field, FieldKind};
use crate::form::Error;
use crate::form::page_turn::frame_of;
use crate::object::{Dictionary, Object, ObjectId};
use crate::revision::Revision;

/// Table 167: printed (4) and locked (128): a signature is neither moved nor deleted by hand.
const PRINT_AND_LOCKED: i64 = 4 + 128;

/// What became of the field.
pub(super) struct Signed {
    /// The field.
    pub(super) field: ObjectId,
    /// What it locks: the dictionary that stands under /Lock.
    pub(super) lock: Option<Dictionary>,
    /// The page where its widget has to be entered, when the field is new.
    pub(super) new_on_page: Option<ObjectId>,
}

/// Sets the field's value to the signature `value`, with its appearance.
pub(super) fn sign(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    there: Option<&Field>,
    wanted: &SignatureField,
    value: ObjectId,
) -> Result<Signed, Error> {
    match there {
        Some(field) => take_up(revision, shared, field, wanted, value),
        None => make(revision, shared, wanted, value),
    }
}

fn make(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    wanted: &SignatureField,
    value: ObjectId,
) -> Result<Signed, Error> {
    check_new_name(&wanted.name)?;
    let page = revision.document().page(wanted.page)?;
    let id = revision.allocate();
    let mut field = Dictionary::new()
        .with("Type", Object::name("Annot"))
        .with("Subtype", Object::name("Widget"))
        .with("FT", Object::name("Sig"))
        .with("T", Object::text(&wanted.name))
        .with("F", PRINT_AND_LOCKED)
        .with("P", page.id);
    match wanted.rect {
        Some(rect) => {
            check_place(&wanted.name, &rect)?;
            field.set("Rect", numbers(&page.to_user_space(rect)));
            if page.rotate != 0 {
                field.set("MK", Dictionary::new().with("R", page.rotate));
            }
            appear(revision, shared, &mut field, wanted, &Frame::on(&page, rect))?;
        }
        // 12.7.5.5: an invisible signature is a widget of no size.
        None => field.set("Rect", numbers(&[0.0; 4])),
    }
    let lock = lock::dictionary(&wanted.lock);
    put_lock(revision, &mut field, lock.as_ref());
    field.set("V", value);
    revision.put(id, field);
    Ok(Signed { field: id, lock, new_on_page: Some(page.id) })
}

fn take_up(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    there: &Field,
    wanted: &SignatureField,
    value: ObjectId,
) -> Result<Signed, Error> {
    let taken = || Error::FieldTaken(wanted.name.clone());
    let Some(id) = there.id.filter(|_| there.kind == FieldKind::Signature) else { return Err(taken()) };
    if !edit::resolve(revision, &there.value)?.is_null() {
        return Err(taken());
    }
    let mut field = edit::dictionary(revision, id)?;
    // 12.7.5.5: the value of /Lock that is there was agreed before; the signature has to repeat it as it is.
    let lock = match edit::lookup(revision, &field, "Lock")? {
        Object::Dictionary(agreed) => Some(agreed),
        _ => {
            let lock = lock::dictionary(&wanted.lock);
            put_lock(revision, &mut field, lock.as_ref());
            lock
        }
    };
    field.set("V", value);
    let widget = there.widgets.first().copied().unwrap_or(id);
    let mut shown = if widget == id { field.clone() } else { edit::dictionary(revision, widget)? };
    let rotate = revision.document().page(wanted.page).map_or(0, |page| page.rotate);
    if let Some(frame) = frame_of(revision, &shown, rotate)? {
        appear(revision, shared, &mut shown, wanted, &frame)?;
    }
    if widget == id {
        field = shown;
    } else {
        revision.put(widget, shown);
    }
    revision.put(id, field);
    Ok(Signed { field: id, lock, new_on_page: None })
}

fn appear(
    revision: &mut Revision<'_>,
    shared: &mut Shared,
    widget: &mut Dictionary,
    wanted: &SignatureField,
    frame: &Frame,
) -> Result<(), Error> {
    let form = put_appearance(revision, shared, frame, &|canvas, frame| {
        signature(canvas, frame.area(), wanted.ink.as_ref(), &wanted.caption)
    })?;
    widget.set("AP", Dictionary::new().with("N", form));
    Ok(())
}

/// Table 235: /Lock shall be an indirect reference.
fn put_lock(revision: &mut Revision<'_>, field: &mut Dictionary, lock: Option<&Dictionary>) {
    if let Some(lock) = lock {
        let id = revision.allocate();
        revision.put(id, lock.clone());
        field.set("Lock", id);
    }
}

//! Form fields: laid out once before anyone signs, filled and signed one act at a time.
//!
//! Each of the two operations is one revision and touches the fewest objects: what the file already has (its
//! /AcroForm, its /Annots, direct or indirect) is continued where it stands. Read first: [`prepare`], [`act`],
//! [`Error`]. To add a kind of field: a variant of [`WidgetKind`] with its blank appearance in `prepare/widget.rs`, a
//! variant of [`Fill`] with its filling in `act/fill.rs`.

mod act;
mod edit;
mod error;
mod flags;
mod own;
mod page_turn;
mod prepare;
mod register;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use act::{Act, Button, Fill, Lock, SignatureField, act, fill_in};
pub use error::Error;
pub use own::{OwnField, OwnKind, own_fields};
pub use prepare::{Choice, Inscription, Plan, Widget, WidgetKind, Written, prepare};

use crate::fonts::NewObjects;
use crate::object::{Object, ObjectId};
use crate::revision::Revision;

impl NewObjects for Revision<'_> {
    fn allocate(&mut self) -> ObjectId {
        Revision::allocate(self)
    }

    fn put(&mut self, id: ObjectId, object: Object) {
        Revision::put(self, id, object);
    }
}

//! One act: a recipient's values are filled in and their signature field is made, all in one revision.

mod button;
mod field;
mod fill;
mod lock;
mod renew;

use super::register::{FormChange, add_annotations, change_form};
use super::{Error, edit};
use crate::appearance::{Ink, Shared, TextStyle};
use crate::document::Document;
use crate::fields::Field;
use crate::geometry::Rect;
use crate::object::Dictionary;
use crate::revision::{Revision, Tail};

/// What one act changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Values for prepared fields.
    pub fills: Vec<Fill>,
    /// The field that is signed.
    pub signature: SignatureField,
    /// The signature dictionary's own keys (/Type, /Filter, /SubFilter, /M, ...); /Reference is added here.
    pub signature_dictionary: Dictionary,
    /// Bytes to reserve for the signature itself.
    pub contents_bytes: usize,
    /// Makes this signature certify the document (DocMDP): 1 no change, 2 filling and signing, 3 also annotating.
    /// Only for the first signature of a document.
    pub certify: Option<u8>,
}

/// A value for a prepared field.
#[derive(Debug, Clone, PartialEq)]
pub enum Fill {
    /// A text.
    Text {
        /// Full name of the field.
        name: String,
        /// Its value; every character has to have a glyph in the face of its style.
        value: String,
        /// How it looks. Whether it stands on one line, on several or in boxes is the field's own.
        style: TextStyle,
    },
    /// One of the options of a drop-down.
    Choice {
        /// Full name of the field.
        name: String,
        /// What programs are told.
        value: String,
        /// What people read; it has to have its glyphs as a text has.
        label: String,
        /// How it looks.
        style: TextStyle,
    },
    /// A check box.
    Check {
        /// Full name of the field.
        name: String,
        /// Ticked or not.
        on: bool,
    },
    /// One of the buttons of a radio group.
    Radio {
        /// Full name of the group's field.
        name: String,
        /// Which one.
        button: Button,
    },
    /// A picture: a PNG or JPEG, as [`Ink::Image`] takes it.
    Picture {
        /// Full name of the field.
        name: String,
        /// The file's bytes.
        bytes: Vec<u8>,
    },
    /// A further place of the signature, or initials.
    Mark {
        /// Full name of the field.
        name: String,
        /// What stands there.
        ink: Ink,
    },
}

/// One of the buttons of a radio group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// By its place in the group, from 1.
    Place(usize),
    /// By the name of its state that is not `/Off`. Buttons that share a name are chosen together (12.7.5.2.4).
    State(String),
}

/// The field that is signed: made now, or one of this name that is there and not signed; its place and its lock then
/// stay as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct SignatureField {
    /// Full name; without a full stop where the field is made.
    pub name: String,
    /// Page, from 1; also of an invisible one (its widget has to stand somewhere).
    pub page: u32,
    /// Place on the page as shown, in points from the top left corner; none for an invisible signature.
    pub rect: Option<Rect>,
    /// What stands in the place.
    pub ink: Option<Ink>,
    /// Small lines under the ink: name, time. A line that does not fit or cannot be drawn is left out.
    pub caption: Vec<String>,
    /// Fields that nobody may change from now on.
    pub lock: Lock,
}

/// What a signature locks (ISO 32000-2 12.8.2.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Lock {
    /// Nothing.
    #[default]
    None,
    /// The fields of these full names.
    Include(Vec<String>),
    /// Every field.
    All,
}

/// The revision of one act. Its [`Tail::gap`] is where the signature goes.
///
/// # Errors
/// `NoSuchField`, `WrongKind`, `FieldTaken`, `BadName`, `BadPlace`, `Ink`, `BadCertification`, and what reading the
/// document gives.
pub fn act(document: &Document, act: &Act) -> Result<Tail, Error> {
    let mut revision = Revision::new(document)?;
    let fields = document.fields()?;
    let mut shared = Shared::new();
    for value in &act.fills {
        fill::fill(&mut revision, &mut shared, &fields, value)?;
    }
    if let Lock::Include(names) = &act.signature.lock {
        renew::renew(&mut revision, &fields, names)?;
    }

    if is_group(&fields, &act.signature.name) {
        return Err(Error::FieldTaken(act.signature.name.clone()));
    }
    let value = revision.allocate();
    let signed =
        field::sign(&mut revision, &mut shared, named(&fields, &act.signature.name), &act.signature, value)?;
    let mut dictionary = act.signature_dictionary.clone();
    let reference = lock::reference(&mut revision, signed.lock, act.certify, value)?;
    if !reference.is_empty() {
        dictionary.set("Reference", reference);
    }
    let mut change = FormChange { signed: true, ..FormChange::default() };
    if let Some(page) = signed.new_on_page {
        add_annotations(&mut revision, page, &[signed.field])?;
        change.fields.push(signed.field);
    }
    change_form(&mut revision, &change)?;
    shared.finish(&mut revision);
    revision.put_signature(value, dictionary, act.contents_bytes)?;
    Ok(revision.finish()?)
}

/// The revision of somebody who fills fields and signs nothing. It has no gap.
///
/// # Errors
/// `NoSuchField`, `WrongKind`, `Ink`, and what reading the document gives.
pub fn fill_in(document: &Document, fills: &[Fill]) -> Result<Tail, Error> {
    let mut revision = Revision::new(document)?;
    let fields = document.fields()?;
    let mut shared = Shared::new();
    for value in fills {
        fill::fill(&mut revision, &mut shared, &fields, value)?;
    }
    shared.finish(&mut revision);
    Ok(revision.finish()?)
}

/// The field of this full name.
pub(super) fn named<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.name == name)
}

/// Whether the name is that of a field which only holds others: a value of its own would be ambiguous.
pub(super) fn is_group(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|field| field.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// A name for a field that is made at the root of the tree.
pub(super) fn check_new_name(name: &str) -> Result<(), Error> {
    if name.trim().is_empty() || name.contains('.') {
        return Err(Error::BadName(name.to_owned()));
    }
    Ok(())
}

/// A place with a size; whether it lies on its page is the caller's rule.
pub(super) fn check_place(name: &str, rect: &Rect) -> Result<(), Error> {
    let finite = [rect.x, rect.y, rect.width, rect.height].iter().all(|value| value.is_finite());
    if !finite || rect.width <= 0.0 || rect.height <= 0.0 {
        return Err(Error::BadPlace(name.to_owned()));
    }
    Ok(())
}

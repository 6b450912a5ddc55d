//! The fields that a document has by itself, and what each of them takes.

use std::collections::BTreeMap;

use super::flags;
use crate::document::Document;
use crate::error::Error;
use crate::fields::{Field, FieldKind};
use crate::object::{Dictionary, Object, ObjectId};

/// A list that is read has so many options at most.
const OPTIONS_MAX: usize = 10_000;

/// A field of the document itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnField {
    /// What it takes.
    pub kind: OwnKind,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OwnKind {
    /// A text.
    Text,
    /// One of a list.
    Choice {
        /// What its options export.
        values: Vec<String>,
        /// Other values can be entered too.
        open: bool,
    },
    /// On or off.
    CheckBox,
    /// One of several buttons.
    Radio {
        /// What the form calls the state of each; empty where it says nothing that could be written down.
        states: Vec<String>,
    },
    /// Nothing: it has a picture or words, and can be given others.
    PushButton,
    /// A signature.
    Signature {
        /// It is signed already.
        signed: bool,
    },
}

/// The fields that can take something, by their full name. One that is written into its parent, or is of no kind that
/// the standard knows, is none.
///
/// # Errors
/// What reading the document gives.
pub fn own_fields(document: &Document) -> Result<BTreeMap<String, OwnField>, Error> {
    let mut own = BTreeMap::new();
    for field in document.fields()? {
        let Some(id) = field.id else { continue };
        let kind = match field.kind {
            FieldKind::Text => OwnKind::Text,
            FieldKind::Choice => choice(document, &field, &dictionary(document.get(id)?))?,
            FieldKind::Button if field.flags & flags::PUSH_BUTTON != 0 => OwnKind::PushButton,
            FieldKind::Button if field.flags & flags::RADIO != 0 => {
                let state = |widget: &ObjectId| Ok(document.button_state(*widget)?.unwrap_or_default());
                let states: Result<Vec<String>, Error> = field.widgets.iter().map(state).collect();
                OwnKind::Radio { states: states? }
            }
            FieldKind::Button => OwnKind::CheckBox,
            FieldKind::Signature => {
                let value = match field.value.as_reference() {
                    Some(id) => document.get(id)?,
                    None => field.value.clone(),
                };
                OwnKind::Signature { signed: !value.is_null() }
            }
            FieldKind::Unknown => continue,
        };
        own.insert(field.name, OwnField { kind });
    }
    Ok(own)
}

fn choice(document: &Document, field: &Field, dictionary: &Dictionary) -> Result<OwnKind, Error> {
    let options = document.lookup(dictionary, "Opt")?;
    let mut values = Vec::new();
    for option in options.as_array().unwrap_or_default().iter().take(OPTIONS_MAX) {
        let option = option.as_reference().map_or_else(|| Ok(option.clone()), |id| document.get(id))?;
        // Table 234: a text, or a pair of what is exported and what is shown.
        let exported = match &option {
            Object::Array(pair) => pair.first().and_then(Object::as_text),
            text => text.as_text(),
        };
        values.extend(exported);
    }
    Ok(OwnKind::Choice { values, open: field.flags & flags::EDIT != 0 })
}

fn dictionary(object: Object) -> Dictionary {
    if let Object::Dictionary(dictionary) = object { dictionary } else { Dictionary::new() }
}

//! Signatures that stand in a document, and what a certification allows.

use crate::document::Document;
use crate::error::Error;
use crate::fields::{Field, FieldKind};
use crate::object::{Dictionary, Object, ObjectId};

/// A signature field with its signature.
#[derive(Debug, Clone, PartialEq)]
pub struct SignatureEntry {
    /// The full name of its field.
    pub field: String,
    /// The field's object, where it is indirect.
    pub field_id: Option<ObjectId>,
    /// The signature dictionary's object, where it is indirect.
    pub id: Option<ObjectId>,
    /// The signature dictionary.
    pub dictionary: Dictionary,
}

/// What a certification allows (12.8.2.2, `/P`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// 1: nothing.
    NoChanges,
    /// 2: filling forms and signing.
    FillForms,
    /// 3: annotating as well.
    Annotate,
}

impl Document {
    /// Signature fields that are signed, in the order of the form. Document time stamps are among them.
    ///
    /// # Errors
    /// `TooComplex`, `Read`.
    pub fn signatures(&self) -> Result<Vec<SignatureEntry>, Error> {
        self.signatures_among(&self.fields()?)
    }

    pub(crate) fn signatures_among(&self, fields: &[Field]) -> Result<Vec<SignatureEntry>, Error> {
        let mut signatures = Vec::new();
        for field in fields.iter().filter(|field| field.kind == FieldKind::Signature) {
            let dictionary = match self.resolve(&field.value) {
                Ok(Object::Dictionary(dictionary)) => dictionary,
                Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => return Err(limit),
                _ => continue,
            };
            signatures.push(SignatureEntry {
                field: field.name.clone(),
                field_id: field.id,
                id: field.value.as_reference(),
                dictionary,
            });
        }
        Ok(signatures)
    }

    /// Whether one of these signatures has locked the document: the lock of its field says /P 1, no change at all
    /// (12.7.5.5, table 236).
    ///
    /// # Errors
    /// As [`Document::get`].
    pub(crate) fn is_locked_by(&self, signatures: &[SignatureEntry]) -> Result<bool, Error> {
        for id in signatures.iter().filter_map(|signature| signature.field_id) {
            let Object::Dictionary(field) = self.get(id)? else { continue };
            let Object::Dictionary(lock) = self.lookup(&field, "Lock")? else { continue };
            if self.lookup(&lock, "P")?.as_integer() == Some(1) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What the document's certification allows; `None` where it is not certified. Read from /Perms /DocMDP of the
    /// catalog (12.8.6), which alone makes a signature a certification.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn certification(&self) -> Result<Option<Permission>, Error> {
        let Object::Dictionary(permissions) = self.lookup(&self.catalog()?, "Perms")? else {
            return Ok(None);
        };
        let Object::Dictionary(signature) = self.lookup(&permissions, "DocMDP")? else { return Ok(None) };
        for reference in self.lookup(&signature, "Reference")?.as_array().unwrap_or_default() {
            let Object::Dictionary(reference) = self.resolve(reference)? else { continue };
            if !self.lookup(&reference, "TransformMethod")?.is_name("DocMDP") {
                continue;
            }
            let level = match self.lookup(&reference, "TransformParams")? {
                Object::Dictionary(parameters) => self.lookup(&parameters, "P")?.as_integer(),
                _ => None,
            };
            return Ok(Some(match level {
                Some(1) => Permission::NoChanges,
                Some(3) => Permission::Annotate,
                // Table 257: 2 is the default.
                _ => Permission::FillForms,
            }));
        }
        Ok(Some(Permission::FillForms))
    }
}

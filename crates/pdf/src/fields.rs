//! The form's fields (12.7.4): every terminal field with its full name and its widgets.

use std::collections::HashSet;

use crate::document::Document;
use crate::error::{Error, Limit};
use crate::limits::{FIELD_NAME_BYTES_MAX, FIELDS_MAX, KEPT_WEIGHT_MAX, TREE_DEPTH_MAX};
use crate::object::{Dictionary, Object, ObjectId};

/// What a field is for (`/FT`, 12.7.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// `/Tx`.
    Text,
    /// `/Btn`: a check box, a radio button, a push button.
    Button,
    /// `/Ch`.
    Choice,
    /// `/Sig`.
    Signature,
    /// None, or one the standard does not know.
    Unknown,
}

/// A terminal field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The full name: partial names from the root on, joined by full stops (12.7.4.2).
    pub name: String,
    /// Its kind, own or inherited.
    pub kind: FieldKind,
    /// Its object, where it is indirect.
    pub id: Option<ObjectId>,
    /// `/V` as written, own or inherited; `Null` where there is none.
    pub value: Object,
    /// `/Ff`, own or inherited.
    pub flags: i64,
    /// Its widgets; the field's own object where both are one.
    pub widgets: Vec<ObjectId>,
}

#[derive(Clone)]
struct Open {
    node: Object,
    depth: usize,
    name: String,
    kind: FieldKind,
    value: Object,
    flags: i64,
}

impl Document {
    /// The interactive form dictionary, where there is one.
    ///
    /// # Errors
    /// As [`Document::get`].
    pub fn form(&self) -> Result<Option<Dictionary>, Error> {
        match self.lookup(&self.catalog()?, "AcroForm")? {
            Object::Dictionary(form) => Ok(Some(form)),
            _ => Ok(None),
        }
    }

    /// Every terminal field of the form. Damaged ones are passed over.
    ///
    /// # Errors
    /// `TooComplex`, `Read`.
    pub fn fields(&self) -> Result<Vec<Field>, Error> {
        let Some(form) = self.form()? else { return Ok(Vec::new()) };
        let mut fields = Vec::new();
        let mut seen = HashSet::new();
        let mut open: Vec<Open> = Vec::new();
        let mut kept = 0_usize;
        let roots = self.lookup(&form, "Fields")?;
        for node in roots.as_array().unwrap_or_default().iter().rev() {
            open.push(Open {
                node: node.clone(),
                depth: 0,
                name: String::new(),
                kind: FieldKind::Unknown,
                value: Object::Null,
                flags: 0,
            });
        }
        while let Some(mut here) = open.pop() {
            if here.depth > TREE_DEPTH_MAX || kept > KEPT_WEIGHT_MAX {
                return Err(Error::TooComplex(Limit::Fields));
            }
            let id = here.node.as_reference();
            if id.is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            let Some(dictionary) = self.node(&here.node)? else { continue };
            self.inherit(&dictionary, &mut here)?;
            if here.name.len() > FIELD_NAME_BYTES_MAX {
                return Err(Error::TooComplex(Limit::Fields));
            }
            let (children, widgets) = self.kids(&dictionary, id)?;
            if children.is_empty() {
                if fields.len() >= FIELDS_MAX {
                    return Err(Error::TooComplex(Limit::Fields));
                }
                let Open { name, kind, value, flags, .. } = here;
                kept = kept
                    .saturating_add(value.weight())
                    .saturating_add(name.len() / 80)
                    .saturating_add(widgets.len());
                fields.push(Field { name, kind, id, value, flags, widgets });
                continue;
            }
            // Each child carries name and value of its parent along, and itself where it is direct.
            let each = here.value.weight().saturating_add(here.name.len() / 80);
            kept = kept.saturating_add(each.saturating_mul(children.len()));
            kept = children.iter().fold(kept, |sum, child| sum.saturating_add(child.weight()));
            if open.len().saturating_add(children.len()) > FIELDS_MAX || kept > KEPT_WEIGHT_MAX {
                return Err(Error::TooComplex(Limit::Fields));
            }
            let depth = here.depth.saturating_add(1);
            open.extend(children.into_iter().rev().map(|node| Open { node, depth, ..here.clone() }));
        }
        Ok(fields)
    }

    /// A node's dictionary; `None` where it is damaged or something else.
    fn node(&self, node: &Object) -> Result<Option<Dictionary>, Error> {
        match node.as_reference().map_or_else(|| Ok(node.clone()), |id| self.head(id)) {
            Ok(Object::Dictionary(dictionary)) => Ok(Some(dictionary)),
            Err(limit @ (Error::TooComplex(_) | Error::Read(_))) => Err(limit),
            _ => Ok(None),
        }
    }

    fn inherit(&self, dictionary: &Dictionary, here: &mut Open) -> Result<(), Error> {
        if let Some(partial) = self.lookup(dictionary, "T")?.as_text() {
            if !here.name.is_empty() {
                here.name.push('.');
            }
            here.name.push_str(&partial);
        }
        if let Some(kind) = self.lookup(dictionary, "FT")?.as_name() {
            here.kind = match kind.as_bytes() {
                b"Tx" => FieldKind::Text,
                b"Btn" => FieldKind::Button,
                b"Ch" => FieldKind::Choice,
                b"Sig" => FieldKind::Signature,
                _ => FieldKind::Unknown,
            };
        }
        if let Some(value) = dictionary.get("V") {
            here.value = value.clone();
        }
        if let Some(flags) = self.lookup(dictionary, "Ff")?.as_integer() {
            here.flags = flags;
        }
        Ok(())
    }

    /// Kids that are fields, and kids (or the node itself) that are widgets: a widget has no /T of its own.
    fn kids(
        &self,
        dictionary: &Dictionary,
        id: Option<ObjectId>,
    ) -> Result<(Vec<Object>, Vec<ObjectId>), Error> {
        let mut children = Vec::new();
        let mut widgets = Vec::new();
        match self.lookup(dictionary, "Kids")? {
            Object::Array(kids) if !kids.is_empty() => {
                for kid in kids {
                    let Some(kid_dictionary) = self.node(&kid)? else { continue };
                    if kid_dictionary.has("T") || kid_dictionary.has("Kids") {
                        children.push(kid);
                    } else {
                        widgets.extend(kid.as_reference());
                    }
                }
            }
            _ => widgets.extend(id.filter(|_| dictionary.is("Subtype", "Widget") || dictionary.has("Rect"))),
        }
        Ok((children, widgets))
    }
}

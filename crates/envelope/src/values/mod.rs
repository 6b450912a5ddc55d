//! What stands in the fields: what was filled, what is computed, what is there at all.

pub mod check;
mod formula;
pub mod lists;
mod visible;

use crate::model::draft::Draft;
use crate::model::field::{FieldDraft, FieldId};
use crate::model::personal::Personal;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The values of an envelope as they stand: what comes now before what was filled before, before what the sender
/// gave. A field that is not there has none; a computed one has what its formula says.
pub struct Sheet<'a> {
    fields: BTreeMap<&'a FieldId, &'a FieldDraft>,
    filled: &'a BTreeMap<FieldId, Personal>,
    now: &'a BTreeMap<FieldId, String>,
    known: RefCell<BTreeMap<&'a FieldId, String>>,
    asked: RefCell<BTreeSet<&'a FieldId>>,
}

impl<'a> Sheet<'a> {
    /// The values that were filled in a draft's fields, with those that come now on top.
    pub fn new(
        draft: &'a Draft,
        filled: &'a BTreeMap<FieldId, Personal>,
        now: &'a BTreeMap<FieldId, String>,
    ) -> Self {
        let fields = draft.fields.iter().map(|field| (&field.id, field)).collect();
        Self { fields, filled, now, known: RefCell::default(), asked: RefCell::default() }
    }

    /// The value of a field; nothing where it is empty, unknown or not there.
    pub fn value(&self, id: &FieldId) -> String {
        let Some((id, field)) = self.fields.get_key_value(id) else { return String::new() };
        if let Some(value) = self.known.borrow().get(id) {
            return value.clone();
        }
        // A draft with a circle is refused; one that came in some other way must not turn for ever.
        if !self.asked.borrow_mut().insert(id) {
            return String::new();
        }
        let value = match &field.formula {
            _ if !self.is_there(field) => String::new(),
            Some(formula) => self.computed(formula).unwrap_or_default(),
            None => self.given(field),
        };
        self.known.borrow_mut().insert(id, value.clone());
        value
    }

    /// Whether somebody gave a value, be it an empty one.
    pub fn is_given(&self, field: &FieldDraft) -> bool {
        let by_recipient = self.now.contains_key(&field.id) || self.filled.contains_key(&field.id);
        !field.value.text().is_empty() || by_recipient && !field.read_only
    }

    fn given(&self, field: &FieldDraft) -> String {
        if field.read_only {
            return field.value.text().to_owned();
        }
        match (self.now.get(&field.id), self.filled.get(&field.id)) {
            (Some(value), _) => value.clone(),
            (None, Some(value)) => value.text().to_owned(),
            (None, None) => field.value.text().to_owned(),
        }
    }
}

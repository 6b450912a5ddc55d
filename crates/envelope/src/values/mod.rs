//! What stands in the fields: what was filled, what is computed, what is there at all.

pub mod check;
mod formula;
pub mod lists;
pub(crate) mod pattern;
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
    overflown: RefCell<BTreeSet<&'a FieldId>>,
}

impl<'a> Sheet<'a> {
    /// The values that were filled in a draft's fields, with those that come now on top.
    pub fn new(
        draft: &'a Draft,
        filled: &'a BTreeMap<FieldId, Personal>,
        now: &'a BTreeMap<FieldId, String>,
    ) -> Self {
        let fields = draft.fields.iter().map(|field| (&field.id, field)).collect();
        let (known, asked, overflown) = Default::default();
        Self { fields, filled, now, known, asked, overflown }
    }

    /// The value of a field; nothing where it is empty, unknown or not there.
    pub fn value(&self, id: &FieldId) -> String {
        // What it leans on comes first, and by no recursion: a chain can be as long as a draft has fields.
        let mut open: Vec<&FieldId> = self.fields.get_key_value(id).map(|(id, _)| *id).into_iter().collect();
        while let Some((id, field)) = open.last().and_then(|id| self.fields.get_key_value(*id)) {
            if self.known.borrow().contains_key(id) {
                let _ = open.pop();
            } else if self.asked.borrow_mut().insert(id) {
                // A draft with a circle is refused; one that came in some other way must not turn for ever.
                let asked = self.asked.borrow();
                open.extend(
                    field.leans_on().filter(|it| !asked.contains(it) && self.fields.contains_key(it)),
                );
            } else {
                let value = self.found(id, field);
                self.known.borrow_mut().insert(id, value);
            }
        }
        self.known(id)
    }

    /// The value of a field whose turn was before; nothing where it is unknown.
    fn known(&self, id: &FieldId) -> String {
        self.known.borrow().get(id).cloned().unwrap_or_default()
    }

    /// The value of a field, where all that it leans on is known.
    fn found(&self, id: &'a FieldId, field: &FieldDraft) -> String {
        match &field.formula {
            _ if !self.holds(field) => String::new(),
            Some(formula) => self.computed(field, formula).unwrap_or_else(|| {
                self.overflown.borrow_mut().insert(id);
                String::new()
            }),
            None => self.given(field),
        }
    }

    /// Whether what a field is computed from is more than it has room for; its value is nothing then.
    pub fn overflows(&self, field: &FieldDraft) -> bool {
        let _ = self.value(&field.id);
        self.overflown.borrow().contains(&field.id)
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

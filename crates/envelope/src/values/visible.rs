//! Whether a field is there.

use super::Sheet;
use crate::model::field::FieldDraft;
use crate::model::field::condition::Test;

impl Sheet<'_> {
    /// Whether a field is there: always, or while another one has a certain value.
    pub fn is_there(&self, field: &FieldDraft) -> bool {
        if let Some(condition) = &field.only_if {
            let _ = self.value(&condition.field);
        }
        self.holds(field)
    }

    /// The same, where the value that its condition asks for is known.
    pub(super) fn holds(&self, field: &FieldDraft) -> bool {
        let Some(condition) = &field.only_if else { return true };
        let Some(other) = self.fields.get(&condition.field) else { return false };
        let value = self.known(&condition.field);
        let is_filled = if other.kind.is_ticked() { value == "true" } else { !value.trim().is_empty() };
        match &condition.is {
            Test::Filled => is_filled,
            Test::Empty => !is_filled,
            Test::OneOf(values) => values.contains(&value),
            Test::NoneOf(values) => !values.contains(&value),
        }
    }
}

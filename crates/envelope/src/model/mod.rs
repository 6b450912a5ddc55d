//! The things an envelope is made of.

pub mod actor;
pub mod consent;
pub mod digest;
pub mod draft;
pub mod field;
pub mod method;
pub mod page_list;
pub mod personal;
pub mod points;
pub mod recipient;
pub mod reminders;
pub mod revision;
pub mod role;
pub mod rules;

/// A value that says nothing is left out of an event: what was written before a key existed reads the same, and
/// hashes the same, as what is written without it today.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

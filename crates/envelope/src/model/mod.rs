//! The things an envelope is made of.

pub mod actor;
pub mod digest;
pub mod draft;
pub mod personal;
pub mod points;
pub mod revision;
pub mod rules;

//! Where new objects go.

use crate::object::{Object, ObjectId};

/// A file in the making: an incremental revision, or a whole new file. Fonts, images and appearances need nothing
/// of it but a free number and a place to leave the object.
pub trait NewObjects {
    /// A number that no object has yet.
    fn allocate(&mut self) -> ObjectId;
    /// Leaves the object under its number; the last one left under a number stays.
    fn put(&mut self, id: ObjectId, object: Object);
}

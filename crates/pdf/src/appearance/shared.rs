//! What the appearances of one revision have in common: subsets of the faces, pictures used more than once.

use std::collections::BTreeMap;

use crate::fonts::{Embedder, NewObjects};
use crate::object::ObjectId;

/// Fonts and pictures of one revision or one new file.
#[derive(Default)]
pub struct Shared {
    /// The glyphs used so far.
    pub fonts: Embedder,
    pictures: BTreeMap<[u8; 32], Picture>,
}

/// An image XObject that has been written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Picture {
    pub(super) id: ObjectId,
    // Pixels as it is shown, after `turn`.
    pub(super) width: f64,
    pub(super) height: f64,
    // From the unit square of the image to the unit square of what is shown.
    pub(super) turn: [f64; 6],
}

impl Shared {
    /// Nothing used yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes the fonts. Call once, after the last stream.
    pub fn finish(self, objects: &mut dyn NewObjects) {
        self.fonts.finish(objects);
    }

    pub(super) fn picture(&self, digest: [u8; 32]) -> Option<Picture> {
        self.pictures.get(&digest).copied()
    }

    pub(super) fn remember(&mut self, digest: [u8; 32], picture: Picture) {
        self.pictures.insert(digest, picture);
    }
}

//! The embedded faces: what they can draw, how wide it is, and how the glyphs used go into a file.
//!
//! Text is set glyph by glyph, left to right, without kerning or ligatures. That is right for Latin, Greek and
//! Cyrillic; scripts that need shaping are not in the faces, so [`Face::covers`] says no and the caller offers
//! something else (a drawing, an image). An empty box is never drawn.
//!
//! Read first: [`Face`], [`Embedder`], [`NewObjects`]. To add a face: put the file and its licence into
//! `assets/fonts`, add a variant to [`Face`] and its line in `face.rs`.

mod embed;
mod face;
mod normal;
mod sink;
mod to_unicode;
mod wrap;

#[cfg(test)]
pub(crate) mod loose;
#[cfg(test)]
mod tests;

pub use embed::Embedder;
pub use face::{Extent, Face};
pub use normal::{drawn_form, spelled_out};
pub use sink::NewObjects;
pub use wrap::wrap;

/// Whether text fields, captions and typed signatures can be drawn with `text`: every character has a glyph in the
/// text face. Use [`Face::for_signature`] to ask for a typed signature.
pub fn covers(text: &str) -> bool {
    Face::Text.covers(text)
}

/// Width of one line of `text` in the text face, in points at `size` points.
pub fn width(text: &str, size: f64) -> f64 {
    Face::Text.width(text, size)
}

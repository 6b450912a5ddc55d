//! The embedded faces: what they can draw, how wide it is, and how the glyphs used go into a file.
//!
//! Every text goes through one door, `Line`: it is split by direction and by face (the one that is asked for, and beside
//! it those of Devanagari, Chinese, Arabic and Hebrew). Latin, Greek, Cyrillic and Chinese are set glyph by glyph,
//! without kerning or ligatures; the other scripts are shaped. What no face has is missing: [`Face::covers`] says no and
//! the caller offers something else (a drawing, an image). An empty box is never drawn.
//!
//! Read first: [`Face`], `line.rs`, [`Embedder`], [`NewObjects`]. To add a face: put the file and its licence into
//! `assets/fonts` (packed by `scripts/faces.py`), add a variant to [`Face`] and its lines in `face.rs`.

mod embed;
mod face;
mod line;
mod normal;
mod packed;
mod shape;
mod show;
mod sink;
mod to_unicode;
mod wrap;

#[cfg(test)]
pub(crate) mod loose;
#[cfg(test)]
mod tests;

pub use embed::Embedder;
pub use face::{Extent, Face};
pub(crate) use line::{Line, Run};
pub use normal::{drawn_form, letters_of, spelled_out};
pub use sink::NewObjects;
pub use wrap::{Measured, wrap};

/// Whether text fields, captions and typed signatures can be drawn with `text`: every character has a glyph in the
/// text face or in one beside it. Use [`Face::for_signature`] to ask for a typed signature.
pub fn covers(text: &str) -> bool {
    Face::Text.covers(text)
}

/// Width of one line of `text` in the text face, in points at `size` points.
pub fn width(text: &str, size: f64) -> f64 {
    Face::Text.width(text, size)
}
